"""Keeping in step, against a model of plain dictionaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.comparison.merging import clear, merge, take_out
from relgraph.comparison.step import Gone, Step, bring_into_step
from relgraph.dataset import Dataset
from relgraph.model import TABLES
from relgraph.store.records import ImportRecord
from relgraph.store.sources import Sources, numbers_of
from tests.store.datasets import dataset, stakeholder

DAY = date(2026, 5, 31)
IDS = "abcde"
Export = tuple[dict[str, float], dict[tuple[str, str], float]]  # margins by id, strengths by ends


@st.composite
def exports(draw: st.DrawFn) -> Export:
    """Draw who is in an export, and ties between them."""
    people = draw(st.dictionaries(st.sampled_from(IDS), st.sampled_from([1.0, 2.0]), min_size=1))
    ends = st.sampled_from(sorted(people))
    pairs = st.tuples(ends, ends)
    ties = draw(st.dictionaries(pairs, st.sampled_from([0.25, 0.5]), max_size=6))
    return people, ties


def as_dataset(export: Export) -> Dataset:
    people, ties = export
    return dataset(
        [stakeholder(node_id, margin=margin) for node_id, margin in people.items()],
        [
            {"source": a, "target": b, "type": "REFERS", "strength": strength}
            for (a, b), strength in ties.items()
        ],
    )


def step(present: Dataset, given: Dataset, sources: Sources, gone: Gone = "remove") -> Step:
    return bring_into_step(
        present, given, TABLES, sources, source="crm", gone=gone, day=DAY, cleared={}
    )


def applied(present: Dataset, change: Step) -> Dataset:
    """Return what a store would hold after a step, by the operations of scenarios."""
    removed = Dataset().with_tables(change.edits.removed)
    return merge(take_out(clear(present, change.edits.cleared), removed), change.rows)


def after_import(given: Dataset, sources: Sources, source: str) -> Sources:
    """Return what is known after an import, before which every stored row was of a source."""
    return replace(sources, rows={**sources.rows, source: numbers_of(given)})


def content(held: Dataset) -> dict[Any, Any]:
    """Return the values of every row by its key."""
    rows: dict[Any, Any] = {}
    for table, key in (("stakeholders", ["id"]), ("relationships", ["source", "target"])):
        frame = held.tables()[table]  # type: ignore[index]
        for row in frame.to_dict("records"):
            values = {str(name): value for name, value in row.items() if value == value}
            rows[tuple(row[name] for name in key)] = {
                name: value for name, value in values.items() if value is not None
            }
    return rows


@settings(max_examples=12)
@given(exports(), exports())
def test_the_store_holds_what_the_only_source_gives(first: Export, second: Export) -> None:
    old, new = as_dataset(first), as_dataset(second)
    sources = after_import(old, Sources(), "crm")
    change = step(old, new, sources)
    assert content(applied(old, change)) == content(new)


@settings(max_examples=12)
@given(exports(), exports(), st.sampled_from(["keep", "left", "remove"]))
def test_a_second_time_changes_nothing(first: Export, second: Export, gone: Gone) -> None:
    old, new = as_dataset(first), as_dataset(second)
    change = step(old, new, after_import(old, Sources(), "crm"), gone)
    once = applied(old, change)
    again = step(once, new, change.sources, gone)
    assert not len(again.edits)
    assert content(applied(once, again)) == content(once)
    assert again.sources.to_text() == change.sources.to_text()


@settings(max_examples=12)
@given(exports(), exports(), st.sampled_from(["left", "remove"]))
def test_what_comes_back_is_as_it_was(first: Export, second: Export, gone: Gone) -> None:
    old, new = as_dataset(first), as_dataset(second)
    there = step(old, new, after_import(old, Sources(), "crm"), gone)
    between = applied(old, there)
    back = applied(between, step(between, old, there.sources, gone))
    wanted = content(old) if gone == "remove" else content(old) | content(back)
    assert content(back) == wanted
    for key, values in content(old).items():
        assert content(back)[key] == values


@settings(max_examples=12)
@given(exports(), exports(), exports(), st.sampled_from(["left", "remove"]))
def test_what_another_source_gave_stays(
    first: Export, second: Export, other: Export, gone: Gone
) -> None:
    old, new, theirs = map(as_dataset, (first, second, other))
    sources = after_import(old, Sources(), "crm")
    present = merge(old, theirs)
    sources = after_import(theirs, sources, "erp")
    held = content(applied(present, step(present, new, sources, gone)))
    for key in content(theirs):
        assert held[key].get("status") != "left"
        assert "until" not in held[key]
    for key in content(new):
        assert held[key] == {**content(present).get(key, {}), **content(new)[key]}
    people, ties = {*first[0], *second[0], *other[0]}, {*first[1], *second[1], *other[1]}
    assert {key[0] for key in held if len(key) == 1} <= people
    assert {key for key in held if len(key) == 2} <= ties
    ends = {end for key in held if len(key) == 2 for end in key}
    assert ends <= {key[0] for key in held if len(key) == 1}


def test_a_stakeholder_whom_a_tie_by_hand_names_stays() -> None:
    old = as_dataset(({"a": 1.0, "b": 1.0, "c": 1.0}, {("a", "b"): 0.5}))
    sources = after_import(old, Sources(), "crm")
    by_hand = dataset(relationships=[{"source": "c", "target": "a", "type": "KNOWS"}])
    present = merge(old, by_hand)
    change = step(present, as_dataset(({"a": 1.0}, {})), sources)
    outcomes = {
        each.table: dict(zip(each.rows.iloc[:, 0], each.outcome, strict=True))
        for each in change.gone
    }
    assert outcomes["stakeholders"] == {"b": "removed", "c": "needed"}
    assert outcomes["relationships"] == {"a": "removed"}


def test_marks_of_who_left() -> None:
    old = as_dataset(({"a": 1.0, "b": 1.0}, {("a", "b"): 0.5}))
    change = step(old, as_dataset(({"a": 1.0}, {})), after_import(old, Sources(), "crm"), "left")
    held = content(applied(old, change))
    assert held["b",]["status"] == "left"
    assert held["b",]["left_on"].date() == DAY
    assert held["a", "b"]["until"].date() == DAY
    assert "status" not in held["a",]


def test_the_text_of_sources_gives_them_back() -> None:
    old = as_dataset(({"a": 1.0}, {("a", "a"): 0.5}))
    record = ImportRecord(datetime(2026, 5, 1, tzinfo=UTC), (), "crm", synced=True)
    sources = after_import(old, Sources(), "crm").with_record(record)

    class Kept:
        def read_text(self, name: str) -> str:
            return sources.to_text()

    again = Sources.read(Kept())  # type: ignore[arg-type]
    assert again.imports == (record,)
    assert again.to_text() == sources.to_text()
