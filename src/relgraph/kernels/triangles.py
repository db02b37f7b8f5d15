"""Triangles through each node, O(m·√m): each is found once, from its corner of lowest degree.

Nodes are renumbered by rising degree and arcs kept from the lower number to the higher, so that
nobody has more than √(2m) of them; two neighbours are joined where the marks of one meet the
arcs of the other. Source: Latapy 2008, doi 10.1016/j.tcs.2008.07.017.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges, unsigned

Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]

# Ranges per thread: who comes late in the order has more neighbours.
PIECES = 4


class Upward(NamedTuple):
    """Arcs from lower to higher number as compressed sparse rows of numbers.

    `order` holds the node of each number; `there` and `back` are the positions of an arc and of
    its reverse in the network that it was made from.
    """

    order: Ints
    indptr: Ints
    indices: Nodes
    there: Ints
    back: Ints


@compiled
def _turn_upward(
    indptr: Ints, indices: Nodes, order: Ints, number: Nodes
) -> tuple[Ints, Nodes, Ints, Ints]:
    n = len(order)
    # Heads of a node are sorted, so the reverses of its arcs are met in the order they lie in.
    reverse = np.empty(len(indices), np.int64)
    next_of = indptr[:-1].astype(np.int64)
    for node in range(n):
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            reverse[arc] = next_of[other]
            next_of[other] += 1
    starts = np.zeros(n + 1, np.int64)
    for lower in range(n):
        count = 0
        node = order[lower]
        for arc in range(indptr[node], indptr[node + 1]):
            count += number[indices[arc]] > lower
        starts[lower + 1] = starts[lower] + count
    heads = np.empty(starts[n], np.int32)
    there = np.empty(starts[n], np.int64)
    back = np.empty(starts[n], np.int64)
    for lower in range(n):
        place = starts[lower]
        node = order[lower]
        for arc in range(indptr[node], indptr[node + 1]):
            if number[indices[arc]] > lower:
                heads[place] = number[indices[arc]]
                there[place] = arc
                back[place] = reverse[arc]
                place += 1
    return starts, heads, there, back


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


def turn_upward(indptr: Ints, indices: Nodes) -> Upward:
    """Return the arcs of a symmetric network, heads sorted, from lower to higher degree."""
    order = np.argsort(np.diff(indptr), kind="stable")
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return Upward(order, *_turn_upward(*unsigned(indptr, indices), order, number))


def triangle_counts(indptr: Ints, indices: Nodes) -> Ints:
    """Return the number of triangles through each node of a symmetric network, heads sorted."""
    upward = turn_upward(indptr, indices)
    n = len(upward.order)
    arcs = unsigned(upward.indptr, upward.indices)
    parts = in_ranges(
        lambda start, stop: _count(start, stop, *arcs), n, size=len(indices), pieces=PIECES
    )
    found = np.empty(n, dtype=np.int64)
    found[upward.order] = np.sum(parts, axis=0)
    return found
