"""A binary heap of nodes by a key, in plain arrays, whose keys may fall: O(log n) a step.

`heap` holds the nodes, `slot` the place of each in it. Kernels of other files call these two, so
a change here needs one there (or an emptied cache) to take effect on a machine that has compiled
them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled

Floats = npt.NDArray[np.float64]
Nodes = npt.NDArray[np.int32]


@compiled
def lift(heap: Nodes, slot: Nodes, key: Floats, place: int, node: int) -> None:
    """Put a node whose key is new or has fallen where it belongs, from `place` upwards."""
    while place > 0:
        above = (place - 1) >> 1
        if key[heap[above]] <= key[node]:
            break
        heap[place] = heap[above]
        slot[heap[place]] = place
        place = above
    heap[place] = node
    slot[node] = place


@compiled
def take_first(heap: Nodes, slot: Nodes, key: Floats, size: int) -> np.int32:
    """Take the node with the smallest key off a heap of `size` nodes and return it."""
    first: np.int32 = heap[0]
    size -= 1
    if size > 0:
        node = heap[size]
        place = 0
        while True:
            below = 2 * place + 1
            if below >= size:
                break
            if below + 1 < size and key[heap[below + 1]] < key[heap[below]]:
                below += 1
            if key[node] <= key[heap[below]]:
                break
            heap[place] = heap[below]
            slot[heap[place]] = place
            place = below
        heap[place] = node
        slot[node] = place
    return first
