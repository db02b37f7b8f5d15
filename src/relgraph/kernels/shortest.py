"""Shortest paths from one node: in which order nodes settle, and which arcs lie on such a path.

Lengths are float64, and the same lengths added in another order differ in the last digits, so two
paths are equally long when they differ by at most 1e-9 of the longer. Where one tie is a billion
times as long as another, that alone would also take the way to a node, on to the next and back
for equal. So they may not differ by as much as a tie is long either, and a distance always grows
along an arc: then the tail of an arc on a shortest path has settled before its head.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Bools, Floats, Ints, Nodes, compiled
from relgraph.kernels.heap import Heap, put, take_first

Arcs = tuple[Ints, Nodes, Floats]  # compressed sparse rows: indptr, indices, length

# By what two path lengths may differ and be equal: this share of the longer, but no more than a
# thousandth of the shortest length that an arc can have, which is 1, beside rounding.
SAME_LENGTH = 1e-9
SAME_ARC = 1e-3
ROUNDING = 4e-15
# By what a distance grows along an arc at least, even if rounding loses the arc's length: more
# than ROUNDING, less than the length of an arc that is not lost.
STEP = 1.0 + 1e-14


@compiled
def stepped(distance: float, length: float) -> float:
    """Return how far the head of an arc is by way of its tail: always farther."""
    farther, least = distance + length, distance * STEP
    return farther if farther > least else least


@compiled
def is_shortest(tail: float, head: float, length: float, tolerance: float) -> bool:
    """Return whether an arc lies on a shortest path, by the distances of its ends."""
    reached = stepped(tail, length)
    relative, absolute = tolerance * reached, SAME_ARC + ROUNDING * reached
    # One comparison: a second one, and its branch, cost betweenness a fifth of its time. It fails
    # for a tail that isn't reached too, because infinity isn't less than itself.
    return reached - head < (relative if relative < absolute else absolute)


@compiled
def settle(
    source: int, arcs: Arcs, removed: Bools, distance: Floats, order: Nodes, heap: Heap
) -> int:
    """Fill `distance` and the `order` in which nodes settle; return how many are reached.

    `distance` must be infinite everywhere.
    """
    # Dijkstra 1959, doi 10.1007/BF01386390, O(m log n). Invariant: what has left the heap is as
    # far as it will ever be, and nothing in it is nearer.
    indptr, indices, length = arcs
    distance[source] = 0.0
    size = put(heap, 0, source, 0.0, True)
    count = 0
    while size > 0:
        node = take_first(heap, size)
        size -= 1
        order[count] = node
        count += 1
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            reached = stepped(distance[node], length[arc])
            if reached < distance[other] and not removed[other]:
                size = put(heap, size, other, reached, distance[other] == np.inf)
                distance[other] = reached
    return count
