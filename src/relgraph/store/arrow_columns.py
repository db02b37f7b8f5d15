"""Columns from Arrow, without a Python object for each row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relgraph.held import Coded, Held, Packed, narrow
from relgraph.model import ColumnType
from relgraph.store.columns import Column, missing_column, objects, to_column

if TYPE_CHECKING:
    import pyarrow as pa

# What a missing value is in columns of eight bytes each.
_MISSING: dict[ColumnType | None, np.generic] = {
    "integer": np.int64(0),
    "number": np.float64("nan"),
    "time": np.datetime64("NaT", "us"),
}
_EPOCH = date(1970, 1, 1)
_TRIED = 1_000  # rows that tell whether many share few texts
_SHARED = 100  # texts among them, at most, if so
_DAYS = 100_000  # between the first and the last of dates that are coded


def from_arrow(column: pa.ChunkedArray, kind: ColumnType | None) -> Column | Held:
    """Return a column without `to_numpy`, which would import pandas (0.3 s)."""
    if column.null_count == len(column):
        if kind in ("text", "date"):
            return Coded(np.zeros(len(column), np.int8), objects([None]))
        return missing_column(len(column), kind)
    if kind == "text":
        return _texts(column)
    if kind == "date":
        return _dates(column)
    if kind not in _MISSING or (column.null_count and kind == "integer"):
        return to_column(column.to_pylist(), kind)
    missing = _MISSING[kind]
    parts = []
    for chunk in column.chunks:
        values = _buffer(chunk, 1, missing.dtype)
        parts.append(np.where(_known(chunk), values, missing) if chunk.null_count else values)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _texts(column: pa.ChunkedArray) -> Held:
    if len(column[:_TRIED].unique()) <= _SHARED:
        return _shared(column)
    parts = []
    for chunk in column.chunks:
        wide = np.int64 if str(chunk.type).startswith("large") else np.int32
        places = np.frombuffer(chunk.buffers()[1], wide)[chunk.offset :][: len(chunk) + 1]
        starts, ends = places[:-1].astype(np.int64), places[1:].astype(np.int64)
        if chunk.null_count:
            ends[~_known(chunk)] = -1
        data = chunk.buffers()[2]
        parts.append(Packed(np.frombuffer(data or b"", np.uint8), starts, ends))
    return Packed.joined(parts)


def _shared(column: pa.ChunkedArray) -> Coded:
    """Return texts as codes; a missing one has that of the last value, which is None."""
    encoded = column.combine_chunks().dictionary_encode()
    chunks = encoded.chunks if hasattr(encoded, "chunks") else [encoded]
    values = objects([*chunks[0].dictionary.to_pylist(), None])
    codes = []
    for chunk in chunks:
        found = _buffer(chunk.indices, 1, np.dtype(np.int32))
        missing = len(values) - 1
        codes.append(np.where(_known(chunk), found, missing) if chunk.null_count else found)
    return Coded(np.concatenate(codes).astype(narrow(len(values))), values)


def _dates(column: pa.ChunkedArray) -> Column | Held:
    known = np.concatenate([_known(chunk) for chunk in column.chunks])
    days = np.concatenate([_buffer(chunk, 1, np.dtype(np.int32)) for chunk in column.chunks])
    first, last = int(days[known].min()), int(days[known].max())
    if last - first > _DAYS:
        return to_column(column.to_pylist(), "date")
    values = [_EPOCH + timedelta(day) for day in range(first, last + 1)]
    codes = np.where(known, days - first, len(values))
    return Coded(codes.astype(narrow(len(values) + 1)), objects([*values, None]))


def _buffer(chunk: pa.Array, number: int, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    return np.frombuffer(chunk.buffers()[number], kind)[chunk.offset :][: len(chunk)]


def _known(chunk: pa.Array) -> npt.NDArray[np.bool_]:
    """Return which values of a chunk are not missing."""
    if not chunk.null_count:
        return np.ones(len(chunk), dtype=bool)
    bits = np.frombuffer(chunk.buffers()[0], np.uint8)
    found = np.unpackbits(bits, bitorder="little")[chunk.offset :][: len(chunk)]
    return found.astype(bool)
