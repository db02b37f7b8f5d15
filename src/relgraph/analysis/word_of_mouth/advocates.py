"""Advocates: whom to win first, so that word reaches as many as possible.

Greedy choice over random reverse reachable sets with a certificate (OPIM-C: Tang, Tang, Xiao and
Yuan 2018, doi 10.1145/3183713.3183749): some sets choose, others judge, and both double until the
certified ratio is within ε of what the greedy choice itself allows. Four sets choose for each that
judges, because a good choice takes more of them than knowing how good it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.diffusion import Diffusion
from relgraph.errors import UsageError
from relgraph.kernels.sampling import BLOCK, EMPTY, Sets, cover, first_hits, invert
from relgraph.network import Floats, Ints

CHOOSING = 4  # sets that choose for each that judges
GREEDY = 1 - 1 / math.e  # what greedy choice is worth at least for a monotone submodular spread


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


@dataclass(frozen=True, eq=False)
class Choice:
    """Advocates in the order of choice, and how good they are known to be.

    Parameters
    ----------
    seeds : ndarray of int64, shape (k,)
        Positions of the advocates.
    spread, error : ndarray of float64, shape (k,)
        Expected spread of the first 1 … k, by the sets that judge, and its standard error.
    ratio : float
        With probability 1 − δ the spread is at least this share of the best possible.
    sets : int
        How many sets were sampled, those that choose and those that judge.
    """

    seeds: Ints
    spread: Floats
    error: Floats
    ratio: float
    sets: int


def choose_advocates(
    diffusion: Diffusion,
    limits: Limits,
    epsilon: float = assumptions.EPSILON,
    delta: float = assumptions.DELTA,
    seed: int = 0,
) -> Choice:
    """Choose whom to win.

    Parameters
    ----------
    diffusion : Diffusion
        How word spreads.
    limits : Limits
        Who may be chosen, how many, at what cost.
    epsilon : float
        How much of the greedy choice's ratio sampling may cost, in (0, 1).
    delta : float
        The chance that the certified ratio is wrong, in (0, 1).
    seed : int
        The same seed gives the same choice.

    Returns
    -------
    Choice
        Its ratio holds only for plain limits and one quality for all (`certified`).
    """
    for name, value in (("epsilon", epsilon), ("delta", delta)):
        if not 0 < value < 1:
            raise UsageError("range.inside", parameter=name, value=value, low=0, high=1)
    n, most = diffusion.network.n, limits.most
    if not most:
        nothing = np.zeros(0)
        return Choice(np.zeros(0, np.int64), nothing, nothing, 1.0, 0)
    rounds = _rounds(n, most, epsilon, delta)
    failure = math.log(3 * rounds / delta)
    chosen, judging, number, blocks = EMPTY, EMPTY, 0, 0
    while True:
        more = 2**number - blocks
        chosen = chosen.joined(
            diffusion.sample(CHOOSING * more * BLOCK, 2 * seed, CHOOSING * blocks)
        )
        judging = judging.joined(diffusion.sample(more * BLOCK, 2 * seed + 1, blocks))
        blocks += more
        seeds, covered, bound = _greedy(chosen, n, limits)
        if limits.budget is not None:
            # Gain per cost can pass over one good but costly stakeholder: try gain alone too.
            other, more_covered, _ = _greedy(chosen, n, limits, by_cost=False)
            seeds = other if more_covered > covered else seeds
        hits = np.cumsum(first_hits(judging, seeds, n))
        ratio = _certified_ratio(int(hits[-1]) if len(hits) else 0, bound, failure)
        doublings = _doublings_left(ratio * bound / covered if covered else 1.0, epsilon)
        full = 4 * (len(chosen.nodes) + len(judging.nodes)) > assumptions.ADVOCATES_MEMBERS
        if not doublings or full or number == rounds - 1:
            break
        number = min(number + doublings, rounds - 1)
    share = hits / judging.size
    error = n * np.sqrt(share * (1 - share) / judging.size)
    return Choice(seeds, n * share, error, ratio, chosen.size + judging.size)


def _rounds(n: int, k: int, epsilon: float, delta: float) -> int:
    """Return after how many doublings OPIM-C is sure to have 1 − 1/e − ε."""
    log_failure = math.log(6 / delta)
    log_choices = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    root = GREEDY * math.sqrt(log_failure) + math.sqrt(GREEDY * (log_choices + log_failure))
    needed = 2 * n * root**2 / (epsilon**2 * k)
    return max(1, math.ceil(math.log2(max(2.0, needed / BLOCK))) + 1)


def _certified_ratio(hits: int, bound: int, failure: float) -> float:
    """Return lower bound of our spread / upper bound of the best.

    `hits` come from the sets that judge, `bound` from `CHOOSING` times as many.
    """
    if not bound:
        return 1.0
    least = (math.sqrt(hits + 2 * failure / 9) - math.sqrt(failure / 2)) ** 2 - failure / 18
    best = (math.sqrt(bound + failure / 2) + math.sqrt(failure / 2)) ** 2
    return max(0.0, min(1.0, CHOOSING * least / best))


def _doublings_left(kept: float, epsilon: float) -> int:
    """Return how often the sets have to double until sampling costs at most ε.

    `kept` is the share of the greedy choice's own ratio that is certified. What sampling costs
    falls with the root of the sets, so several doublings that will be needed are made at once.
    """
    if kept >= 1 - epsilon:
        return 0
    if kept <= 0:
        return 1
    return max(1, math.floor(2 * math.log2(math.log(kept) / math.log(1 - epsilon))))


def _greedy(sets: Sets, n: int, limits: Limits, *, by_cost: bool = True) -> tuple[Ints, int, int]:
    """Return the greedy choice, how many sets it hits, and a bound on what any choice could.

    The bound is the least, over the rounds, of what is hit so far and the largest gains that
    could be added.
    """
    indptr, members = invert(sets, n)
    gain = np.diff(indptr)
    covered = np.zeros(sets.size, np.bool_)
    open_to = limits.candidates.copy()
    taken = dict.fromkeys(limits.quota, 0)
    seeds: list[int] = []
    total, spent, most = 0, 0.0, limits.most
    bound = int(_largest(gain[open_to], most).sum())
    while len(seeds) < most:
        if limits.budget is not None and limits.cost is not None:
            open_to &= limits.cost <= limits.budget - spent
        if not open_to.any():
            break
        value = np.where(open_to, gain, -1.0)
        if by_cost and limits.budget is not None and limits.cost is not None:
            value = np.where(open_to, gain / limits.cost, -1.0)
        node = int(np.argmax(value))
        total += cover(node, sets.offsets, sets.nodes, indptr, members, covered, gain)
        seeds.append(node)
        open_to[node] = False
        if limits.cost is not None:
            spent += float(limits.cost[node])
        if limits.market is not None and (market := limits.market[node]) in taken:
            taken[market] += 1
            if taken[market] == limits.quota[market]:
                open_to &= limits.market != market
        bound = min(bound, total + int(_largest(gain[open_to], most).sum()))
    return np.array(seeds, np.int64), total, bound


def _largest(values: Ints, k: int) -> Ints:
    return values if len(values) <= k else np.partition(values, len(values) - k)[-k:]
