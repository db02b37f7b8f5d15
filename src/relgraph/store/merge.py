"""Merging a dataset into a graph: the one algorithm behind `write`, over what an adapter can do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from relgraph.dataset import DTYPES, Dataset, column_type
from relgraph.errors import InvalidInput, Problem
from relgraph.messages import Message
from relgraph.model import CONTACTED, KEYS, OCCURRENCE, ColumnType, TableName
from relgraph.progress import Progress
from relgraph.result import Result
from relgraph.store.base import TableChange, WriteSummary
from relgraph.store.changes import Changes, find_changes, split_repeated
from relgraph.store.frames import to_frame
from relgraph.store.schema import Declared, check_names, find_new_properties, fold_case


class Draft(Protocol):
    """A graph that is being changed; a relationship type of None means the stakeholders.

    Attributes
    ----------
    rows_at_once : int
        The most rows that one call is given.
    """

    rows_at_once: int

    @property
    def declared(self) -> Declared:
        """Return the properties there are, used or not."""

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return stakeholders as `Store.read_stakeholders` does."""

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return relationships as `Store.read_relationships` does."""

    def add_properties(
        self, relationship_type: str | None, types: Mapping[str, ColumnType]
    ) -> None:
        """Declare the properties that are new, and the type if it is."""

    def create_rows(self, relationship_type: str | None, rows: pd.DataFrame) -> None:
        """Add rows whose keys are not there yet; `source` and `target` come first."""

    def update_rows(
        self, relationship_type: str | None, rows: pd.DataFrame, keys: Sequence[str]
    ) -> None:
        """Set every other column of the rows that have these keys."""


def merge_dataset(draft: Draft, dataset: Dataset, progress: Progress) -> WriteSummary:
    """Create and update rows so that the draft holds the dataset.

    Raises
    ------
    InvalidInput
        A name that no store can keep, or a property that is stored with another type.
    """
    tables: dict[TableName, TableChange] = {}
    files: dict[tuple[str, TableName], TableChange] = defaultdict(TableChange)
    for table, frame in dataset.tables().items():
        tables[table] = TableChange()
        progress.start("progress.storing", len(frame), table=table)
        for changes in _merge_table(draft, table, frame, progress):
            tables[table] = _add(tables[table], changes.count())
            for file, count in changes.count_by_file().items():
                files[file, table] = _add(files[file, table], count)
        progress.finish()
    return WriteSummary(tables, dict(files))


def _add(one: TableChange, other: TableChange) -> TableChange:
    return TableChange(
        one.created + other.created,
        one.updated + other.updated,
        one.unchanged + other.unchanged,
    )


def _merge_table(
    draft: Draft, table: TableName, frame: pd.DataFrame, progress: Progress
) -> Iterator[Changes]:
    parts = list(_split_types(table, frame))
    check_names([name for name, _ in parts if name is not None], list(map(str, frame.columns)))
    for relationship_type, rows in parts:
        keys = [key for key in KEYS[table] if key != "type"]
        rows = _fit(draft.declared, table, _with_keys(table, rows), keys)
        types = {str(name): column_type(rows[name]) for name in rows.columns}
        ends = ("id",) if relationship_type is None else ("source", "target")
        properties = {name: kind for name, kind in types.items() if name not in ends}
        draft.add_properties(relationship_type, properties)
        for round_ in split_repeated(rows, keys):
            stored = to_frame(_read(draft, relationship_type, list(properties)), types)
            changes = find_changes(stored[list(rows.columns)], round_, keys)
            progress.advance(len(changes.unchanged))
            for part in _split(changes.created, draft.rows_at_once):
                draft.create_rows(relationship_type, part)
                progress.advance(len(part))
            for part in _split(changes.updated, draft.rows_at_once):
                draft.update_rows(relationship_type, part, keys)
                progress.advance(len(part))
            yield changes


def _split(rows: pd.DataFrame, most: int) -> Iterator[pd.DataFrame]:
    for start in range(0, len(rows), most):
        yield rows.iloc[start : start + most]


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
    schema: Declared, table: TableName, rows: pd.DataFrame, keys: Sequence[str]
) -> pd.DataFrame:
    """Return the columns that hold anything, keys first, in the store's spelling and types."""
    stored = _stored_types(schema, table)
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


def _stored_types(schema: Declared, table: TableName) -> Mapping[str, ColumnType]:
    if table == "stakeholders":
        return schema.stakeholders
    if table == "interactions":
        return schema.relationships[CONTACTED]
    types: dict[str, ColumnType] = {}
    for name, properties in schema.relationships.items():
        types |= {} if name == CONTACTED else properties
    return types


def _read(draft: Draft, relationship_type: str | None, properties: Sequence[str]) -> Result:
    if relationship_type is None:
        return draft.read_stakeholders(properties)
    result = draft.read_relationships([relationship_type], properties)
    return Result({name: result[name] for name in ("source", "target", *properties)})
