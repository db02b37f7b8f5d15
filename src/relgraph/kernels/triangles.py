"""Triangles through each node, O(m·√m): each is found once, from its corner of lowest degree.

Arcs are kept from the end of lower degree to the other, so that no node has more than √(2m) of
them; two neighbours are joined where the marks of one meet the arcs of the other. Nodes keep their
numbers: what is near in the data stays near in memory. Source: Latapy 2008,
doi 10.1016/j.tcs.2008.07.017.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from relgraph.kernels.compiled import Ints, Nodes, compiled, in_ranges, prefetch, unsigned

# Ranges per thread: triangles are not spread evenly.
PIECES = 2

_NEXT = np.uint32(1)
_AHEAD = np.uint64(4)  # arcs ahead for which the list of neighbours is fetched


class Upward(NamedTuple):
    """Arcs to the end of higher degree, as compressed sparse rows; `origin` is where each lay."""

    indptr: Ints
    indices: Nodes
    origin: Ints


@compiled
def _is_up(indptr: Any, node: Any, other: Any) -> bool:
    """Return whether `other` has the higher degree, or the same and the higher number."""
    degree = indptr[node + _NEXT] - indptr[node]
    others = indptr[other + _NEXT] - indptr[other]
    up: bool = others > degree or (others == degree and other > node)
    return up


@compiled
def _count_upward(start: int, stop: int, indptr: Any, indices: Any, counts: Ints) -> None:
    """Fill how many arcs of each node of a range lead to the end of higher degree."""
    for place in range(start, stop):
        node = np.uint32(place)
        count = 0
        for arc in range(indptr[node], indptr[node + _NEXT]):
            count += _is_up(indptr, node, indices[arc])
        counts[node] = count


@compiled
def _turn_upward(
    start: int, stop: int, indptr: Any, indices: Any, starts: Any, heads: Any, origin: Any
) -> None:
    """Fill those arcs."""
    for place in range(start, stop):
        node = np.uint32(place)
        at = starts[node]
        for arc in range(indptr[node], indptr[node + _NEXT]):
            if _is_up(indptr, node, indices[arc]):
                heads[at] = indices[arc]
                origin[at] = arc
                at += np.uint64(1)


@compiled
def _count(start: int, stop: int, indptr: Any, indices: Any) -> Ints:
    """Return the triangles at each node whose lowest corner lies in a range."""
    n = len(indptr) - 1
    found = np.zeros(n, np.int64)
    mark = np.full(n, -1, np.int32)
    final = np.uint64(max(1, len(indices)) - 1)
    # Invariant: `mark` is `low` on the nodes that `low` points at, so a triangle is met once, on
    # the arc from its middle corner to its highest.
    for low in range(start, stop):
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = low
        for arc in range(indptr[low], indptr[low + 1]):
            prefetch(indices, indptr[indices[min(arc + _AHEAD, final)]])
            middle = indices[arc]
            closed = 0
            for step in range(indptr[middle], indptr[middle + _NEXT]):
                high = indices[step]
                if mark[high] == low:
                    closed += 1
                    found[high] += 1
            found[middle] += closed
            found[low] += closed
    return found


def turn_upward(indptr: Ints, indices: Nodes) -> Upward:
    """Return the arcs of a symmetric network that lead to the end of higher degree."""
    n = len(indptr) - 1
    arcs = unsigned(indptr, indices)
    size = n + len(indices)
    starts = np.zeros(n + 1, np.int64)
    in_ranges(lambda start, stop: _count_upward(start, stop, *arcs, starts[1:]), n, size)
    np.cumsum(starts, out=starts)
    heads, origin = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.int64)
    filled = (starts.view(np.uint64), heads, origin)
    in_ranges(lambda start, stop: _turn_upward(start, stop, *arcs, *filled), n, size)
    return Upward(starts, heads, origin)


def triangle_counts(indptr: Ints, indices: Nodes) -> Ints:
    """Return the number of triangles through each node of a symmetric network."""
    upward = turn_upward(indptr, indices)
    n = len(indptr) - 1
    arcs = unsigned(upward.indptr, upward.indices)
    parts = in_ranges(
        lambda start, stop: _count(start, stop, *arcs), n, size=len(indices), pieces=PIECES
    )
    return np.asarray(np.sum(parts, axis=0), dtype=np.int64)
