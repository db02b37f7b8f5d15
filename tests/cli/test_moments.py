"""Dates of ties, people and contacts count in every command, as of today and of an earlier day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from relgraph.cli import main
from tests.conftest import Relgraph

PEOPLE = """id,name,market,status,left_on,margin
f,F,firm,,,
e,E,employee,,,
g,G,employee,left,2023-06-30,
a,A,customer,,,100
b,B,customer,,,50
c,C,customer,left,2022-12-31,20
"""
TIES = """source,target,type,strength,since,until
e,a,KNOWS,0.8,2020-01-01,
e,b,KNOWS,0.6,2021-01-01,2022-06-30
g,b,KNOWS,0.5,2020-01-01,
a,b,REFERS,0.4,2099-01-01,
b,c,REFERS,0.7,,
"""
CONTACTS = """source,target,at
e,a,2021-01-01
a,e,2022-01-01
e,a,2024-01-01
e,b,2098-01-01
"""
PLANNING = [
    *("value", "value --curve", "value --by parent", "exit", "exit a", "exit e", "exit --rates"),
    *("exit --backtest 2021-06-30", "overdue --all", "overdue --all --ties"),
    *(f"portfolio --model {name}" for name in ("level", "value", "supply", "salience", "power")),
]
MEASURES = [
    *("reach", "reach a", "centrality", "communities", "brokers"),
    *("keyplayers -k 1", "advocates -k 1", "info --network"),
]
OTHERS = ["intro b", "strength", "map -o map.html", *MEASURES]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """Return a store's content, and what its import told."""
    folder = tmp_path_factory.mktemp("moments")
    for name, text in (
        ("stakeholders", PEOPLE),
        ("relationships", TIES),
        ("interactions", CONTACTS),
    ):
        (folder / f"{name}.csv").write_text(text)
    path = folder / "moments.lbug"
    told = CliRunner().invoke(main, ["import", str(folder), "-d", str(path)])
    return path.read_bytes(), told.stderr


@pytest.fixture
def store(relgraph: Relgraph, imported: tuple[bytes, str]) -> Relgraph:
    Path("relgraph.lbug").write_bytes(imported[0])
    return relgraph


def test_an_import_names_what_is_to_come(imported: tuple[bytes, str]) -> None:
    assert "1 contact is dated after today" in imported[1]
    assert "2098-01-01 from e to b" in imported[1]


@pytest.mark.parametrize("command", [*PLANNING, *OTHERS, "show b"])
def test_what_has_ended_and_what_is_to_come_is_told_once(store: Relgraph, command: str) -> None:
    told = store(*command.split())
    assert told.exit_code == 0, told.stderr
    assert told.stderr.count("1 tie has ended and is not counted\n") == 1
    assert told.stderr.count("1 tie has not begun and is not counted\n") == 1


@pytest.mark.parametrize("command", PLANNING)
def test_a_contact_to_come_is_named_and_not_the_present(store: Relgraph, command: str) -> None:
    told = store(*command.split()).stderr
    assert told.count("1 contact is dated after today and doesn't count: 2098-01-01") == 1


@pytest.mark.parametrize("command", [*PLANNING, *OTHERS])
def test_an_earlier_day(store: Relgraph, command: str) -> None:
    told = store(*command.split(), "--as-of", "2022-06-30")
    assert told.exit_code == 0, told.stderr
    assert "has ended" not in told.stderr
    assert "2 stakeholders who left later are counted as still there\n" in told.stderr
    assert told.stderr.count(" those of today") == 1
    assert ("the store keeps no history of them" in told.stderr) == (command not in MEASURES)


def rows(store: Relgraph, command: str) -> list[dict[str, object]]:
    """Return the rows of a command as JSON."""
    found = json.loads(store(*command.split(), "--json").stdout)
    assert isinstance(found, list)
    return found


def test_figures_of_both_days(store: Relgraph) -> None:
    then = " --as-of 2022-06-30"
    assert {row["id"] for row in rows(store, "value")} == {"a", "b"}
    assert {row["id"] for row in rows(store, "value" + then)} == {"a", "b", "c"}
    # The firm's ties to b: that of e has ended, and g has left.
    assert [row["way"] for row in rows(store, "intro b")] == []
    assert [row["way"] for row in rows(store, "intro b" + then)] == ["e > b", "g > b"]
    held = {row["id"]: row["accounts"] for row in rows(store, "exit --draws 0")}
    assert held["e"] == 1
    held = {row["id"]: row["accounts"] for row in rows(store, "exit --draws 0" + then)}
    assert (held["e"], held["g"]) == (2, 1)
    last = {row["id"]: row["last"] for row in rows(store, "overdue --all")}
    assert last == {"a": "2024-01-01T00:00:00Z", "b": None}
    last = {row["id"]: row["last"] for row in rows(store, "overdue --all" + then)}
    assert last["a"] == "2022-01-01T00:00:00Z"
    (lost,) = [row["lost"] for row in rows(store, "exit --rates") if row["reason"] == "total"]
    assert lost == 1
    (lost,) = [
        row["lost"] for row in rows(store, "exit --rates" + then) if row["reason"] == "total"
    ]
    assert lost == 0


def test_years_begin_with_ties_that_have_ended(store: Relgraph) -> None:
    """From 2021-01-01 to 2024-01-01: a and b three years each, c until the end of 2022."""
    told = store("exit", "--rates").stderr
    assert "(1 left in 8.0 stakeholder-years)" in told
