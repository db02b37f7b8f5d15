"""What a network loses with each node: reachable pairs and Σ 1/d, for all nodes in one pass.

From a source, only the nodes that v dominates (every shortest path to them runs through v) get
farther when v is taken out. So one search from each source gives the distances and the tree of
dominators; then, for each v, the nodes below it alone are settled anew from the arcs that enter
them from elsewhere. That is O(m log n) a source and the sizes of all such sets, instead of a
search for each pair of source and removed node; a set of k is tried by its first k − 1 members
and this pass for the last.

Sources: Borgatti 2006, doi 10.1007/s10588-006-7084-x; dominators as Lengauer and Tarjan 1979,
doi 10.1145/357062.357071, by nearest common ancestors, which an acyclic order allows.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges
from relgraph.kernels.heap import lift, take_first

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Arcs = tuple[Ints, Nodes, Floats]
Both = tuple[Arcs, Arcs]

PIECES = 4
SAME_LENGTH = 1e-9
# Figures of two sets that differ by less are equal: it is well below 1/n² and above rounding.
SAME_VALUE = 1e-11


@compiled
def _add_losses(
    sources: Ints,
    indptr: Ints,
    indices: Nodes,
    length: Floats,
    reverse_indptr: Ints,
    reverse_indices: Nodes,
    reverse_length: Floats,
    gone: Bools,
    nearness: Floats,
    pairs: Floats,
) -> tuple[float, float]:
    """Add each node's loss of Σ 1/d and of pairs over the sources; return both totals."""
    n = len(indptr) - 1
    distance = np.full(n, np.inf)
    again = np.full(n, np.inf)
    order = np.empty(n, np.int32)
    heap = np.empty(n, np.int32)
    slot = np.empty(n, np.int32)
    parent = np.empty(n, np.int32)
    depth = np.empty(n, np.int32)
    below = np.empty(n, np.int32)  # nodes dominated, itself counted
    rank = np.full(n, -1, np.int32)  # position in an order where a node's own follow it
    free = np.empty(n, np.int32)
    by_rank = np.empty(n, np.int32)
    all_nearness = 0.0
    all_pairs = 0.0
    for source in sources:
        if gone[source]:
            continue
        distance[source] = 0.0
        heap[0] = source
        size = 1
        count = 0
        while size > 0:
            node = take_first(heap, slot, distance, size)
            size -= 1
            order[count] = node
            count += 1
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                reached = distance[node] + length[arc]
                if reached < distance[other] and not gone[other]:
                    if distance[other] == np.inf:
                        slot[other] = size
                        size += 1
                    distance[other] = reached
                    lift(heap, slot, distance, slot[other], other)
        depth[source] = 0
        below[source] = 1
        total = 0.0
        for place in range(1, count):
            node = order[place]
            total += 1.0 / distance[node]
            nearness[node] += 1.0 / distance[node]
            pairs[node] += 1.0
            top = -1
            for arc in range(reverse_indptr[node], reverse_indptr[node + 1]):
                other = reverse_indices[arc]
                if distance[other] == np.inf:
                    continue
                reached = distance[other] + reverse_length[arc]
                if reached - distance[node] > SAME_LENGTH * reached:
                    continue
                if top < 0:
                    top = other
                while top != other:
                    if depth[top] > depth[other]:
                        top = parent[top]
                    else:
                        other = parent[other]
            parent[node] = top
            depth[node] = depth[top] + 1
            below[node] = 1
        nearness[source] += total
        pairs[source] += count - 1
        all_nearness += total
        all_pairs += count - 1
        for place in range(count - 1, 0, -1):
            below[parent[order[place]]] += below[order[place]]
        rank[source] = 0
        free[source] = 1
        by_rank[0] = source
        for place in range(1, count):
            node = order[place]
            up = parent[node]
            rank[node] = free[up]
            free[up] += below[node]
            free[node] = rank[node] + 1
            by_rank[rank[node]] = node
        for place in range(1, count):
            removed = order[place]
            first, last = rank[removed] + 1, rank[removed] + below[removed]
            if first == last:
                continue
            size = 0
            for position in range(first, last):
                node = by_rank[position]
                nearest = np.inf
                for arc in range(reverse_indptr[node], reverse_indptr[node + 1]):
                    other = reverse_indices[arc]
                    if distance[other] == np.inf or first - 1 <= rank[other] < last:
                        continue
                    nearest = min(nearest, distance[other] + reverse_length[arc])
                if nearest < np.inf:
                    again[node] = nearest
                    lift(heap, slot, again, size, node)
                    size += 1
            while size > 0:
                node = take_first(heap, slot, again, size)
                size -= 1
                for arc in range(indptr[node], indptr[node + 1]):
                    other = indices[arc]
                    if distance[other] == np.inf or not first <= rank[other] < last:
                        continue
                    reached = again[node] + length[arc]
                    if reached < again[other]:
                        if again[other] == np.inf:
                            slot[other] = size
                            size += 1
                        again[other] = reached
                        lift(heap, slot, again, slot[other], other)
            for position in range(first, last):
                node = by_rank[position]
                nearness[removed] += 1.0 / distance[node] - 1.0 / again[node]
                if again[node] == np.inf:
                    pairs[removed] += 1.0
                again[node] = np.inf
        for place in range(count):
            distance[order[place]] = np.inf
            rank[order[place]] = -1
    return all_nearness, all_pairs


