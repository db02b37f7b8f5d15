"""Largest eigenvalues of a network, component by component, with their eigenvectors.

The eigenvalues of a network are those of its strong components, and that of a component is at
most its largest row or column sum. So the components are searched by falling bound, until no
other can have the largest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.errors import MeasureError
from relgraph.messages import Message, Note
from relgraph.network import Floats, Ints, Network

# Up to this many nodes a dense solver is faster than loading a sparse one.
DENSE = 400
# Eigenvalues closer than this, relative to the larger, are the same.
SAME = assumptions.SAME_EIGENVALUE
# The residual at which a solver stops, relative to the eigenvalue, and after how many rounds.
SOLVED = 1e-12
ROUNDS = 300
# Up to this many nodes a solver may fill the matrix.
NARROW = 5_000
# The residual up to which an eigenvector counts as found, relative to its eigenvalue.
RESIDUAL = assumptions.RESIDUAL


def strong_components(network: Network) -> npt.NDArray[np.int32]:
    """Return the strong component of each node, numbered from 0."""
    from relgraph.kernels import components

    return components.strong_components(network.indptr, network.indices)


def cyclic_projection(network: Network) -> Network:
    """Return the network, or its undirected projection if it has ties but no cycle.

    Eigenvector and Katz centrality depend on the largest eigenvalue, which is 0 without
    cycles. The projection carries a note that says so.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> cyclic_projection(from_networkx(nx.DiGraph(["ab"]))).notes
    (Note('centrality.acyclic'),)
    """
    if not network.directed or not network.m:
        return network
    if int(strong_components(network).max()) + 1 < network.n:
        return network
    return network.undirected().with_notes(Note("centrality.acyclic"))


def leading_components(network: Network) -> tuple[list[Ints], float]:
    """Return the strong components that have the largest eigenvalue, and that eigenvalue.

    A component is the sorted positions of its nodes. Without a cycle there is none, and the
    eigenvalue is 0.

    Raises
    ------
    MeasureError
        The eigenvalue of a component was not found.
    """
    labels = strong_components(network)
    inside = labels[network.sources] == labels[network.indices]
    if not inside.any():
        return [], 0.0
    sources, targets = network.sources[inside], network.indices[inside]
    strength = network.strength[inside]
    bound = np.minimum(
        _largest(np.bincount(sources, strength, network.n), labels),
        _largest(np.bincount(targets, strength, network.n), labels),
    )
    grouped = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[grouped], np.arange(len(bound) + 1))
    found: list[tuple[float, Ints]] = []
    best = 0.0
    for label in np.argsort(-bound, kind="stable").tolist():
        if bound[label] == 0.0 or bound[label] < best * (1 - SAME):
            break
        members = grouped[starts[label] : starts[label + 1]]
        found.append((principal_pair(network, members)[0], members))
        best = max(best, found[-1][0])
    return [members for rate, members in found if rate >= best * (1 - SAME)], best


def principal_pair(network: Network, members: Ints) -> tuple[float, Floats]:
    """Return the largest eigenvalue of Aᵀ among some nodes, and its vector of norm 1.

    Parameters
    ----------
    network : Network
        A holds the strengths of its arcs.
    members : ndarray of int64, shape (k,)
        Sorted positions of the nodes; the largest eigenvalue is single among them.

    Raises
    ------
    MeasureError
        The solver did not converge.
    """
    arcs = _arcs_among(network, members)
    solve = _solve_dense if len(members) <= DENSE else _solve_sparse
    rate, vector = solve(len(members), *arcs, symmetric=not network.directed)
    vector = np.abs(vector) / np.linalg.norm(vector)
    sources, targets, strength = arcs
    pulled = np.bincount(targets, strength * vector[sources], len(members))
    if not np.abs(pulled - rate * vector).max() <= RESIDUAL * rate:
        raise MeasureError("measure.no_eigenvalue", size=len(members))
    return rate, vector


def reached_from(network: Network, start: Ints) -> Ints:
    """Return the sorted positions of the nodes reachable from some, these included."""
    reached = np.zeros(network.n, dtype=bool)
    fresh = start
    while len(fresh):
        reached[fresh] = True
        heads = network.indices[_arcs_from(network, fresh)]
        fresh = np.unique(heads[~reached[heads]])
    return np.flatnonzero(reached)


def size_list(sizes: Iterable[int]) -> Message | int:
    """Return sizes as a sentence lists them: the largest first, at most five.

    Examples
    --------
    >>> str(size_list([2, 9, 2])), str(size_list([7])), str(size_list([1] * 8))
    ('9, 2 and 2', '7', '1, 1, 1, 1, 1 and 3 more')
    """
    ordered = sorted((int(size) for size in sizes), reverse=True)
    if len(ordered) > 5:
        return Message("sizes.and_more", sizes=ordered[:5], more=len(ordered) - 5)
    *first, last = ordered
    return Message("sizes.and", sizes=first, last=last) if first else last


def _largest(values: npt.NDArray[Any], labels: npt.NDArray[np.int32]) -> Floats:
    largest = np.zeros(int(labels.max()) + 1)
    np.maximum.at(largest, labels, values)
    return largest


def _arcs_from(network: Network, nodes: Ints) -> Ints:
    """Return the positions of the arcs that leave some nodes, in the order of the nodes."""
    starts = network.indptr[nodes]
    counts = network.indptr[nodes + 1] - starts
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def _arcs_among(network: Network, members: Ints) -> tuple[Ints, Ints, Floats]:
    """Return ends, as places in sorted `members`, and strengths of the arcs among them."""
    arcs = _arcs_from(network, members)
    sources = np.searchsorted(members, network.sources[arcs])
    targets = np.minimum(np.searchsorted(members, network.indices[arcs]), len(members) - 1)
    kept = members[targets] == network.indices[arcs]
    return sources[kept], targets[kept], network.strength[arcs][kept]


def _solve_dense(
    n: int, sources: Ints, targets: Ints, strength: Floats, *, symmetric: bool
) -> tuple[float, Floats]:
    matrix = np.zeros((n, n))
    matrix[targets, sources] = strength
    solved: Any = np.linalg.eigh(matrix) if symmetric else np.linalg.eig(matrix)
    place = int(np.argmax(solved.eigenvalues.real))
    return float(solved.eigenvalues[place].real), solved.eigenvectors[:, place].real


def _solve_sparse(
    n: int, sources: Ints, targets: Ints, strength: Floats, *, symmetric: bool
) -> tuple[float, Floats]:
    from relgraph.kernels import arnoldi

    order = np.argsort(targets, kind="stable")
    indptr = np.searchsorted(targets[order], np.arange(n + 1))
    rows = (indptr, sources[order].astype(np.int32), strength[order])
    rate, vector, found = arnoldi.largest_pair(*rows, SOLVED, ROUNDS)
    if found or n > NARROW:
        return rate, vector
    return _solve_near(n, sources, targets, strength, vector)


def _solve_near(
    n: int, sources: Ints, targets: Ints, strength: Floats, vector: Floats
) -> tuple[float, Floats]:
    """Return the largest eigenvalue and its vector, from a vector near it.

    The largest ratio (Ax)ᵢ/xᵢ is never below the eigenvalue; solving with it as the shift keeps x
    positive and doubles its right digits each time (Noda 1971, doi 10.1007/BF01436331). So it finds
    what powers of A take long to tell apart, as on a long ring, where solving is cheap.
    """
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import splu

    matrix: Any = csc_array((strength, (targets, sources)), shape=(n, n))
    vector = np.maximum(vector, vector.max() * SOLVED)
    rate = 0.0
    for _ in range(ROUNDS):
        ratios = (matrix @ vector) / vector
        rate = float(ratios.max())
        if rate - ratios.min() <= SOLVED * rate:
            break
        try:
            solved = splu(csc_array(rate * eye_array(n) - matrix)).solve(vector)
        except RuntimeError:  # exactly singular: the shift is the eigenvalue
            break
        vector = np.abs(solved) / np.linalg.norm(solved)
    return rate, vector
