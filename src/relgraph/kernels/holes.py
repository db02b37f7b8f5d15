"""Structural holes: constraint, effective size and hierarchy of each node (Burt 1992).

For each node, the arcs of its contacts are read and those that lead to another of its contacts
kept: O(Σ degree²) at worst, twice that within ego networks, in ranges on several threads.
Source: Burt 1992, "Structural Holes"; weighted as Borgatti 1997, Connections 20(1).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]

# Ranges per thread: the nodes with many contacts should not all be waited for at the end.
PIECES = 8


@compiled
def _holes(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    mutual: Floats,
    total: Floats,
    largest: Floats,
    ego: bool,
    constraint: Floats,
    effective: Floats,
    hierarchy: Floats,
) -> None:
    n = len(indptr) - 1
    mark = np.full(n, -1, np.int32)
    # What the contacts of the node at hand put into each contact, by way of others.
    indirect = np.zeros(n)
    total = total.copy() if ego else total
    largest = largest.copy() if ego else largest
    for node in range(start, stop):
        first, last = indptr[node], indptr[node + 1]
        contacts = last - first
        if contacts == 0:
            continue
        own = 0.0
        for arc in range(first, last):
            mark[indices[arc]] = node
            own += mutual[arc]
        if ego:
            for arc in range(first, last):
                via = indices[arc]
                within = most = mutual[arc]
                for step in range(indptr[via], indptr[via + 1]):
                    if mark[indices[step]] == node:
                        within += mutual[step]
                        most = max(most, mutual[step])
                total[via] = within
                largest[via] = most
        redundant = 0.0
        for arc in range(first, last):
            via = indices[arc]
            share = mutual[arc] / own
            onward = share / total[via]
            for step in range(indptr[via], indptr[via + 1]):
                other = indices[step]
                if mark[other] == node:
                    indirect[other] += onward * mutual[step]
                    redundant += share * mutual[step] / largest[other]
        whole = 0.0
        for arc in range(first, last):
            part = (mutual[arc] / own + indirect[indices[arc]]) ** 2
            indirect[indices[arc]] = part
            whole += part
        constraint[node] = whole
        effective[node] = contacts - redundant
        spread = 0.0
        for arc in range(first, last):
            ratio = indirect[indices[arc]] * contacts / whole
            indirect[indices[arc]] = 0.0
            spread += ratio * math.log(ratio)
        hierarchy[node] = spread / (contacts * math.log(contacts)) if contacts > 1 else 1.0


def structural_holes(
    indptr: Ints, indices: Nodes, mutual: Floats, *, ego: bool
) -> tuple[Floats, Floats, Floats]:
    """Return constraint, effective size and hierarchy of each node; NaN for an isolate.

    Parameters
    ----------
    indptr, indices : ndarray
        A symmetric network without self loops.
    mutual : ndarray of float64, shape (m,)
        a_ij + a_ji of each arc.
    ego : bool
        Shares and largest ties within each node's ego network instead of the whole network.
    """
    n = len(indptr) - 1
    found = np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan)
    tails = np.repeat(np.arange(n), np.diff(indptr))
    total = np.bincount(tails, mutual, minlength=n).astype(np.float64)
    largest = np.zeros(n)
    np.maximum.at(largest, tails, mutual)

    def work(start: int, stop: int) -> None:
        _holes(start, stop, indptr, indices, mutual, total, largest, ego, *found)

    in_ranges(work, n, size=n + len(indices), pieces=PIECES)
    return found
