"""`resolve_ids` and `remove_stakeholders`: stakeholders by id or name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph import open_store, remove_stakeholders, resolve_ids
from relgraph.errors import UnknownStakeholder, WriteFailed
from relgraph.store import Store
from tests.api.refusing import refused
from tests.stored import store_rows


def test_ids_and_names(worked: Store) -> None:
    assert resolve_ids(worked, ["S1", "Employee One", "S1"]) == ["S1", "E1", "S1"]
    assert resolve_ids(worked, "Distributor One") == ["D1"]
    assert resolve_ids(worked, ()) == []


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("S11", "'S11' is neither an id nor a name in this store: did you mean"),
        (["S1", "employee one"], "'employee one' is neither an id nor a name"),
        (
            "Ѕ1",
            "'Ѕ1' is neither an id nor a name in this store (there is one that looks the same, "
            "with U+0053 in place of U+0405)",
        ),
        ("", "'' is neither an id nor a name in this store: `relgraph export"),
    ],
)
def test_unknown_ones_are_named(worked: Store, named: Any, said: str) -> None:
    with refused("stakeholders", said, UnknownStakeholder):
        resolve_ids(worked, named)


def test_a_name_of_two_needs_an_id(tmp_path: Path) -> None:
    people = [{"id": who, "name": "Ann", "market": "customer"} for who in "ab"]
    with open_store(store_rows(tmp_path / "anns.lbug", people)) as store:
        with refused(
            "stakeholders", "'Ann' is the name of 2: give an id (a, b)", UnknownStakeholder
        ):
            resolve_ids(store, "Ann")
        assert resolve_ids(store, "a") == ["a"]


@pytest.mark.parametrize("wrong", [None, 7, [7], [["S1"]], b"S1"])
def test_only_text_names_a_stakeholder(worked: Store, wrong: Any) -> None:
    with refused("stakeholders"):
        resolve_ids(worked, wrong)


@pytest.mark.parametrize("named", ["E1", ["E1", "Employee One"]])
def test_removal_takes_the_ties(writable: Store, named: Any) -> None:
    counts = remove_stakeholders(writable, named)
    removed = dict(zip(counts["table"], counts["removed"], strict=True))
    # S1 → E1, S2 → E1, E1 → E2 and E1 → D1 go too.
    assert removed == {"stakeholders": 1, "relationships": 4, "interactions": 0}
    with pytest.raises(UnknownStakeholder):
        resolve_ids(writable, "E1")


def test_nothing_is_removed_where_one_is_unknown(writable: Store, worked: Store) -> None:
    with refused("stakeholders", "'Nobody' is neither", UnknownStakeholder):
        remove_stakeholders(writable, ["S1", "Nobody"])
    assert len(writable.read_stakeholders([])) == 10
    with pytest.raises(WriteFailed, match="was opened for reading"):
        remove_stakeholders(worked, "S1")
