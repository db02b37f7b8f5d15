"""Structural holes: constraint, effective size and hierarchy of each node (Burt 1992).

Beside the ties of a node itself, only triangles matter: in one of i, q and j, i reaches its
contact j by way of its contact q. So every triangle is found once (see `triangles`), O(m·√m), and
adds to what each of its corners has in the other two; within ego networks a first such pass
finds how much of a contact's ties lies in there. Ranges on several threads add up their own.
Source: Burt 1992, "Structural Holes"; weighted as Borgatti 1997, Connections 20(1).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges, prefetch, unsigned
from relgraph.kernels.triangles import Upward, turn_upward

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]

_NEXT = np.uint32(1)
_AHEAD = np.uint64(4)  # arcs ahead for which the list of neighbours is fetched


@compiled
def _add_within(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    there: Ints,
    back: Ints,
    mutual: Floats,
    within: Floats,
    most: Floats,
) -> None:
    """Add to the arc i → q what q has in i's other contacts, and the largest of that."""
    mark = np.full(len(indptr) - 1, -1, np.int64)
    for low in range(start, stop):
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = arc
        for arc in range(indptr[low], indptr[low + 1]):
            middle = indices[arc]
            for step in range(indptr[middle], indptr[middle + _NEXT]):
                side = mark[indices[step]]
                if side < 0:
                    continue
                for one, other, across in (
                    (there[arc], there[side], mutual[there[step]]),
                    (back[there[arc]], there[step], mutual[there[side]]),
                    (back[there[side]], back[there[step]], mutual[there[arc]]),
                ):
                    within[one] += across
                    within[other] += across
                    most[one] = max(most[one], across)
                    most[other] = max(most[other], across)
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = -1


@compiled
def _add_indirect(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    there: Ints,
    back: Ints,
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
    mark = np.full(len(indptr) - 1, -1, np.int64)
    final = np.uint64(max(1, len(indices)) - 1)
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
                near, far, last = there[arc], there[side], there[step]
                for node, one, there_one, other, there_other, across in (
                    (low, near, middle, far, high, mutual[last]),
                    (middle, back[near], low, last, high, mutual[far]),
                    (high, back[far], low, back[last], middle, mutual[near]),
                ):
                    by_one, by_other = (one, other) if ego else (there_one, there_other)
                    here, beside = mutual[one] * across, mutual[other] * across
                    indirect[other] += here * total[by_one]
                    indirect[one] += beside * total[by_other]
                    redundant[node] += here * largest[by_other] + beside * largest[by_one]
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
def _sums(start: int, stop: int, indptr: Ints, mutual: Floats, own: Floats, most: Floats) -> None:
    for node in range(start, stop):
        for arc in range(indptr[node], indptr[node + 1]):
            own[node] += mutual[arc]
            most[node] = max(most[node], mutual[arc])


@compiled
def _reverses(start: int, stop: int, indptr: Ints, indices: Nodes, back: Ints) -> None:
    """Fill where the reverse lies of each arc that leads into a range.

    Heads of a node are sorted, so the reverses of its arcs are met in the order they lie in.
    """
    place = indptr[start:stop].copy()
    for node in range(len(indptr) - 1):
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc] - start
            if 0 <= other < len(place):
                back[arc] = place[other]
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
    back = np.empty(m, np.int64)
    in_ranges(lambda start, stop: _reverses(start, stop, indptr, indices, back), n, size)
    if ego:
        total, largest = _ego_sums(upward, back, mutual)
    else:
        total, largest = np.zeros(n), np.zeros(n)
        in_ranges(lambda start, stop: _sums(start, stop, indptr, mutual, total, largest), n, size)
    arcs = unsigned(upward.indptr, upward.indices)
    shared: tuple[Any, ...] = (*arcs, upward.there, back, mutual, ego)
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


def _ego_sums(upward: Upward, back: Ints, mutual: Floats) -> tuple[Floats, Floats]:
    """Return, for each arc i → q, the sum and the largest of q's ties within i's ego network."""
    n = len(upward.indptr) - 1
    arcs = unsigned(upward.indptr, upward.indices)

    def work(start: int, stop: int) -> tuple[Floats, Floats]:
        within, most = np.zeros(len(mutual)), mutual.copy()
        _add_within(start, stop, *arcs, upward.there, back, mutual, within, most)
        return within, most

    within, most = zip(*in_ranges(work, n, size=n + len(mutual)), strict=True)
    return mutual + added(within), np.maximum.reduce(most)
