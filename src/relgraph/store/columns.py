"""Values that a driver returned, made into the columns of a Result: one rule for every store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from relgraph.held import joined
from relgraph.model import ColumnType

Column = npt.NDArray[Any]
_INT64 = 2**63


def to_column(values: Sequence[Any], kind: ColumnType | None = None) -> Column:
    """Return plain values as one column.

    Parameters
    ----------
    values : sequence
        Plain Python values, None for missing.
    kind : str, optional
        The declared type; without it the values tell.

    Returns
    -------
    ndarray
        As `Result` documents; integers beside a missing value, or beyond 64 bits, stay Python
        integers in an object array.

    Examples
    --------
    >>> to_column([1, None, 3]).tolist(), to_column([None], "number").tolist()
    ([1, None, 3], [nan])
    """
    kind = kind or _find_kind(values)
    if kind == "integer":
        if all(value is not None and -_INT64 <= value < _INT64 for value in values):
            return np.array(values, dtype=np.int64)
        known = any(value is not None for value in values)
        return objects(values) if known else missing_column(len(values), kind)
    if kind == "number":
        return np.array([np.nan if value is None else value for value in values], np.float64)
    if kind == "boolean" and None not in values:
        return np.array(values, dtype=bool)
    if kind == "time":
        return np.array([_naive(value) for value in values], dtype="datetime64[us]")
    return objects(values)


def objects(values: Sequence[Any]) -> Column:
    """Return values as a one-dimensional object array, whatever they are."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def missing_column(length: int, kind: ColumnType | None) -> Column:
    """Return a column of missing values."""
    if kind in ("integer", "number"):
        return np.full(length, np.nan)
    if kind == "time":
        return np.full(length, np.datetime64("NaT", "us"))
    return np.full(length, None, dtype=object)


def joined_column(parts: Sequence[Any], kind: ColumnType) -> Any:
    """Return the rows of several columns of a kind as one, as `to_column` would give them."""
    parts = [part for part in parts if len(part)] or parts[:1]
    if kind != "integer" or len({part.dtype for part in parts}) == 1:
        return joined(parts)
    return objects([None if value != value else value for part in parts for value in part.tolist()])


def rank(column: Column) -> Column:
    """Return numbers that sort as the values do: texts by code point, missing ones first.

    Examples
    --------
    >>> rank(objects(["b", None, "a", "b"])).tolist()
    [1, -1, 0, 1]
    """
    if column.dtype != object:
        return column
    values = column.tolist()
    places = {text: place for place, text in enumerate(sorted({*values} - {None}))} | {None: -1}
    return np.fromiter(map(places.__getitem__, values), np.int64, count=len(values))


def _find_kind(values: Sequence[Any]) -> ColumnType | None:
    found = {type(value) for value in values if value is not None}
    if found == {int}:
        return "integer"
    if found and found <= {int, float}:
        return "number"
    if found == {bool}:
        return "boolean"
    return "time" if found == {datetime} else None


def _naive(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is None:
        return value
    return value.astimezone(UTC).replace(tzinfo=None)


_PLAIN: dict[type, Callable[[Any], Any]] = {
    Decimal: float,
    UUID: str,
    timedelta: str,
    time: time.isoformat,
    bytes: bytes.hex,
    bytearray: bytearray.hex,
}
_AS_IS = frozenset({type(None), bool, int, float, str, datetime, date})


def to_plain(value: Any) -> Any:
    """Return a driver's value as text, number, boolean, date, time, or lists and dicts of them.

    Examples
    --------
    >>> to_plain({"price": Decimal("1.5"), "tags": ("a", None)})
    {'price': 1.5, 'tags': ['a', None]}
    """
    if type(value) in _AS_IS:
        return value
    if isinstance(value, Mapping):
        return {str(name): to_plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return _PLAIN.get(type(value), str)(value)
