"""Datasets for tests of the stores: from rows, and at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from relgraph.dataset import DTYPES, Dataset, empty_frame, known_column
from relgraph.model import TABLES, ColumnType, TableName

Rows = Sequence[Mapping[str, Any]]


def dataset(
    stakeholders: Rows = (),
    relationships: Rows = (),
    interactions: Rows = (),
    *,
    types: Mapping[str, ColumnType] | None = None,
    files: bool = False,
) -> Dataset:
    """Return a dataset of rows; `types` tells those of extra columns, which else are text."""
    given = zip(TABLES, (stakeholders, relationships, interactions), strict=True)
    people, ties, contacts = (_frame(table, rows, types or {}, files) for table, rows in given)
    return Dataset(people, ties, contacts)


def _frame(
    table: TableName, rows: Rows, types: Mapping[str, ColumnType], files: bool
) -> pd.DataFrame:
    if not rows:
        return empty_frame(table)
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {}
    for name in names:
        spec = known_column(table, name)
        kind: ColumnType = spec.type if spec else types.get(name, "text")
        columns[name] = _series([row.get(name) for row in rows], kind)
    frame = pd.DataFrame(columns)
    if files:
        lines = range(2, len(frame) + 2)
        frame.index = pd.MultiIndex.from_arrays(
            [[f"{table}.csv"] * len(frame), list(lines)], names=["file", "line"]
        )
    return frame


def _series(values: list[Any], kind: ColumnType) -> pd.Series[Any]:
    if kind == "time":
        return pd.Series(pd.to_datetime(values, utc=True, format="ISO8601")).astype(
            "datetime64[us, UTC]"
        )
    return pd.Series(values, dtype=pd.api.types.pandas_dtype(DTYPES[kind]))


def stakeholder(node_id: str, market: str = "customer", **properties: Any) -> dict[str, Any]:
    """Return the row of a stakeholder."""
    return {"id": node_id, "name": node_id.upper(), "market": market} | properties


def tie(source: str, target: str, type_: str = "REFERS", **properties: Any) -> dict[str, Any]:
    """Return the row of a relationship."""
    return {"source": source, "target": target, "type": type_} | properties


def contact(source: str, target: str, at: str, **properties: Any) -> dict[str, Any]:
    """Return the row of an interaction."""
    return {"source": source, "target": target, "at": at, "occurrence": 0} | properties


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Assert that two frames hold the same rows, whatever the order of rows and columns."""
    assert sorted(one.columns) == sorted(other.columns)
    names = sorted(one.columns)
    pd.testing.assert_frame_equal(_sorted(one[names]), _sorted(other[names]))


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    keys = [name for name in ("id", "source", "target", "type", "at", "channel") if name in frame]
    keys += [name for name in ("occurrence",) if name in frame]
    return frame.sort_values(keys, ignore_index=True)
