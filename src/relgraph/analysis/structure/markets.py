"""Markets as groups of nodes, and how a figure compares with chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.model import ALL_MARKETS
from relgraph.network import Network

SAME = 1e-9


def market_groups(network: Network) -> tuple[npt.NDArray[np.int32], tuple[str | None, ...]]:
    """Return the number of each node's market, and the markets that occur, in their own order.

    Markets come as in `model.ALL_MARKETS`, others by name after them, a missing one last.
    """
    found = set(network.markets.tolist())
    known = [market for market in ALL_MARKETS if market in found]
    others = sorted(found - {*known, None})
    names = (*known, *others, *([None] if None in found else []))
    number = {name: index for index, name in enumerate(names)}
    markets = network.markets.tolist()
    return np.fromiter((number[market] for market in markets), np.int32, network.n), names


def against_chance(
    observed: npt.NDArray[Any], drawn: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the mean of draws, the standard score of what was observed and a two-sided p.

    Parameters
    ----------
    observed : ndarray
        What was measured; a number or an array.
    drawn : ndarray, shape (draws, …)
        The same under chance; a draw that is NaN is left out.

    Examples
    --------
    >>> [x.round(4).tolist() for x in against_chance(np.array([3.0]), np.array([[0.0], [2.0]]))]
    [[1.0], [2.0], [0.3333]]
    """
    if not len(drawn):
        empty = np.full(np.shape(observed), np.nan)
        return empty, empty, empty
    known = ~np.isnan(drawn)
    count = known.sum(axis=0)
    some = np.where(known, drawn, 0.0)
    expected = np.divide(some.sum(axis=0), count, out=np.full(count.shape, np.nan), where=count > 0)
    away = np.where(known, drawn - expected, 0.0)
    spread = np.sqrt((away**2).sum(axis=0) / np.maximum(count, 1))
    distance = np.abs(observed - expected)
    # A draw that is exactly as far away must count in spite of rounding.
    extreme = known & (np.abs(away) >= distance - SAME * (1 + distance))
    z = np.full(count.shape, np.nan)
    np.divide(observed - expected, spread, out=z, where=spread > 0)
    return expected, z, (1 + extreme.sum(axis=0)) / (1 + count)
