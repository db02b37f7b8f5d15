"""Triangles through each node, O(m·√m): each is found once, from its corner of lowest degree.

Nodes are renumbered by rising degree and arcs kept from the lower number to the higher, so that
nobody has more than √(2m) of them; two neighbours are joined where the marks of one meet the
arcs of the other. Source: Latapy 2008, doi 10.1016/j.tcs.2008.07.017.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]


@compiled
def _upward(indptr: Ints, indices: Nodes, order: Ints, number: Nodes) -> tuple[Ints, Nodes]:
    """Return the arcs from lower to higher number, as compressed sparse rows of numbers."""
    n = len(order)
    starts = np.zeros(n + 1, np.int64)
    for lower in range(n):
        count = 0
        node = order[lower]
        for arc in range(indptr[node], indptr[node + 1]):
            count += number[indices[arc]] > lower
        starts[lower + 1] = starts[lower] + count
    heads = np.empty(starts[n], np.int32)
    for lower in range(n):
        place = starts[lower]
        node = order[lower]
        for arc in range(indptr[node], indptr[node + 1]):
            if number[indices[arc]] > lower:
                heads[place] = number[indices[arc]]
                place += 1
    return starts, heads


@compiled
def _count(start: int, stop: int, indptr: Ints, indices: Nodes) -> Ints:
    n = len(indptr) - 1
    found = np.zeros(n, np.int64)
    mark = np.full(n, -1, np.int32)
    for low in range(start, stop):
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = low
        for arc in range(indptr[low], indptr[low + 1]):
            middle = indices[arc]
            closed = 0
            for step in range(indptr[middle], indptr[middle + 1]):
                high = indices[step]
                if mark[high] == low:
                    closed += 1
                    found[high] += 1
            found[middle] += closed
            found[low] += closed
    return found


def triangle_counts(indptr: Ints, indices: Nodes) -> Ints:
    """Return the number of triangles through each node of a symmetric network."""
    n = len(indptr) - 1
    order = np.argsort(np.diff(indptr), kind="stable")
    number = np.empty(n, dtype=np.int32)
    number[order] = np.arange(n, dtype=np.int32)
    starts, heads = _upward(indptr, indices, order, number)
    parts = in_ranges(
        lambda start, stop: _count(start, stop, starts, heads), n, size=len(heads), pieces=1
    )
    found: Ints = np.sum(parts, axis=0)
    return found[number]
