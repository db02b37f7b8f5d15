"""Key players: the set whose loss breaks the network most, or that is nearest to everyone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import comb
from typing import Literal

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.costs import STEP
from relgraph.analysis.keyplayers.fragment_search import FragmentSearch
from relgraph.analysis.keyplayers.fragmentation import fragmentation
from relgraph.analysis.keyplayers.group_reach import ReachSearch, group_reach
from relgraph.analysis.keyplayers.set_search import SetSearch
from relgraph.analysis.ranking.uncertainty import drawn_values
from relgraph.arguments import checked
from relgraph.errors import UsageError, check_range
from relgraph.network import Floats, Ints, Network
from relgraph.settings import USUAL, RankingSettings

__all__ = ["KeyPlayers", "chosen_shares", "fragmentation", "group_reach", "search_keyplayers"]

Goal = Literal["fragment", "reach"]
Criterion = Literal["distance", "pairs"]

# Steps of the draws that tell how often a set is chosen again, as a share of those of the search.
DRAWN = 0.2


@dataclass(frozen=True)
class KeyPlayers:
    """A set of key players.

    Parameters
    ----------
    members : ndarray of int64, shape (k,)
        Positions, the one that matters most first.
    exact : bool
        Whether all sets were searched, so that none is better.
    sets : int
        How many sets there are.
    equal : int
        How many of them are as good, this one counted; 0 when they were not all searched.
    bound : float, optional
        The fragmentation or reach that no set exceeds, where not all were searched; an estimate
        where distances are measured from a sample.
    sources : ndarray of int64, optional
        The nodes that distances are measured from; None for all.
    """

    members: Ints
    exact: bool
    sets: int
    equal: int
    bound: float | None = field(default=None, repr=False)
    sources: Ints | None = field(default=None, repr=False)


@checked
def search_keyplayers(
    network: Network,
    k: int,
    goal: Goal = "fragment",
    *,
    criterion: Criterion = "distance",
    settings: RankingSettings = USUAL,
) -> KeyPlayers:
    """Return the k nodes that matter most together; the firm is never one of them.

    All sets are searched while there are at most a million, else one is built greedily (in small
    networks from several starts) and improved by swaps until none helps. Where that would take
    more steps than `assumptions.SEARCH_STEPS`, some seconds, the set is built greedily with
    distances from a sample, as large as the steps allow. A bound tells how good any other set can
    be.

    Parameters
    ----------
    network : Network
        Along arcs; take `network.undirected()` for ties. An arc is 1/strength long.
    k : int
        Size of the set.
    goal : {"fragment", "reach"}
        Take out what breaks the network most (`fragmentation`), or be nearest to all
        (`group_reach`).
    criterion : {"distance", "pairs"}
        Which fragmentation to maximise; the other one decides between equals.
    settings : RankingSettings
        Its seed draws the sample; its progress reports the sets searched.

    Raises
    ------
    UsageError
        k is out of range or above the number of candidates.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> network = from_networkx(nx.krackhardt_kite_graph())
    >>> search_keyplayers(network, 2)
    KeyPlayers(members=array([5, 6]), exact=True, sets=45, equal=1)
    """
    candidates = np.flatnonzero(~network.is_firm)
    check_range(k, "k", *assumptions.LIMITS["keyplayers"])
    if k > len(candidates):
        raise UsageError("k.too_many", parameter="k", k=k, available=len(candidates))
    search, starts = _search(network, candidates, k, goal, criterion, settings.seed)
    sets = comb(len(candidates), k)
    sources = _sample_of(search)
    if sets <= assumptions.EXACT_SETS and sources is None:
        members, equal, untried = search.try_all(k, settings.progress)
    else:
        members = search.search(k, starts, settings.progress, swaps=sources is None)
        equal, untried = 0, search.least_cost(members)
    bound = None if untried is None else _value(network, search, k, untried)
    ordered = members
    if sources is None:
        ordered = np.array(search.grow(k, among=members), dtype=np.int64)
    return KeyPlayers(ordered, untried is None, sets, equal, bound, sources)


def _value(network: Network, search: SetSearch, k: int, cost: float) -> float:
    """Return the fragmentation or reach that a cost stands for."""
    sources = _sample_of(search)
    share = 1.0 if sources is None else network.n / len(sources)
    if isinstance(search, ReachSearch):
        return min(1.0, -cost * share / network.n)
    left = network.n - k
    return 1 - cost * share / (left * (left - 1)) if left > 1 else 1.0


def _sample_of(search: SetSearch) -> Ints | None:
    if isinstance(search, FragmentSearch):
        return search.sources if search.sampled else None
    return search.targets if isinstance(search, ReachSearch) else None


def chosen_shares(
    network: Network,
    found: KeyPlayers,
    goal: Goal = "fragment",
    *,
    criterion: Criterion = "distance",
    settings: RankingSettings = USUAL,
) -> Floats:
    """Return how often each of a set is chosen again in networks that might be the true one.

    Parameters
    ----------
    network : Network
        As observed; the draws are those of `uncertainty.perturbed`.
    found : KeyPlayers
        The set that was found in it.
    goal, criterion
        As it was searched for; draws are searched greedily.
    settings : RankingSettings
        Its seed draws, its progress reports each draw.

    Returns
    -------
    ndarray of float64, shape (k,)
        Shares of the draws, in the order of `found.members`.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> network = from_networkx(nx.star_graph(20))
    >>> chosen_shares(network, search_keyplayers(network, 1)).tolist()
    [1.0]
    """
    candidates, k = np.flatnonzero(~network.is_firm), len(found.members)

    def chosen(drawn: Network) -> npt.NDArray[np.bool_]:
        search, _ = _search(drawn, candidates, k, goal, criterion, settings.seed, share=DRAWN)
        return np.isin(np.arange(drawn.n), search.grow(k))

    drawn = drawn_values(network, chosen, settings)
    return np.asarray(drawn[:, found.members].mean(axis=0), dtype=np.float64)


def _search(
    network: Network,
    candidates: Ints,
    k: int,
    goal: Goal,
    criterion: Criterion,
    seed: int,
    *,
    share: float = 1.0,
) -> tuple[SetSearch, int]:
    """Return a search that takes a share of the steps allowed, and from how many starts."""
    steps = share * assumptions.SEARCH_STEPS / (network.n + network.m)
    full = int(steps / _FULL[goal](k)) // max(1, network.n)
    sources = None if full else _sample(network, int(steps / _SAMPLED[goal](k)), seed)
    starts = min(int(assumptions.SEARCH_STARTS), max(1, full))
    if goal == "reach":
        return ReachSearch(network, candidates, sources), starts
    by_pairs = criterion == "pairs"
    return FragmentSearch(network, candidates, k, by_pairs=by_pairs, sources=sources), starts


def search_seconds(network: Network, k: int, goal: Goal) -> float:
    """Return about how much processor time a search takes."""
    steps = max(_SAMPLED[goal](k) * assumptions.SAMPLED_SOURCES, 1) * (network.n + network.m)
    whole = min(_FULL[goal](k) * network.n * (network.n + network.m), assumptions.SEARCH_STEPS)
    return STEP * max(steps, whole) if network.n else 0.0


# How many times a search measures the distances from each of its sources: of all, and of a sample.
_FULL: dict[Goal, Callable[[int], int]] = {
    "fragment": lambda k: 2 + 10 * k,
    "reach": lambda k: 4 + 4 * k,
}
_SAMPLED: dict[Goal, Callable[[int], int]] = {
    "fragment": lambda k: 7 + 5 * k,
    "reach": lambda k: 4 + k,
}


def _sample(network: Network, affordable: int, seed: int) -> Ints | None:
    """Return nodes drawn at random, sorted: as many as can be afforded; None for all."""
    count = max(affordable, int(assumptions.SAMPLED_SOURCES))
    if count >= network.n:
        return None
    return np.sort(np.random.default_rng(seed).choice(network.n, count, replace=False))
