"""Key players: the set whose loss breaks the network most, or that is nearest to everyone."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Literal

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.keyplayers.fragmentation import FragmentSearch, fragmentation
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

# Starts of a greedy search: up to 8, and fewer where each takes long.


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
    """

    members: Ints
    exact: bool
    sets: int
    equal: int


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
    networks from several starts) and improved by swaps until none helps. A network of more than
    10,000 nodes is always searched greedily, for `fragment` with distances from a sample of
    1,000.

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
    sets = comb(len(candidates), k)
    exact = sets <= assumptions.EXACT_SETS and network.n <= assumptions.SAMPLED_ABOVE
    search = _search(network, candidates, goal, criterion, settings.seed)
    if exact:
        members, equal = search.try_all(k, settings.progress)
    else:
        starts = max(1, int(min(assumptions.SEARCH_STARTS, assumptions.SEARCH_SIZE // network.n)))
        members, equal = search.search(k, starts, settings.progress), 0
    ordered = np.array(search.grow(k, among=members), dtype=np.int64)
    return KeyPlayers(ordered, exact, sets, equal)


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
    candidates = np.flatnonzero(~network.is_firm)

    def chosen(drawn: Network) -> npt.NDArray[np.bool_]:
        search = _search(drawn, candidates, goal, criterion, settings.seed)
        return np.isin(np.arange(drawn.n), search.grow(len(found.members)))

    drawn = drawn_values(network, chosen, settings)
    return np.asarray(drawn[:, found.members].mean(axis=0), dtype=np.float64)


def _search(
    network: Network, candidates: Ints, goal: Goal, criterion: Criterion, seed: int
) -> SetSearch:
    if goal == "reach":
        return ReachSearch(network, candidates)
    sources = np.arange(network.n)
    if network.n > assumptions.SAMPLED_ABOVE:
        sources = np.sort(
            np.random.default_rng(seed).choice(
                sources, int(assumptions.SAMPLED_SOURCES), replace=False
            )
        )
    return FragmentSearch(network, candidates, by_pairs=criterion == "pairs", sources=sources)
