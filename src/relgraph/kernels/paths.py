"""Sums over shortest paths from every node: distances, their inverses, betweenness (Brandes).

A source costs O(n + m) where all arcs are equally long (breadth-first search), else
O(m log n) (Dijkstra with a heap); all n of them run in ranges on several threads.

Betweenness first finds the distances, then which arcs lie on a shortest path: `shortest` says what
that is where lengths are rounded, so that predecessors always settle first.

Sources: Brandes 2001, doi 10.1080/0022250X.2001.9990249; Dijkstra 1959, doi 10.1007/BF01386390.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled, in_ranges, unsigned
from relgraph.kernels.heap import new_heap
from relgraph.kernels.shortest import is_shortest, settle

# Ranges per thread: sources cost unequally, and the last range should not be waited for long.
PIECES = 8


@compiled
def _settle_hops(source: int, indptr: Ints, indices: Nodes, distance: Floats, order: Nodes) -> int:
    """Fill `distance` with hops and the `order` of reaching nodes; return how many."""
    distance[source] = 0.0
    order[0] = source
    count = 1
    place = 0
    while place < count:
        node = order[place]
        place += 1
        hops = distance[node] + 1.0
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if distance[other] == np.inf:
                distance[other] = hops
                order[count] = other
                count += 1
    return count


@compiled
def _sum_range(
    sources: Ints,
    indptr: Ints,
    indices: Nodes,
    length: Floats,
    reached: Floats,
    total: Floats,
    inverse: Floats,
) -> None:
    """Fill the sums of some sources; without lengths, distances are hops."""
    n = len(indptr) - 1
    distance = np.full(n, np.inf)
    order = np.empty(n, np.int32)
    heap = new_heap(n if len(length) else 0)
    removed, arcs = np.zeros(n, np.bool_), (indptr, indices, length)
    for source in sources:
        if len(length):
            count = settle(source, arcs, removed, distance, order, heap)
        else:
            count = _settle_hops(source, indptr, indices, distance, order)
        farness = 0.0
        nearness = 0.0
        for place in range(1, count):
            farness += distance[order[place]]
            nearness += 1.0 / distance[order[place]]
        for place in range(count):
            distance[order[place]] = np.inf
        reached[source] = count - 1
        total[source] = farness
        inverse[source] = nearness


@compiled
def _add_pivots(pivots: Ints, indptr: Ints, indices: Nodes, length: Floats) -> tuple[Ints, Floats]:
    """Return how many of the pivots each node has a distance d from, and Σd, Σd², Σ1/d, Σ1/d²."""
    # As `_sum_range`, O(m log n) a pivot.
    n = len(indptr) - 1
    counts, sums = np.zeros(n, np.int64), np.zeros((n, 4))
    distance = np.full(n, np.inf)
    order = np.empty(n, np.int32)
    heap = new_heap(n if len(length) else 0)
    removed, arcs = np.zeros(n, np.bool_), (indptr, indices, length)
    for pivot in pivots:
        if len(length):
            count = settle(pivot, arcs, removed, distance, order, heap)
        else:
            count = _settle_hops(pivot, indptr, indices, distance, order)
        for place in range(1, count):
            node = order[place]
            far = distance[node]
            counts[node] += 1
            sums[node, 0] += far
            sums[node, 1] += far * far
            sums[node, 2] += 1.0 / far
            sums[node, 3] += 1.0 / (far * far)
        for place in range(count):
            distance[order[place]] = np.inf
    return counts, sums


@compiled
def _brandes_hops(start: int, stop: int, indptr: Ints, indices: Nodes) -> Floats:
    """Return what the sources of a range add to betweenness, all arcs being equally long."""
    # Brandes 2001, O(n + m) a source. Invariant forwards: hops and paths of what is queued before
    # `place` are final. Backwards: so is `passed` of what lies a hop farther.
    n = len(indptr) - 1
    between = np.zeros(n)
    hops = np.full(n, -1, np.int32)
    order = np.empty(n, np.int32)
    paths = np.zeros(n)
    # (1 + dependency)/paths of a node: what each arc on a shortest path to it passes back.
    passed = np.zeros(n)
    for source in range(start, stop):
        hops[source] = 0
        paths[source] = 1.0
        order[0] = source
        count = 1
        place = 0
        while place < count:
            node = order[place]
            place += 1
            next_hop = hops[node] + 1
            many = paths[node]
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if hops[other] < 0:
                    hops[other] = next_hop
                    order[count] = other
                    count += 1
                    paths[other] = many
                elif hops[other] == next_hop:
                    paths[other] += many
        for place in range(count - 1, 0, -1):
            node = order[place]
            next_hop = hops[node] + 1
            back = 0.0
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if hops[other] == next_hop:
                    back += passed[other]
            dependency = back * paths[node]
            between[node] += dependency
            passed[node] = (1.0 + dependency) / paths[node]
        for place in range(count):
            hops[order[place]] = -1
    return between


@compiled
def _brandes_lengths(
    start: int, stop: int, indptr: Ints, indices: Nodes, length: Floats, tolerance: float
) -> Floats:
    """Return what the sources of a range add to betweenness."""
    # Brandes 2001, O(m log n) a source. Invariant: an arc on a shortest path leads to a node that
    # settled later, so paths are final when they are passed on, and dependencies when they are
    # passed back.
    n = len(indptr) - 1
    between = np.zeros(n)
    distance = np.full(n, np.inf)
    order = np.empty(n, np.int32)
    heap = new_heap(n)
    removed, arcs = np.zeros(n, np.bool_), (indptr, indices, length)
    paths = np.zeros(n)
    passed = np.zeros(n)
    for source in range(start, stop):
        count = settle(source, arcs, removed, distance, order, heap)
        for place in range(count):
            paths[order[place]] = 0.0
        paths[source] = 1.0
        for place in range(count):
            node = order[place]
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if is_shortest(distance[node], distance[other], length[arc], tolerance):
                    paths[other] += paths[node]
        for place in range(count - 1, 0, -1):
            node = order[place]
            back = 0.0
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if is_shortest(distance[node], distance[other], length[arc], tolerance):
                    back += passed[other]
            dependency = back * paths[node]
            between[node] += dependency
            passed[node] = (1.0 + dependency) / paths[node]
        for place in range(count):
            distance[order[place]] = np.inf
    return between


def distance_sums(
    indptr: Ints, indices: Nodes, length: Floats, sources: Ints | None = None
) -> tuple[Floats, Floats, Floats]:
    """Return, for each node, how many it reaches, Σ d and Σ 1/d to them.

    Parameters
    ----------
    indptr, indices, length : ndarray
        Arcs as compressed sparse rows and their lengths, 1 or more.
    sources : ndarray of int64, optional
        The nodes to fill, 0 for others; all for None.
    """
    n = len(indptr) - 1
    asked = np.arange(n) if sources is None else sources
    unit, lengths = _unit_and_lengths(length)
    # Unsigned indices are quicker, see `compiled.unsigned`.
    arcs = unsigned(indptr, indices)
    sums = np.zeros(n), np.zeros(n), np.zeros(n)
    in_ranges(
        lambda start, stop: _sum_range(asked[start:stop], *arcs, lengths, *sums),
        len(asked),
        size=len(asked) * len(indices),
        pieces=PIECES,
    )
    reached, total, inverse = sums
    return reached, total * unit, inverse / unit


def pivot_sums(indptr: Ints, indices: Nodes, length: Floats, pivots: Ints) -> tuple[Ints, Floats]:
    """Return how many pivots each node has a distance d from, and Σd, Σd², Σ1/d and Σ1/d².

    Parameters
    ----------
    indptr, indices, length : ndarray
        Arcs as compressed sparse rows and their lengths, 1 or more; turned round, they give the
        distances to the pivots.
    pivots : ndarray of int64
        The nodes that distances are taken from.

    Returns
    -------
    counts : ndarray of int64, shape (n,)
        A pivot has none from itself.
    sums : ndarray of float64, shape (n, 4)
    """
    unit, lengths = _unit_and_lengths(length)
    arcs = unsigned(indptr, indices)
    parts = in_ranges(
        lambda start, stop: _add_pivots(pivots[start:stop], *arcs, lengths),
        len(pivots),
        size=len(pivots) * len(indices),
        pieces=4,
    )
    counts = np.sum([part for part, _ in parts], axis=0)
    sums = np.sum([part for _, part in parts], axis=0)
    return counts, sums * np.array([unit, unit**2, 1 / unit, 1 / unit**2])


def betweenness(indptr: Ints, indices: Nodes, length: Floats, tolerance: float) -> Floats:
    """Return Σ σ(s, t | v)/σ(s, t) over ordered pairs, for each node.

    Parameters
    ----------
    indptr, indices, length : ndarray
        Arcs as compressed sparse rows and their lengths, 1 or more.
    tolerance : float
        Paths whose lengths differ by at most this, relative to the longer, are equally long.
    """
    n = len(indptr) - 1
    _, lengths = _unit_and_lengths(length)
    starts, heads = unsigned(indptr, indices)

    def work(start: int, stop: int) -> Floats:
        if len(lengths):
            return _brandes_lengths(start, stop, starts, heads, lengths, tolerance)
        return _brandes_hops(start, stop, starts, heads)

    parts = in_ranges(work, n, size=n * len(indices), pieces=PIECES)
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


def _unit_and_lengths(length: Floats) -> tuple[float, Floats]:
    """Return the one length of all arcs and no lengths, or 1 and the lengths."""
    if len(length) == 0:
        return 1.0, length
    if bool(np.all(length == length[0])):
        return float(length[0]), length[:0]
    return 1.0, length
