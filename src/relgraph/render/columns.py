"""Values as JSON can hold them, and records as columns, so that a page stays small."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

FEW = 64  # distinct values up to which a column is written as a list of values and positions


def plain(value: Any) -> Any:
    r"""Return a value as JSON can hold it.

    NaN, infinity, NaT and None become None; whole numbers integers; NumPy scalars Python's;
    dates and times ISO 8601; anything else its text, with lone surrogates replaced.

    Examples
    --------
    >>> plain(np.float64("inf")), plain(np.int8(3)), plain(np.datetime64("2024-02-01"))
    (None, 3, '2024-02-01')
    >>> plain("a\ud800b")
    'a?b'
    """
    if isinstance(value, np.generic):
        value = value.item() if not isinstance(value, np.datetime64) else _moment(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    if isinstance(value, date | datetime):
        return None if value != value else value.isoformat()
    return str(value).encode("utf-8", "replace").decode()


def rounded(values: Iterable[float], digits: int = 4) -> list[float | int | None]:
    """Return numbers with this many significant digits, whole ones as integers.

    Examples
    --------
    >>> rounded([0.123456, 2.0, float("nan"), 123456.0])
    [0.1235, 2, None, 123456]
    """
    return [_round(value, digits) for value in values]


def _round(value: float, digits: int) -> float | int | None:
    if not math.isfinite(value):
        return None
    return plain(float(f"{value:.{digits}g}")) if value % 1 else int(value)


def _moment(value: np.datetime64) -> str | None:
    return None if np.isnat(value) else str(value)


def column(values: Sequence[Any]) -> Any:
    """Return a column in the shortest of three forms that the page reads.

    One value for all: `{"all": v}`; few distinct ones: `{"of": [...], "at": [...]}`; else the
    list itself.

    Examples
    --------
    >>> column(["dot", "dot"]), column(["a", "b", "a", "a"]), column([1, 2])
    ({'all': 'dot'}, {'of': ['a', 'b'], 'at': [0, 1, 0, 0]}, [1, 2])
    """
    listed = list(values)
    if not listed:
        return []
    keys = [(type(value), value) for value in listed]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    if len(places) == 1:
        return {"all": listed[0]}
    if len(places) <= min(FEW, len(listed) // 2):
        return {"of": [value for _, value in places], "at": [places[key] for key in keys]}
    return listed


def columns(records: Sequence[Mapping[str, Any]], names: Iterable[str]) -> dict[str, Any]:
    """Return these fields of records as columns; a field that a record lacks is None.

    Examples
    --------
    >>> columns([{"x": 1, "shape": "dot"}, {"x": 2, "shape": "dot"}], ["x", "shape"])
    {'x': [1, 2], 'shape': {'all': 'dot'}}
    """
    return {name: column([record.get(name) for record in records]) for name in names}
