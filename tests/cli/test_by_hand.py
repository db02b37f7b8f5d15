"""`relgraph set`, `tie` and `contact`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import relgraph.api as api
from tests.conftest import Relgraph

PEOPLE = (
    "id,name,market,margin,owner\nE1,Eve,employee,,\nC1,Ann,customer,10,E1\nC2,Bob,customer,20,\n"
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a store of three stakeholders and a tie."""
    folder = tmp_path_factory.mktemp("by_hand")
    (folder / "stakeholders.csv").write_text(PEOPLE)
    (folder / "relationships.csv").write_text("source,target,type,strength\nC1,C2,KNOWS,.5\n")
    with api.open_store(str(folder / "all.lbug"), write=True) as store:
        api.import_files(store, folder)
    return (folder / "all.lbug").read_bytes()


@pytest.fixture
def store(relgraph: Relgraph, stored: bytes) -> Relgraph:
    Path("relgraph.lbug").write_bytes(stored)
    return relgraph


def changes(relgraph: Relgraph, *arguments: str) -> list[tuple[Any, ...]]:
    done = relgraph(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    return [(r["what"], r["id"], r["field"], r["before"], r["after"]) for r in found]


def test_properties_are_set_and_emptied(store: Relgraph) -> None:
    found = changes(store, "set", "Ann", "margin=12", "负责人=", "region=North")
    assert sorted(found) == [
        ("added", "C1", "region", None, "North"),
        ("changed", "C1", "margin", 10, 12),
        ("removed", "C1", "owner", "E1", None),
    ]
    shown = json.loads(store("show", "C1", "--json").stdout)["properties"]
    assert (shown["margin"], shown["region"]) == (12, "North")
    assert "owner" not in shown
    assert len(json.loads(store("history", "--json").stdout)) == 1


def test_nothing_is_written_twice(store: Relgraph) -> None:
    store("set", "C1", "margin=12")
    done = store("set", "C1", "margin=12")
    assert "nothing to change" in done.stderr
    assert len(json.loads(store("history", "--json").stdout)) == 1


def test_a_dry_run_stores_nothing(store: Relgraph) -> None:
    before = Path("relgraph.lbug").read_bytes()
    assert changes(store, "set", "C1", "margin=12", "--dry-run") == [
        ("changed", "C1", "margin", 10, 12)
    ]
    assert Path("relgraph.lbug").read_bytes() == before


def test_all_problems_are_told_at_once(store: Relgraph) -> None:
    before = Path("relgraph.lbug").read_bytes()
    done = store(
        "set", "C1", "margin=abc", "status=gon", "satisfacton=", "name=", "owner=C2", "id=x"
    )
    assert done.exit_code == 4
    for said in (
        "margin 'abc' is not a number",
        "status 'gon' is not one of active, left",
        "'satisfacton' (did you mean 'satisfaction'?)",
        "name of stakeholders can't be emptied",
        "owner 'C2'",
        "id of stakeholders says which row is meant",
    ):
        assert said in done.stderr
    assert Path("relgraph.lbug").read_bytes() == before


def test_somebody_new_needs_name_and_market(store: Relgraph) -> None:
    assert store("set", "C9", "margin=1").exit_code == 2
    assert changes(store, "set", "C9", "name=Zoe", "market=customers") == [
        ("added", "C9", None, None, None)
    ]


@pytest.mark.parametrize("given", ["margin", "=3"])
def test_what_is_no_property(store: Relgraph, given: str) -> None:
    assert store("set", "C1", given).exit_code == 2


def test_a_property_given_twice(store: Relgraph) -> None:
    done = store("set", "C1", "margin=1", "margin=2")
    assert done.exit_code == 2
    assert "margin is given twice" in done.stderr


def test_a_tie_is_made_and_changed(store: Relgraph) -> None:
    assert changes(store, "tie", "Ann", "refers", "Bob", "strength=.7", "note=x'); DROP") == [
        ("added", "C1 REFERS C2", None, None, None)
    ]
    assert changes(store, "tie", "C1", "REFERS", "C2", "strength=", "trust=.2") == [
        ("changed", "C1 REFERS C2", "strength", 0.7, None),
        ("changed", "C1 REFERS C2", "trust", None, 0.2),
    ]


def test_a_tie_both_ways_is_the_stored_one(store: Relgraph) -> None:
    assert changes(store, "tie", "C2", "KNOWS", "C1", "strength=.6") == [
        ("changed", "C1 KNOWS C2", "strength", 0.5, 0.6)
    ]


def test_a_wrong_tie(store: Relgraph) -> None:
    done = store("tie", "C1", "REFERRS", "C2", "strength=2")
    assert done.exit_code == 4
    assert "did you mean 'REFERS'?" in done.stderr
    assert "strength '2'" in done.stderr
    assert store("tie", "C1", "REFERS", "nobody").exit_code == 2


def test_a_contact_is_stored_once(store: Relgraph) -> None:
    call = ("contact", "E1", "Ann", "--at", "2026-06-30T14:30", "--channel", "phone")
    assert changes(store, *call, "--value", "12", "--note", "hi") == [
        ("added", "E1 CONTACTED C1", None, None, None)
    ]
    found = changes(store, *call, "--value", "13", "mood=good")
    assert sorted(found) == [
        ("changed", "E1 CONTACTED C1", "mood", None, "good"),
        ("changed", "E1 CONTACTED C1", "value", 12, 13),
    ]


def test_a_contact_at_no_time(store: Relgraph) -> None:
    done = store("contact", "E1", "C1", "--at", "2026-13-01", "--value", "x")
    assert done.exit_code == 4
    assert "at '2026-13-01' is not a time" in done.stderr
    assert "value 'x' is not a number" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("set", "C1", "margin=1"), ("tie", "C1", "KNOWS", "C2"), ("contact", "C1", "C2")]
)
def test_a_missing_store_is_said_and_not_made(
    relgraph: Relgraph, arguments: tuple[str, ...]
) -> None:
    assert relgraph(*arguments).exit_code == 3
    assert list(Path().iterdir()) == []
