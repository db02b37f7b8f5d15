"""`relgraph import --mapping`: any export into the store, every row accounted for."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import Relgraph

DATA = Path(__file__).parents[1] / "data" / "chinook"
CHINOOK = """
[read.Invoice]
types = { Total = "number", InvoiceDate = "time %Y-%m-%d %H:%M:%S" }

[macros]
cus = "(x) AS 'cus-' || x"
emp = "(x) AS 'emp-' || x"

[[stakeholders]]
id = "'firm'"
name = "'Chinook'"
market = "'firm'"

[[stakeholders]]
from = "Employee"
id = "emp(EmployeeId)"
name = "FirstName || ' ' || LastName"
market = "'employee'"

[[stakeholders]]
from = "Customer"
id = "cus(CustomerId)"
name = "FirstName || ' ' || LastName"
market = "'customer'"
owner = "emp(SupportRepId)"

[[relationships]]
from = "Invoice"
join = { Customer = "Invoice.CustomerId = Customer.CustomerId" }
where = [["Total > 1", "a small invoice"]]
source = "cus(Customer.CustomerId)"
type = "'BUYS_FROM'"
target = "'firm'"
margin = "sum(Total)"
since = "min(InvoiceDate)::DATE"

[[interactions]]
from = "Invoice"
source = "cus(CustomerId)"
target = "'firm'"
at = "InvoiceDate"
value = "Total"
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "chinook.toml"
    path.write_text(CHINOOK.replace("> 1", "> 0"))
    return path


def values(relgraph: Relgraph, cypher: str) -> list[object]:
    result = relgraph("query", "run", "--cypher", "-", "--json", input=cypher)
    assert result.exit_code == 0, result.stderr
    return [next(iter(row.values())) for row in json.loads(result.stdout)]


def test_chinook(relgraph: Relgraph, mapping: Path) -> None:
    result = relgraph("import", "--mapping", mapping, DATA)
    assert result.exit_code == 0, result.stderr
    sums = values(
        relgraph, "MATCH (:Stakeholder)-[t:BUYS_FROM]->() RETURN t.margin AS m ORDER BY m DESC"
    )
    assert sums[0] == pytest.approx(49.62)
    assert sum(map(float, map(str, sums))) == pytest.approx(2328.60)
    owners = values(
        relgraph, "MATCH (s:Stakeholder {market: 'customer'}) RETURN s.owner AS o ORDER BY o"
    )
    assert sorted(Counter(owners).values()) == [18, 20, 21]
    assert "relationships 1 · Chinook_Sqlite.sqlite#Invoice · read 412 · used 412 · gives 59" in (
        result.stderr
    )
    assert "no rule reads Chinook_Sqlite.sqlite#Genre (25 rows)" in result.stderr


def test_twice_changes_nothing_and_info_keeps_the_files(relgraph: Relgraph, mapping: Path) -> None:
    relgraph("import", "--mapping", mapping, DATA)
    again = json.loads(relgraph("import", "--mapping", mapping, DATA, "--json").stdout)
    assert [row["created"] + row["updated"] for row in again] == [0, 0, 0, 0]
    info = relgraph("info").stdout
    assert "Chinook_Sqlite.sqlite" in info
    assert "chinook.toml" in info


def test_the_ledger_has_every_row(relgraph: Relgraph, mapping: Path, tmp_path: Path) -> None:
    mapping.write_text(CHINOOK)
    result = relgraph("import", "--mapping", mapping, DATA, "--ledger", "ledger.csv")
    assert "read 412 · used 357 · gives 59 · dropped: 55 a small invoice (lines " in result.stderr
    with (tmp_path / "ledger.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts = Counter((row["rule"], row["outcome"], row["reason"]) for row in rows)
    small = counts["relationships 1", "dropped", "a small invoice"]
    assert counts == {
        ("stakeholders 2", "used", ""): 8,
        ("stakeholders 3", "used", ""): 59,
        ("relationships 1", "used", ""): 412 - small,
        ("relationships 1", "dropped", "a small invoice"): small,
        ("interactions 1", "used", ""): 412,
        ("", "unread", "no rule names its table"): 25,
    }
    assert small == 55


def test_an_earlier_ledger_is_no_source(relgraph: Relgraph, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        '[[stakeholders]]\nfrom = "a"\nid = "id"\nname = "id"\nmarket = "\'customer\'"\n'
    )
    (tmp_path / "a.csv").write_text("id\n1\n")
    for _ in range(2):
        result = relgraph("import", "--mapping", "m.toml", "--ledger", "l.csv")
        assert "l.csv" not in result.stderr
    assert (tmp_path / "l.csv").read_text().count("\n") == 2


def test_a_dry_run_stores_nothing(relgraph: Relgraph, mapping: Path, tmp_path: Path) -> None:
    result = relgraph("import", "--mapping", mapping, DATA, "--dry-run", "--ledger", "l.csv")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "l.csv").exists()
    assert not (tmp_path / "relgraph.lbug").exists()


