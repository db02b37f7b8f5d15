"""Fragmentation: how far a network falls apart without some nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from statistics import NormalDist

import numpy as np

from relgraph import assumptions
from relgraph.analysis.structure.cohesion import weak_components
from relgraph.network import Floats, Ints, Network

Z = NormalDist().inv_cdf((1 + assumptions.CONFIDENCE) / 2)


def fragmentation(
    network: Network, removed: Sequence[int] = (), sources: Ints | None = None
) -> tuple[float, float]:
    """Return how fragmented a network is without some nodes: by distance, and by pairs (F).

    By distance 1 − Σ(1/d)/(n(n − 1)) over ordered pairs, F = 1 − (connected pairs)/(n(n − 1)),
    where n counts the nodes that are left.

    Parameters
    ----------
    network : Network
        Along arcs; take `network.undirected()` for ties. An arc is 1/strength long.
    removed : sequence of int
        Positions of the nodes to leave out.
    sources : ndarray of int64, optional
        A sample of nodes to measure distances from, for an estimate; all for None. F of an
        undirected network is exact in any case.

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
    nearness, reached, left = _rows(network, removed, sources)
    if left < 2 or not len(nearness):
        return 1.0, 1.0
    share = left / len(nearness)  # of the rows that were measured
    possible = left * (left - 1)
    apart = 1 - float(nearness.sum()) * share / possible
    if sources is None or network.directed:
        return apart, 1 - float(reached.sum()) * share / possible
    return apart, disconnected_pairs(_without(network, removed), left)


def sampling_error(network: Network, removed: Sequence[int], sources: Ints) -> float:
    """Return half the width of the 95 % interval of an estimated fragmentation by distance."""
    nearness, _, left = _rows(network, removed, sources)
    if left < 2 or len(nearness) < 2:
        return 1.0
    spread = float(nearness.std(ddof=1)) / (left - 1)
    return Z * spread * sqrt((1 - len(nearness) / left) / len(nearness))


def _rows(
    network: Network, removed: Sequence[int], sources: Ints | None
) -> tuple[Floats, Floats, int]:
    """Return Σ 1/d and how many are reached from each source that is left; and how many are."""
    from relgraph.kernels.paths import distance_sums

    stays = np.ones(network.n, dtype=bool)
    stays[list(removed)] = False
    asked = np.flatnonzero(stays) if sources is None else sources[stays[sources]]
    rest = _without(network, removed)
    reached, _, inverse = distance_sums(rest.indptr, rest.indices, rest.distance, asked)
    return inverse[asked], reached[asked], int(stays.sum())


def _without(network: Network, removed: Sequence[int]) -> Network:
    """Return a network in which some nodes have no ties."""
    if not len(removed):
        return network
    stays = np.ones(network.n, dtype=bool)
    stays[list(removed)] = False
    kept = stays[network.sources] & stays[network.indices]
    counts = np.bincount(network.sources[kept], minlength=network.n)
    return replace(
        network,
        indptr=np.append(0, np.cumsum(counts)),
        indices=network.indices[kept],
        strength=network.strength[kept],
        sign=network.sign[kept],
        both_ways=network.both_ways[kept],
    )


def disconnected_pairs(network: Network, n: int | None = None) -> float:
    """Return the share of pairs that no path connects, F, of a network whose ties run both ways.

    Parameters
    ----------
    network : Network
        Undirected.
    n : int, optional
        How many nodes count; others have no ties.

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
    n = network.n if n is None else n
    sizes = np.bincount(weak_components(network))
    return 1 - float((sizes * (sizes - 1)).sum()) / (n * (n - 1)) if n > 1 else 1.0
