"""`find_duplicates`, `mark_same` and `list_marked`."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import find_duplicates, import_frames, list_marked, mark_same
from relgraph.errors import InvalidInput
from relgraph.store import Store, open_store

PEOPLE = {
    "id": ["f", "a", "b", "c"],
    "name": ["Firm", "Acme Ltd", "ACME", "Lone Pine"],
    "market": ["firm", "customer", "customer", "customer"],
}
TIES = {
    "source": ["f", "f", "c", "b"],
    "target": ["a", "b", "b", "c"],
    "type": ["KNOWS"] * 2 + ["REFERS"] * 2,
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "s.lbug", write=True)
    import_frames(opened, {"stakeholders": PEOPLE, "relationships": TIES})
    return opened


def test_pairs_are_found_marked_and_listed(store: Store, tmp_path: Path) -> None:
    (row,) = find_duplicates(store).rows()
    # b comes first, who is tied to one more; the firm is no neighbour that they share
    assert (row["id"], row["other"], row["score"], row["shared"]) == ("b", "a", 100, 0)
    review = tmp_path / "review.csv"
    review.write_text("id,other,same\nb,a,yes\n")
    (joined,) = mark_same(store, review).rows()
    assert joined == {"id": "b", "name": "ACME", "others": "a"}
    assert len(find_duplicates(store)) == 0
    (marked,) = list_marked(store).rows()
    assert (marked["id"], marked["other_name"], marked["same"]) == ("b", "Acme Ltd", "yes")
    store.close()


def test_a_mark_on_somebody_unknown_is_refused(store: Store, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    review.write_text("id,other,same\nb,x,yes\n")
    with pytest.raises(InvalidInput, match=r"review.csv:2: there is no stakeholder 'x'"):
        mark_same(store, review)
    assert len(list_marked(store)) == 0
    store.close()
