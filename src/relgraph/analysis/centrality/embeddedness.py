"""Measures of how closely knit a node's surroundings are: clustering and the k-core number."""

from __future__ import annotations

import numpy as np

from relgraph.analysis.centrality.registry import measure
from relgraph.analysis.structure.cohesion import neighbours, triangles
from relgraph.kernels import plain
from relgraph.network import Floats, Ints, Network


@measure(
    "clustering",
    definition="share of pairs of their neighbours that are tied; empty for fewer than two",
    direction="both",
    strength="ignored",
    range="0 … 1",
    source="Watts and Strogatz 1998, doi 10.1038/30918",
    quick=True,
)
def clustering(network: Network) -> Floats:
    """Return local clustering: the share of pairs of a node's neighbours that are tied.

    High where all know one another, low where a node stands between circles that have nobody
    else in common.

    Parameters
    ----------
    network : Network
        The undirected projection is used; strength is ignored.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; NaN with fewer than two neighbours. An empty network gives an empty array.
        Components do not matter.

    References
    ----------
    Watts and Strogatz 1998, "Collective dynamics of 'small-world' networks",
    doi 10.1038/30918.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> clustering(from_networkx(nx.Graph(["ab", "bc", "ca", "cd"]))).round(4).tolist()
    [1.0, 1.0, 0.3333, nan]
    """
    undirected = network.undirected()
    others = np.diff(undirected.indptr)
    pairs = others * (others - 1)
    closed = np.full(network.n, np.nan)
    np.divide(2 * triangles(undirected), pairs, out=closed, where=pairs > 0)
    return closed


@measure(
    "core",
    definition="the largest k whose k-core holds them",
    direction="both",
    strength="ignored",
    range="0 … degree",
    source="Seidman 1983, doi 10.1016/0378-8733(83)90028-X",
    quick=True,
    main=True,
)
def core_number(network: Network) -> Ints:
    """Return the k-core number: the largest k whose k-core holds the node.

    The k-core is what is left when nodes with fewer than k neighbours are removed until there
    are none.

    Parameters
    ----------
    network : Network
        The undirected projection is used; strength is ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        In 0 … degree; an isolate has 0, an empty network gives an empty array. In a
        disconnected network each component has its own cores.

    References
    ----------
    Seidman 1983, "Network structure and minimum degree", doi 10.1016/0378-8733(83)90028-X;
    computed as Batagelj and Zaveršnik 2003, arXiv:cs/0310049.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> core_number(from_networkx(nx.Graph(["ab", "bc", "ca", "cd"]))).tolist()
    [2, 2, 2, 1]
    """
    if network.m <= plain.FEW_ARCS:
        return plain.core_numbers(*neighbours(network))
    from relgraph.kernels import cores

    return cores.core_numbers(*neighbours(network))
