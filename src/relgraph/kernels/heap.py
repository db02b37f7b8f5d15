"""A heap of nodes by a key that may fall, in plain arrays: O(log n) a step.

Four places lie below each, so that a step down reads neighbours in memory and there are half as
many; keys lie in the heap's order.
Source: Johnson 1975, doi 10.1016/0020-0190(75)90001-0.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Floats, Nodes, compiled

# By place: the nodes and their keys; by node: its place.
Heap = tuple[Nodes, Floats, Nodes]


@compiled
def new_heap(n: int) -> Heap:
    """Return an empty heap for `n` nodes; how many are in it is the caller's to remember."""
    return np.empty(n, np.int32), np.empty(n), np.empty(n, np.int32)


@compiled
def put(heap: Heap, size: int, node: int, key: float, fresh: bool) -> int:
    """Put a node in, or one that is not `fresh` at a key that has fallen; return the new size."""
    # Invariant: no key is smaller than the one above it, but for the node that is on its way.
    nodes, keys, slot = heap
    place = size if fresh else slot[node]
    while place > 0:
        above = (place - 1) >> 2
        if keys[above] <= key:
            break
        nodes[place] = nodes[above]
        keys[place] = keys[above]
        slot[nodes[place]] = place
        place = above
    nodes[place] = node
    keys[place] = key
    slot[node] = place
    return size + 1 if fresh else size


@compiled
def take_first(heap: Heap, size: int) -> np.int32:
    """Take the node with the smallest key off a heap of `size` nodes and return it."""
    nodes, keys, slot = heap
    first: np.int32 = nodes[0]
    size -= 1
    node, key = nodes[size], keys[size]
    place = 0
    while 4 * place + 1 < size:
        below = 4 * place + 1
        least = keys[below]
        for other in range(below + 1, min(below + 4, size)):
            smaller = keys[other] < least
            below = other if smaller else below
            least = keys[other] if smaller else least
        if key <= least:
            break
        nodes[place] = nodes[below]
        keys[place] = least
        slot[nodes[place]] = place
        place = below
    nodes[place] = node
    keys[place] = key
    slot[node] = place
    return first
