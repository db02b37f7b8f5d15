"""Brokerage: ordered pairs a → v → b without a → b, by the groups of the three.

All pairs of a node's in- and out-neighbours are counted by group; those that are one node or
tied directly are then taken off, by reading the arcs of its in-neighbours: O(Σ out-degree²) at
worst, in ranges on several threads.
Source: Gould and Fernandez 1989, doi 10.2307/270949.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Ints, Nodes, compiled, in_ranges

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
    """Fill the pairs that the nodes of a range broker."""
    n = len(indptr) - 1
    groups = pairs.shape[1]
    mark = np.full(n, -1, np.int32)  # the last node of the range that points at this one
    tails = np.zeros(groups, np.int64)
    heads = np.zeros(groups, np.int64)
    for node in range(start, stop):
        tails[:] = 0
        heads[:] = 0
        for arc in range(indptr[node], indptr[node + 1]):
            mark[indices[arc]] = node
            heads[group[indices[arc]]] += 1
        for arc in range(reverse_indptr[node], reverse_indptr[node + 1]):
            tails[group[reverse_indices[arc]]] += 1
        # All pairs of a tail and a head, before those are taken off that don't count.
        for tail_group in range(groups):
            for head_group in range(groups):
                pairs[node, tail_group, head_group] = tails[tail_group] * heads[head_group]
        # Taken off are a → v → a, and a → v → b where a → b, which doesn't need v.
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