@compiled
def _try_sets(
    start: int,
    stop: int,
    sets: Ints,
    candidates: Ints,
    first_of: Ints,
    sources: Ints,
    indptr: Ints,
    indices: Nodes,
    length: Floats,
    reverse_indptr: Ints,
    reverse_indices: Nodes,
    reverse_length: Floats,
    by_pairs: bool,
    last: Ints,
    left: Floats,
    equal: Ints,
) -> None:
    """Find the best last member for each set, among the candidates from its `first_of` on."""
    n = len(indptr) - 1
    gone = np.zeros(n, np.bool_)
    nearness = np.zeros(n)
    pairs = np.zeros(n)
    for row in range(start, stop):
        for node in sets[row]:
            gone[node] = True
        nearness[:] = 0.0
        pairs[:] = 0.0
        whole, connected = _add_losses(
            sources, indptr, indices, length, reverse_indptr, reverse_indices, reverse_length,
            gone, nearness, pairs,
        )  # fmt: skip
        for place in range(first_of[row], len(candidates)):
            node = candidates[place]
            if gone[node]:
                continue
            near, reach = whole - nearness[node], connected - pairs[node]
            one, other = (reach, near) if by_pairs else (near, reach)
            margin = SAME_VALUE * (1.0 + whole + connected)
            if last[row] < 0 or one < left[row, 0] - margin:
                better = True
                equal[row] = 1
            elif one <= left[row, 0] + margin:
                better = other < left[row, 1] - margin
                equal[row] += 1
            else:
                better = False
            if better:
                last[row] = node
                left[row, 0], left[row, 1] = one, other
        for node in sets[row]:
            gone[node] = False


def best_removals(
    arcs: Both,
    sets: Ints,
    candidates: Ints,
    first_of: Ints,
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
    first_of : ndarray of int64, shape (sets,)
        For each set, the place in `candidates` to begin at.
    sources : ndarray of int64
        Where distances are measured from; all nodes, or a sample.
    by_pairs : bool
        Minimise connected pairs, and Σ 1/d among equals, instead of the other way round.

    Returns
    -------
    last : ndarray of int64, shape (sets,)
        The node to take out; −1 where none may be.
    left : ndarray of float64, shape (sets, 2)
        What then is left, the one minimised first.
    equal : ndarray of int64, shape (sets,)
        How many nodes do equally well.
    """
    count = len(sets)
    found = np.full(count, -1), np.full((count, 2), np.inf), np.zeros(count, dtype=np.int64)
    inputs = (sets, candidates, first_of, sources, *arcs[0], *arcs[1], by_pairs, *found)
    in_ranges(
        lambda start, stop: _try_sets(start, stop, *inputs),
        count,
        size=count * len(sources) * len(arcs[0][1]),
        pieces=PIECES,
    )
    return found


def removal_losses(
    arcs: Both,
    gone: Bools,
    sources: Ints,
) -> tuple[float, float, Floats, Floats]:
    """Return Σ 1/d and the connected pairs of what is left, and each node's part in both.

    Parameters
    ----------
    arcs : ((indptr, indices, length), (indptr, indices, length))
        The arcs and their reverse as compressed sparse rows, lengths 1 or more.
    gone : ndarray of bool, shape (n,)
        Nodes that are out already.
    sources : ndarray of int64
        Where distances are measured from; all nodes, or a sample.
    """
    n = len(gone)

    def work(start: int, stop: int) -> tuple[float, float, Floats, Floats]:
        losses = np.zeros(n), np.zeros(n)
        totals = _add_losses(sources[start:stop], *arcs[0], *arcs[1], gone, *losses)
        return *totals, *losses

    parts = in_ranges(work, len(sources), size=len(sources) * len(arcs[0][1]), pieces=PIECES)
    nearness, pairs, lost_nearness, lost_pairs = (sum(part) for part in zip(*parts, strict=True))
    return float(nearness), float(pairs), np.asarray(lost_nearness), np.asarray(lost_pairs)
