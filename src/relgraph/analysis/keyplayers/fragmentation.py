"""Fragmentation: how far a network falls apart without some nodes, and which matter most."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from relgraph.analysis.keyplayers.set_search import SAME, SetSearch
from relgraph.analysis.structure.cohesion import weak_components
from relgraph.network import Floats, Ints, Network
from relgraph.progress import Progress

if TYPE_CHECKING:
    from relgraph.kernels.removal import Both

# Branches tried at a time, between two looks at what they have found.
CHUNK = 64


def fragmentation(network: Network, removed: Sequence[int] = ()) -> tuple[float, float]:
    """Return how fragmented a network is without some nodes: by distance, and by pairs (F).

    By distance 1 − Σ(1/d)/(n(n − 1)) over ordered pairs, F = 1 − (connected pairs)/(n(n − 1)),
    where n counts the nodes that are left.

    Parameters
    ----------
    network : Network
        Along arcs; take `network.undirected()` for ties. An arc is 1/strength long.
    removed : sequence of int
        Positions of the nodes to leave out.

    Returns
    -------
    tuple of float
        Both in [0, 1]: 0 where everyone is tied to everyone at strength 1, 1 where nobody is
        tied, or fewer than two are left. Pairs that are not connected count 1/d = 0.

    References
    ----------
    Borgatti 2006, "Identifying sets of key players in a social network",
    doi 10.1007/s10588-006-7084-x.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> network = from_networkx(nx.path_graph(3))
    >>> fragmentation(network), fragmentation(network, [1])
    ((0.16666666666666663, 0.0), (1.0, 1.0))
    """
    from relgraph.kernels.paths import distance_sums

    stays = np.ones(network.n, dtype=bool)
    stays[list(removed)] = False
    kept = stays[network.sources] & stays[network.indices]
    indptr = np.append(0, np.cumsum(np.bincount(network.sources[kept], minlength=network.n)))
    reached, _, inverse = distance_sums(indptr, network.indices[kept], network.distance[kept])
    return _fragmented(int(stays.sum()), float(inverse.sum()), float(reached.sum()))


def disconnected_pairs(network: Network) -> float:
    """Return the share of pairs that no path connects, F, of a network whose ties run both ways.

    Parameters
    ----------
    network : Network
        Undirected.

    Returns
    -------
    float
        In [0, 1], the F of `fragmentation`: pairs in the same component are connected, which is
        known in O(m). It is 1 for fewer than two nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> round(disconnected_pairs(from_networkx(nx.Graph(["ab", "bc", "de"]))), 4)
    0.6
    """
    sizes = np.bincount(weak_components(network))
    return _fragmented(network.n, 0.0, float((sizes * (sizes - 1)).sum()))[1]


class FragmentSearch(SetSearch):
    """The search for the nodes whose removal leaves least, by distance or by pairs.

    Parameters
    ----------
    network : Network
        Along arcs.
    candidates : ndarray of int64
        Positions of the nodes that may be taken out, sorted.
    by_pairs : bool
        Minimise connected pairs (F) and Σ 1/d among equals, instead of the other way round.
    sources : ndarray of int64
        Where distances are measured from; all nodes, or a sample.
    """

    def __init__(
        self, network: Network, candidates: Ints, *, by_pairs: bool, sources: Ints
    ) -> None:
        super().__init__(candidates)
        self.network = network
        self.by_pairs = by_pairs
        self.sources = sources

    def costs(self, members: Sequence[int], candidates: Ints) -> tuple[Floats, Floats]:
        """Return what is left without a set and each of the candidates."""
        nearness, pairs, lost_nearness, lost_pairs = _left(self.network, self.sources, members)
        near = nearness - lost_nearness[candidates]
        reach = pairs - lost_pairs[candidates]
        return (reach, near) if self.by_pairs else (near, reach)

    def try_all(self, k: int, progress: Progress) -> tuple[Ints, int]:
        """Return the best of all sets of k, and how many are as good."""
        branches = _Branches(self, k, progress)
        progress.start("progress.trying_sets", total=comb(len(self.candidates), k))
        branches.visit([], self.candidates)
        progress.finish()
        return branches.best()


class _Branches:
    """All sets of k, as branches that begin with the same members.

    A branch is left out where even the bounds of `loss_bounds` don't make a set in it as good as
    the best one found, so every set that could be, or could be as good, is tried.
    """

    def __init__(self, search: FragmentSearch, k: int, progress: Progress) -> None:
        self.search = search
        self.k = k
        self.progress = progress
        self.arcs = _both(search.network)
        self.least = search.swap(search.grow(k))[1]
        self.found: list[tuple[Ints, Floats, Ints]] = []

    def visit(self, members: list[int], allowed: Ints) -> None:
        """Try the sets that begin with these members and go on with some of those allowed."""
        further = self.k - len(members)
        if further == 1:
            self._try([members], allowed, [0])
            return
        order, least_left = self._bounded(members, allowed, further)
        step = CHUNK if further == 2 else 1
        for place in range(0, len(least_left), step):
            good = int(np.sum(least_left[place : place + step] <= _up_to(self.least)))
            branches = [[*members, int(order[next_])] for next_ in range(place, place + good)]
            if further == 2:
                self._try(branches, order, range(place + 1, place + 1 + good))
            elif good:
                self.visit(branches[0], order[place + 1 :])
            if good < step:
                self.progress.advance(comb(len(order) - place - good, further))
                return

    def _bounded(self, members: list[int], allowed: Ints, further: int) -> tuple[Ints, Floats]:
        """Return the candidates in order of their bounds, and the least left from each on."""
        from relgraph.kernels.removal_bounds import loss_bounds

        gone, removable = np.zeros((2, self.search.network.n), dtype=bool)
        gone[members] = True
        removable[self.search.candidates] = True
        by_pairs = self.search.by_pairs
        left, bounds = loss_bounds(self.arcs, gone, removable, further, by_pairs=by_pairs)
        order = allowed[np.argsort(-bounds[allowed], kind="stable")]
        sums = np.concatenate(([0.0], np.cumsum(bounds[order])))
        return order, left - (sums[further:] - sums[:-further])

    def _try(self, members: list[list[int]], order: Ints, first_of: Sequence[int]) -> None:
        """Find the best last member for each set, among the candidates from a position on."""
        from relgraph.kernels.removal import best_removals

        sets = np.array(members, dtype=np.int64).reshape(len(members), self.k - 1)
        firsts = np.array(first_of, dtype=np.int64)
        last, left, equal = best_removals(
            self.arcs, sets, order, firsts, self.search.sources, by_pairs=self.search.by_pairs
        )
        self.found.append((np.column_stack((sets, last)), left, equal))
        self.least = min(self.least, float(left[:, 0].min(initial=np.inf)))
        self.progress.advance(int((len(order) - firsts).sum()))

    def best(self) -> tuple[Ints, int]:
        """Return the best set, of equal ones the first, and how many are as good."""
        sets, left, equal = (np.concatenate(part) for part in zip(*self.found, strict=True))
        good = left[:, 0] <= _up_to(left[:, 0].min())
        even = good & (left[:, 1] <= _up_to(left[good, 1].min()))
        return np.array(min(np.sort(sets[even]).tolist())), int(equal[good].sum())


def _up_to(value: float) -> float:
    """Return the most that counts as equal to a value."""
    return float(value + SAME * (1 + abs(value)))


def _left(
    network: Network, sources: Ints, removed: Sequence[int]
) -> tuple[float, float, Floats, Floats]:
    """Return Σ 1/d and connected pairs without some nodes, and each other node's part in them."""
    from relgraph.kernels import removal

    gone = np.zeros(network.n, dtype=bool)
    gone[list(removed)] = True
    return removal.removal_losses(_both(network), gone, sources)


def _both(network: Network) -> Both:
    """Return the arcs and their reverse, each as indptr, indices and lengths."""
    forward = network.indptr, network.indices, network.distance
    order = network.reverse_order
    return forward, (network.reverse_indptr, network.reverse_indices, network.distance[order])


def _fragmented(n: int, nearness: float, pairs: float) -> tuple[float, float]:
    possible = n * (n - 1)
    return (1 - nearness / possible, 1 - pairs / possible) if possible > 0 else (1.0, 1.0)
