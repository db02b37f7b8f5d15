"""docs/importing.md: its examples do what it says, and its reference is that of the parser."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from relgraph.mapping.parsing import parse_mapping
from relgraph.readwrite.problems import ProblemLog
from tests.conftest import Relgraph

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w.]+)`:\n\n```(?:csv|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(NAMED.findall(PAGE))


def blocks(language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(PAGE) if kind == language]


def rows(relgraph: Relgraph, cypher: str) -> list[list[object]]:
    result = relgraph("query", "run", "--cypher", "-", "--json", input=cypher)
    return [list(row.values()) for row in json.loads(result.stdout)]


def test_the_first_mapping(relgraph: Relgraph, tmp_path: Path) -> None:
    for name in ("accounts.csv", "deals.csv", "crm.toml"):
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    result = relgraph("import", "--mapping", "crm.toml")
    assert result.exit_code == 0, result.stderr
    told = [line.removeprefix("relgraph: note: ") for line in result.stderr.splitlines()]
    assert told == blocks("text")[0].splitlines()
    assert rows(
        relgraph,
        "MATCH (a:Stakeholder)-[t:BUYS_FROM]->(b:Stakeholder) "
        "RETURN a.id AS buyer, b.id AS seller, t.margin AS m ORDER BY buyer",
    ) == [["acc-7", "firm", pytest.approx(600.15)]]
    assert rows(
        relgraph,
        "MATCH (s:Stakeholder {market: 'customer'}) "
        "RETURN s.name AS n, s.owner AS o, s.employees AS e ORDER BY n",
    ) == [["Acme", "eve", 120], ["Bolt & Sons", "bob", 15], ["Cord", None, 3]]


def test_chinook(relgraph: Relgraph, tmp_path: Path) -> None:
    mapping = FILES["chinook.toml"]
    assert mapping.count("\n") <= 70
    (tmp_path / "chinook.toml").write_text(mapping)
    folder = ROOT / "tests" / "data" / "chinook"
    result = relgraph("import", "--mapping", "chinook.toml", folder, "--json")
    assert result.exit_code == 0, result.stderr
    counts = rows(
        relgraph,
        "MATCH (:Stakeholder)-[t:CONTACTED]->() RETURN count(t) AS n, sum(t.value) AS v ORDER BY n",
    )
    assert counts == [[412, pytest.approx(2328.60)]]


@pytest.mark.parametrize("text", blocks("toml"))
def test_every_mapping_is_one(text: str) -> None:
    content = tomllib.loads(text)
    if content.keys() & {"stakeholders", "relationships", "interactions"}:
        log = ProblemLog()
        parse_mapping(text, "m.toml", log)
        assert not log.problems


SHIPPED = sorted((ROOT / "mappings").glob("*.toml"))


@pytest.mark.parametrize("mapping", SHIPPED, ids=lambda path: path.stem)
def test_a_mapping_that_ships_imports_an_export(mapping: Path, relgraph: Relgraph) -> None:
    assert f"| `{mapping.stem}` |" in PAGE
    export = ROOT / "tests" / "data" / "exports" / mapping.stem
    result = relgraph("import", "--mapping", mapping.stem, export)
    assert result.exit_code == 0, result.stderr


def test_salesforce(relgraph: Relgraph) -> None:
    export = ROOT / "tests" / "data" / "exports" / "salesforce"
    result = relgraph("import", "--mapping", "salesforce", export)
    assert "dropped: 1 no type that is a market (line 4)" in result.stderr
    assert rows(
        relgraph, "MATCH (s:Stakeholder) RETURN s.id AS id, s.market AS m, s.owner AS o ORDER BY id"
    ) == [
        *(["001A", "customer", "005E"], ["001B", "distributor", "005E"]),
        *(["003A", "customer", "005E"], ["005E", "employee", None], ["005F", "employee", None]),
        ["firm", "firm", None],
    ]
    assert rows(
        relgraph,
        "MATCH (a:Stakeholder)-[t:BUYS_FROM]->(:Stakeholder) "
        "RETURN a.id AS id, t.sales AS sales, t.margin AS margin ORDER BY id",
    ) == [["001A", 2000.5, None]]


def test_an_optional_table_may_be_missing(relgraph: Relgraph, tmp_path: Path) -> None:
    export = ROOT / "tests" / "data" / "exports" / "salesforce"
    for name in ("Account.csv", "User.csv"):
        (tmp_path / name).write_bytes((export / name).read_bytes())
    result = relgraph("import", "--mapping", "salesforce", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert "relationships 2 was left out: there is no Opportunity" in result.stderr
