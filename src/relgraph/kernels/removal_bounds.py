"""The most that a network can lose with each of several nodes: bounds to search by.

A set takes a pair of nodes apart, or farther, only where it stands on every shortest path between
them; the shares of these paths that run through its members then come to 1 or more. So the sum,
over a set, of each member's share times what the pair can lose is never below what the set costs.
A pair can lose only the difference to a way that no set of the size can close: an arc, a way by
a node that stays, or the longest of so many ways by one node that one must be left. That is a
pass as for betweenness and a look at the neighbours' neighbours: O(m log n + Σ degree²) a source.

Sources: the shares of paths as Brandes 2001, doi 10.1080/0022250X.2001.9990249.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Bools, Floats, Ints, Nodes, compiled, in_ranges
from relgraph.kernels.heap import new_heap
from relgraph.kernels.removal import Both
from relgraph.kernels.shortest import SAME_LENGTH, Arcs, is_shortest, settle

PIECES = 4
# More nodes than that are taken to close every way by a single node.
MOST_WAYS = 16


@compiled
def _count_paths(order: Nodes, reverse: Arcs, distance: Floats, paths: Floats) -> None:
    """Fill how many shortest paths lead to each node in the order of settling."""
    # Brandes 2001. Invariant: what precedes a node on a shortest path has been counted before it.
    indptr, indices, length = reverse
    paths[order[0]] = 1.0
    for node in order[1:]:
        count = 0.0
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if is_shortest(distance[other], distance[node], length[arc], SAME_LENGTH):
                count += paths[other]
        paths[node] = count


@compiled
def _find_sure_ways(
    source: int, arcs: Arcs, removed: Bools, removable: Bools, sure: Floats, ways: Floats
) -> None:
    """Fill the length of a way that stays, and sorted, those that go when their middle does."""
    # Each row of `ways` holds the shortest ways by a middle that may go, shortest first: one more
    # than can go, so that the last of them is left whoever goes. O(Σ degree of neighbours).
    indptr, indices, length = arcs
    last = ways.shape[1] - 1
    for first in range(indptr[source], indptr[source + 1]):
        middle = indices[first]
        if removed[middle]:
            continue
        sure[middle] = min(sure[middle], length[first])
        for second in range(indptr[middle], indptr[middle + 1]):
            node = indices[second]
            both = length[first] + length[second]
            if not removable[middle]:
                sure[node] = min(sure[node], both)
            elif both < ways[node, last]:  # insert it
                place = last
                while place > 0 and ways[node, place - 1] > both:
                    ways[node, place] = ways[node, place - 1]
                    place -= 1
                ways[node, place] = both


@compiled
def _share_out(
    order: Nodes,
    reverse: Arcs,
    distance: Floats,
    paths: Floats,
    lasting: Floats,
    by_pairs: bool,
    ends: bool,
    share: Floats,
    bounds: Floats,
) -> float:
    """Add what each node can cost this source, from the farthest on; return what there is."""
    # Brandes' sums of dependencies, weighted by what a pair can lose. Invariant: `share` of a node
    # is complete when its turn comes, because what it precedes has settled later.
    indptr, indices, length = reverse
    source = order[0]
    total = 0.0
    for node in order[:0:-1]:
        value, kept = 1.0 / distance[node], 1.0 / lasting[node]
        if by_pairs:
            value, kept = 1.0, 1.0 if lasting[node] < np.inf else 0.0
        total += value
        # The pair is lost with either end, whatever way lasts.
        if ends:
            bounds[source] += value
        bounds[node] += value + share[node]
        passed_on = (share[node] + max(0.0, value - kept)) / paths[node]
        share[node] = 0.0
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            shortest = is_shortest(distance[other], distance[node], length[arc], SAME_LENGTH)
            if shortest and other != source:
                share[other] += paths[other] * passed_on
    return total


@compiled
def _add_bounds(
    sources: Ints,
    both: Both,
    removed: Bools,
    removable: Bools,
    further: int,
    by_pairs: bool,
    ends: bool,
    bounds: Floats,
) -> float:
    """Add the parts of some sources to `bounds`; return what there is."""
    n = len(removed)
    distance, settled, heap = np.full(n, np.inf), np.empty(n, np.int32), new_heap(n)
    paths, share, sure = np.zeros(n), np.zeros(n), np.empty(n)
    ways = np.empty((n, further + 1))
    total = 0.0
    for source in sources:
        if removed[source]:
            continue
        order = settled[: settle(source, both[0], removed, distance, settled, heap)]
        _count_paths(order, both[1], distance, paths)
        sure[:] = np.inf
        ways[:] = np.inf
        _find_sure_ways(source, both[0], removed, removable, sure, ways)
        lasting = np.minimum(sure, ways[:, further]) if further > 0 else sure.copy()
        rest = (distance, paths, lasting, by_pairs, ends, share, bounds)
        total += _share_out(order, both[1], *rest)
        for node in order:
            distance[node] = np.inf
    return total


def loss_bounds(
    arcs: Both,
    removed: Bools,
    removable: Bools,
    further: int,
    sources: Ints,
    *,
    by_pairs: bool,
    ends: bool = True,
) -> tuple[float, Floats]:
    """Return what is left of a network, and for each node a part of the most it can lose.

    What is left without any set of that many further nodes is at least what there is less the sum
    of its members' parts.

    Parameters
    ----------
    arcs : ((indptr, indices, length), (indptr, indices, length))
        The arcs and their reverse as compressed sparse rows, lengths 1 or more.
    removed : ndarray of bool, shape (n,)
        Nodes that are out already.
    removable : ndarray of bool, shape (n,)
        Nodes that may be taken out.
    further : int
        How many of them will be.
    sources : ndarray of int64
        Where distances are measured from; all nodes, or a sample.
    by_pairs : bool
        Count connected pairs instead of Σ 1/d.
    ends : bool
        Count what each source itself can cost; in a sample, where only some nodes are sources, that
        is to be left out.

    Returns
    -------
    left : float
        Connected pairs, or Σ 1/d.
    bounds : ndarray of float64, shape (n,)
        A part for each node.
    """
    n = len(removed)

    def work(start: int, stop: int) -> tuple[float, Floats]:
        bounds = np.zeros(n)
        asked = (further if further <= MOST_WAYS else 0, by_pairs, ends, bounds)
        left = _add_bounds(sources[start:stop], arcs, removed, removable, *asked)
        return left, bounds

    parts = in_ranges(work, len(sources), size=len(sources) * len(arcs[0][1]), pieces=PIECES)
    return float(sum(left for left, _ in parts)), np.sum([bounds for _, bounds in parts], axis=0)
