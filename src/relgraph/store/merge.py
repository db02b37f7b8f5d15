"""Merging a dataset into a graph: the one algorithm behind `write`, over what a draft can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from relgraph.dataset import DTYPES, Dataset, column_type
from relgraph.errors import InvalidInput, Problem
from relgraph.messages import Message
from relgraph.model import CONTACTED, KEYS, OCCURRENCE, TableName
from relgraph.progress import Progress
from relgraph.store.changes import Changes, find_changes, split_repeated
from relgraph.store.fetch import read_relationships, read_stakeholders
from relgraph.store.frames import to_frame
from relgraph.store.records import TableChange, WriteSummary
from relgraph.store.schema import (
    StoredSchema,
    check_names,
    declare_known,
    find_new_properties,
    fold_case,
)

if TYPE_CHECKING:
    from relgraph.store.graph import Draft, Graph


def merge(
    graph: Graph | None, draft: Draft | None, dataset: Dataset, progress: Progress
) -> WriteSummary:
    """Create and update rows so that a draft holds the dataset; see `Store.write`.

    Parameters
    ----------
    graph : Graph or None
        What the draft holds before, or None for nothing.
    draft : Draft or None
        None only counts what would be done.
    """
    tables: dict[TableName, TableChange] = {}
    files: dict[tuple[str, TableName], TableChange] = defaultdict(TableChange)
    for table, frame in dataset.tables().items():
        tables[table] = TableChange()
        progress.start("progress.storing", len(frame), table=table)
        for changes in _merge_table(graph, draft, table, frame, progress):
            tables[table] += changes.count()
            for file, count in changes.count_by_file().items():
                files[file, table] += count
        progress.finish()
    return WriteSummary(tables, dict(files))


def _merge_table(
    graph: Graph | None,
    draft: Draft | None,
    table: TableName,
    frame: pd.DataFrame,
    progress: Progress,
) -> Iterator[Changes]:
    parts = list(_split_types(table, frame))
    check_names([name for name, _ in parts if name is not None], list(map(str, frame.columns)))
    declared = declare_known() if graph is None else graph.declared
    keys = [key for key in KEYS[table] if key != "type"]
    for relationship_type, rows in parts:
        rows = _fit(declared, table, _with_keys(table, rows), keys)
        types = {str(name): column_type(rows[name]) for name in rows.columns}
        ends = ("id",) if relationship_type is None else ("source", "target")
        properties = {name: kind for name, kind in types.items() if name not in ends}
        if draft is not None:
            draft.declare(relationship_type, properties)
        for round_ in split_repeated(rows, keys):
            stored = rows[:0]
            if graph is not None:
                if relationship_type is None:
                    found = read_stakeholders(graph, list(properties))
                else:
                    found = read_relationships(graph, [relationship_type], list(properties))
                stored = to_frame(found, types)
            changes = find_changes(stored, round_, keys)
            if draft is not None:
                _store(draft, relationship_type, changes, keys, progress)
            else:
                progress.advance(len(round_))
            yield changes


def _store(
    draft: Draft,
    relationship_type: str | None,
    changes: Changes,
    keys: Sequence[str],
    progress: Progress,
) -> None:
    progress.advance(len(changes.unchanged))
    most = draft.rows_at_once
    for start in range(0, len(changes.created), most):
        part = changes.created.iloc[start : start + most]
        draft.create_rows(relationship_type, part)
        progress.advance(len(part))
    for start in range(0, len(changes.updated), most):
        part = changes.updated.iloc[start : start + most]
        draft.update_rows(relationship_type, part, keys)
        progress.advance(len(part))


def _split_types(
    table: TableName, frame: pd.DataFrame
) -> Iterator[tuple[str | None, pd.DataFrame]]:
    if table == "stakeholders":
        yield None, frame
    elif table == "interactions":
        yield CONTACTED, frame
    else:
        for name, rows in frame.groupby("type", sort=True):
            yield str(name), rows.drop(columns="type")


def _with_keys(table: TableName, rows: pd.DataFrame) -> pd.DataFrame:
    """Add the key columns of interactions that their file may leave out."""
    if table != "interactions":
        return rows
    if "channel" not in rows:
        rows = rows.assign(channel=pd.Series(None, index=rows.index, dtype=DTYPES["text"]))
    if OCCURRENCE not in rows:
        equal = rows.groupby(["source", "target", "at", "channel"], dropna=False)
        rows = rows.assign(**{OCCURRENCE: equal.cumcount().astype("Int64")})
    return rows


def _fit(
    schema: StoredSchema, table: TableName, rows: pd.DataFrame, keys: Sequence[str]
) -> pd.DataFrame:
    """Return the columns that hold anything, keys first, in the store's spelling and types."""
    stored = schema.of_table(table)
    spelling = {fold_case(name): name for name in stored}
    names = [str(name) for name in rows.columns]
    rows = rows.set_axis([spelling.get(fold_case(name), name) for name in names], axis="columns")
    if not rows.columns.is_unique:
        raise InvalidInput([Problem(Message("name.same_column", names=names))])
    held = [str(name) for name in rows.columns if name not in keys and rows[name].notna().any()]
    rows = rows[[*keys, *held]].copy()
    given = {name: column_type(rows[name]) for name in held}
    find_new_properties(stored, given)
    for name, kind in given.items():
        if name in stored and stored[name] != kind:
            rows[name] = rows[name].astype(np.float64)
    return rows
