"""Ties as each end has them: the arcs with their reverses, and the sum of both, O(n + m).

The arcs are turned round by counting (as Gustavson 1978 transposes a matrix,
doi 10.1145/355791.355796), which leaves each node's in order; then what leads away from a node and
what leads to it are merged like two sorted lists.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled, in_ranges

NO_VALUES = np.zeros(0)


@compiled
def _turn_round(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    values: Floats,
    starts: Ints,
    tails: Nodes,
    turned: Floats,
) -> None:
    """Fill the arcs that lead into a range, by their tails."""
    # Invariant: `place` is where the next arc into each node goes, and tails come in their order,
    # so each node's are sorted. Every thread reads all arcs and writes its nodes' alone.
    place = starts[start:stop].copy()
    for node in range(len(indptr) - 1):
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc] - start
            if 0 <= other < len(place):
                tails[place[other]] = node
                if len(values) > 0:
                    turned[place[other]] = values[arc]
                place[other] += 1


@compiled
def _count(
    start: int, stop: int, indptr: Ints, indices: Nodes, starts: Ints, tails: Nodes, counts: Ints
) -> None:
    """Fill how many neighbours each node of a range has, either way."""
    for node in range(start, stop):
        out, out_end = indptr[node], indptr[node + 1]
        into, into_end = starts[node], starts[node + 1]
        count = out_end - out + into_end - into
        # The lists are walked side by side: a neighbour in both is met in both at once.
        while out < out_end and into < into_end:
            head, tail = indices[out], tails[into]
            count -= head == tail
            out += head <= tail
            into += tail <= head
        counts[node] = count


@compiled
def _merge(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    values: Floats,
    starts: Ints,
    tails: Nodes,
    turned: Floats,
    merged: Ints,
    heads: Nodes,
    sums: Floats,
) -> None:
    """Fill the neighbours of a range and the sums of their values."""
    for node in range(start, stop):
        out, out_end = indptr[node], indptr[node + 1]
        into, into_end = starts[node], starts[node + 1]
        # Invariant: all neighbours smaller than those at `out` and `into` are placed.
        for place in range(merged[node], merged[node + 1]):
            is_head = out < out_end and (into == into_end or indices[out] <= tails[into])
            is_tail = into < into_end and (out == out_end or tails[into] <= indices[out])
            heads[place] = indices[out] if is_head else tails[into]
            if len(values) > 0:
                sums[place] = values[out] if is_head else 0.0
                sums[place] += turned[into] if is_tail else 0.0
            out += is_head
            into += is_tail


def both_ways(
    indptr: Ints, indices: Nodes, values: Floats = NO_VALUES
) -> tuple[Ints, Nodes, Floats]:
    """Return the arcs with their reverses, and for each the sum of both directions.

    Parameters
    ----------
    indptr, indices : ndarray
        Arcs as compressed sparse rows, heads sorted.
    values : ndarray of float64, shape (m,) or (0,)
        The value of each arc; without, there are no sums.

    Examples
    --------
    >>> one_arc = np.array([0, 1, 1]), np.array([1], np.int32), np.array([0.5])
    >>> [part.tolist() for part in both_ways(*one_arc)]
    [[0, 1, 2], [1, 0], [0.5, 0.5]]
    """
    n, m = len(indptr) - 1, len(indices)
    size = n + m
    starts, merged = np.zeros(n + 1, np.int64), np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(indices, minlength=n), out=starts[1:])
    tails, turned = np.empty(m, np.int32), np.empty(len(values))
    given: tuple[Any, ...] = (indptr, indices, values, starts, tails, turned)
    in_ranges(lambda start, stop: _turn_round(start, stop, *given), n, size)
    rows: tuple[Any, ...] = (indptr, indices, starts, tails, merged[1:])
    in_ranges(lambda start, stop: _count(start, stop, *rows), n, size)
    np.cumsum(merged, out=merged)
    both = (merged, np.empty(merged[-1], np.int32), np.empty(merged[-1] if len(values) else 0))
    filled: tuple[Any, ...] = (*given, *both)
    in_ranges(lambda start, stop: _merge(start, stop, *filled), n, size)
    return both
