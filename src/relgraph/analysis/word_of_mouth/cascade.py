"""Who hears when a stakeholder talks: independent cascades, exact or sampled.

A tie passes word on with probability p = tell_rate·strength, once, independently of the others
(Kempe, Kleinberg and Tardos 2003, doi 10.1145/956750.956769). Where every tie that it can take is
certain, or at most `EXACT_CASCADE` stakeholders are within reach, probabilities are exact;
elsewhere they come from seeded draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.far import far_chances
from relgraph.errors import check_range
from relgraph.kernels import cascade as kernels
from relgraph.kernels.hops import hop_table, reachable
from relgraph.network import Floats, Ints, Network

_EARLY = 1_000  # whole cascades that take as long as those that stop early
_WORD = 64  # cascades that a kernel follows at once
_LIVE_BYTES = 1 << 24  # memory for the arcs that are live in a chunk of cascades


@dataclass(frozen=True)
class Telling:
    """How stakeholders tell one another.

    Parameters
    ----------
    rate : float
        The chance that a tie of strength 1 passes word on, from 0 (nobody tells) to 1.
    cascades : int
        How many are drawn where the answer is sampled, rounded up to a multiple of 64.
    seed : int
        The same seed gives the same cascades.
    error : float
        In large networks, the relative error of the expected number at which no more are drawn:
        half the width of its 95 % interval. 0 draws them all.
    """

    rate: float = assumptions.TELL_RATE
    cascades: int = int(assumptions.CASCADES)
    seed: int = 0
    error: float = assumptions.SPREAD_ERROR

    def __post_init__(self) -> None:
        check_range(self.rate, "tell_rate", 0, 1)
        check_range(self.cascades, "cascades", *assumptions.LIMITS["cascades"])
        check_range(self.error, "error", 0, 1)

    @property
    def words(self) -> int:
        """Return the cascades in words of 64."""
        return -(-self.cascades // _WORD)

    @property
    def draws(self) -> int:
        """Return how many cascades are drawn: whole words."""
        return _WORD * self.words

    def stops_early(self, network: Network) -> bool:
        """Return whether so many cascades would take long, and fewer may do."""
        return self.error > 0 and self.cascades * network.m > assumptions.ALL_CASCADES

    def worth(self, network: Network) -> int:
        """Return about how many whole cascades of each source take as long."""
        return min(self.cascades, _EARLY) if self.stops_early(network) else self.cascades


@dataclass(frozen=True, eq=False)
class Hearing:
    """How likely each stakeholder hears from each source.

    Parameters
    ----------
    hops : ndarray of int32, shape (k, n)
        Hops from the source, −1 where nothing leads there.
    probability : ndarray of float64, shape (k, n)
        1 for the source itself.
    error : ndarray of float64, shape (k, hops + 1)
        Standard error of the expected number who hear within each number of hops; 0 where
        the probabilities are exact.
    exact : ndarray of bool, shape (k,)
        Whether the row was computed without drawing.
    draws, batches : ndarray of int64, shape (k,)
        How many cascades were drawn, and how many independent figures the errors rest on.
    """

    hops: npt.NDArray[np.int32]
    probability: Floats
    error: Floats
    exact: npt.NDArray[np.bool_]
    draws: Ints
    batches: Ints


def hearing(network: Network, sources: Ints, telling: Telling) -> Hearing:
    """Return how likely each stakeholder hears when a source, alone, starts to tell.

    Parameters
    ----------
    network : Network
        Word runs along its arcs.
    sources : ndarray of int64, shape (k,)
        Positions of the sources.
    telling : Telling
        How likely they tell, and how cascades are drawn.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> net = from_networkx(nx.DiGraph([("a", "b"), ("b", "c")]))
    >>> hearing(net, np.array([0]), Telling(rate=0.5)).probability.tolist()
    [[1.0, 0.5, 0.25]]
    """
    hops = hop_table(network.indptr, network.indices, sources)
    probability = telling.rate * network.strength
    certain = certain_sources(network, probability)[sources]
    small = ~certain & ((hops >= 0).sum(axis=1) <= assumptions.EXACT_CASCADE)
    chances = np.zeros(hops.shape)
    error = np.zeros((len(sources), int(hops.max(initial=0)) + 1))
    chances[certain] = hop_table(*live_arcs(network, probability == 1), sources[certain]) >= 0
    rows = np.flatnonzero(small)
    members, heard = exact_chances(network, probability, sources[rows, np.newaxis])
    row, column = np.nonzero(members >= 0)
    chances[rows[row], members[row, column]] = heard[row, column]
    drawn = np.flatnonzero(~certain & ~small)
    draws, batches = np.empty((2, len(sources)), np.int64)
    draws[:], batches[:] = telling.draws, telling.words
    if telling.stops_early(network):
        for place in drawn.tolist():
            found = far_chances(
                network,
                probability,
                int(sources[place]),
                hops[place],
                error=telling.error,
                seed=telling.seed,
                most=telling.words,
            )
            chances[place], error[place, : len(found.error)] = found.chances, found.error
            draws[place], batches[place] = found.draws, found.batches
    elif len(drawn):
        seeds = sources[drawn][:, np.newaxis]
        sampled = sampled_chances(network, probability, seeds, hops[drawn], telling)
        chances[drawn], error[drawn, : sampled[1].shape[1]] = sampled
    return Hearing(hops, chances, error, certain | small, draws, batches)


def certain_sources(network: Network, probability: Floats) -> npt.NDArray[np.bool_]:
    """Return from whom word only comes to arcs that are certain to pass it on or not to."""
    unsure = np.unique(network.sources[(probability > 0) & (probability < 1)])
    return ~reachable(network.reverse_indptr, network.reverse_indices, unsure.astype(np.int64))


def live_arcs(network: Network, live: npt.NDArray[np.bool_]) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Return some of the arcs as compressed sparse rows."""
    counts = np.bincount(network.sources[live], minlength=network.n)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), network.indices[live]


def exact_chances(
    network: Network, probability: Floats, seeds: Ints
) -> tuple[npt.NDArray[np.int32], Floats]:
    """Return who hears from sets of seeds, and with which chance, where that is exact.

    See `kernels.cascade.exact_chances`; a row costs up to 3 to the power of those within reach.
    """
    most = int(assumptions.EXACT_CASCADE)
    return kernels.exact_chances(network.indptr, network.indices, probability, seeds, most)


def sampled_chances(
    network: Network,
    probability: Floats,
    seeds: Ints,
    hops: npt.NDArray[np.int32],
    telling: Telling,
) -> tuple[Floats, Floats]:
    """Return the share of cascades in which each node hears, and standard errors.

    Each row of `seeds` starts together; the errors are those of the expected number who hear
    within each number of `hops`, −1 being left out.
    """
    chunk = max(1, _LIVE_BYTES // (8 * max(1, network.m)))
    counts = np.zeros(hops.shape, np.int64)
    totals = []
    for first in range(0, telling.words, chunk):
        words = min(chunk, telling.words - first)
        live = kernels.draw_live(probability, words, telling.seed, first)
        heard, total = kernels.count_hearers(network.indptr, network.indices, live, seeds, hops)
        counts += heard
        totals.append(total)
    # Words are independent batches of 64 cascades: their spread gives the standard error.
    batches = np.cumsum(np.concatenate(totals, axis=2), axis=1) / _WORD
    error = batches.std(axis=2, ddof=1) / np.sqrt(telling.words)
    return counts / telling.draws, error
