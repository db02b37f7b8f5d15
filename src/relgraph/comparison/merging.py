"""Merging in memory: what a store would hold after an import or a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from relgraph.dataset import DTYPES, Dataset, known_column
from relgraph.model import KEYS, TableName
from relgraph.store.changes import find_stored

_LEFT_EMPTY = ("owner",)  # what names a stakeholder who is gone, as `Store.remove` has it


def merge(present: Dataset, rows: Dataset) -> Dataset:
    """Return a dataset with the rows of another, as `Store.write` merges them.

    A row is matched by its key; a column that is absent and a cell that is missing leave what
    there is.
    """
    return Dataset(
        _merge_table("stakeholders", present.stakeholders, rows.stakeholders),
        _merge_table("relationships", present.relationships, rows.relationships),
        _merge_table("interactions", present.interactions, rows.interactions),
        settings=present.settings if rows.settings is None else rows.settings,
    )


def clear(present: Dataset, cleared: Mapping[tuple[TableName, str], pd.DataFrame]) -> Dataset:
    """Return a dataset with a column empty in the rows that have these keys."""
    tables = dict(present.tables())
    for (table, column), keys in cleared.items():
        frame, names = keyed(table, tables[table])
        if column in frame and len(keys):
            place = find_stored(frame, keyed(table, keys)[0], names)
            values = frame[column].copy()
            values.iloc[place[place >= 0]] = None
            tables[table] = frame.assign(**{column: values})
    return present.with_tables(tables)


def take_out(present: Dataset, keys: Dataset) -> Dataset:
    """Return a dataset without the rows that have these keys; stakeholders go with their ties."""
    gone = set(keys.stakeholders["id"].tolist()) if "id" in keys.stakeholders else set()
    people = present.stakeholders[~present.stakeholders["id"].isin(gone)].reset_index(drop=True)
    for name in _LEFT_EMPTY:
        if name in people:
            people = people.assign(**{name: people[name].where(~people[name].isin(gone))})
    ties = _stay("relationships", present.relationships, keys.relationships, gone)
    contacts = _stay("interactions", present.interactions, keys.interactions, gone)
    return replace(present, stakeholders=people, relationships=ties, interactions=contacts)


def _stay(
    table: TableName, frame: pd.DataFrame, keys: pd.DataFrame, gone: set[str]
) -> pd.DataFrame:
    """Return the rows that have none of these keys, and no end that is gone."""
    if len(keys) and len(frame):
        there, _ = keyed(table, frame)
        wanted, names = keyed(table, keys)
        place = find_stored(there, wanted, names)
        frame = frame.drop(index=frame.index[place[place >= 0]])
    ends = frame["source"].isin(gone) | frame["target"].isin(gone)
    return frame[~ends].reset_index(drop=True)


def keyed(table: TableName, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return rows with every column of their key, and those columns."""
    keys = list(KEYS[table])
    specs = [spec for key in keys if (spec := known_column(table, key)) is not None]
    return with_columns(rows, {spec.name: DTYPES[spec.type] for spec in specs}), keys


def _merge_table(table: TableName, frame: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return frame
    rows, keys = keyed(table, rows.reset_index(drop=True))
    frame, _ = keyed(table, frame)
    frame = with_columns(frame, {str(name): str(rows[name].dtype) for name in rows.columns})
    rows = rows.astype({name: str(frame[name].dtype) for name in rows.columns})
    place = find_stored(frame, rows, keys)
    known = place >= 0
    merged = {}
    for name in rows.columns.difference(keys):
        given = rows[name].notna().to_numpy() & known
        values = frame[name].copy()
        values.iloc[place[given]] = rows[name][given].array
        merged[str(name)] = values
    new = with_columns(rows[~known], {str(name): str(frame[name].dtype) for name in frame.columns})
    parts = [frame.assign(**merged), new[list(frame.columns)]]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def with_columns(frame: pd.DataFrame, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return a frame that also has these columns, empty where it lacks them."""
    missing = {
        name: pd.Series([None] * len(frame), index=frame.index, dtype=dtype)
        for name, dtype in dtypes.items()
        if name not in frame
    }
    return frame.assign(**missing) if missing else frame
