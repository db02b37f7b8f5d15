"""`relgraph history`, `import --keep`, and the address of a snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.cells import TextColumn
from relgraph.cli.table import table
from relgraph.store import open_store
from relgraph.store.snapshots import KEPT
from tests.conftest import Relgraph


@pytest.fixture
def changed(relgraph: Relgraph) -> Relgraph:
    """Return a command line whose store was imported three times, each time with another name."""
    for name in ("Ann", "Bea", "Cy"):
        Path("people.csv").write_text(f"id,name,market\na,{name},customer\nb,Bob,supplier\n")
        done = relgraph("import", "--stakeholders", "people.csv")
        assert (done.exit_code, done.stderr) == (0, "")
    return relgraph


def test_the_imports_are_listed(changed: Relgraph) -> None:
    rows = json.loads(changed("history", "--json").stdout)
    assert [list(row) for row in rows] == [["snapshot", "at", "changed", "rows", "files"]] * 2
    assert [row["snapshot"] for row in rows] == ["relgraph.lbug@1", "relgraph.lbug@2"]
    assert [(row["files"], row["changed"], row["rows"]) for row in rows] == [
        ("people.csv", 1, 2)
    ] * 2
    assert rows[0]["at"] <= rows[1]["at"]
    with open_store("relgraph.lbug") as store:
        held = sum(each.size for each in store.read_snapshots().records.values())
    info = json.loads(changed("info", "--json").stdout)
    kept = {row["name"]: row for row in info if row["kind"] == "history"}
    assert (kept["snapshots"]["count"], kept["snapshots"]["at"]) == (2, rows[0]["at"])
    assert kept["bytes"]["count"] == held


def test_a_table_shows_the_whole_name_and_time_in_eighty_columns(changed: Relgraph) -> None:
    files = [f"a/folder/of/month/12/{name}.csv" for name in ("stakeholders", "relationships")]
    row = ("relgraph.lbug@12", "2026-11-28T11:14:01Z", "12345", "54321", ", ".join(files))
    names = [*json.loads(changed("history", "--json").stdout)[0]]
    number = {"changed", "rows"}
    columns = [TextColumn(n, [cell], n in number) for n, cell in zip(names, row, strict=True)]
    (block,) = table(columns, 80)
    assert block[1].split()[:4] == [*row[:4]]


def test_a_dry_run_and_an_import_that_changes_nothing_keep_none(changed: Relgraph) -> None:
    before = Path("relgraph.lbug").read_bytes()
    Path("more.csv").write_text("id,name,market\nc,Cy,customer\n")
    assert changed("import", "--dry-run", "--stakeholders", "more.csv").exit_code == 0
    assert Path("relgraph.lbug").read_bytes() == before
    assert changed("import", "--stakeholders", "people.csv").exit_code == 0
    assert len(json.loads(changed("history", "--json").stdout)) == 2


def test_how_many_are_kept_can_be_said(changed: Relgraph) -> None:
    assert f"[default: {KEPT};" in " ".join(changed("import", "--help").stdout.split())
    assert changed("import", "--stakeholders", "people.csv", "--keep", "1").exit_code == 0
    assert [row["snapshot"] for row in json.loads(changed("history", "--json").stdout)] == [
        "relgraph.lbug@2"
    ]
    assert changed("import", "--stakeholders", "people.csv", "--keep", "0").exit_code == 0
    done = changed("history", "--json")
    assert json.loads(done.stdout) == []
    assert "keeps no snapshot yet" in done.stderr
    done = changed("history", "-d", "relgraph.lbug@2100-01-01")
    assert "relgraph.lbug@2100-01-01 keeps no snapshots" in done.stderr
    assert changed("import", "--stakeholders", "people.csv", "--keep", "-1").exit_code == 2


@pytest.mark.parametrize(("which", "name"), [("1", "Ann"), ("2", "Bea"), ("2100-01-01", "Cy")])
def test_every_command_reads_a_snapshot(changed: Relgraph, which: str, name: str) -> None:
    store = f"relgraph.lbug@{which}"
    assert (
        json.loads(changed("show", "a", "-d", store, "--json").stdout)["properties"]["name"] == name
    )
    query = changed(
        "query",
        "run",
        "--cypher",
        "-",
        "-d",
        store,
        "--csv",
        input="MATCH (s:Stakeholder) WHERE s.id = 'a' RETURN s.name AS name",
    )
    assert query.stdout.split() == ["name", name]
    assert changed("info", "-d", store).exit_code == 0
    assert changed("export", "-d", store, "-o", "out").exit_code == 0
    assert f"a,{name}," in Path("out/stakeholders.csv").read_text()


def test_a_snapshot_is_compared_with_the_present(changed: Relgraph) -> None:
    done = changed("diff", "relgraph.lbug@1", "--json", "--data-only")
    (row,) = json.loads(done.stdout)
    assert (row["field"], row["before"], row["after"]) == ("name", "Ann", "Cy")
    done = changed("diff", "relgraph.lbug@1", "relgraph.lbug@2", "--json", "--data-only")
    (row,) = json.loads(done.stdout)
    assert (row["before"], row["after"]) == ("Ann", "Bea")
    Path("relgraph.lbug").rename("moved.lbug")  # a snapshot's own store, whatever --db says
    (row,) = json.loads(changed("diff", "moved.lbug@1", "--json", "--data-only").stdout)
    assert (row["before"], row["after"]) == ("Ann", "Cy")


@pytest.mark.parametrize(
    ("store", "said", "code"),
    [
        ("relgraph.lbug@9", "relgraph.lbug has no snapshot 9", 3),
        ("relgraph.lbug@2026-02-30", "after the @ write the number of a snapshot", 2),
        ("relgraph.lbug@2000-01-01", "keeps no snapshot from 2000-01-01", 3),
        ("other.lbug@1", "other.lbug@1: run `relgraph import` first", 3),
    ],
)
def test_what_is_not_there_is_one_line(changed: Relgraph, store: str, said: str, code: int) -> None:
    done = changed("show", "a", "-d", store)
    assert done.exit_code == code
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_snapshot_is_not_written(changed: Relgraph) -> None:
    before = Path("relgraph.lbug").read_bytes()
    for command in (["import", "--stakeholders", "people.csv"], ["remove", "a"]):
        done = changed(*command, "-d", "relgraph.lbug@1")
        assert done.exit_code == 2
        assert (
            "is a snapshot and stays as it is; name the store relgraph.lbug itself" in done.stderr
        )
    assert Path("relgraph.lbug").read_bytes() == before


def test_a_damaged_snapshot_is_one_line_and_stops_nothing_else(changed: Relgraph) -> None:
    content = bytearray(Path("relgraph.lbug").read_bytes())
    content[content.index(b"1/stakeholders.parquet") + 40] ^= 1
    Path("relgraph.lbug").write_bytes(content)
    line = "snapshot 1 of relgraph.lbug is damaged"
    for command in (["show", "a", "-d", "relgraph.lbug@1"], ["info", "--check"]):
        done = changed(*command)
        assert done.exit_code == 3
        assert line in done.stderr
        assert len(done.stderr.splitlines()) == 1
    for command in (["history"], ["info"], ["show", "a"], ["show", "a", "-d", "relgraph.lbug@2"]):
        assert changed(*command).exit_code == 0
    listed = changed("history", "--json")
    assert line in listed.stderr
    assert [row["files"] for row in json.loads(listed.stdout)] == [None, "people.csv"]
    Path("people.csv").write_text("id,name,market\na,Di,customer\n")
    done = changed("import", "--stakeholders", "people.csv")
    assert done.exit_code == 0
    assert "damaged snapshots could not be kept: 1" in done.stderr
    assert [row["snapshot"] for row in json.loads(changed("history", "--json").stdout)] == [
        "relgraph.lbug@2",
        "relgraph.lbug@3",
    ]
