"""Measures over shortest paths: closeness, harmonic centrality, betweenness and eccentricity.

An arc is as long as its distance, 1/strength, so that strong ties are short; eccentricity counts
hops. Lengths are float64; `relgraph.kernels.shortest` says when two paths are equally long.
"""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.analysis.centrality import pivots, sampled_betweenness
from relgraph.analysis.centrality.registry import measure
from relgraph.network import Floats, Ints, Network


@measure(
    "closeness",
    definition="r/(n − 1) · r/Σd over the r that they reach",
    direction="outward",
    strength="distance",
    range="0 … 1",
    source="Wasserman and Faust 1994, eq. 5.22, doi 10.1017/CBO9780511815478",
    nanoseconds=18,
    sampled=pivots.sampled_closeness,
    sampled_seconds=pivots.seconds,
)
def closeness_centrality(network: Network) -> Floats:
    """Return closeness by Wasserman and Faust: how near each node is to those it reaches.

    C(v) = r/(n − 1) · r/Σd(v, w), where r is the number of nodes that v reaches and the sum
    runs over them. The first factor lowers nodes that reach few.

    Parameters
    ----------
    network : Network
        Outward: distances from the node along arcs. An arc is 1/strength long.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; 1 for a node with a tie of strength 1 to each other. A node that reaches
        nobody has 0, an empty network gives an empty array. In a disconnected network only
        those reached count.

    References
    ----------
    Wasserman and Faust 1994, "Social Network Analysis", equation 5.22,
    doi 10.1017/CBO9780511815478; distances as Opsahl, Agneessens and Skvoretz 2010,
    doi 10.1016/j.socnet.2010.03.006.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> closeness_centrality(from_networkx(nx.DiGraph(["ab", "bc"]))).round(4).tolist()
    [0.6667, 0.5, 0.0]
    """
    reached, total, _ = _distances(network)
    others = max(network.n - 1, 1)
    return np.divide(reached**2, others * total, out=np.zeros(network.n), where=total > 0)


@measure(
    "harmonic",
    definition="Σ 1/d/(n − 1)",
    direction="outward",
    strength="distance",
    range="0 … 1",
    source="Marchiori and Latora 2000, doi 10.1016/S0378-4371(00)00311-3",
    main=True,
    nanoseconds=18,
    sampled=pivots.sampled_harmonic,
    sampled_seconds=pivots.seconds,
)
def harmonic_centrality(network: Network) -> Floats:
    """Return harmonic centrality: the mean of 1/d from each node to all others.

    A node that isn't reached counts 0, so the measure suits networks that are not connected.

    Parameters
    ----------
    network : Network
        Outward: distances from the node along arcs. An arc is 1/strength long.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1], divided by n − 1. An isolate has 0, a single node too, an empty network gives
        an empty array. Disconnected networks need no correction.

    References
    ----------
    Marchiori and Latora 2000, "Harmony in the small-world",
    doi 10.1016/S0378-4371(00)00311-3; Boldi and Vigna 2014, "Axioms for centrality",
    doi 10.1080/15427951.2013.865686.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> harmonic_centrality(from_networkx(nx.DiGraph(["ab", "bc"]))).tolist()
    [0.75, 0.5, 0.0]
    """
    _, _, inverse = _distances(network)
    return inverse / max(network.n - 1, 1)


@measure(
    "betweenness",
    definition="Σ σ(s, t through v)/σ(s, t), divided by (n − 1)(n − 2)",
    direction="along arcs",
    strength="distance",
    range="0 … 1",
    source="Freeman 1977, doi 10.2307/3033543; Brandes 2001, doi 10.1080/0022250X.2001.9990249",
    main=True,
    nanoseconds=28,
    sampled=sampled_betweenness.sampled_betweenness,
    sampled_seconds=sampled_betweenness.seconds,
)
def betweenness_centrality(network: Network) -> Floats:
    """Return betweenness: the share of shortest paths that run through each node.

    B(v) = Σ σ(s, t | v)/σ(s, t) over ordered pairs s ≠ v ≠ t, divided by (n − 1)(n − 2), where
    σ counts shortest paths; it is what networkx gives by default.

    Parameters
    ----------
    network : Network
        Along arcs. An arc is 1/strength long; two path lengths are equal when they differ by at
        most 1e-9 of the longer, and by less than a thousandth of a tie of strength 1.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1]; times (n − 1)(n − 2) for the raw figure of a directed network, half of that
        for an undirected one. An isolate has 0, so has every node of a network of one or two;
        an empty network gives an empty array. Pairs without a path add nothing.

    References
    ----------
    Freeman 1977, "A set of measures of centrality based on betweenness", doi 10.2307/3033543;
    computed as Brandes 2001, doi 10.1080/0022250X.2001.9990249.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> betweenness_centrality(from_networkx(nx.Graph(["ab", "bc"]))).tolist()
    [0.0, 1.0, 0.0]
    """
    from relgraph.kernels import paths

    raw = paths.betweenness(
        network.indptr, network.indices, network.distance, assumptions.SAME_LENGTH
    )
    return raw / max((network.n - 1) * (network.n - 2), 1)


@measure(
    "eccentricity",
    definition="hops to the farthest that they reach",
    direction="outward",
    strength="ignored",
    range="0 … n − 1",
    source="Hage and Harary 1995, doi 10.1016/0378-8733(94)00248-9",
    nanoseconds=2.5,
)
def eccentricity(network: Network) -> Ints:
    """Return eccentricity: the hops from each node to the farthest that it reaches.

    The smallest value marks the centre of a network. Compare only nodes that reach equally many:
    a node that reaches few is near to all of them.

    Parameters
    ----------
    network : Network
        Outward: hops from the node along arcs. Strength is ignored: by distance, one
        weak tie would decide.

    Returns
    -------
    ndarray of int64, shape (n,)
        In 0 … n − 1. Unreached nodes don't count: a node that reaches nobody has 0, and each
        component has its own farthest. An empty network gives an empty array.

    References
    ----------
    Hage and Harary 1995, "Eccentricity and centrality in networks",
    doi 10.1016/0378-8733(94)00248-9; searched as Then et al. 2014, doi 10.14778/2735496.2735507.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> eccentricity(from_networkx(nx.DiGraph(["ab", "bc"]))).tolist()
    [2, 1, 0]
    """
    from relgraph.kernels import hops

    _, farthest = hops.reach_counts(network.indptr, network.indices)
    return farthest.astype(np.int64)


def _distances(network: Network) -> tuple[Floats, Floats, Floats]:
    """Return how many nodes each one reaches, and the sums of d and of 1/d over them."""
    from relgraph.kernels import paths

    return paths.distance_sums(network.indptr, network.indices, network.distance)
