"""Frames of the store's side: a Result as a frame with canonical dtypes, and a frame as Arrow."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from relgraph.dataset import DTYPES, Dataset, column_type
from relgraph.model import ColumnType
from relgraph.result import Result
from relgraph.store.columns import Column

if TYPE_CHECKING:
    import pyarrow as pa


def to_frame(result: Result, types: Mapping[str, ColumnType]) -> pd.DataFrame:
    """Return columns of a result with the dtypes that a dataset has.

    Examples
    --------
    >>> result = Result({"level": np.array([1.0, np.nan])})
    >>> to_frame(result, {"level": "integer"})["level"].tolist()
    [1, <NA>]
    """
    return pd.DataFrame({name: to_series(result[name], kind) for name, kind in types.items()})


def to_series(column: Column, kind: ColumnType) -> pd.Series:
    """Return a column of a result as a series of this type."""
    if kind == "date":
        return pd.Series(np.array(column.tolist(), dtype=DTYPES["date"]))
    if kind == "time":
        return pd.Series(column.astype("datetime64[us]")).dt.tz_localize("UTC")
    return pd.Series(column, dtype=pd.api.types.pandas_dtype(DTYPES[kind]))


def to_arrow(rows: pd.DataFrame) -> pa.Table:
    """Return a frame as an Arrow table; dates and times get the types of the same name.

    Raises
    ------
    ValueError
        A text holds half a surrogate pair, which UTF-8 can't say.
    """
    import pyarrow as pa

    arrow: dict[ColumnType, pa.DataType] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "time": pa.timestamp("us"),
    }
    return pa.table(
        {
            str(name): pa.array(rows[name], arrow[column_type(rows[name])], from_pandas=True)
            for name in rows.columns
        }
    )


def checksum(dataset: Dataset) -> str:
    """Return a number, as text, that datasets share when they hold the same, in any order.

    Examples
    --------
    >>> one = Dataset(pd.DataFrame({"id": ["a", "b"], "name": ["A", "B"]}, dtype="str"))
    >>> other = Dataset(pd.DataFrame({"name": ["B", "A"], "id": ["b", "a"]}, dtype="str"))
    >>> checksum(one) == checksum(other)
    True
    """
    digest = hashlib.sha256()
    for table, frame in dataset.tables().items():
        held = sorted(str(name) for name in frame.columns if frame[name].notna().any())
        hashes = pd.util.hash_pandas_object(frame[held], index=False, categorize=False)
        digest.update(repr((table, held)).encode())
        digest.update(np.sort(hashes.to_numpy()).tobytes())
    digest.update((dataset.settings or "").encode())
    return digest.hexdigest()
