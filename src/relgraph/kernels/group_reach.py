"""How near a group is to everyone: what each node would add to it, and the best group.

The nearness of a group to j is 1/d of its nearest member, 1 to a member. What a node adds is
found by a search that turns back where the group is as near already, O(m log n) at most; groups
are tried one by one from a matrix of nearness, level by level, so that a further member costs
O(n).
Source: Borgatti 2006, doi 10.1007/s10588-006-7084-x.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled, in_ranges
from relgraph.kernels.heap import new_heap, put, take_first

PIECES = 8
SAME_VALUE = 1e-11


@compiled
def _search(
    start: int,
    stop: int,
    candidates: Ints,
    indptr: Ints,
    indices: Nodes,
    length: Floats,
    near: Floats,
    gain: Floats,
    rows: Floats,
) -> None:
    """Fill `gain` of candidates over `near`; where `rows` has rows, their nearness to all."""
    n = len(indptr) - 1
    distance = np.full(n, np.inf)
    order = np.empty(n, np.int32)
    heap = new_heap(n)
    for place in range(start, stop):
        source = candidates[place]
        distance[source] = 0.0
        size = put(heap, 0, source, 0.0, True)
        count = 0
        added = 0.0
        # Dijkstra 1959, cut short, O(m log n) at most. Invariant: what has left the heap is as far
        # as it will ever be. Where the group is as near as the candidate, so it is beyond.
        while size > 0:
            node = take_first(heap, size)
            size -= 1
            order[count] = node
            count += 1
            nearness = 1.0 / distance[node] if node != source else 1.0
            if len(rows) > 0:
                rows[place, node] = nearness
            if nearness > near[node]:
                added += nearness - near[node]
            elif node != source:
                continue
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                reached = distance[node] + length[arc]
                if reached < distance[other]:
                    size = put(heap, size, other, reached, distance[other] == np.inf)
                    distance[other] = reached
        gain[place] = added
        # Distances are infinite again where the search has been: at what settled, what waits.
        for step in range(count):
            distance[order[step]] = np.inf
        for node in heap[0][:size]:
            distance[node] = np.inf


@compiled
def _best_group(rows: Floats, k: int) -> tuple[Ints, float, int]:
    """Return the places of the best k rows, the sum of their largest entries, and its equals."""
    # All groups in the order of their places, O(n) each but for the first of a level. Invariant:
    # near[i] is the nearness of the first i chosen to every node, for i up to `level`.
    count, n = rows.shape
    near = np.zeros((k + 1, n))
    chosen = np.arange(k)
    best = chosen.copy()
    most = -1.0
    equal = 0
    level = 0
    while True:
        while level < k:
            for node in range(n):
                near[level + 1, node] = max(near[level, node], rows[chosen[level], node])
            level += 1
        total = 0.0
        for node in range(n):
            total += near[k, node]
        if total > most + SAME_VALUE * (1.0 + most):
            most = total
            best[:] = chosen
            equal = 1
        elif total >= most - SAME_VALUE * (1.0 + most):
            equal += 1
        # The next group: the last place that can move on does, those after it follow it.
        level = k - 1
        while level >= 0 and chosen[level] == count - k + level:
            level -= 1
        if level < 0:
            return best, most, equal
        chosen[level] += 1
        for later in range(level + 1, k):
            chosen[later] = chosen[later - 1] + 1


def reach_gains(arcs: tuple[Ints, Nodes, Floats], candidates: Ints, near: Floats) -> Floats:
    """Return how much each candidate adds to Σ nearness of a group.

    Parameters
    ----------
    arcs : (indptr, indices, length)
        Compressed sparse rows, lengths 1 or more.
    candidates : ndarray of int64
        Nodes to try.
    near : ndarray of float64, shape (n,)
        Nearness of the group to each node: 1/d, 1 to its members, 0 where it doesn't reach.
    """
    gain = np.zeros(len(candidates))
    nothing = np.zeros((0, 0))
    _run(arcs, candidates, near, gain, nothing)
    return gain


def nearness_rows(arcs: tuple[Ints, Nodes, Floats], candidates: Ints) -> Floats:
    """Return the nearness of each candidate to every node, shape (candidates, n)."""
    n = len(arcs[0]) - 1
    rows = np.zeros((len(candidates), n))
    _run(arcs, candidates, np.zeros(n), np.zeros(len(candidates)), rows)
    return rows


def best_group(rows: Floats, k: int) -> tuple[Ints, float, int]:
    """Return the rows of the best group of k, its Σ nearness and how many groups equal it."""
    places, total, equal = _best_group(rows, k)
    return places, float(total), int(equal)


def _run(
    arcs: tuple[Ints, Nodes, Floats], candidates: Ints, near: Floats, gain: Floats, rows: Floats
) -> None:
    in_ranges(
        lambda start, stop: _search(start, stop, candidates, *arcs, near, gain, rows),
        len(candidates),
        size=len(candidates) * len(arcs[1]),
        pieces=PIECES,
    )
