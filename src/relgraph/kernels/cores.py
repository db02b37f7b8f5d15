"""k-core numbers by peeling off, level by level, the nodes with fewest neighbours left, O(n + m).

Each level looks at the nodes that are left once, which over all levels is the sum of the core
numbers and so at most 2m; what a peeled node will read is fetched before its turn comes.
Sources: Batagelj and Zaveršnik 2003, arXiv:cs/0310049; levels without bins as in Kabir and Madduri
2017, doi 10.1109/IPDPSW.2017.151.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import Ints, Nodes, compiled, prefetch, unsigned

_ONE, _NEXT = np.uint64(1), np.uint32(1)
_ROWS_AHEAD = np.uint64(8)  # places in the queue ahead for which the list of neighbours is fetched
_HEADS_AHEAD = np.uint64(2)  # and for which what the neighbours have left is
_HEADS = np.uint64(16)


@compiled
def _fetch(queue: Any, place: Any, tail: Any, indptr: Any, indices: Any, left: Any) -> None:
    """Ask for the memory that the nodes behind a place in the queue will read."""
    if place + _ROWS_AHEAD < tail:
        prefetch(indices, indptr[queue[place + _ROWS_AHEAD]])
    if place + _HEADS_AHEAD < tail:
        node = queue[place + _HEADS_AHEAD]
        first = indptr[node]
        for arc in range(first, min(indptr[node + _NEXT], first + _HEADS)):
            prefetch(left, indices[arc])


@compiled
def _peel(indptr: Any, indices: Any) -> Ints:
    """Return the core numbers; arcs are unsigned."""
    n = len(indptr) - 1
    left = np.empty(n, np.uint32)  # neighbours left; once peeled, the core number
    rest = np.empty(n, np.uint32)  # nodes that are not peeled yet, in the first `many` places
    for node in range(n):
        left[node] = indptr[node + 1] - indptr[node]
        rest[node] = node
    queue = np.empty(n + 1, np.uint32)
    many, level = np.uint64(n), np.uint32(0)
    # Invariant: what is peeled has at most `level` neighbours left, what isn't has more. A node
    # joins the queue when its last neighbour too many goes; nothing falls below the level.
    while many > 0:
        tail, kept = np.uint64(0), np.uint64(0)
        for place in range(many):
            node = rest[place]
            queue[tail] = rest[kept] = node
            tail += np.uint64(left[node] == level)
            kept += np.uint64(left[node] > level)
        many = kept
        turn = np.uint64(0)
        while turn < tail:
            _fetch(queue, turn, tail, indptr, indices, left)
            node = queue[turn]
            turn += _ONE
            for arc in range(indptr[node], indptr[node + _NEXT]):
                other = indices[arc]
                if left[other] > level:
                    left[other] -= _NEXT
                    queue[tail] = other
                    tail += np.uint64(left[other] == level)
        level += _NEXT
    return left.astype(np.int64)


def core_numbers(indptr: Ints, indices: Nodes) -> Ints:
    """Return the core number of each node of a symmetric network without self loops."""
    return _peel(*unsigned(indptr, indices))
