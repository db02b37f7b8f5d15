"""Edits, removals and sources of stakeholders who are held as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import (
    add_contact,
    import_frames,
    list_marked,
    mark_same,
    remove_contacts,
    remove_source,
    remove_ties,
    set_properties,
    set_tie,
)
from relgraph.errors import UsageError
from relgraph.store import Store, open_store
from relgraph.store.fetch import fetch_dataset

FRAMES = {
    "stakeholders": {
        "id": ["f", "a", "b", "c"],
        "name": ["Firm", "Acme Ltd", "ACME", "Cord"],
        "market": ["firm", "customer", "customer", "customer"],
        "revenue": [None, 10.0, 20.0, None],
    },
    "relationships": {
        "source": ["a", "b", "c", "a"],
        "target": ["f", "f", "a", "c"],
        "type": ["BUYS_FROM", "BUYS_FROM", "KNOWS", "REFERS"],
        "strength": [0.5, 0.7, 0.2, 0.3],
    },
    "interactions": {
        "source": ["f", "f"],
        "target": ["a", "b"],
        "at": ["2026-01-02", "2026-01-03"],
    },
}


@pytest.fixture
def joined(tmp_path: Path) -> Store:
    """Return a store in which b stands for a, too."""
    opened = open_store(tmp_path / "s.lbug", write=True)
    import_frames(opened, FRAMES, source="crm")
    (tmp_path / "yes.csv").write_text("id,other,same\nb,a,yes\n")
    mark_same(opened, tmp_path / "yes.csv")
    return opened


def test_what_is_set_is_what_the_one_has(joined: Store) -> None:
    set_properties(joined, "a", {"revenue": 5})
    set_tie(joined, "b", "BUYS_FROM", "f", {"strength": 0.1})
    held = fetch_dataset(joined)
    assert held.stakeholders.set_index("id")["revenue"]["b"] == 5
    ties = held.relationships.set_index(["source", "type", "target"])["strength"]
    assert ties["b", "BUYS_FROM", "f"] == 0.1
    set_properties(joined, "b", {"revenue": None})
    assert "revenue" not in fetch_dataset(joined).stakeholders  # nobody has one
    assert len(set_properties(joined, "a", {"revenue": None})) == 0


def test_what_is_removed_is_gone(joined: Store) -> None:
    remove_contacts(joined, "f", "a", "2026-01-02")
    remove_ties(joined, [("b", "BUYS_FROM", "f"), ("b", "KNOWS", "c")])
    held = fetch_dataset(joined)
    assert held.interactions["at"].dt.day.tolist() == [3]
    assert held.relationships["type"].tolist() == ["REFERS"]
    with pytest.raises(UsageError, match="no contact"):
        remove_contacts(joined, "f", "a", "2026-01-02")


def test_a_source_goes_with_those_who_are_joined(joined: Store, tmp_path: Path) -> None:
    before = fetch_dataset(joined)
    remove_source(joined, "crm")
    assert [len(frame) for frame in fetch_dataset(joined).tables().values()] == [0, 0, 0]
    import_frames(joined, FRAMES, source="crm")
    for table, frame in fetch_dataset(joined).tables().items():
        assert frame.equals(before.tables()[table])


def test_a_removed_tie_leaves_the_marks_of_the_joined(joined: Store) -> None:
    remove_ties(joined, [("b", "REFERS", "c")])
    remove_source(joined, "crm")
    assert len(fetch_dataset(joined).stakeholders) == 0


def test_marks_of_who_is_gone_can_be_given_again(joined: Store, tmp_path: Path) -> None:
    people = {"id": ["f", "b"], "name": ["Firm", "ACME"], "market": ["firm", "customer"]}
    ties = {"source": ["b"], "target": ["f"], "type": ["BUYS_FROM"]}
    rows = {"stakeholders": people, "relationships": ties}
    remove_contacts(joined, "f", "a", "2026-01-02")
    import_frames(joined, rows, source="crm", sync=True, gone="remove")
    marked = list_marked(joined).to_frame()
    assert marked["other"].tolist() == ["a"]
    marked.to_csv(tmp_path / "marked.csv", index=False)
    mark_same(joined, tmp_path / "marked.csv")
    (tmp_path / "no.csv").write_text("id,other,same\nb,a,no\n")
    mark_same(joined, tmp_path / "no.csv")
    assert list_marked(joined)["same"].tolist() == ["no"]


def test_a_tie_among_the_joined_is_refused(joined: Store) -> None:
    with pytest.raises(UsageError, match="'b' and 'a' are the same"):
        set_tie(joined, "b", "KNOWS", "a")
    with pytest.raises(UsageError, match="'a' and 'b' are the same"):
        add_contact(joined, "a", "b")
