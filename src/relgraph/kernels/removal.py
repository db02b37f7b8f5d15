"""What a network loses with each node: reachable pairs and Σ 1/d, for all nodes in one pass.

From a source, only the nodes that v dominates (every shortest path to them runs through v) get
farther when v is taken out. So one search from each source gives the distances and the tree of
dominators; then, for each v, the nodes below it alone are settled anew from the arcs that enter
them from elsewhere. That is O(m log n) a source and the sizes of such sets for the nodes asked for,
instead of a search for each pair of source and removed node; a set of k is tried by its first
k − 1 members and this pass for the last.

Sources: Borgatti 2006, doi 10.1007/s10588-006-7084-x; dominators (Lengauer and Tarjan 1979,
doi 10.1145/357062.357071) by nearest common ancestors as Cooper, Harvey and Kennedy 2001, "A
simple, fast dominance algorithm", in one pass because shortest paths have no circles.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relgraph.kernels.compiled import Bools, Floats, Ints, Nodes, compiled, in_ranges
from relgraph.kernels.heap import Heap, new_heap, put, take_first
from relgraph.kernels.shortest import SAME_LENGTH, Arcs, is_shortest, settle

Both = tuple[Arcs, Arcs]

PIECES = 4
# Figures of two sets that differ by less are equal: it is well below 1/n² and above rounding.
SAME_VALUE = 1e-11


class Tree(NamedTuple):
    """The nodes a search has reached, each under the nearest that every shortest path passes."""

    parent: Nodes
    depth: Nodes
    below: Nodes  # how many hang from a node, itself counted
    rank: Nodes  # place in an order where all that hang from a node follow it; −1 outside
    by_rank: Nodes
    free: Nodes  # the next rank to give to what hangs from a node


@compiled
def _new_tree(n: int) -> Tree:
    return Tree(
        np.empty(n, np.int32),
        np.empty(n, np.int32),
        np.empty(n, np.int32),
        np.full(n, -1, np.int32),
        np.empty(n, np.int32),
        np.empty(n, np.int32),
    )


@compiled
def _common_ancestor(one: int, other: int, tree: Tree) -> int:
    """Return the lowest node of the tree that both hang from, or are."""
    while one != other:
        if tree.depth[one] > tree.depth[other]:
            one = tree.parent[one]
        else:
            other = tree.parent[other]
    return one


@compiled
def _grow(order: Nodes, reverse: Arcs, distance: Floats, tree: Tree) -> None:
    """Fill the tree of dominators of the nodes in the order of settling, the source first."""
    # Invariant: all that precedes a node on a shortest path has settled before it, so it is in the
    # tree; what dominates the node dominates all of that.
    indptr, indices, length = reverse
    source = order[0]
    tree.depth[source] = 0
    tree.below[source] = 1
    for node in order[1:]:
        parent = -1
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if is_shortest(distance[other], distance[node], length[arc], SAME_LENGTH):
                parent = other if parent < 0 else _common_ancestor(parent, other, tree)
        tree.parent[node] = parent
        tree.depth[node] = tree.depth[parent] + 1
        tree.below[node] = 1
    for place in range(len(order) - 1, 0, -1):
        tree.below[tree.parent[order[place]]] += tree.below[order[place]]
    # Ranks go down the tree, each node's branch in one run that begins with itself.
    tree.rank[source] = 0
    tree.free[source] = 1
    tree.by_rank[0] = source
    for node in order[1:]:
        rank = tree.free[tree.parent[node]]
        tree.free[tree.parent[node]] += tree.below[node]
        tree.rank[node] = rank
        tree.free[node] = rank + 1
        tree.by_rank[rank] = node


@compiled
def _settle_again(
    first: int, last: int, both: Both, distance: Floats, tree: Tree, detour: Floats, heap: Heap
) -> None:
    """Fill how far the nodes of ranks `first` … `last` are without the one that they hang from."""
    # Dijkstra 1959 among these nodes. Invariant: `detour` is the shortest way by nodes that keep
    # their distance and those that have left the heap.
    (indptr, indices, length), (reverse_indptr, reverse_indices, reverse_length) = both
    size = 0
    for node in tree.by_rank[first:last]:
        for arc in range(reverse_indptr[node], reverse_indptr[node + 1]):
            other = reverse_indices[arc]
            if distance[other] < np.inf and not first - 1 <= tree.rank[other] < last:
                detour[node] = min(detour[node], distance[other] + reverse_length[arc])
        if detour[node] < np.inf:
            size = put(heap, size, node, detour[node], True)
    while size > 0:
        node = take_first(heap, size)
        size -= 1
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            reached = detour[node] + length[arc]
            inside = distance[other] < np.inf and first <= tree.rank[other] < last
            if inside and reached < detour[other]:
                size = put(heap, size, other, reached, detour[other] == np.inf)
                detour[other] = reached


@compiled
def _add_losses(
    sources: Ints, both: Both, removed: Bools, tops: Bools, nearness: Floats, pairs: Floats
) -> tuple[float, float]:
    """Add the loss of Σ 1/d and of pairs with each of the tops; return both totals.

    Of other nodes, what is added counts the pairs that they are an end of.
    """
    n = len(removed)
    distance, detour = np.full(n, np.inf), np.full(n, np.inf)
    settled, heap, tree = np.empty(n, np.int32), new_heap(n), _new_tree(n)
    all_nearness, all_pairs = 0.0, 0.0
    for source in sources:
        if removed[source]:
            continue
        # One search, O(m log n), and then for each node one among what hangs from it.
        order = settled[: settle(source, both[0], removed, distance, settled, heap)]
        _grow(order, both[1], distance, tree)
        total = 0.0
        for node in order[1:]:
            total += 1.0 / distance[node]
            nearness[node] += 1.0 / distance[node]
            pairs[node] += 1.0
        nearness[source] += total
        pairs[source] += len(order) - 1
        all_nearness += total
        all_pairs += len(order) - 1
        # What hangs from a node gets farther without it, and is lost where there is no way round.
        for top in order[1:]:
            if not tops[top]:
                continue
            first, last = tree.rank[top] + 1, tree.rank[top] + tree.below[top]
            _settle_again(first, last, both, distance, tree, detour, heap)
            for node in tree.by_rank[first:last]:
                nearness[top] += 1.0 / distance[node] - 1.0 / detour[node]
                pairs[top] += detour[node] == np.inf
                detour[node] = np.inf
        for node in order:
            distance[node] = np.inf
            tree.rank[node] = -1
    return all_nearness, all_pairs


@compiled
def _try_sets(
    start: int,
    stop: int,
    sets: Ints,
    candidates: Ints,
    first_of: Ints,
    end_of: Ints,
    sources: Ints,
    both: Both,
    by_pairs: bool,
    last: Ints,
    left: Floats,
    equal: Ints,
) -> None:
    """Find the best last member for each set, among its candidates."""
    n = len(both[0][0]) - 1
    removed, tops = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    nearness, pairs = np.zeros(n), np.zeros(n)
    # Borgatti 2006; a pass of `_add_losses` for each set. Invariant: `left` is the best of the
    # candidates before `place`, and `equal` how many of them are as good.
    for row in range(start, stop):
        for node in sets[row]:
            removed[node] = True
        nearness[:] = 0.0
        pairs[:] = 0.0
        tops[:] = False
        for node in candidates[first_of[row] : end_of[row]]:
            tops[node] = True
        whole, connected = _add_losses(sources, both, removed, tops, nearness, pairs)
        for place in range(first_of[row], end_of[row]):
            node = candidates[place]
            if removed[node]:
                continue
            near_left, pairs_left = whole - nearness[node], connected - pairs[node]
            value, second = (pairs_left, near_left) if by_pairs else (near_left, pairs_left)
            # Least value first, then least second value, then the smaller number.
            margin = SAME_VALUE * (1.0 + whole + connected)
            if last[row] < 0 or value < left[row, 0] - margin:
                better = True
                equal[row] = 1
            elif value <= left[row, 0] + margin:
                precedes = second <= left[row, 1] + margin and node < last[row]
                better = second < left[row, 1] - margin or precedes
                equal[row] += 1
            else:
                better = False
            if better:
                last[row] = node
                left[row, 0], left[row, 1] = value, second
        for node in sets[row]:
            removed[node] = False


def best_removals(
    arcs: Both,
    sets: Ints,
    candidates: Ints,
    first_of: Ints,
    end_of: Ints,
    sources: Ints,
    *,
    by_pairs: bool,
) -> tuple[Ints, Floats, Ints]:
    """Return, for each set of nodes taken out, which further node to take out with it.

    Parameters
    ----------
    arcs : ((indptr, indices, length), (indptr, indices, length))
        The arcs and their reverse as compressed sparse rows, lengths 1 or more.
    sets : ndarray of int64, shape (sets, k)
        Nodes that are out already.
    candidates : ndarray of int64
        Nodes that may be taken out.
    first_of, end_of : ndarray of int64, shape (sets,)
        For each set, the place in `candidates` to begin at, and the one to stop before.
    sources : ndarray of int64
        Where distances are measured from; all nodes, or a sample.
    by_pairs : bool
        Minimise connected pairs, and Σ 1/d among equals, instead of the other way round.

    Returns
    -------
    last : ndarray of int64, shape (sets,)
        The node to take out, of equal ones the first; −1 where none may be.
    left : ndarray of float64, shape (sets, 2)
        What then is left, the one minimised first.
    equal : ndarray of int64, shape (sets,)
        How many nodes do equally well.
    """
    count = len(sets)
    found = np.full(count, -1), np.full((count, 2), np.inf), np.zeros(count, dtype=np.int64)
    inputs = (sets, candidates, first_of, end_of, sources, arcs, by_pairs, *found)
    in_ranges(
        lambda start, stop: _try_sets(start, stop, *inputs),
        count,
        size=count * len(sources) * len(arcs[0][1]),
        pieces=PIECES,
    )
    return found


def removal_losses(
    arcs: Both,
    removed: Bools,
    sources: Ints,
    tops: Bools,
) -> tuple[float, float, Floats, Floats]:
    """Return Σ 1/d and the connected pairs of what is left, and some nodes' part in both.

    Parameters
    ----------
    arcs : ((indptr, indices, length), (indptr, indices, length))
        The arcs and their reverse as compressed sparse rows, lengths 1 or more.
    removed : ndarray of bool, shape (n,)
        Nodes that are out already.
    sources : ndarray of int64
        Where distances are measured from; all nodes, or a sample.
    tops : ndarray of bool, shape (n,)
        The nodes whose part is asked for; that of others is only what they are an end of.
    """
    n = len(removed)

    def work(start: int, stop: int) -> tuple[float, float, Floats, Floats]:
        losses = np.zeros(n), np.zeros(n)
        totals = _add_losses(sources[start:stop], arcs, removed, tops, *losses)
        return *totals, *losses

    parts = in_ranges(work, len(sources), size=len(sources) * len(arcs[0][1]), pieces=PIECES)
    nearness, pairs, lost_nearness, lost_pairs = (sum(part) for part in zip(*parts, strict=True))
    return float(nearness), float(pairs), np.asarray(lost_nearness), np.asarray(lost_pairs)
