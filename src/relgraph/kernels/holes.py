"""Structural holes: constraint, effective size and hierarchy of each node (Burt 1992).

Beside the ties of a node itself, only triangles matter: in one of i, q and j, i reaches its
contact j by way of its contact q. So every triangle is found once (see `triangles`), O(m·√m), and
adds to what each of its corners has in the other two; within ego networks a first such pass
finds how much of a contact's ties lies in there. Ranges on several threads add up their own.
Source: Burt 1992, "Structural Holes"; weighted as Borgatti 1997, Connections 20(1).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges, unsigned
from relgraph.kernels.triangles import Upward, turn_upward

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]


@compiled
def _add_within(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
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
            for step in range(indptr[middle], indptr[middle + 1]):
                side = mark[indices[step]]
                if side < 0:
                    continue
                for one, other, across in (
                    (there[arc], there[side], mutual[there[step]]),
                    (back[arc], there[step], mutual[there[side]]),
                    (back[side], back[step], mutual[there[arc]]),
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
    indptr: Ints,
    indices: Nodes,
    order: Ints,
    there: Ints,
    back: Ints,
    mutual: Floats,
    total: Floats,
    largest: Floats,
    indirect: Floats,
    redundant: Floats,
) -> None:
    """Add to the arc i → j what i has in j by way of others, and to i what that repeats."""
    mark = np.full(len(indptr) - 1, -1, np.int64)
    for low in range(start, stop):
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = arc
        for arc in range(indptr[low], indptr[low + 1]):
            middle = indices[arc]
            for step in range(indptr[middle], indptr[middle + 1]):
                side = mark[indices[step]]
                if side < 0:
                    continue
                for ego, one, other, across in (
                    (order[low], there[arc], there[side], mutual[there[step]]),
                    (order[middle], back[arc], there[step], mutual[there[side]]),
                    (order[indices[step]], back[side], back[step], mutual[there[arc]]),
                ):
                    indirect[other] += mutual[one] * across / total[one]
                    indirect[one] += mutual[other] * across / total[other]
                    redundant[ego] += across * (
                        mutual[one] / largest[other] + mutual[other] / largest[one]
                    )
        for arc in range(indptr[low], indptr[low + 1]):
            mark[indices[arc]] = -1


@compiled
def _combine(
    start: int,
    stop: int,
    indptr: Ints,
    mutual: Floats,
    own: Floats,
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
        whole = 0.0
        for arc in range(first, last):
            part = ((mutual[arc] + indirect[arc]) / own[node]) ** 2
            indirect[arc] = part
            whole += part
        constraint[node] = whole
        effective[node] = contacts - redundant[node] / own[node]
        hierarchy[node] = 1.0
        if contacts > 1:
            spread = 0.0
            for arc in range(first, last):
                ratio = indirect[arc] * contacts / whole
                spread += ratio * math.log(ratio)
            hierarchy[node] = spread / (contacts * math.log(contacts))


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
    n = len(indptr) - 1
    upward = turn_upward(indptr, indices)
    tails = np.repeat(np.arange(n), np.diff(indptr))
    own = np.bincount(tails, mutual, minlength=n).astype(np.float64)
    if ego:
        total, largest = _ego_sums(upward, mutual)
    else:
        most = np.zeros(n)
        np.maximum.at(most, indices, mutual)
        total, largest = own[indices], most[indices]
    shared = (upward.order, upward.there, upward.back, mutual, total, largest)
    starts, heads = unsigned(upward.indptr, upward.indices)

    def work(start: int, stop: int) -> tuple[Floats, Floats]:
        indirect, redundant = np.zeros(len(indices)), np.zeros(n)
        _add_indirect(start, stop, starts, heads, *shared, indirect, redundant)
        return indirect, redundant

    size = n + len(indices)
    indirect, redundant = (added(part) for part in zip(*in_ranges(work, n, size), strict=True))
    found = np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan)
    rest = (indptr, mutual, own, indirect, redundant, *found)
    in_ranges(lambda start, stop: _combine(start, stop, *rest), n, size)
    return found


def added(parts: tuple[Floats, ...]) -> Floats:
    """Return the sum of arrays, in the first of them."""
    first, *others = parts
    for other in others:
        first += other
    return first


def _ego_sums(upward: Upward, mutual: Floats) -> tuple[Floats, Floats]:
    """Return, for each arc i → q, the sum and the largest of q's ties within i's ego network."""
    n = len(upward.order)

    def work(start: int, stop: int) -> tuple[Floats, Floats]:
        within, most = np.zeros(len(mutual)), mutual.copy()
        arcs = unsigned(upward.indptr, upward.indices)
        _add_within(start, stop, *arcs, upward.there, upward.back, mutual, within, most)
        return within, most

    within, most = zip(*in_ranges(work, n, size=n + len(mutual)), strict=True)
    return mutual + added(within), np.maximum.reduce(most)
