"""Measures of prestige, which arcs pass on: eigenvector, Katz and PageRank."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.analysis.centrality import spectrum
from relgraph.analysis.centrality.registry import measure
from relgraph.errors import MeasureError
from relgraph.network import Floats, Network

TOLERANCE = assumptions.TOLERANCE
MAX_SWEEPS = int(assumptions.SWEEPS)


@measure(
    "eigenvector",
    definition="x with λ₁x = Aᵀx, Euclidean norm 1",
    direction="inward",
    strength="strength",
    range="0 … 1",
    source="Bonacich 1972, doi 10.1080/0022250X.1972.9989806",
    projection=spectrum.cyclic_projection,
)
def eigenvector_centrality(network: Network) -> Floats:
    """Return eigenvector centrality: a node counts as much as those that point at it.

    The x with λ₁·x = Aᵀx, where A holds the strengths and λ₁ is its largest eigenvalue.

    Parameters
    ----------
    network : Network
        Inward, by strength. On a network without cycles (λ₁ = 0) the undirected projection is
        used; see `spectrum.cyclic_projection`.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [0, 1], Euclidean norm 1. An isolate has 0, and so has every node outside the
        component with the largest eigenvalue that can't be reached from it. A network without
        ties gives zeros, an empty one an empty array.

    Raises
    ------
    MeasureError
        Several (strong) components have the same λ₁, so that the answer would be arbitrary, or
        it did not converge.

    References
    ----------
    Bonacich 1972, "Factoring and weighting approaches to status scores and clique
    identification", doi 10.1080/0022250X.1972.9989806.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> eigenvector_centrality(from_networkx(nx.Graph(["ab", "bc"]))).round(4).tolist()
    [0.5, 0.7071, 0.5]
    """
    network = spectrum.cyclic_projection(network)
    values = np.zeros(network.n)
    leading, rate = spectrum.leading_components(network)
    if len(leading) > 1:
        sizes = spectrum.size_list(len(members) for members in leading)
        raise MeasureError("measure.several_answers", measure="eigenvector", sizes=sizes, rate=rate)
    if leading:
        # Only nodes that the leading component reaches get a share of it.
        inside = spectrum.reached_from(network, leading[0])
        values[inside] = spectrum.principal_pair(network, inside)[1]
    return values


@measure(
    "katz",
    definition="x = 1 + (0.9/λ₁)·Aᵀx, Euclidean norm 1",
    direction="inward",
    strength="strength",
    range="above 0",
    source="Katz 1953, doi 10.1007/BF02289026",
    projection=spectrum.cyclic_projection,
)
def katz_centrality(network: Network) -> Floats:
    """Return Katz centrality: walks that end at each node, long ones counting less.

    x = 1 + α·Aᵀx with α = 0.9/λ₁, where λ₁ is the largest eigenvalue of the strengths A; a walk
    of length k counts α to the k times the product of its strengths.

    Parameters
    ----------
    network : Network
        Inward, by strength. On a network without cycles (λ₁ = 0) the undirected projection is
        used; see `spectrum.cyclic_projection`.

    Returns
    -------
    ndarray of float64, shape (n,)
        Above 0, Euclidean norm 1. An isolate has the starting value; in a network
        without ties all have 1/√n; an empty network gives an empty array. Components are
        comparable.

    Raises
    ------
    MeasureError
        It did not converge.

    References
    ----------
    Katz 1953, "A new status index derived from sociometric analysis", doi 10.1007/BF02289026.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> katz_centrality(from_networkx(nx.Graph(["ab", "bc"]))).round(4).tolist()
    [0.5045, 0.7007, 0.5045]
    """
    from relgraph.kernels import propagation

    network = spectrum.cyclic_projection(network)
    if network.n == 0:
        return np.zeros(0)
    _, rate = spectrum.leading_components(network)
    attenuation = assumptions.KATZ_ATTENUATION / rate if rate else 0.0
    values = propagation.katz(
        network.reverse_indptr,
        network.reverse_indices,
        _reverse_strength(network, equal=1.0),
        attenuation,
        TOLERANCE,
        MAX_SWEEPS,
    )
    if values is None:
        raise _no_convergence("katz", network)
    return values / np.linalg.norm(values)


@measure(
    "pagerank",
    definition="damping 0.85, nodes without arcs spread evenly, sums to 1",
    direction="inward",
    strength="strength",
    range="0 … 1",
    source="Brin and Page 1998, doi 10.1016/S0169-7552(98)00110-X",
    quick=True,
    main=True,
)
def pagerank(
    network: Network, damping: float = assumptions.DAMPING, tolerance: float = TOLERANCE
) -> Floats:
    """Return PageRank: how often a walker who follows arcs by strength is at each node.

    With chance `damping` the walker follows an arc of the node, chosen in proportion to its
    strength, else starts anew anywhere, as from a node without outgoing arcs.

    Parameters
    ----------
    network : Network
        Inward: arcs that point at a node raise its rank, in proportion to their strength.
    damping : float
        Chance of following an arc, in [0, 1).
    tolerance : float
        Sum of absolute changes at which the iteration stops.

    Returns
    -------
    ndarray of float64, shape (n,)
        In (0, 1), summing to 1. An isolate has as much as a node that nobody points at; an
        empty network gives an empty array; components share the total.

    Raises
    ------
    MeasureError
        It did not converge.

    References
    ----------
    Brin and Page 1998, "The anatomy of a large-scale hypertextual Web search engine",
    doi 10.1016/S0169-7552(98)00110-X.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> pagerank(from_networkx(nx.DiGraph(["ab", "cb"]))).round(4).tolist()
    [0.2128, 0.5745, 0.2128]
    """
    from relgraph.kernels import propagation

    if network.n == 0:
        return np.zeros(0)
    strength = _reverse_strength(network)
    if len(strength):
        out_strength = np.bincount(network.sources, network.strength, minlength=network.n)
    else:
        out_strength = np.diff(network.indptr)
    ranks = propagation.pagerank(
        network.reverse_indptr,
        network.reverse_indices,
        strength,
        out_strength.astype(np.float64),
        damping,
        tolerance,
        MAX_SWEEPS,
    )
    if ranks is None:
        raise _no_convergence("pagerank", network)
    return ranks


def _reverse_strength(network: Network, equal: float | None = None) -> Floats:
    """Return the strengths of the reverse arcs; none when all are equal (to `equal`, if given)."""
    strength = network.strength
    expected = equal if equal is not None else strength[0] if len(strength) else 1.0
    if bool(np.all(strength == expected)):
        return np.zeros(0)
    return strength[network.reverse_order]


def _no_convergence(measure: str, network: Network) -> MeasureError:
    from relgraph.kernels import components

    sizes = np.bincount(components.weak_components(network.indptr, network.indices))
    return MeasureError("measure.no_convergence", measure=measure, sizes=spectrum.size_list(sizes))
