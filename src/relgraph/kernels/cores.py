"""k-core numbers by peeling off the node with fewest neighbours left, O(n + m).

Nodes lie in one array ordered by neighbours left; a neighbour of a peeled node moves one bin
down by a swap. Source: Batagelj and Zaveršnik 2003, arXiv:cs/0310049.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled

Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]


@compiled
def core_numbers(indptr: Ints, indices: Nodes) -> Ints:
    """Return the core number of each node of a symmetric network without self loops."""
    n = len(indptr) - 1
    left = np.empty(n, np.int32)
    most = 0
    for node in range(n):
        left[node] = indptr[node + 1] - indptr[node]
        most = max(most, left[node])
    starts = np.zeros(most + 2, np.int32)
    for node in range(n):
        starts[left[node] + 1] += 1
    for number in range(most + 1):
        starts[number + 1] += starts[number]
    order = np.empty(n, np.int32)
    place = np.empty(n, np.int32)
    for node in range(n):
        place[node] = starts[left[node]]
        order[place[node]] = node
        starts[left[node]] += 1
    for number in range(most, 0, -1):
        starts[number] = starts[number - 1]
    starts[0] = 0
    for position in range(n):
        node = order[position]
        level = left[node]
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            count = left[other]
            if count > level:
                first = starts[count]
                head = order[first]
                if head != other:
                    order[place[other]] = head
                    place[head] = place[other]
                    order[first] = other
                    place[other] = first
                starts[count] += 1
                left[other] = count - 1
    return left.astype(np.int64)
