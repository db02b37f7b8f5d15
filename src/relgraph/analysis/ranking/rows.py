"""Ranked rows: how every command that ranks stakeholders orders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.held import decoded, is_rising
from relgraph.result import Result

Columns = Mapping[str, npt.NDArray[Any]]

# Values that differ by less than rounding can, relative to the larger, are the same value:
# two stakeholders in the same place of a network must not be ranked by the order of addition.
ROUNDING = assumptions.SAME_VALUE


def ranked(
    columns: Columns, by: str, *, key: Sequence[str] = ("id",), smallest_first: bool = False
) -> Result:
    """Return the columns as rows ordered by one of them, with `rank` in front.

    Rows are ordered by `by` descending, missing values last, then by the columns of `key`. Equal
    values share a rank, and the next rank counts all before it: 1, 2, 2, 4. Values of `by` that
    differ only by rounding (1e-12 relative) are equal and are given the same value.

    Parameters
    ----------
    columns : mapping of str to ndarray of shape (n,)
        What the rows hold.
    by : str
        The column of numbers to rank by.
    key : sequence of str
        The columns of text that order rows of equal rank.
    smallest_first : bool
        Order by `by` ascending.

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
    place = rank_places(columns, by, key=key, smallest_first=smallest_first)
    rows = {name: column[place.order] for name, column in columns.items()}
    return Result({"rank": place.rank} | rows | {by: place.values})


class Places(NamedTuple):
    """The `order` of rows, and in that order the `rank` and value of each."""

    order: npt.NDArray[np.int64]
    rank: npt.NDArray[Any]
    values: npt.NDArray[Any]


def rank_places(
    columns: Columns, by: str, *, key: Sequence[str] = ("id",), smallest_first: bool = False
) -> Places:
    """Return the places of rows in the order of `ranked`."""
    values = np.asarray(columns[by])
    if values.dtype.kind == "f":
        values = without_rounding(values)
    missing = values != values
    ascending = np.where(missing, 0, values if smallest_first else -values)
    # Where the key rises already, rows of equal value stay as they are.
    rising = bool(key) and is_rising(columns[key[0]])
    ties = [] if rising else [_in_order(decoded(columns[name])) for name in reversed(key)]
    order = np.lexsort((*ties, ascending, missing))
    known = len(values) - int(missing.sum())
    ordered = values[order][:known]
    first = np.ones(known, dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    rank: npt.NDArray[Any] = np.maximum.accumulate(np.where(first, np.arange(1, known + 1), 0))
    rank = rank.astype(np.int64)
    if known < len(values):
        rank = np.array([*rank.tolist(), *[None] * (len(values) - known)], dtype=object)
    return Places(order, rank, values[order])


def _in_order(texts: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """Return numbers that sort as texts do, which take less memory and time than these."""
    listed = list(map(str, texts.tolist()))
    places = {text: place for place, text in enumerate(sorted(set(listed)))}
    return np.fromiter(map(places.__getitem__, listed), np.int32, len(listed))


def without_rounding(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
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
