"""Keeping in step: what a new export of a source changes, and what becomes of the rows gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from relgraph.comparison.datasets import Difference, named_tie
from relgraph.comparison.merging import clear, merge, with_columns
from relgraph.dataset import DTYPES, Dataset
from relgraph.model import CONTACTED, KEYS, TABLES, TableName
from relgraph.readwrite.raw_table import Mask
from relgraph.store.edits import Edits
from relgraph.store.provenance import Numbers, key_numbers, union
from relgraph.store.references import REFERENCES
from relgraph.store.sources import Sources, numbers_of

Gone = Literal["keep", "left", "remove"]
GONE = "gone"  # what is said of a row that its source no longer gives
# What became of it: kept as it is; marked; deleted; or kept since others gave it, too, since a
# value was set by hand, or since something that stays refers to it.
KEPT, LEFT, REMOVED, SHARED, EDITED, NEEDED = (
    *("kept", "left", "removed"),
    *("shared", "edited", "needed"),
)
OUTCOMES = (KEPT, LEFT, REMOVED, SHARED, EDITED, NEEDED)
# What marks a row as gone, and what its value must be for the mark to be taken back.
_MARKS: Mapping[TableName, tuple[str, ...]] = {
    "stakeholders": ("status", "left_on"),
    "relationships": ("until",),
}


class GoneRows(NamedTuple):
    """Rows that a source gave before and doesn't now, as they are stored, and what becomes of each.

    `rows` has the columns of the table, `outcome` one of `OUTCOMES` for each.
    """

    table: TableName
    rows: pd.DataFrame
    outcome: np.ndarray[tuple[int], np.dtype[np.object_]]

    def having(self, *outcomes: str) -> pd.DataFrame:
        """Return those with one of these outcomes."""
        return self.rows[np.isin(self.outcome.astype(str), outcomes)]


class Step(NamedTuple):
    """What brings a store into step with a source.

    Parameters
    ----------
    rows : Dataset
        What is written: the rows of the source, and marks of those who left.
    edits : Edits
        What is taken away before.
    sources : Sources
        What is known of all sources afterwards.
    after : Dataset
        What there would be without what becomes of the rows that are gone.
    gone : tuple of GoneRows
        Those, a table each.
    """

    rows: Dataset
    edits: Edits
    sources: Sources
    after: Dataset
    gone: tuple[GoneRows, ...]


def bring_into_step(
    present: Dataset,
    given: Dataset,
    tables: Collection[TableName],
    sources: Sources,
    *,
    source: str,
    gone: Gone,
    day: date,
    cleared: Mapping[tuple[TableName, str], pd.DataFrame],
) -> Step:
    """Return what brings a store into step with what a source gives now.

    Parameters
    ----------
    present : Dataset
        What is stored.
    given : Dataset
        What the source gives now.
    tables : collection of table names
        Those that were read; rows of others stay as they are.
    sources : Sources
        What is known of all sources.
    source : str
    gone : {"keep", "left", "remove"}
        What becomes of rows that the source gave before and doesn't now.
    day : date
        When they left or ended.
    cleared : mapping of (table, column) to DataFrame
        Values to empty beside.
    """
    now = numbers_of(given)
    held = {table: key_numbers(table, frame) for table, frame in present.tables().items()}
    back = _marks_to_take_back(present, sources, source, now, held)
    edits = Edits(cleared={**cleared, **back})
    after = merge(clear(present, edits.cleared), given)
    found = [
        _find_gone(table, frame, held[table], now[table], sources, source, gone)
        for table, frame in present.tables().items()
        if table in tables
    ]
    if gone == "remove":
        found = _keep_needed(found, after)
    removed = {each.table: each.having(REMOVED) for each in found}
    left = {each.table: each.having(LEFT) for each in found}
    rows = given
    for table, frame in left.items():
        rows = _marked(rows, table, frame, day)
    known = _known_after(sources, source, tables, now, held, found)
    return Step(rows, Edits(removed, edits.cleared), known, after, tuple(found))


def _find_gone(
    table: TableName,
    frame: pd.DataFrame,
    held: Numbers,
    now: Numbers,
    sources: Sources,
    source: str,
    gone: Gone,
) -> GoneRows:
    missing = np.setdiff1d(sources.of(source, table), now)
    there = np.isin(held, missing)
    rows, numbers = frame[there].reset_index(drop=True), held[there]
    outcome = np.full(len(rows), KEPT, dtype=object)
    if gone == "left" and table in _MARKS:
        outcome[:] = LEFT
    if gone == "remove":
        outcome[:] = REMOVED
        outcome[np.isin(numbers, sources.edited.get(table, numbers[:0]))] = EDITED
    outcome[np.isin(numbers, sources.elsewhere(source, table))] = SHARED
    return GoneRows(table, rows, outcome)


def _keep_needed(found: list[GoneRows], after: Dataset) -> list[GoneRows]:
    """Return the rows with the stakeholders kept whom something that stays refers to."""
    people = next((each for each in found if each.table == "stakeholders"), None)
    if people is None or people.having(REMOVED).empty:
        return found
    by_table = {each.table: each for each in found}
    needed: set[str] = set()
    for table in TABLES[1:]:
        stay = after.tables()[table]
        if table in by_table:
            removed = key_numbers(table, by_table[table].having(REMOVED))
            stay = stay[~np.isin(key_numbers(table, stay), removed)]
        needed.update(stay["source"], stay["target"])
    referring = [name for name in REFERENCES if name in after.stakeholders]
    others = after.stakeholders.set_index("id")[referring]
    outcome, ids = people.outcome.copy(), people.rows["id"]
    going: set[str] = set(ids[outcome == REMOVED])
    named = {
        node_id: [value for value in values if isinstance(value, str)]
        for node_id, *values in others.itertuples(name=None)
    }
    for node_id, values in named.items():
        if node_id not in going:
            needed.update(values)
    waiting = list(needed & going)
    while waiting:  # those who stay need whom they name
        node_id = waiting.pop()
        if node_id in going:
            going.discard(node_id)
            waiting += [value for value in named.get(node_id, ()) if value in going]
    stays = (outcome == REMOVED) & ~ids.isin(going).to_numpy()
    outcome[stays] = NEEDED
    return [each._replace(outcome=outcome) if each is people else each for each in found]


def _marks_to_take_back(
    present: Dataset,
    sources: Sources,
    source: str,
    now: Mapping[TableName, Numbers],
    held: Mapping[TableName, Numbers],
) -> dict[tuple[TableName, str], pd.DataFrame]:
    """Return the values that an earlier step set on rows that the source gives again."""
    back = {}
    for table, names in _MARKS.items():
        marked = sources.left.get(source, {}).get(table, held[table][:0])
        frame = present.tables()[table]
        rows = np.isin(held[table], np.intersect1d(marked, now[table]))
        for name in names:
            if name in frame and (here := rows & frame[name].notna().to_numpy()).any():
                back[table, name] = frame[here]
    return back


def _marked(rows: Dataset, table: TableName, frame: pd.DataFrame, day: date) -> Dataset:
    """Return the rows of an import with marks on those who left or ended."""
    marks = frame[_open_rows(table, frame, day)]
    if table not in _MARKS or marks.empty:
        return rows
    today = pd.Series(pd.Timestamp(day), marks.index, dtype=DTYPES["date"])
    if table == "stakeholders":
        left = pd.Series("left", marks.index, dtype=DTYPES["text"])
        marks = marks[["id"]].assign(status=left, left_on=today)
    else:
        since = marks.get("since", today)
        marks = marks[list(KEYS[table])].assign(until=today.where(~(since > today), since))
    given = rows.tables()[table]
    given = with_columns(given, {str(name): str(marks[name].dtype) for name in marks})
    marks = with_columns(marks, {str(name): str(given[name].dtype) for name in given})
    marks.index = _origins(given.index, len(marks))
    both = pd.concat([part for part in (given, marks[given.columns]) if len(part)])
    return rows.with_tables({table: both})


def _origins(index: pd.Index, count: int) -> pd.Index:
    """Return the index of rows that no file has, beside rows of files."""
    if index.nlevels == 1:
        return pd.RangeIndex(count)
    return pd.MultiIndex.from_product([[""], range(count)], names=index.names)


def _open_rows(table: TableName, frame: pd.DataFrame, day: date) -> Mask:
    """Return which rows are not marked as left or ended."""
    name = "status" if table == "stakeholders" else "until"
    if table not in _MARKS or name not in frame:
        return np.ones(len(frame), dtype=bool)
    values = frame[name]
    closed = values == "left" if name == "status" else values <= pd.Timestamp(day)
    return ~closed.fillna(False).to_numpy(dtype=bool)


def _known_after(
    sources: Sources,
    source: str,
    tables: Collection[TableName],
    now: Mapping[TableName, Numbers],
    held: Mapping[TableName, Numbers],
    found: list[GoneRows],
) -> Sources:
    """Return what is known of sources after the step; rows of others are no longer of this one."""
    rows = {table: sources.of(source, table) for table in TABLES}
    marked = dict(sources.left.get(source, {}))
    others = dict(sources.others)
    for each in found:
        table = each.table
        stay = key_numbers(table, each.having(KEPT, LEFT, NEEDED))
        rows[table] = union(now[table], stay)
        new = key_numbers(table, each.having(LEFT))
        marked[table] = union(np.setdiff1d(marked.get(table, new[:0]), now[table]), new)
        named = union(*(sources.of(name, table) for name in sources.rows))
        unnamed = np.setdiff1d(np.intersect1d(now[table], held[table]), named)
        others[table] = union(others.get(table, new[:0]), unnamed)
    after = replace(sources, others=others, left={**sources.left, source: marked})
    there = {table: union(each, now[table]) for table, each in held.items()}
    for each in found:
        removed = key_numbers(each.table, each.having(REMOVED))
        there[each.table] = np.setdiff1d(there[each.table], removed)
    return after.with_rows(source, rows).held_by(there)


def gone_rows(
    gone: tuple[GoneRows, ...], people: Mapping[str, tuple[str, str]]
) -> Iterator[Difference]:
    """Yield what becomes of each row, contacts by pair, in the form of `compare_datasets`."""
    for each in gone:
        if each.table == "stakeholders":
            for node_id, outcome in zip(each.rows["id"], each.outcome, strict=True):
                name, market = people.get(node_id, (None, None))
                yield Difference("stakeholder", GONE, node_id, name, market, after=outcome)
            continue
        contacts = each.table == "interactions"
        types = [CONTACTED] * len(each.rows) if contacts else each.rows["type"]
        ties = zip(each.rows["source"], types, each.rows["target"], each.outcome, strict=True)
        counts: dict[tuple[str, str, str, str], int] = {}
        for tie in ties:
            counts[tie] = counts.get(tie, 0) + 1
        for (source, kind, target, outcome), count in counts.items():
            named = named_tie(source, kind, target, people)
            if contacts:
                yield Difference(
                    "interaction", GONE, *named, field="contacts", before=count, after=outcome
                )
            else:
                yield Difference("relationship", GONE, *named, after=outcome)
