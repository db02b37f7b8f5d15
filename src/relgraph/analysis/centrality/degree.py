"""Measures of a node's own ties: degrees and weighted degree."""

from __future__ import annotations

import numpy as np

from relgraph.analysis.centrality.registry import measure
from relgraph.network import Floats, Ints, Network


@measure(
    "degree",
    definition="distinct neighbours, however they are tied",
    direction="both",
    strength="ignored",
    range="0 … n − 1",
    source="Freeman 1978, doi 10.1016/0378-8733(78)90021-7",
    quick=True,
    main=True,
)
def degree(network: Network) -> Ints:
    """Return the number of distinct neighbours of each node.

    A neighbour counts once however it is tied: a → b, b → a and a tie of another type between
    the same two are one neighbour. Not normalised.

    Parameters
    ----------
    network : Network
        Direction and strength are ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        In 0 … n − 1; an isolate has 0, an empty network gives an empty array. Components do
        not matter.

    References
    ----------
    Freeman 1978, "Centrality in social networks: conceptual clarification",
    doi 10.1016/0378-8733(78)90021-7.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> degree(from_networkx(nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))).tolist()
    [1, 2, 1]
    """
    return np.diff(network.undirected().indptr)


@measure(
    "in_degree",
    definition="who points at them",
    direction="inward",
    strength="ignored",
    range="0 … n − 1",
    source="Wasserman and Faust 1994, doi 10.1017/CBO9780511815478",
    quick=True,
)
def in_degree(network: Network) -> Ints:
    """Return the number of nodes that point at each node.

    Parameters
    ----------
    network : Network
        Along arcs; a both-ways tie points both ways. Strength is ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        In 0 … n − 1, not normalised; an isolate has 0, an empty network gives an empty array.
        Components do not matter.

    References
    ----------
    Wasserman and Faust 1994, "Social Network Analysis", section 4.3,
    doi 10.1017/CBO9780511815478.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> in_degree(from_networkx(nx.DiGraph([("a", "b"), ("c", "b")]))).tolist()
    [0, 2, 0]
    """
    return np.diff(network.reverse_indptr)


@measure(
    "out_degree",
    definition="whom they point at",
    direction="outward",
    strength="ignored",
    range="0 … n − 1",
    source="Wasserman and Faust 1994, doi 10.1017/CBO9780511815478",
    quick=True,
)
def out_degree(network: Network) -> Ints:
    """Return the number of nodes that each node points at.

    Parameters
    ----------
    network : Network
        Along arcs; a both-ways tie points both ways. Strength is ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        In 0 … n − 1, not normalised; an isolate has 0, an empty network gives an empty array.
        Components do not matter.

    References
    ----------
    Wasserman and Faust 1994, "Social Network Analysis", section 4.3,
    doi 10.1017/CBO9780511815478.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> out_degree(from_networkx(nx.DiGraph([("a", "b"), ("c", "b")]))).tolist()
    [1, 0, 1]
    """
    return np.diff(network.indptr)


@measure(
    "weighted_degree",
    definition="sum of the strengths of their ties; a both-ways tie counts once, "
    "a → b and b → a twice",
    direction="both",
    strength="strength",
    range="0 … 2(n − 1)",
    source="Barrat et al. 2004, doi 10.1073/pnas.0400087101",
    quick=True,
    main=True,
)
def weighted_degree(network: Network) -> Floats:
    """Return the sum of the strengths of each node's ties.

    A both-ways tie counts once; a → b and b → a of directed types are two ties and count
    twice. In an undirected network it is the sum over neighbours.

    Parameters
    ----------
    network : Network
        Both directions; each tie counts by its strength.

    Returns
    -------
    ndarray of float64, shape (n,)
        From 0 to 2(n − 1), not normalised; an isolate has 0, an empty network gives an empty
        array. Components do not matter.

    References
    ----------
    Barrat, Barthélemy, Pastor-Satorras and Vespignani 2004, "The architecture of complex
    weighted networks", doi 10.1073/pnas.0400087101.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> graph = nx.DiGraph([("a", "b", {"strength": 0.5}), ("b", "a", {"strength": 0.25})])
    >>> weighted_degree(from_networkx(graph)).tolist()
    [0.75, 0.75]
    >>> weighted_degree(from_networkx(graph).undirected()).tolist()
    [0.5, 0.5]
    """
    outward = np.bincount(
        network.sources, network.strength - network.both_ways, minlength=network.n
    )
    inward = np.bincount(network.indices, network.strength, minlength=network.n)
    return np.asarray(outward + inward, dtype=np.float64)
