"""Ranked rows: how every command that ranks stakeholders orders them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.result import Result

# Values that differ by less than rounding can, relative to the larger, are the same value:
# two stakeholders in the same place of a network must not be ranked by the order of addition.
ROUNDING = assumptions.SAME_VALUE


def ranked(columns: Mapping[str, npt.NDArray[Any]], by: str) -> Result:
    """Return the columns as rows ordered by one of them, with `rank` in front.

    Rows are ordered by `by` descending, missing values last, then by `id`. Equal values share
    a rank, and the next rank counts all before it: 1, 2, 2, 4. Values of `by` that differ only
    by rounding (1e-12 relative) are equal and are given the same value.

    Parameters
    ----------
    columns : mapping of str to ndarray of shape (n,)
        `id` is one of them.
    by : str
        The column of numbers to rank by.

    Returns
    -------
    Result
        `rank` holds integers; it is an object column with None where `by` is NaN.

    Examples
    --------
    >>> rows = ranked({"id": np.array(list("dcba")), "degree": np.array([1, 2, 3, 2])}, "degree")
    >>> rows["rank"].tolist(), rows["id"].tolist()
    ([1, 2, 2, 4], ['b', 'a', 'c', 'd'])
    """
    values = np.asarray(columns[by])
    if values.dtype.kind == "f":
        values = _without_rounding(values)
    missing = values != values
    ids = columns["id"].astype(str)
    descending = -np.where(missing, 0, values)
    order = np.lexsort((ids, descending, missing))
    known = len(values) - int(missing.sum())
    ordered = values[order][:known]
    first = np.ones(known, dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    places = np.maximum.accumulate(np.where(first, np.arange(1, known + 1), 0))
    rank = places.astype(np.int64)
    if known < len(values):
        rank = np.array([*places.tolist(), *[None] * (len(values) - known)], dtype=object)
    rows = {name: column[order] for name, column in (dict(columns) | {by: values}).items()}
    return Result({"rank": rank} | rows)


def _without_rounding(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the values with those of a run that differs by rounding set to its largest."""
    order = np.argsort(-values, kind="stable")
    ordered = values[order]
    upper, lower = ordered[:-1], ordered[1:]
    with np.errstate(invalid="ignore"):
        gap = upper - lower
        near = np.isfinite(gap) & (gap <= ROUNDING * np.maximum(abs(upper), abs(lower)))
    near |= upper == lower
    starts = np.concatenate([[True], ~near])[: len(values)]
    evened = np.empty_like(values)
    evened[order] = ordered[np.flatnonzero(starts)[np.cumsum(starts) - 1]]
    return evened
