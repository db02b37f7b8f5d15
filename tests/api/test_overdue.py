"""Whom to call, from a store."""

from __future__ import annotations

from relgraph import list_overdue
from relgraph.store import Store


def test_whom_to_call(acme: Store) -> None:
    everyone = list_overdue(acme, everyone=True)
    assert everyone["id"].tolist() == ["a", "b", "s"]
    assert everyone["overdue"][:2].tolist() == [-180, -365]
    assert len(list_overdue(acme)) == 0
    later = list_overdue(acme, as_of="2026-11-29T12:00:00", owner="Eve")
    assert later["id"].tolist() == ["a"]
    assert later["overdue"].tolist() == [1]
