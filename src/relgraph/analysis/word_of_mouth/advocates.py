"""Advocates: whom to win first, so that word reaches as many as possible.

Greedy choice over random reverse reachable sets with a certificate (OPIM-C: Tang, Tang, Xiao and
Yuan 2018, doi 10.1145/3183713.3183749): some sets choose, others judge, and both double until the
certified ratio is within ε of what the greedy choice itself allows. Four sets choose for each that
judges, because a good choice takes more of them than knowing how good it is. Where exact spreads
are cheap they choose instead, and all choices are tried where that is cheap too.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np

from relgraph import assumptions
from relgraph.analysis.sampled_intervals import share_interval
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, exact_spreads
from relgraph.analysis.word_of_mouth.gains import Gains, SampledGains, exact_gains
from relgraph.analysis.word_of_mouth.greedy import Limits, choose_greedily, greedy
from relgraph.errors import UsageError, check_range
from relgraph.kernels.covering import first_hits
from relgraph.kernels.hops import reachable
from relgraph.kernels.sampling import BLOCK, EMPTY
from relgraph.network import Floats, Ints

CHOOSING = 4  # sets that choose for each that judges
GREEDY = 1 - 1 / math.e  # what greedy choice is worth at least for a monotone submodular spread
FINEST, SUREST = 1e-4, 1e-12  # the least epsilon and delta; sets for less wouldn't fit in memory
_WORK = 1 << 28  # steps, 3 to the power of who isn't chosen, of the exact spreads of all choices


@dataclass(frozen=True, eq=False)
class Choice:
    """Advocates in the order of choice, and how good they are known to be.

    Parameters
    ----------
    seeds : ndarray of int64, shape (k,)
        Positions of the advocates.
    spread, low, high : ndarray of float64, shape (k,)
        Expected spread of the first 1 … k, by the sets that judge, with its 95 % interval; low
        and high are equal where it is exact.
    ratio : float
        The spread is at least this share of the best possible: for sure where it is exact, else
        with probability 1 − δ.
    sets : int
        How many sets were sampled, those that choose and those that judge; 0 for none.
    """

    seeds: Ints
    spread: Floats
    low: Floats
    high: Floats
    ratio: float
    sets: int


NOBODY = Choice(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0), 1.0, 0)


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
        How much of the greedy choice's ratio sampling may cost, .0001 or more and below 1.
    delta : float
        The chance that the certified ratio is wrong, 1e-12 or more and below 1.
    seed : int
        The same seed gives the same choice.

    Returns
    -------
    Choice
        Its ratio holds only for plain limits and one quality for all (`certified`).
    """
    for name, value, least in (("epsilon", epsilon, FINEST), ("delta", delta, SUREST)):
        if not 0 < value < 1:
            raise UsageError("range.inside", parameter=name, value=value, low=0, high=1)
        check_range(value, name, least, 1)
    n, most = diffusion.network.n, limits.most
    if not most:
        return NOBODY
    exact = exact_gains(diffusion, np.flatnonzero(limits.candidates), most)
    if exact is not None:
        return _exact_choice(diffusion, limits, exact)
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
        seeds, gained, bound = choose_greedily(partial(SampledGains, chosen, n), limits)
        hits = np.cumsum(first_hits(judging, seeds, n), dtype=np.float64)
        ratio = _certified_ratio(int(hits[-1]) if len(hits) else 0, bound, failure)
        doublings = _doublings_left(ratio * bound / gained.sum() if bound else 1.0, epsilon)
        full = 4 * (len(chosen.nodes) + len(judging.nodes)) > assumptions.ADVOCATES_MEMBERS
        if not doublings or full or number == rounds - 1:
            break
        number = min(number + doublings, rounds - 1)
    shares = np.array([hits / judging.size, *share_interval(hits, judging.size)])
    # Under plain spread those who start hear for sure; with a quality not all of them like it.
    started = np.arange(1, len(seeds) + 1) if diffusion.uniform_quality == 1 else 0
    spread, low, high = np.maximum(n * shares, started)
    return Choice(seeds, spread, low, high, ratio, chosen.size + judging.size)


def _exact_choice(diffusion: Diffusion, limits: Limits, exact: Callable[[], Gains]) -> Choice:
    """Return the greedy choice by exact gains, or the best of all choices where that is cheap."""
    seeds, gained, bound = choose_greedily(exact, limits)
    ratio = min(1.0, gained.sum() / bound)
    if ratio < 1 and limits.plain:
        best = _best_of_all(diffusion, np.flatnonzero(limits.candidates), len(seeds))
        if best is not None:
            among = np.isin(np.arange(diffusion.network.n), best)
            seeds, gained, _ = greedy(exact(), replace(limits, candidates=among))
            ratio = 1.0
    spread = np.cumsum(gained)
    return Choice(seeds, spread, spread, spread, ratio, 0)


def _best_of_all(diffusion: Diffusion, candidates: Ints, k: int) -> Ints | None:
    """Return the k who reach most together; None where there are too many choices to try."""
    network = diffusion.network
    within = int(reachable(network.indptr, network.indices, candidates).sum())
    if within > assumptions.EXACT_CASCADE:
        return None
    if math.comb(len(candidates), k) * 3 ** (within - k) > _WORK:
        return None
    groups = np.array(list(combinations(candidates.tolist(), k)), np.int64)
    best: Ints = groups[np.argmax(exact_spreads(diffusion, groups))]
    return best


def _rounds(n: int, k: int, epsilon: float, delta: float) -> int:
    """Return after how many doublings OPIM-C is sure to have 1 − 1/e − ε."""
    log_failure = math.log(6 / delta)
    log_choices = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    root = GREEDY * math.sqrt(log_failure) + math.sqrt(GREEDY * (log_choices + log_failure))
    needed = 2 * n * root**2 / (epsilon**2 * k)
    return max(1, math.ceil(math.log2(max(2.0, needed / BLOCK))) + 1)


def _certified_ratio(hits: int, bound: float, failure: float) -> float:
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
