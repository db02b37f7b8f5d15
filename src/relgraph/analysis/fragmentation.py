"""Fragmentation: how far a network falls apart without some nodes, and without which most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, islice
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from relgraph.analysis.set_search import SAME, SetSearch
from relgraph.network import Floats, Ints, Network
from relgraph.progress import Progress

if TYPE_CHECKING:
    from relgraph.kernels.removal import Both

# Sets tried at a time, between two reports of progress.
CHUNK = 256


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
    everyone = np.arange(network.n)
    nearness, pairs = _left(network, everyone, removed)[:2]
    return _fragmented(network.n - len(set(removed)), nearness, pairs)


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
        from relgraph.kernels import removal

        count = len(self.candidates)
        firsts = combinations(range(count), k - 1)
        found: list[tuple[Ints, Ints, Floats, Ints]] = []
        progress.start("trying sets", total=comb(count, k - 1))
        while rows := list(islice(firsts, CHUNK)):
            places = np.array(rows, dtype=np.int64).reshape(len(rows), k - 1)
            # A set is tried once: by its first members, the last one after them.
            start = places[:, -1] + 1 if k > 1 else np.zeros(len(rows), dtype=np.int64)
            members = self.candidates[places]
            best = removal.best_removals(
                _both(self.network),
                members,
                self.candidates,
                start,
                self.sources,
                by_pairs=self.by_pairs,
            )
            found.append((members, *best))
            progress.advance(len(rows))
        progress.finish()
        sets, last, left, ties = (np.concatenate(part) for part in zip(*found, strict=True))
        least = left[:, 0].min()
        good = np.flatnonzero(left[:, 0] <= least + SAME * (1 + abs(least)))
        row = good[np.argmin(left[good, 1])]
        return np.append(sets[row], last[row]), int(ties[good].sum())


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
