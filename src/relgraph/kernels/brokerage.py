"""Brokerage: ordered pairs a → v → b without a → b, by the groups of the three.

All pairs of a node's in- and out-neighbours are counted by group; those that are one node or
tied directly are then taken off, by reading the arcs of its in-neighbours: O(Σ out-degree²) at
worst, in ranges on several threads.
Source: Gould and Fernandez 1989, doi 10.2307/270949.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]

PIECES = 8


@compiled
def _count(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    reverse_indptr: Ints,
    reverse_indices: Nodes,
    group: Nodes,
    pairs: Ints,
) -> None:
    n = len(indptr) - 1
    groups = pairs.shape[1]
    mark = np.full(n, -1, np.int32)
    inward = np.zeros(groups, np.int64)
    outward = np.zeros(groups, np.int64)
    for node in range(start, stop):
        inward[:] = 0
        outward[:] = 0
        for arc in range(indptr[node], indptr[node + 1]):
            mark[indices[arc]] = node
            outward[group[indices[arc]]] += 1
        for arc in range(reverse_indptr[node], reverse_indptr[node + 1]):
            inward[group[reverse_indices[arc]]] += 1
        for one in range(groups):
            for other in range(groups):
                pairs[node, one, other] = inward[one] * outward[other]
        for arc in range(reverse_indptr[node], reverse_indptr[node + 1]):
            tail = reverse_indices[arc]
            if mark[tail] == node:
                pairs[node, group[tail], group[tail]] -= 1
            for step in range(indptr[tail], indptr[tail + 1]):
                if mark[indices[step]] == node:
                    pairs[node, group[tail], group[indices[step]]] -= 1


def brokered_pairs(
    indptr: Ints,
    indices: Nodes,
    reverse_indptr: Ints,
    reverse_indices: Nodes,
    group: Nodes,
    groups: int,
) -> Ints:
    """Return how many pairs each node brokers from each group to each.

    Parameters
    ----------
    indptr, indices, reverse_indptr, reverse_indices : ndarray
        The arcs and their reverse as compressed sparse rows, without self loops.
    group : ndarray of int32, shape (n,)
        Group of each node, from 0.
    groups : int
        Number of groups.

    Returns
    -------
    ndarray of int64, shape (n, groups, groups)
        Pairs a → v → b with a ≠ b and no arc a → b, by node v, group of a and group of b.
    """
    n = len(indptr) - 1
    pairs = np.zeros((n, groups, groups), dtype=np.int64)
    arrays = (indptr, indices, reverse_indptr, reverse_indices, group, pairs)
    in_ranges(
        lambda start, stop: _count(start, stop, *arrays), n, size=n + len(indices), pieces=PIECES
    )
    return pairs