def test_a_wrong_row_in_the_middle_stores_nothing(relgraph: Relgraph, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,x\n1,1\n2,2x\n3,3\n")
    (tmp_path / "m.toml").write_text(
        '[read.a]\ntypes = { x = "number" }\n[[stakeholders]]\nfrom = "a"\nid = "id"\n'
        'name = "id"\nmarket = "\'customer\'"\nrevenue = "x"\n'
    )
    result = relgraph("import", "--mapping", "m.toml", "--ledger", "l.csv")
    assert result.exit_code == 4
    assert result.stderr.strip().endswith("a.csv:3: x '2x' is not a number")
    assert not (tmp_path / "l.csv").exists()


def test_rows_that_are_gone_are_told_and_kept(relgraph: Relgraph, tmp_path: Path) -> None:
    rule = '[[stakeholders]]\nfrom = "a"\nid = "id"\nname = "id"\nmarket = "\'customer\'"\n'
    (tmp_path / "m.toml").write_text(rule)
    (tmp_path / "a.csv").write_text("id,x\n1,1\n2,2\n")
    relgraph("import", "--mapping", "m.toml")
    (tmp_path / "a.csv").write_text("id,x\n1,1\n")
    result = relgraph("import", "--mapping", "m.toml")
    assert "a.csv" in result.stderr
    assert "'2'" in result.stderr
    assert len(values(relgraph, "MATCH (s:Stakeholder) RETURN s.id AS id ORDER BY id")) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--ledger", "l.csv"], "--ledger: needs --mapping"),
        (["--mapping", "m.toml", "--decimal", ","], "--decimal: can't be combined with --mapping"),
        (["--mapping", "m.toml", "--stakeholders", "a"], "--stakeholders: can't be combined with"),
        (["--mapping", "nothing"], "--mapping: there is no file 'nothing', and no mapping of that"),
        (["--mapping", "gone.toml"], "gone.toml: no such file or folder"),
    ],
)
def test_calls_that_can_not_work(
    arguments: list[str], message: str, relgraph: Relgraph, tmp_path: Path
) -> None:
    (tmp_path / "m.toml").write_text("[[stakeholders]]\nid = \"'x'\"\n")
    (tmp_path / "a.csv").write_text("id\n1\n")
    result = relgraph("import", *arguments, "a.csv")
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_draft_stores_nothing_and_imports(relgraph: Relgraph, tmp_path: Path) -> None:
    result = relgraph("import", "--suggest", DATA)
    assert result.exit_code == 0, result.stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "draft.toml").write_text(result.stdout, encoding="utf-8")
    assert relgraph("import", "--mapping", "draft.toml", DATA).exit_code == 0


def test_strengths_come_from_a_column_that_the_mapping_gives(
    relgraph: Relgraph, tmp_path: Path
) -> None:
    (tmp_path / "calls.csv").write_text("who,whom,hours\na,b,2\nb,c,8\nc,a,\n")
    (tmp_path / "m.toml").write_text("""
[read.calls]
types = { hours = "number" }
[[stakeholders]]
from = "calls"
id = "who"
name = "who"
market = "'customer'"
[[relationships]]
from = "calls"
source = "who"
type = "'KNOWS'"
target = "whom"
properties = { hours = "sum(hours)" }
""")
    command = ("import", "--mapping", "m.toml", "calls.csv", "--strength-from", "hours")
    result = relgraph(*command)
    assert result.exit_code == 0, result.stderr
    cypher = "MATCH ()-[t:KNOWS]->() RETURN t.strength AS s ORDER BY s"
    # Hours over the most hours: 2 / 8 and 8 / 8.
    assert values(relgraph, cypher)[:2] == [0.25, 1.0]
    scaled = relgraph(*command, "--strength-scale", "0-10", "--replace")
    assert scaled.exit_code == 0, scaled.stderr
    assert values(relgraph, cypher)[:2] == [0.2, 0.8]
    missing = relgraph(*command[:-1], "minutes")
    assert missing.exit_code == 2
    assert "minutes" in missing.stderr
