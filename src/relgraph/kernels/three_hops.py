"""How many nodes are within three hops of each.

Those are the union of the two-hop sets of the nodes that a node points at. In sparse networks
these sets are listed once, O(two-hop walks) time and memory, and set as bits in a bitmap that
stays in the nearest cache, while the next list is on its way there; the sets that would be set
most often are kept as bitmaps of n bits, which unite a cache line at a time. Where two-hop sets
are too many to list, `reach_counts` searches for 512 targets at a time instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import (
    Ints,
    Nodes,
    Words,
    compiled,
    count_ones,
    in_ranges,
    prefetch,
    unsigned,
)
from relgraph.kernels.hops import reach_counts

_BITMAP_BYTES = 1 << 24  # memory for the two-hop sets that are kept as bitmaps: the second cache
_LEAST_FILLED = 16  # words of a bitmap for each member that it must at least stand for
_MOST_LISTED = 1 << 27  # nodes in all two-hop sets that are listed
_LINE = np.uint64(16)  # listed nodes in a line of the cache
_AHEAD = np.uint64(16 * 16)  # listed nodes that are fetched ahead; the processor fetches the rest
_ONE, _SIX, _LOW = np.uint64(1), np.uint32(6), np.uint32(63)


@compiled
def _list(node: Any, found: Words, members: Any, last: Any) -> Any:
    """Append a node to a list unless its bit is set, and return where the list ends."""
    word, bit = node >> _SIX, _ONE << np.uint64(node & _LOW)
    members[last] = node
    last += np.uint64(found[word] & bit == 0)
    found[word] |= bit
    return last


@compiled
def _two_hop_sets(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    row_of: Nodes,
    bitmaps: Words,
    cursor: int,
    members: Any,
    begins: Any,
    ends: Any,
    sizes: Ints,
    farthest: Nodes,
) -> None:
    """List the two-hop sets of a range from `cursor` on, or set their bits in a row of their own.

    A list that becomes a row is overwritten by the next.
    """
    # O(two-hop walks). Invariant: the bits of `found` are the nodes listed from `first` to `last`;
    # clearing them by the list costs no more than making it.
    found = np.zeros(bitmaps.shape[1], np.uint64)
    first = np.uint64(cursor)
    for node in range(start, stop):
        members[first] = node
        found[node >> 6] = _ONE << np.uint64(node & 63)
        last = first + _ONE
        for arc in range(indptr[node], indptr[node + 1]):
            last = _list(indices[arc], found, members, last)
        near = last
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            for step in range(indptr[other], indptr[other + np.uint32(1)]):
                last = _list(indices[step], found, members, last)
        row = row_of[node]
        for place in range(first, last):
            word = members[place] >> _SIX
            if row >= 0:
                bitmaps[row, word] |= found[word]
            found[word] = 0
        sizes[node] = last - first
        farthest[node] = int(near > first + _ONE) + int(last > near)
        begins[node] = first
        if row < 0:
            first = last
        ends[node] = first


@compiled
def _unite(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    row_of: Nodes,
    bitmaps: Words,
    members: Any,
    begins: Any,
    ends: Any,
    reached: Ints,
) -> None:
    """Fill how many nodes are in the union of the two-hop sets that each of a range points at."""
    words = bitmaps.shape[1]
    own = np.zeros(words, np.uint64)
    final = np.uint64(max(1, len(indices)) - 1)
    for node in range(start, stop):
        own[:] = 0
        own[node >> 6] = _ONE << np.uint64(node & 63)
        for arc in range(indptr[node], indptr[node + 1]):
            # While this list is set, the next is on its way to the cache.
            coming = indices[min(arc + _ONE, final)]
            place = begins[coming]
            while place < min(ends[coming], begins[coming] + _AHEAD):
                prefetch(members, place)
                place += _LINE
            other = indices[arc]
            row = row_of[other]
            if row >= 0:
                for word in range(words):
                    own[word] |= bitmaps[row, word]
            else:
                for place in range(begins[other], ends[other]):
                    last = members[place]
                    own[last >> _SIX] |= _ONE << np.uint64(last & _LOW)
        total = np.uint64(0)
        for word in range(words):
            total += count_ones(own[word])
        reached[node] = np.int64(total)


def three_hop_counts(indptr: Ints, indices: Nodes) -> tuple[Ints, Nodes]:
    """Return how many nodes each reaches within three hops, itself not counted, and the hops."""
    n = len(indptr) - 1
    words, size = -(-n // 64), n + len(indices)
    # How long each two-hop set can be: one for the node, one for each arc and each walk of two.
    running = np.concatenate([[0], np.cumsum(np.diff(indptr)[indices])])
    most = 1 + np.diff(indptr) + running[indptr[1:]] - running[indptr[:-1]]
    kept = _worth_a_row(np.minimum(most, n), np.bincount(indices, minlength=n), words)
    row_of = np.full(n, -1, np.int32)
    row_of[kept] = np.arange(len(kept), dtype=np.int32)
    cursors = np.concatenate([[0], np.cumsum(most)])
    if cursors[-1] > _MOST_LISTED:
        return reach_counts(indptr, indices, 3)
    bitmaps = np.zeros((len(kept), words), np.uint64)
    members = np.empty(cursors[-1] + 1, np.uint32)
    begins, ends = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    sizes, reached, farthest = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int32)
    arcs = unsigned(indptr, indices)
    shared = (*arcs, row_of, bitmaps)
    lists = (members, begins, ends)

    def find(start: int, stop: int) -> Any:
        return _two_hop_sets(start, stop, *shared, cursors[start], *lists, sizes, farthest)

    def unite(start: int, stop: int) -> Any:
        return _unite(start, stop, *shared, *lists, reached)

    in_ranges(find, n, size, pieces=8)
    in_ranges(unite, n, size, pieces=16)
    farthest[reached > sizes] = 3
    return reached - 1, farthest


def _worth_a_row(most: Ints, asked: Ints, words: int) -> Ints:
    """Return the nodes whose two-hop sets are kept as bitmaps: long ones that many point at."""
    rows = min(len(most), max(1, _BITMAP_BYTES // max(1, 8 * words)))
    dear = np.argpartition(-most * asked, rows - 1)[:rows] if rows else np.empty(0, np.int64)
    return dear[most[dear] * _LEAST_FILLED >= words]
