"""Hostile ties and missing strengths: what they count as is the same in every command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_map import drawn
from tests.conftest import Relgraph
from tests.stored import store_rows

ONE_HOSTILE = (
    "1 hostile tie (sign -1) of the types taken is in no measure (--include-hostile changes that)"
)
HOSTILE = ONE_HOSTILE.replace("1 hostile tie", "2 hostile ties").replace(" is ", " are ")
PEOPLE = [
    {"id": node_id, "name": node_id.upper(), "market": market}
    for node_id, market in (
        *(("f", "firm"), ("e", "employee"), ("i", "influencer")),
        *(("a", "customer"), ("b", "customer"), ("c", "customer")),
    )
]
FRIENDLY: list[dict[str, Any]] = [
    {"source": "a", "target": "f", "type": "BUYS_FROM", "strength": 0.5},
    {"source": "e", "target": "a", "type": "KNOWS", "strength": 0.9},
    {"source": "i", "target": "b", "type": "INFLUENCES", "strength": 0.4},
    {"source": "b", "target": "c", "type": "REFERS", "strength": 0.7},
]
HATRED: list[dict[str, Any]] = [
    {"source": "a", "target": "b", "type": "KNOWS", "strength": 0.9, "sign": -1},
    {"source": "i", "target": "f", "type": "INFLUENCES", "strength": 1.0, "sign": -1},
]
COMMANDS = [
    "centrality --measure all",
    "centrality --type KNOWS --type INFLUENCES",
    "centrality --undirected --measure degree --confidence",
    "reach",
    "reach i a",
    "advocates -k 2",
    "strength",
    "strength --directed --confidence",
    "brokers",
    "brokers --between",
    "brokers --bridges",
    "keyplayers -k 1",
    "communities",
    "info --network",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_counts_hostile_ties(relgraph: Relgraph, tmp_path: Path, command: str) -> None:
    alone = store_rows(tmp_path / "alone.lbug", PEOPLE, FRIENDLY)
    mixed = store_rows(tmp_path / "mixed.lbug", PEOPLE, FRIENDLY + HATRED)
    expected = relgraph(*command.split(), "--json", "-d", alone)
    found = relgraph(*command.split(), "--json", "-d", mixed)
    assert (expected.exit_code, found.exit_code) == (0, 0), found.stderr
    assert json.loads(found.stdout) == json.loads(expected.stdout)
    assert HOSTILE not in expected.stderr
    assert HOSTILE in found.stderr
    asked = relgraph(*command.split(), "--json", "-d", mixed, "--include-hostile")
    assert json.loads(asked.stdout) != json.loads(expected.stdout)
    assert "2 hostile ties (sign -1) count like any other" in asked.stderr


def test_a_hostile_tie_recommends_nobody(relgraph: Relgraph, tmp_path: Path) -> None:
    store = store_rows(tmp_path / "foes.lbug", PEOPLE[3:5], HATRED[:1])
    done = relgraph("reach", "a", "-d", store, "--json")
    assert json.loads(done.stdout) == []
    assert f"nobody is reached: {ONE_HOSTILE}" in done.stderr
    assert done.stderr.count(ONE_HOSTILE) == 1
    for ranked in json.loads(relgraph("reach", "-d", store, "--json").stdout):
        assert (ranked["reached"], ranked["expected"]) == (0, 1)
    for chosen in json.loads(relgraph("advocates", "-k", "1", "-d", store, "--json").stdout):
        assert chosen["spread"] == 1
    done = relgraph("reach", "a", "-d", store, "--json", "--include-hostile")
    (row,) = json.loads(done.stdout)
    assert (row["reached"], row["expected"]) == (1, pytest.approx(1.9))


def test_a_hostile_type_asked_for_is_empty_and_says_so(relgraph: Relgraph, tmp_path: Path) -> None:
    rivalry = {"source": "a", "target": "b", "type": "COMPETES_WITH", "strength": 0.3, "sign": None}
    store = store_rows(tmp_path / "rivals.lbug", PEOPLE, [*FRIENDLY, rivalry])
    usual = relgraph("centrality", "-d", store)
    assert "hostile" not in usual.stderr
    done = relgraph("centrality", "-d", store, "--type", "COMPETES_WITH", "--measure", "degree")
    assert done.stderr.splitlines() == [f"relgraph: note: {ONE_HOSTILE}"]
    done = relgraph(
        *("centrality", "-d", store, "--type", "COMPETES_WITH", "--include-hostile"),
        *("--measure", "weighted_degree", "--json", "--top", "2"),
    )
    assert [(row["id"], row["weighted_degree"]) for row in json.loads(done.stdout)] == [
        ("a", 0.3),
        ("b", 0.3),
    ]


def test_a_map_draws_hostile_ties_along_which_nothing_is_told(
    relgraph: Relgraph, tmp_path: Path
) -> None:
    store = store_rows(tmp_path / "mixed.lbug", PEOPLE, FRIENDLY + HATRED)
    assert relgraph("map", "-d", store).exit_code == 0
    sheet = drawn()["sheet"]
    ids = sheet["nodes"]["key"]
    ties = {name: read(column, 6) for name, column in sheet["ties"]["columns"].items()}
    assert {
        (ids[source], ids[target])
        for source, target, tells in zip(ties["from"], ties["to"], ties["tells"], strict=True)
        if tells
    } == {("e", "a"), ("i", "b"), ("b", "c")}
    for node_id, heard in zip(ids, sheet["people"], strict=True):
        hops = json.loads(relgraph("reach", node_id, "-d", store, "--json").stdout)
        assert heard == pytest.approx([row["people"] for row in hops], abs=0.05)


def test_on_a_map_an_unknown_strength_stays_unknown(relgraph: Relgraph, tmp_path: Path) -> None:
    unknown = {"source": "c", "target": "f", "type": "BUYS_FROM"}
    store = store_rows(tmp_path / "some.lbug", PEOPLE, [*FRIENDLY, unknown])
    for rule in ("median", "0.3"):
        assert relgraph("map", "-d", store, "--missing-strength", rule).exit_code == 0
        columns = drawn()["sheet"]["ties"]["columns"]
        assert read(columns["strength"], 5).count(None) == 1
    assert relgraph("map", "-d", store, "--missing-strength", "drop").exit_code == 0
    assert drawn()["sheet"]["ties"]["count"] == 4


def read(column: Any, count: int) -> list[Any]:
    """Return the values of a payload's column."""
    if isinstance(column, list):
        return column
    return [column["of"][at] for at in column["at"]] if "at" in column else [column["all"]] * count
