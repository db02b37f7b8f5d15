"""Stores for tests, made from rows in Python without going through files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from relgraph.dataset import DTYPES, Dataset, empty_frame, known_column
from relgraph.model import TableName
from relgraph.store import open_store

Rows = Iterable[Mapping[str, Any]]

_MADE: dict[str, bytes] = {}  # stores by the rows that they were made of
_MOST = 200  # of them are kept


def frame(table: TableName, rows: Rows) -> pd.DataFrame:
    """Return rows as a frame with the canonical dtypes."""
    data = pd.DataFrame(list(rows), dtype=object)
    if data.empty:
        return empty_frame(table)
    columns = {}
    for name in data.columns:
        spec = known_column(table, name)
        assert spec is not None, name
        column: Any = data[name].where(data[name].notna(), None)
        if spec.type == "time":
            columns[name] = pd.to_datetime(column, utc=True).astype("datetime64[us, UTC]")
        else:
            columns[name] = column.astype(DTYPES[spec.type])
    return pd.DataFrame(columns)


def store_rows(
    path: Path, stakeholders: Rows, relationships: Rows = (), interactions: Rows = ()
) -> Path:
    """Make a store of these rows at a path, and return the path.

    The same rows give a copy of the store that was made of them first.
    """
    stakeholders, relationships, interactions = map(
        list, (stakeholders, relationships, interactions)
    )
    made = repr((stakeholders, relationships, interactions))
    if made in _MADE and not path.exists():
        path.write_bytes(_MADE[made])
        return path
    fresh = not path.exists()
    contacts = [{"channel": None, **row} for row in interactions]
    counted: dict[tuple[Any, ...], int] = {}
    for row in contacts:
        key = (row["source"], row["target"], row["at"], row["channel"])
        row["occurrence"] = counted[key] = counted.get(key, -1) + 1
    dataset = Dataset(
        frame("stakeholders", stakeholders),
        frame("relationships", relationships),
        frame("interactions", contacts),
    )
    with open_store(str(path), write=True) as store:
        store.write(dataset)
    if fresh and len(_MADE) < _MOST:
        _MADE[made] = path.read_bytes()
    return path
