"""How many nodes are within three hops of each.

Those are the union of the two-hop sets of the nodes that a node points at. In sparse networks
these sets are listed once, O(two-hop walks) time and memory, and set as bits in a bitmap that
stays in the nearest cache; the sets that would be listed most often and longest are kept as
bitmaps of n bits, which unite a cache line at a time. Where two-hop sets are too many to list,
`reach_counts` searches for 512 targets at a time instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, count_ones, in_ranges
from relgraph.kernels.reach import reach_counts

Counts = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]

_BITMAP_BYTES = 1 << 26  # memory for the two-hop sets that are kept as bitmaps
_MOST_LISTED = 1 << 27  # nodes in all two-hop sets that are listed


@compiled
def _two_hop_sets(
    start: int,
    stop: int,
    indptr: Counts,
    indices: Nodes,
    row_of: Nodes,
    bitmaps: npt.NDArray[np.uint64],
    cursor: int,
    members: Nodes,
    begins: Counts,
    ends: Counts,
    farthest: Nodes,
) -> None:
    n = len(indptr) - 1
    seen = np.full(n, -1, np.int32)
    scratch = np.empty(n, np.int32)
    one = np.uint64(1)
    for node in range(start, stop):
        row = row_of[node]
        own = members[cursor:] if row < 0 else scratch
        own[0] = node
        seen[node] = node
        size = 1
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if seen[other] != node:
                seen[other] = node
                own[size] = other
                size += 1
        near = size
        for place in range(1, near):
            other = own[place]
            for arc in range(indptr[other], indptr[other + 1]):
                last = indices[arc]
                if seen[last] != node:
                    seen[last] = node
                    own[size] = last
                    size += 1
        farthest[node] = (near > 1) + (size > near)
        begins[node], ends[node] = cursor, cursor + size
        if row < 0:
            cursor += size
        else:
            for place in range(size):
                last = own[place]
                bitmaps[row, last >> 6] |= one << np.uint64(last & 63)


@compiled
def _unite(
    start: int,
    stop: int,
    indptr: Counts,
    indices: Nodes,
    row_of: Nodes,
    bitmaps: npt.NDArray[np.uint64],
    members: npt.NDArray[np.uint32],
    begins: Counts,
    ends: Counts,
    reached: Counts,
) -> None:
    one, low = np.uint64(1), np.uint32(63)
    words = bitmaps.shape[1]
    own = np.zeros(words, np.uint64)
    for node in range(start, stop):
        own[:] = 0
        own[node >> 6] = one << np.uint64(node & 63)
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            row = row_of[other]
            if row >= 0:
                for word in range(words):
                    own[word] |= bitmaps[row, word]
            else:
                for last in members[begins[other] : ends[other]]:
                    own[last >> np.uint32(6)] |= one << np.uint64(last & low)
        total = np.uint64(0)
        for word in range(words):
            total += count_ones(own[word])
        reached[node] = np.int64(total)


def three_hop_counts(indptr: Counts, indices: Nodes) -> tuple[Counts, Nodes]:
    """Return how many nodes each reaches within three hops, itself not counted, and the hops."""
    n = len(indptr) - 1
    words, size = -(-n // 64), n + len(indices)
    running = np.concatenate([[0], np.cumsum(1 + np.diff(indptr)[indices])])
    most = np.minimum(n, 1 + running[indptr[1:]] - running[indptr[:-1]])
    asked = np.bincount(indices, minlength=n)
    kept = min(n, max(1, _BITMAP_BYTES // max(1, 8 * words)))
    dear = np.argsort(-most * asked, kind="stable")[:kept]
    most[dear] = 0
    cursors = np.concatenate([[0], np.cumsum(most)])
    if cursors[-1] > _MOST_LISTED:
        return reach_counts(indptr, indices, 3)
    row_of = np.full(n, -1, np.int32)
    row_of[dear] = np.arange(len(dear), dtype=np.int32)
    bitmaps = np.zeros((len(dear), words), np.uint64)
    members = np.empty(cursors[-1], np.int32)
    begins, ends, reached = (np.zeros(n, np.int64) for _ in range(3))
    farthest = np.zeros(n, np.int32)

    def find(start: int, stop: int) -> Any:
        return _two_hop_sets(
            *(start, stop, indptr, indices, row_of, bitmaps),
            *(cursors[start], members, begins, ends, farthest),
        )

    def unite(start: int, stop: int) -> Any:
        listed = members.view(np.uint32)
        return _unite(start, stop, indptr, indices, row_of, bitmaps, listed, begins, ends, reached)

    in_ranges(find, n, size, pieces=8)
    in_ranges(unite, n, size, pieces=16)
    farthest[reached > ends - begins] = 3
    return reached - 1, farthest
