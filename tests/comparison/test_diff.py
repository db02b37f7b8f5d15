"""What differs between two datasets, and between two states of a firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from relgraph.comparison.datasets import compare_datasets
from relgraph.comparison.diff import diff_rows
from relgraph.comparison.sides import at_moment
from relgraph.comparison.state import State
from relgraph.dataset import Dataset
from relgraph.settings import PlanningSettings
from relgraph.store.frame_store import FrameStore
from tests.comparison.states import CONTACTS, PEOPLE, TIES, store_of
from tests.stored import Rows, frame

Row = dict[str, Any]
OTHER_PEOPLE: Rows = [
    *(row for row in PEOPLE if row["id"] not in ("a", "c", "s")),
    {"id": "a", "name": "Anna", "market": "customer", "margin": 120.0, "status": "left"},
    {
        "id": "c",
        "name": "Cai",
        "market": "distributor",
        "margin": 60.0,
        "left_on": date(2027, 1, 1),
    },
    {"id": "n", "name": "New", "market": "customer", "margin": 10.0},
]
OTHER_TIES: Rows = [
    *list(TIES)[1:-1],
    {"source": "e1", "target": "a", "type": "MANAGES", "strength": 0.9, "level": 3},
    {"source": "i", "target": "a", "type": "KNOWS", "strength": 0.4},
    {"source": "e1", "target": "n", "type": "MANAGES"},
]
OTHER_CONTACTS: Rows = [
    *list(CONTACTS)[1:],
    {"source": "e2", "target": "b", "at": "2026-06-06T12:00:00Z"},
]


def rows_of(one: Dataset, other: Dataset) -> list[Row]:
    return list(compare_datasets(one, other).rows())


def other() -> FrameStore:
    return store_of(OTHER_PEOPLE, OTHER_TIES, OTHER_CONTACTS)


def state(store: FrameStore) -> State:
    return State(store, PlanningSettings(draws=0))


def test_rows_and_values_that_differ() -> None:
    rows = rows_of(store_of().dataset, other().dataset)
    found = [(r["kind"], r["what"], r["id"], r["field"], r["before"], r["after"]) for r in rows]
    assert found == [
        ("stakeholder", "removed", "s", None, None, None),
        ("stakeholder", "added", "n", None, None, None),
        ("property", "changed", "a", "margin", 100.0, 120.0),
        ("property", "removed", "a", "satisfaction", 0.5, None),
        ("property", "added", "a", "status", None, "left"),
        ("property", "changed", "c", "market", "customer", "distributor"),
        ("property", "added", "c", "left_on", None, date(2027, 1, 1)),
        ("relationship", "added", "e1 MANAGES n", None, None, None),
        ("relationship", "changed", "e1 MANAGES a", "strength", 0.6, 0.9),
        ("relationship", "changed", "e1 MANAGES a", "level", None, 3),
        ("interaction", "changed", "e1 CONTACTED a", "contacts", 2, 1),
        ("interaction", "changed", "e2 CONTACTED b", "contacts", 1, 2),
    ]
    assert [row["change"] for row in rows if row["field"] == "margin"] == [20.0]
    assert rows[7]["name"] == "Eva MANAGES New"


def test_a_dataset_does_not_differ_from_itself() -> None:
    assert rows_of(store_of().dataset, store_of().dataset) == []
    assert rows_of(Dataset(), Dataset()) == []
    assert len(diff_rows(state(store_of()), state(store_of()))) == 0


TURNED = {"added": "removed", "removed": "added", "changed": "changed"}


def test_the_other_way_round_everything_is_opposite() -> None:
    one, two = state(store_of()), state(other())
    there = list(diff_rows(one, two).rows())
    back = list(diff_rows(two, one).rows())

    def opposite(row: Row) -> Row:
        turned = {"what": TURNED[row["what"]], "before": row["after"], "after": row["before"]}
        turned |= {"name": None, "market": None}  # as they are after
        turned |= {"rank_before": row["rank_after"], "rank_after": row["rank_before"]}
        for name in ("change", "rank_change"):
            turned[name] = None if row[name] is None else -row[name]
        return {**row, **turned}

    def sort(row: Row) -> str:
        return repr((row["kind"], row["field"], row["id"]))

    expected = [{**row, "name": None, "market": None} for row in there]
    assert sorted(map(opposite, back), key=sort) == sorted(expected, key=sort)
    kinds = {row["kind"] for row in there}
    assert kinds == {"stakeholder", "property", "relationship", "interaction", "measure"}


def test_figures_that_moved_and_who_vanished() -> None:
    rows = diff_rows(state(store_of()), state(other()), ("pagerank", "customer_equity")).rows()
    found = {(row["field"], row["id"]): row for row in rows if row["kind"] == "measure"}
    assert found["pagerank", "s"]["what"] == "removed"
    assert found["pagerank", "n"]["what"] == "added"
    assert found["pagerank", "a"]["after"] is None
    total = found["customer_equity", None]
    assert total["change"] == pytest.approx(total["after"] - total["before"])


def test_without_figures() -> None:
    rows = diff_rows(state(store_of()), state(other()), None).rows()
    assert "measure" not in {row["kind"] for row in rows}


def test_a_property_of_another_type() -> None:
    one, two = (Dataset(frame("stakeholders", PEOPLE).assign(tier=tier)) for tier in (1, "1"))
    two = replace(two, stakeholders=two.stakeholders.astype({"tier": "str"}))
    one = replace(one, stakeholders=one.stakeholders.astype({"tier": "Int64"}))
    rows = rows_of(one, two)
    assert {(row["field"], row["before"], row["after"]) for row in rows} == {("tier", 1, "1")}
    assert len(rows) == len(list(PEOPLE))


def test_a_date_takes_back_what_came_later() -> None:
    people: Rows = [
        {
            "id": "a",
            "name": "A",
            "market": "customer",
            "status": "left",
            "left_on": date(2026, 3, 1),
        },
        {
            "id": "b",
            "name": "B",
            "market": "customer",
            "status": "left",
            "left_on": date(2025, 3, 1),
        },
        {"id": "c", "name": "C", "market": "customer", "left_on": date(2025, 3, 1)},
    ]
    ties: Rows = [
        {"source": "a", "target": "b", "type": "REFERS", "since": date(2026, 2, 1)},
        {"source": "b", "target": "a", "type": "REFERS", "until": date(2025, 12, 31)},
        {"source": "b", "target": "c", "type": "REFERS", "until": date(2026, 1, 1)},
        {"source": "c", "target": "a", "type": "REFERS"},
    ]
    contacts: Rows = [
        {"source": "a", "target": "b", "at": "2026-01-01T23:00:00Z"},
        {"source": "a", "target": "b", "at": "2026-01-02T00:00:00Z"},
    ]
    dataset = store_of(people, ties, contacts).dataset
    was = at_moment(dataset, datetime(2026, 1, 1, 23, 59, 59, 999999))
    status = was.stakeholders.set_index("id")["status"].to_dict()
    assert status == {"a": "active", "b": "left", "c": "left"}
    assert was.stakeholders["left_on"].isna().tolist() == [True, False, False]
    assert was.relationships[["source", "target"]].to_numpy().tolist() == [["b", "c"], ["c", "a"]]
    assert len(was.interactions) == 1
