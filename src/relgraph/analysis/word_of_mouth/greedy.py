"""Greedy choice within limits: whoever adds most, or most for its cost, comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.ranking.rows import ROUNDING
from relgraph.analysis.word_of_mouth.gains import Gains
from relgraph.network import Floats, Ints


@dataclass(frozen=True, eq=False)
class Limits:
    """The limits of a choice of advocates.

    Parameters
    ----------
    candidates : ndarray of bool, shape (n,)
        Who may be chosen.
    k : int, optional
        How many to choose; as many as the budget buys for None.
    cost : ndarray of float64, shape (n,), optional
        What winning each costs; above 0.
    budget : float, optional
        What all may cost together.
    market : ndarray of object, shape (n,), optional
        Of each stakeholder, for quotas.
    quota : mapping of str to int
        The most that may be chosen from a market.
    """

    candidates: npt.NDArray[np.bool_]
    k: int | None = None
    cost: Floats | None = None
    budget: float | None = None
    market: npt.NDArray[np.object_] | None = None
    quota: Mapping[str, int] = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Return whether only the number of advocates is limited."""
        return self.budget is None and not self.quota

    @property
    def most(self) -> int:
        """Return how many can be chosen at most."""
        available = int(self.candidates.sum())
        return available if self.k is None else min(self.k, available)


def choose_greedily(fresh: Callable[[], Gains], limits: Limits) -> tuple[Ints, Floats, float]:
    """Return the greedy choice, with a budget the better of two; see `greedy`."""
    seeds, gained, bound = greedy(fresh(), limits)
    if limits.budget is not None:
        # Gain per cost can pass over one good but costly stakeholder: try gain alone too.
        other, more, _ = greedy(fresh(), limits, by_cost=False)
        if more.sum() > gained.sum():
            return other, more, bound
    return seeds, gained, bound


def greedy(gains: Gains, limits: Limits, *, by_cost: bool = True) -> tuple[Ints, Floats, float]:
    """Return the greedy choice, what each adds, and a bound on what any choice could.

    The bound is the least, over the rounds, of what is gained so far and the largest gains that
    could be added.
    """
    open_to = limits.candidates.copy()
    taken = dict.fromkeys(limits.quota, 0)
    seeds: list[int] = []
    gained: list[float] = []
    spent, most = 0.0, limits.most
    bound = float(_largest(gains.gain[open_to], most).sum())
    while len(seeds) < most:
        if limits.budget is not None and limits.cost is not None:
            open_to &= limits.cost <= limits.budget - spent
        if not open_to.any():
            break
        value = np.where(open_to, gains.gain, -1.0)
        if by_cost and limits.budget is not None and limits.cost is not None:
            value = np.where(open_to, gains.gain / limits.cost, -1.0)
        # The first of those that only rounding tells apart, as rankings have it.
        node = int(np.argmax(value >= value.max() * (1 - ROUNDING)))
        gained.append(gains.take(node))
        seeds.append(node)
        open_to[node] = False
        if limits.cost is not None:
            spent += float(limits.cost[node])
        if limits.market is not None and (market := limits.market[node]) in taken:
            taken[market] += 1
            if taken[market] == limits.quota[market]:
                open_to &= limits.market != market
        bound = min(bound, sum(gained) + float(_largest(gains.gain[open_to], most).sum()))
    return np.array(seeds, np.int64), np.array(gained, np.float64), bound


def _largest(values: npt.NDArray[Any], k: int) -> npt.NDArray[Any]:
    return values if len(values) <= k else np.partition(values, len(values) - k)[-k:]
