"""A dataset in memory is read like the store that holds the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import import_files, open_store
from relgraph.api import classify_stakeholders, rank_centrality, rank_exits, rank_partnerships
from relgraph.dataset import Dataset
from relgraph.errors import QueryFailed, StoreUnavailable, WriteFailed
from relgraph.resources import resource_dir
from relgraph.store import Store, fetch_dataset
from relgraph.store.frame_store import FrameStore
from relgraph.store.frames import checksum
from tests.stored import store_rows

FUNCTIONS = {
    "centrality": lambda store: rank_centrality(store, "all"),
    "exit": lambda store: rank_exits(store, draws=10),
    "portfolio": lambda store: classify_stakeholders(store, draws=10),
    "strength": rank_partnerships,
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, FrameStore]:
    store = open_store(tmp_path_factory.mktemp("six") / "six.lbug", write=True)
    import_files(store, resource_dir("sample_data") / "six_markets")
    return store, FrameStore(store.url, fetch_dataset(store))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_rows_are_the_same(both: tuple[Store, FrameStore], name: str) -> None:
    stored, held = (FUNCTIONS[name](store) for store in both)
    assert list(held.rows()) == list(stored.rows())
    assert held.notes == stored.notes


def test_it_gives_back_what_it_holds(both: tuple[Store, FrameStore]) -> None:
    stored, held = both
    assert checksum(fetch_dataset(held)) == checksum(fetch_dataset(stored))
    assert held.count_rows() == stored.count_rows()
    assert held.read_schema().relationships.keys() == stored.read_schema().relationships.keys()
    assert [held.holds(each) for each in ("cus-01", "nobody")] == [True, False]
    assert [stored.holds(each) for each in ("cus-01", "nobody")] == [True, False]


def test_what_is_missing_is_missing(tmp_path: Path) -> None:
    path = store_rows(tmp_path / "s.lbug", [{"id": "a", "name": "A", "market": "customer"}])
    with open_store(path) as store:
        held = FrameStore("memory", fetch_dataset(store))
        asked = ["margin", "left_on", "nothing"]
        rows = [list(each.read_stakeholders(asked).rows()) for each in (store, held)]
    nothing = {"margin": None, "left_on": None, "nothing": None}
    assert rows == [[{"id": "a", **nothing}]] * 2
    assert len(FrameStore("empty", Dataset()).read_relationships(None, ["strength"])) == 0


def test_it_is_for_reading() -> None:
    store = FrameStore("memory", Dataset())
    with pytest.raises(QueryFailed, match="in memory"):
        store.execute("MATCH (s:Stakeholder) RETURN s.id AS id")
    with pytest.raises(WriteFailed):
        store.write(Dataset())
    store.close()
    with pytest.raises(StoreUnavailable):
        store.graph()
