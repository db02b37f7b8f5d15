"""Sums of money: of a market, of a group, of the nodes that are cut off."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.network import Floats, Ints, Texts


def sum_by_group(amounts: npt.NDArray[Any], group: Ints, groups: int) -> Floats:
    """Return the sum of the known amounts of each group; NaN where none is known.

    Parameters
    ----------
    amounts : ndarray of shape (n,)
        Money a year of each node, in the unit of the store; NaN for unknown.
    group : ndarray of int64, shape (n,)
        The group of each node, from 0; a negative one counts nowhere.
    groups : int
        How many groups there are.

    Returns
    -------
    ndarray of float64, shape (groups,)

    Examples
    --------
    >>> sum_by_group(np.array([1.0, np.nan, 3.0, np.nan]), np.array([0, 0, 0, 1]), 2)
    array([ 4., nan])
    """
    values = amounts.astype(np.float64)
    known = np.isfinite(values) & (group >= 0)
    sums = np.bincount(group[known], values[known], groups).astype(np.float64)
    sums[np.bincount(group[known], minlength=groups) == 0] = np.nan
    return sums


def known_amounts(
    amounts: npt.NDArray[Any] | None, counted: npt.NDArray[np.bool_]
) -> Floats | None:
    """Return the amounts of the nodes that count, 0 for others and unknown; None if none is known.

    Kernels add them up over the nodes that are cut off together.
    """
    if amounts is None:
        return None
    values = np.where(counted, amounts.astype(np.float64), np.nan)
    return None if np.isnan(values).all() else np.nan_to_num(values)


def is_market(markets: Texts, market: str) -> npt.NDArray[np.bool_]:
    """Return which nodes belong to a market, shape (n,)."""
    return np.asarray(markets == market, dtype=bool).reshape(len(markets))
