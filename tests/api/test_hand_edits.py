"""`set_properties`, `set_tie` and `add_contact`."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from relgraph import add_contact, set_properties, set_tie
from relgraph.errors import InvalidInput, UnknownStakeholder
from relgraph.store import Store


def test_plain_values_are_taken(writable: Store) -> None:
    values = {"margin": 5, "satisfaction": 0.5, "left_on": None, "key": True}
    found = set_properties(writable, "C1", values)
    assert {row["field"]: row["after"] for row in found.rows()} == {
        "margin": 5,
        "satisfaction": 0.5,
        "key": True,
    }
    assert len(set_properties(writable, "C1", values)) == 0


def test_what_no_cell_can_hold(writable: Store) -> None:
    with pytest.raises(InvalidInput, match="margin can't hold"):
        set_properties(writable, "C1", {"margin": float("inf")})
    with pytest.raises(UnknownStakeholder):
        set_properties(writable, "nobody", {"margin": 1})


def test_a_tie(writable: Store) -> None:
    (row,) = set_tie(writable, "S1", "SUPPLIES", "C1", {"strength": 0.5}).rows()
    assert (row["what"], row["id"]) == ("added", "S1 SUPPLIES C1")
    (row,) = set_tie(writable, "S1", "SUPPLIES", "C1", {"strength": None}).rows()
    assert (row["field"], row["before"], row["after"]) == ("strength", 0.5, None)


def test_a_contact_is_now_unless_said(writable: Store) -> None:
    begun = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    add_contact(writable, "E1", "C1")
    at = writable.read_relationships(["CONTACTED"], ["at"])["at"].tolist()
    assert len(at) == 1
    assert begun <= at[0] <= datetime.now(UTC).replace(tzinfo=None)
    add_contact(writable, "E1", "C1", at=datetime(2026, 1, 2, tzinfo=UTC), channel="mail")
    assert len(writable.read_relationships(["CONTACTED"], [])) == 2
