"""Those who are the same are held as one, and can be parted again, on every store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph import copy_store, remove_stakeholders
from relgraph.comparison.stored import as_imported
from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput, WriteFailed
from relgraph.model import RELATIONSHIP_TYPES
from relgraph.store import Store, fetch_dataset, open_store
from relgraph.store.frames import checksum
from relgraph.store.joining import join_rows
from relgraph.store.sameness import Pair, Sameness
from tests.store.conftest import OpenStore
from tests.store.datasets import contact, dataset, stakeholder, tie

PEOPLE = [
    stakeholder("a", name="Acme Ltd", margin=10.0, email="a@acme.com", owner="e", city=None),
    stakeholder("b", name="ACME", margin=5.0, email="b@acme.com;a@acme.com", city="York"),
    stakeholder("c", parent="b"),
    stakeholder("e", "employee"),
]
TIES = [
    tie("a", "c", "KNOWS", strength=0.2),
    tie("c", "b", "KNOWS", strength=0.5),
    tie("b", "c", "REFERS", strength=0.4),
    tie("a", "b", "KNOWS", strength=0.9),
]
CONTACTS = [
    contact("e", "a", "2026-01-05T09:00"),
    contact("e", "b", "2026-01-05T09:00"),
    contact("e", "b", "2026-01-06T09:00"),
    contact("a", "b", "2026-01-07T09:00"),
]
DATA = dataset(PEOPLE, TIES, CONTACTS)
SAME = Sameness((("a", "b"),))


def rows(frame: Any) -> list[dict[str, Any]]:
    filled = frame.astype(object).where(frame.notna(), None)
    found = filled.to_dict("records")
    return [{name: value for name, value in row.items() if value is not None} for row in found]


def held(store: Store) -> str:
    return checksum(fetch_dataset(store))


def test_they_are_held_as_one_and_parted_again(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(DATA)
        before = held(store)
        store.write(Dataset(), same=SAME)
        joined = fetch_dataset(store)
        assert rows(joined.stakeholders) == [
            {
                "id": "a",
                "name": "Acme Ltd",
                "market": "customer",
                "owner": "e",
                "margin": 15.0,
                "email": "a@acme.com; b@acme.com",
                "city": "York",
            },
            {"id": "c", "name": "C", "market": "customer", "parent": "a"},
            {"id": "e", "name": "E", "market": "employee"},
        ]
        assert rows(joined.relationships) == [
            {"source": "a", "target": "c", "type": "KNOWS", "strength": 0.5},
            {"source": "a", "target": "c", "type": "REFERS", "strength": 0.4},
        ]
        assert [row["at"].day for row in rows(joined.interactions)] == [5, 6]
        assert checksum(fetch_dataset(as_imported(store))) == before
        count = "MATCH (s:Stakeholder)-[r:KNOWS]->() RETURN s.id AS id, r.strength AS strength"
        assert [*store.execute(count).rows()] == [{"id": "a", "strength": 0.5}]
        store.write(DATA)
        assert checksum(joined) == held(store)
        store.write(dataset([stakeholder("b", city="Leeds")], [tie("b", "e", "KNOWS")]))
        now = fetch_dataset(store)
        assert rows(now.stakeholders)[0]["city"] == "Leeds"
        assert ("a", "e") in {(row["source"], row["target"]) for row in rows(now.relationships)}
        store.write(Dataset(), same=Sameness())
        parted = fetch_dataset(store)
        assert rows(parted.stakeholders)[1] | {"city": "York"} == {
            **PEOPLE[1],
            "name": "B",
        }
        assert len(parted.relationships) == len(TIES) + 1
        assert store.graph().read_text("same") == ""


def test_replacing_the_data_keeps_who_is_the_same(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(DATA)
        store.write(Dataset(), same=SAME)
        joined = held(store)
        store.write(DATA, replace=True)
        assert held(store) == joined
        store.write(dataset([stakeholder("b")]), replace=True)
        assert rows(fetch_dataset(store).stakeholders)[0]["id"] == "b"
        store.write(DATA, replace=True)
        assert held(store) == joined


def test_who_is_removed_goes_with_all_they_stand_for(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(DATA)
        store.write(Dataset(), same=SAME)
        remove_stakeholders(store, "ACME")  # a name that only b had
        assert rows(fetch_dataset(store).stakeholders) == [
            {"id": "c", "name": "C", "market": "customer"},
            {"id": "e", "name": "E", "market": "employee"},
        ]
        kept = Sameness.read(store.graph())
        assert (kept.same, kept.to_text()) == ((), "")


def test_of_a_neighbour_who_is_removed_nothing_comes_back(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(DATA)
        store.write(Dataset(), same=SAME)
        remove_stakeholders(store, "c")
        kept = Sameness.read(store.graph()).parted
        assert "c" not in {*kept.stakeholders["id"], *kept.relationships["target"]}
        store.write(Dataset(), same=Sameness())
        assert [row["id"] for row in rows(fetch_dataset(store).stakeholders)] == ["a", "b", "e"]


def test_a_copy_can_be_parted_too(opened: OpenStore, tmp_path: Any) -> None:
    with opened(write=True) as store, open_store(str(tmp_path / "c.lbug"), write=True) as copy:
        store.write(DATA)
        before = held(store)
        store.write(Dataset(), same=SAME)
        copy_store(store, copy)
        assert held(copy) == held(store)
        copy.write(Dataset(), same=Sameness())
        assert held(copy) == before


def test_an_import_into_another_market_is_refused_whole(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(DATA)
        store.write(Dataset(), same=SAME)
        joined = held(store)
        with pytest.raises(InvalidInput, match="'a' and 'b' can't be one: customer and supplier"):
            store.write(dataset([stakeholder("b", "supplier"), stakeholder("n")]))
        assert held(store) == joined
        with pytest.raises(WriteFailed, match="held as one"):
            store.write(DATA, batched=True)


def test_who_is_not_the_same_is_kept_in_mind_through_any_write(opened: OpenStore) -> None:
    with opened(write=True) as store:
        store.write(DATA)
        store.write(Dataset(), same=Sameness(different=(("a", "b"),)))
        store.write(DATA, replace=True)
        store.write(DATA, batched=True)
        assert Sameness.read(store.graph()).different == (("a", "b"),)


def test_the_rules_of_joining() -> None:
    """Each by hand: what is open or still there wins, equal money counts once."""
    data = dataset(
        [
            stakeholder("a", margin=100.0, revenue=7.0, status=None, organisation="b"),
            stakeholder("b", margin=100.0, revenue=None, status="left", left_on="2026-01-01"),
            stakeholder("c", margin=50.0, status="left", left_on="2026-02-01"),
        ],
        [
            tie("a", "x", "BUYS_FROM", since="2024-05-01", until="2025-01-01", margin=1.0),
            tie("b", "x", "BUYS_FROM", since="2023-05-01", margin=2.0),
            tie("a", "y", "BUYS_FROM", until="2025-01-01"),
            tie("b", "y", "BUYS_FROM", until="2026-01-01"),
            tie("a", "a", "REPORTS_TO"),
        ],
    )
    joined = join_rows(data, [("a", "b", "c")], RELATIONSHIP_TYPES)
    assert rows(joined.stakeholders) == [
        {"id": "a", "name": "A", "market": "customer", "margin": 150.0, "revenue": 7.0}
    ]
    found = {(row["target"], row["type"]): row for row in rows(joined.relationships)}
    x, y = found["x", "BUYS_FROM"], found["y", "BUYS_FROM"]
    assert (str(x["since"].date()), x["margin"], "until" in x) == ("2023-05-01", 3.0, False)
    assert str(y["until"].date()) == "2026-01-01"
    assert ("a", "REPORTS_TO") in found


def test_who_stays_of_a_chain() -> None:
    assert Sameness((("b", "c"), ("a", "b"), ("x", "y"))).groups == (("a", "b", "c"), ("x", "y"))
    assert Sameness((("a", "b"), ("b", "a"))).groups == (("a", "b"),)


IDS = "abcd"
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=3)
EDGES = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["KNOWS", "REFERS"])),
    max_size=5,
    unique=True,
)


def network(edges: Sequence[tuple[str, str, str]]) -> Dataset:
    """Return a firm in which no tie both ways is told from both ends, as no file may."""
    kept = {(*sorted(e[:2]), e[2]) if e[2] == "KNOWS" else e: e for e in edges}
    return dataset([stakeholder(each) for each in IDS], [tie(*e) for e in kept.values()])


@settings(max_examples=3)
@given(EDGES, PAIRS)
def test_whatever_is_marked_is_undone(
    tmp_path_factory: pytest.TempPathFactory, edges: list[tuple[str, str, str]], pairs: list[Pair]
) -> None:
    data = network(edges)
    same = Sameness(tuple(pair for pair in pairs if pair[0] != pair[1]))
    with open_store(tmp_path_factory.mktemp("same") / "s.lbug", write=True) as store:
        store.write(data)
        before = held(store)
        store.write(Dataset(), same=same)
        gone = sum(len(group) - 1 for group in same.groups)
        assert len(fetch_dataset(store).stakeholders) == len(IDS) - gone
        assert checksum(fetch_dataset(as_imported(store))) == before
        store.write(Dataset(), same=Sameness())
        assert held(store) == before


@settings(max_examples=30)
@given(EDGES, PAIRS)
def test_one_stakeholder_is_left_of_a_group_and_no_tie_is_there_twice(
    edges: list[tuple[str, str, str]], pairs: list[Pair]
) -> None:
    groups = Sameness(tuple(pair for pair in pairs if pair[0] != pair[1])).groups
    joined = join_rows(network(edges), groups, RELATIONSHIP_TYPES)
    first = {each: group[0] for group in groups for each in group}
    kept = {first.get(each, each) for each in IDS}
    assert sorted(joined.stakeholders["id"]) == sorted(kept)

    def key(source: str, target: str, kind: str) -> tuple[str, ...]:
        ends = (source, target)
        return (kind, *(sorted(ends) if kind == "KNOWS" else ends))

    wanted = {
        key(first.get(source, source), first.get(target, target), kind)
        for source, target, kind in edges
        if source == target or first.get(source, source) != first.get(target, target)
    }
    found = [key(*row) for row in joined.relationships[["source", "target", "type"]].to_numpy()]
    assert sorted(found) == sorted(wanted)
