"""How sure a ranking is: the ranks of each row when its values are drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.ranking.rows import Columns, rank_places, ranked
from relgraph.result import Result

LEVEL = assumptions.CONFIDENCE


def with_rank_intervals(
    columns: Columns,
    by: str,
    drawn: npt.NDArray[np.floating[Any]],
    *,
    key: Sequence[str] = ("id",),
    smallest_first: bool = False,
    mirrored: bool = False,
) -> Result:
    """Return ranked rows with the interval of their ranks.

    Parameters
    ----------
    columns, by, key, smallest_first
        As for `ranked`.
    drawn : ndarray, shape (draws, n)
        What the column `by` would be under other assumptions, NaN where it has no value.
    mirrored : bool
        The draws add errors to what was observed, which errs as much already: a row that came
        first by chance falls back in them, and its true rank may lie on the other side. So the
        interval also holds the mirror image of the drawn ranks, as far from the observed one.

    Returns
    -------
    Result
        With `rank_low` and `rank_high`, which hold 95 % of the drawn ranks and the rank itself
        (it can be a rare one, where many rows are alike); and `stays_ahead`, the share of draws
        in which a row stands before the one below it (an equal value counts as half). All are NaN
        where `by` is.

    Examples
    --------
    >>> columns = {"id": np.array(["a", "b"]), "strength": np.array([0.6, 0.5])}
    >>> rows = with_rank_intervals(columns, "strength", np.array([[0.7, 0.5], [0.4, 0.5]]))
    >>> rows["rank_low"].tolist(), rows["rank_high"].tolist(), rows["stays_ahead"].tolist()
    ([1.0, 1.0], [2.0, 2.0], [0.5, nan])
    """
    if smallest_first:
        drawn = -drawn
    ranks = np.array([_ranks(row) for row in drawn]).reshape(drawn.shape)
    places = rank_places(columns, by, key=key, smallest_first=smallest_first)
    order, rank = places.order, places.rank.astype(np.float64)
    known = ~np.isnan(rank)
    low, high = np.full((2, len(rank)), np.nan)
    if known.any():
        tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
        held = ranks[:, order[known]]
        least, most = np.quantile(held, tails, axis=0, method="inverted_cdf")
        own = rank[known]
        if mirrored:
            least, most = np.minimum(least, 2 * own - most), np.maximum(most, 2 * own - least)
        low[known] = np.maximum(np.minimum(least, own), 1)
        high[known] = np.minimum(np.maximum(most, own), len(rank))
    upper, lower = drawn[:, order[:-1]], drawn[:, order[1:]]
    before = np.full(len(order), np.nan)
    before[:-1] = ((upper > lower) + 0.5 * (upper == lower)).mean(axis=0)
    before[:-1][~known[1:]] = np.nan
    result = ranked(columns, by, key=key, smallest_first=smallest_first)
    return result.replaced(rank_low=low, rank_high=high, stays_ahead=before)


def _ranks(values: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64]:
    """Return 1 + how many values are larger; NaN values come last."""
    descending = np.sort(-values[~np.isnan(values)])
    return np.searchsorted(descending, -values, side="left") + np.float64(1)
