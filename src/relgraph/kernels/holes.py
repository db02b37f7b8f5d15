"""Structural holes: constraint, effective size and hierarchy of each node (Burt 1992).

Beside the ties of a node itself, only triangles matter: in one of i, q and j, i reaches its
contact j by way of its contact q. So every triangle is found once (see `triangles`), O(m·√m), and
adds to what each of its corners has in the other two; within ego networks a first such pass
finds how much of a contact's ties lies in them. Ranges on several threads add up their own.
Source: Burt 1992, "Structural Holes"; weighted as Borgatti 1997, Connections 20(1).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from relgraph.kernels.compiled import (
    Floats,
    Ints,
    Nodes,
    compiled,
    in_ranges,
    prefetch,
    unsigned,
)
from relgraph.kernels.triangles import Upward, turn_upward

_NEXT = np.uint32(1)
_AHEAD = np.uint64(4)  # arcs ahead for which the list of neighbours is fetched


@compiled
def _add_within(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    origin: Ints,
    reverse: Ints,
    mutual: Floats,
    within: Floats,
    largest: Floats,
) -> None:
    """Add to the arc i → q what q has in i's other contacts, and the largest of that."""
    mark = np.full(len(indptr) - 1, -1, np.int64)  # the arc from `low` to a node, −1 for none
    # Triangles as Latapy 2008 finds them, O(m·√m). Invariant: `mark` has the arcs that lead up from
    # `low`, so each triangle is met once, on the arc from its middle corner to its highest.
    for low in range(start, stop):
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = arc
        for arc in range(indptr[low], indptr[low + 1]):
            middle = indices[arc]
            for step in range(indptr[middle], indptr[middle + _NEXT]):
                side = mark[indices[step]]
                if side < 0:
                    continue
                # From each corner: the arcs to the other two, and what these have in each other.
                for first, second, opposite in (
                    (origin[arc], origin[side], mutual[origin[step]]),
                    (reverse[origin[arc]], origin[step], mutual[origin[side]]),
                    (reverse[origin[side]], reverse[origin[step]], mutual[origin[arc]]),
                ):
                    within[first] += opposite
                    within[second] += opposite
                    largest[first] = max(largest[first], opposite)
                    largest[second] = max(largest[second], opposite)
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = -1


@compiled
def _add_indirect(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    origin: Ints,
    reverse: Ints,
    mutual: Floats,
    ego: bool,
    total: Floats,
    largest: Floats,
    indirect: Floats,
    redundant: Floats,
) -> None:
    """Add to the arc i → j what i has in j by way of others, and to i what that repeats.

    `total` and `largest` hold what each node has in all and in one other or, for `ego`, what the
    head of each arc i → q has of that within i's ego network; both as inverses.
    """
    mark = np.full(len(indptr) - 1, -1, np.int64)  # the arc from `low` to a node, −1 for none
    final = np.uint64(max(1, len(indices)) - 1)
    # Triangles as Latapy 2008 finds them, O(m·√m). Invariant: `mark` has the arcs that lead up from
    # `low`, so each triangle is met once, on the arc from its middle corner to its highest.
    for low in range(start, stop):
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = arc
        for arc in range(indptr[low], indptr[low + 1]):
            prefetch(indices, indptr[indices[min(arc + _AHEAD, final)]])
            middle = np.int64(indices[arc])
            for step in range(indptr[middle], indptr[middle + 1]):
                high = np.int64(indices[step])
                side = mark[high]
                if side < 0:
                    continue
                to_middle, to_high, across = origin[arc], origin[side], origin[step]
                # From each corner: the arcs to the other two with their heads, and what these
                # have in each other. Burt's p_iq·p_qj is what i has in q times what q has in j,
                # over the totals of both; the total of i is divided out in the end.
                for corner, first, first_head, second, second_head, opposite in (
                    (low, to_middle, middle, to_high, high, mutual[across]),
                    (middle, reverse[to_middle], low, across, high, mutual[to_high]),
                    (high, reverse[to_high], low, reverse[across], middle, mutual[to_middle]),
                ):
                    first_at, second_at = (first, second) if ego else (first_head, second_head)
                    by_first, by_second = mutual[first] * opposite, mutual[second] * opposite
                    indirect[second] += by_first * total[first_at]
                    indirect[first] += by_second * total[second_at]
                    repeated = by_first * largest[second_at] + by_second * largest[first_at]
                    redundant[corner] += repeated
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = -1


