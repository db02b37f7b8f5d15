"""Expected reach of every stakeholder at once, in networks too large for a search from each.

Reverse reachable sets (`kernels.sampling`) tell all at once, because who is in the set of a root
drawn at random would have told it. Two things keep the intervals narrow where reach is small. One
who hears directly does so with a known probability, so only those further away are sampled. And
word from a stakeholder stays among those who reach no more than they do, so that those of small
reach are sampled by themselves, with sets that aren't spent on the large.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.sampled_intervals import NORMAL_95, share_interval
from relgraph.analysis.word_of_mouth.cascade import certain_sources, exact_chances
from relgraph.analysis.word_of_mouth.counts import ReachCounts
from relgraph.analysis.word_of_mouth.diffusion import Diffusion
from relgraph.kernels.components import strong_components
from relgraph.kernels.hops import reach_bounds
from relgraph.kernels.sampling import count_told
from relgraph.network import Floats, Ints, Network

_FACTOR = 16  # how much larger the reach of each group is that is sampled together
_WORK = 1 << 26  # steps, 3 to the power of who is within reach, of the exact ones together
_FIRST = 256  # sets that tell how large sets are
_MEMBERS = 1 << 26  # of all sets that are sampled in the whole network
_FEWER = 1 << 24  # and among those of smaller reach

Flags = npt.NDArray[np.bool_]


class ExpectedReach(NamedTuple):
    """Of each stakeholder alone: the expected spread with its 95 % interval, and if it is sampled.

    `sets` is how many reverse reachable sets were sampled for all.
    """

    expected: Floats
    low: Floats
    high: Floats
    sampled: Flags
    sets: int


def expected_reach(
    network: Network, rate: float, seed: int, counts: ReachCounts | None = None
) -> ExpectedReach:
    """Return the expected spread of every stakeholder alone, themselves counted.

    Parameters
    ----------
    network : Network
        A tie of strength s passes word on with rate·s.
    rate : float
        From 0 to 1.
    seed : int
        Of the sets; the same seed gives the same figures.
    counts : ReachCounts, optional
        How many each reaches. It is what is expected where every tie on the way is certain.

    Returns
    -------
    ExpectedReach
        Exact, with low = high, where ties are certain and at most 16 (fewer if many are so) are
        within reach; low ≤ expected ≤ high everywhere.
    """
    n = network.n
    figures = np.ones((3, n))  # expected, low, high
    if rate == 0:
        return ExpectedReach(figures[0], figures[1], figures[2], np.zeros(n, np.bool_), 0)
    probability = rate * network.strength
    within = _within(network, counts)
    known = np.zeros(n, np.bool_)
    if counts is not None:
        known = certain_sources(network, probability)
        error = NORMAL_95 * counts.error
        figures[:, known] = (counts.reached + 1 + np.array([0 * error, -error, error]))[:, known]
    small = np.flatnonzero(~known & (within <= _small(within[~known])))
    _, chances = exact_chances(network, probability, small[:, np.newaxis])
    figures[:, small] = chances.sum(axis=1)
    known[small] = True
    diffusion = Diffusion(network, "ic", rate, np.ones(n))
    direct = 1 + np.bincount(network.sources, probability, minlength=n)
    sets = 0
    for members, new in _by_reach(within, known):
        hits, drawn = _sampled(diffusion, members, seed)
        shares = np.array([hits[new] / drawn, *share_interval(hits[new], drawn)])
        figures[:, new] = direct[new] + members.sum() * shares
        sets += drawn
    expected, low, high = np.clip(figures, 1, within)
    return ExpectedReach(expected, low, high, ~known, sets)


def _within(network: Network, counts: ReachCounts | None) -> Ints:
    """Return at most how many each reaches, itself counted; not more than who tells it does."""
    if counts is not None and not counts.error.any():
        return counts.reached.astype(np.int64) + 1
    component = strong_components(network.indptr, network.indices)
    order = np.argsort(component, kind="stable")
    return reach_bounds(network.indptr, network.indices, component, order)


def _small(within: Ints) -> int:
    """Return up to which reach everyone can be worked out exactly."""
    sizes = np.arange(1, int(assumptions.EXACT_CASCADE) + 1)
    each = np.bincount(np.minimum(within, sizes[-1] + 1), minlength=sizes[-1] + 2)[sizes]
    return int((np.cumsum(each * 3.0 ** (sizes - 1)) <= _WORK).sum())


def _by_reach(within: Ints, known: Flags) -> Iterator[tuple[Flags, Flags]]:
    """Yield groups with ever larger reach, each with those who aren't known and in none before."""
    limit = _FACTOR
    while not known.all():
        members = within <= limit
        new = members & ~known
        if new.any():
            yield members, new
        known = known | new
        limit *= _FACTOR


def _sampled(diffusion: Diffusion, members: Flags, seed: int) -> tuple[Floats, int]:
    """Return in how many sets each is, further than a step from the root, and of how many.

    Word from the members stays among them, so arcs that come from others are left out.
    """
    indptr, indices, probability = diffusion.incoming
    whole = bool(members.all())
    if not whole:
        inside = members[indices]
        before = np.concatenate([[0], np.cumsum(inside)])
        indptr, indices, probability = before[indptr], indices[inside], probability[inside]
    arcs = (indptr, indices, probability, np.flatnonzero(members).astype(np.int32))
    most = _MEMBERS if whole else _FEWER
    hits, drawn, size, more = np.zeros(len(members)), 0, 0, _FIRST
    while more > drawn // 8:
        told, found = count_told(*arcs, range(drawn, drawn + more), seed)
        hits, drawn, size = hits + told, drawn + more, size + found
        # By no more than three times as many: the first sets may all have been small ones.
        left = min(assumptions.SAMPLED_SETS - drawn, (most - size) * drawn / size)
        more = int(min(3 * drawn, left))
    return hits, drawn
