"""`remove_ties`, `remove_contacts` and `remove_source`."""

from __future__ import annotations

import pytest

from relgraph import (
    add_contact,
    import_frames,
    list_sources,
    remove_contacts,
    remove_source,
    remove_ties,
    set_tie,
)
from relgraph.errors import UsageError
from relgraph.store import Store

PEOPLE = {"id": ["n1", "n2"], "name": ["New", "Newer"], "market": ["customer"] * 2}


def test_ties_go_together_or_not_at_all(writable: Store) -> None:
    with pytest.raises(UsageError, match="there is no tie S1 REFERS C3"):
        remove_ties(writable, [("S1", "REFERS", "E1"), ("S1", "REFERS", "C3")])
    (row,) = remove_ties(writable, [("S1", "REFERS", "E1"), ("C3", "refers", "I1")]).rows()
    assert row == {"table": "relationships", "removed": 2}
    assert len(writable.read_relationships(None, [])) == 10


def test_contacts_of_a_time(writable: Store) -> None:
    for channel in ("mail", "phone"):
        add_contact(writable, "E1", "C1", at="2026-05-31", channel=channel)
    with pytest.raises(UsageError, match="is not a date or time"):
        remove_contacts(writable, "E1", "C1", "yesterday")
    (row,) = remove_contacts(writable, "E1", "C1", "2026-05-31", channel="Mail").rows()
    assert row["removed"] == 1
    (row,) = remove_contacts(writable, "E1", "C1", "2026-05-31").rows()
    assert row["removed"] == 1


def test_what_only_a_source_gave(writable: Store) -> None:
    import_frames(writable, {"stakeholders": PEOPLE}, source="crm")
    set_tie(writable, "n2", "KNOWS", "C1")
    with pytest.raises(UsageError, match="did you mean 'crm'"):
        remove_source(writable, "cmr")
    counted = remove_source(writable, "crm", dry_run=True)
    assert counted["removed"].tolist() == [1, 0, 0]
    removed = remove_source(writable, "crm")
    assert removed["removed"].tolist() == [1, 0, 0]
    assert [note.key for note in removed.notes] == ["sync.needed"]
    assert not writable.holds("n1")
    assert writable.holds("n2")
    assert len(list_sources(writable)) == 0