@compiled
def _combine(
    start: int,
    stop: int,
    indptr: Ints,
    mutual: Floats,
    indirect: Floats,
    redundant: Floats,
    constraint: Floats,
    effective: Floats,
    hierarchy: Floats,
) -> None:
    """Fill Burt's figures of a range, O(arcs); an isolate keeps what stands there."""
    # Burt 1992: c_ij = (p_ij + Σ_q p_iq·p_qj)², which takes the place of what i has in j by way of
    # others; constraint is their sum, hierarchy their Coleman-Theil disorder.
    for node in range(start, stop):
        first, last = indptr[node], indptr[node + 1]
        contacts = last - first
        if contacts == 0:
            continue
        own = 0.0
        for arc in range(first, last):
            own += mutual[arc]
        whole = 0.0
        for arc in range(first, last):
            part = ((mutual[arc] + indirect[arc]) / own) ** 2
            indirect[arc] = part
            whole += part
        constraint[node] = whole
        effective[node] = contacts - redundant[node] / own
        hierarchy[node] = 1.0
        if contacts > 1:
            spread = 0.0
            for arc in range(first, last):
                ratio = indirect[arc] * contacts / whole
                spread += ratio * math.log(ratio)
            hierarchy[node] = spread / (contacts * math.log(contacts))


@compiled
def _sums(
    start: int, stop: int, indptr: Ints, mutual: Floats, total: Floats, largest: Floats
) -> None:
    """Fill the sum and the largest of what each node of a range has in others."""
    for node in range(start, stop):
        for arc in range(indptr[node], indptr[node + 1]):
            total[node] += mutual[arc]
            largest[node] = max(largest[node], mutual[arc])


@compiled
def _reverses(start: int, stop: int, indptr: Ints, indices: Nodes, reverse: Ints) -> None:
    """Fill where the reverse lies of each arc that leads into a range.

    Heads of a node are sorted, so the reverses of its arcs are met in the order they lie in.
    """
    place = indptr[start:stop].copy()
    for node in range(len(indptr) - 1):
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc] - start
            if 0 <= other < len(place):
                reverse[arc] = place[other]
                place[other] += 1


def structural_holes(
    indptr: Ints, indices: Nodes, mutual: Floats, *, ego: bool
) -> tuple[Floats, Floats, Floats]:
    """Return constraint, effective size and hierarchy of each node; NaN for an isolate.

    Parameters
    ----------
    indptr, indices : ndarray
        A symmetric network without self loops, heads sorted.
    mutual : ndarray of float64, shape (m,)
        a_ij + a_ji of each arc.
    ego : bool
        Shares and largest ties within each node's ego network instead of the whole network.
    """
    n, m = len(indptr) - 1, len(indices)
    size = n + m
    upward = turn_upward(indptr, indices)
    reverse = np.empty(m, np.int64)
    in_ranges(lambda start, stop: _reverses(start, stop, indptr, indices, reverse), n, size)
    if ego:
        total, largest = _ego_sums(upward, reverse, mutual)
    else:
        total, largest = np.zeros(n), np.zeros(n)
        in_ranges(lambda start, stop: _sums(start, stop, indptr, mutual, total, largest), n, size)
    arcs = unsigned(upward.indptr, upward.indices)
    shared: tuple[Any, ...] = (*arcs, upward.origin, reverse, mutual, ego)
    inverses: tuple[Any, ...] = (_inverse(total), _inverse(largest))

    def work(start: int, stop: int) -> tuple[Floats, Floats]:
        found = np.zeros(m), np.zeros(n)
        _add_indirect(start, stop, *(*shared, *inverses, *found))
        return found

    indirect, redundant = (added(part) for part in zip(*in_ranges(work, n, size), strict=True))
    found = np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan)
    rest = (indptr, mutual, indirect, redundant, *found)
    in_ranges(lambda start, stop: _combine(start, stop, *rest), n, size)
    return found


def _inverse(values: Floats) -> Floats:
    """Return 1/x, and 0 for what has nothing."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def added(parts: tuple[Floats, ...]) -> Floats:
    """Return the sum of arrays, in the first of them."""
    first, *others = parts
    for other in others:
        first += other
    return first


def _ego_sums(upward: Upward, reverse: Ints, mutual: Floats) -> tuple[Floats, Floats]:
    """Return, for each arc i → q, the sum and the largest of q's ties within i's ego network."""
    n = len(upward.indptr) - 1
    arcs = unsigned(upward.indptr, upward.indices)

    def work(start: int, stop: int) -> tuple[Floats, Floats]:
        within, largest = np.zeros(len(mutual)), mutual.copy()
        _add_within(start, stop, *arcs, upward.origin, reverse, mutual, within, largest)
        return within, largest

    within, largest = zip(*in_ranges(work, n, size=n + len(mutual)), strict=True)
    return mutual + added(within), np.maximum.reduce(largest)
