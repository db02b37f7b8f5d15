"""The two steps of the Leiden method: nodes move between communities, and within them they merge.

Moving lets a node join the neighbouring community that gains most modularity, or leave for one of
its own. Refining then splits each community into groups that hold together: from single nodes on,
each joins the group inside its community that gains most. The groups are the nodes of the next
round, so that a community can still be split where the first moves were wrong.

One pass reads every arc once: O(m); a few dozen passes of moving are usual, one of refining.
Sources: Traag, Waltman and van Eck 2019, doi 10.1038/s41598-019-41695-z, after Blondel, Guillaume,
Lambiotte and Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008; the resolution as Reichardt and
Bornholdt 2006, doi 10.1103/PhysRevE.74.016110.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled

# What a move must gain, as a share of all ties, to be more than rounding.
NOTHING = 1e-12


@compiled
def _degrees(indptr: Ints, weight: Floats, loops: Floats) -> Floats:
    degree = loops.copy()
    for node in range(len(loops)):
        for arc in range(indptr[node], indptr[node + 1]):
            degree[node] += weight[arc]
    return degree


@compiled
def _sizes(community: Ints, degree: Floats) -> tuple[float, Floats, Ints, Ints, int]:
    """Return the degree of all, that of each community, its size, the empty ones, how many."""
    n = len(community)
    total, members, empty = np.zeros(n), np.zeros(n, np.int64), np.empty(n, np.int64)
    whole = 0.0
    left = 0
    for node in range(n):
        total[community[node]] += degree[node]
        members[community[node]] += 1
        whole += degree[node]
    for each in range(n):
        if members[each] == 0:
            empty[left] = each
            left += 1
    return whole, total, members, empty, left


@compiled
def move_nodes(
    indptr: Ints,
    indices: Nodes,
    weight: Floats,
    loops: Floats,
    community: Ints,
    order: Ints,
    most_passes: int,
    resolution: float,
) -> None:
    """Move nodes between communities until modularity stops growing.

    Parameters
    ----------
    indptr, indices, weight : ndarray
        A symmetric network without self loops as compressed sparse rows.
    loops : ndarray of float64, shape (n,)
        Twice the weight inside each node, which may stand for several.
    community : ndarray of int64, shape (n,)
        The community of each node, below n; changed in place.
    order : ndarray of int64, shape (n,)
        The order in which nodes are looked at.
    most_passes : int
        Passes after which it stops in any case.
    resolution : float
        Factor on the ties expected by chance; 1 is modularity.
    """
    n = len(indptr) - 1
    degree = _degrees(indptr, weight, loops)
    whole, total, members, empty, left = _sizes(community, degree)
    expected = resolution / whole
    # By joining a community a node adds to modularity, times 2/whole, the weight of its ties to it
    # less what chance expects of their degrees. Invariant: `total` is the degree and `members` the
    # size of each community, the first `left` of `empty` have none, and `ties` are 0 whenever a
    # node's turn comes.
    ties = np.zeros(n)
    neighbours = np.empty(n, np.int64)
    for _ in range(most_passes):
        moved = False
        for node in order:
            own = community[node]
            count = 0
            for arc in range(indptr[node], indptr[node + 1]):
                other = community[indices[arc]]
                if ties[other] == 0.0:
                    neighbours[count] = other
                    count += 1
                ties[other] += weight[arc]
            total[own] -= degree[node]
            best, most = own, ties[own] - total[own] * degree[node] * expected
            for place in range(count):
                other = neighbours[place]
                gain = ties[other] - total[other] * degree[node] * expected
                if gain > most + NOTHING * whole:
                    best, most = other, gain
                ties[other] = 0.0
            if most < -NOTHING * whole and members[own] > 1:
                best = empty[left - 1]  # alone it is better off
            if best != own:
                members[own] -= 1
                if members[own] == 0:
                    empty[left] = own
                    left += 1
                if members[best] == 0:
                    left -= 1
                members[best] += 1
                community[node] = best
                moved = True
            total[best] += degree[node]
        if not moved:
            break


@compiled
def refine_nodes(
    indptr: Ints,
    indices: Nodes,
    weight: Floats,
    loops: Floats,
    community: Ints,
    order: Ints,
    resolution: float,
) -> Ints:
    """Return the group of each node, groups lying inside communities; as for `move_nodes`."""
    n = len(indptr) - 1
    degree = _degrees(indptr, weight, loops)
    inside, whole = np.zeros(n), 0.0
    for node in range(n):
        inside[community[node]] += degree[node]
        whole += degree[node]
    expected = resolution / whole
    group, total, members = np.arange(n), degree.copy(), np.ones(n, np.int64)
    # Ties of each group to the rest of its community.
    outward = np.zeros(n)
    for node in range(n):
        for arc in range(indptr[node], indptr[node + 1]):
            if community[indices[arc]] == community[node]:
                outward[node] += weight[arc]
    ties = np.zeros(n)
    neighbours = np.empty(n, np.int64)
    # Traag et al. 2019, algorithm A.2, with the best group instead of a random one. Invariant:
    # `total` and `outward` are those of each group; only nodes that are still alone join, and
    # only such groups as are better connected to their community than by chance.
    for node in order:
        rest = inside[community[node]]
        if members[group[node]] > 1:
            continue
        if outward[node] < degree[node] * (rest - degree[node]) * expected:
            continue
        count = 0
        for arc in range(indptr[node], indptr[node + 1]):
            if community[indices[arc]] == community[node]:
                other = group[indices[arc]]
                if ties[other] == 0.0:
                    neighbours[count] = other
                    count += 1
                ties[other] += weight[arc]
        best, most = node, 0.0
        for place in range(count):
            other = neighbours[place]
            connected = outward[other] >= total[other] * (rest - total[other]) * expected
            gain = ties[other] - total[other] * degree[node] * expected
            if connected and gain > most + NOTHING * whole:
                best, most = other, gain
        if best != node:
            outward[best] += outward[node] - 2.0 * ties[best]
            total[best] += degree[node]
            members[best] += 1
            members[node] = 0
            group[node] = best
        for place in range(count):
            ties[neighbours[place]] = 0.0
    return group
