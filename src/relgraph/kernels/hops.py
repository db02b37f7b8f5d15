"""Hops: how many each node is from many sources, and how many nodes are within so many hops.

`hop_table` searches breadth-first from each source: O(k·(n + m)) time for k sources, and a table
of k·n hops; `reachable` searches from all of them at once. The others only count. `near_counts`
searches a few hops from each node, O(arcs within reach). `reach_counts` takes 512 targets at a
time: each node keeps as bits which of them it reaches, and a hop more is the union over those it
points at (multi-source bit-parallel search after Then et al. 2014, doi
10.14778/2735496.2735507), O(hops·m·n/512) words of cache line size. `reach_bounds` only bounds.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import Bools, Ints, Nodes, compiled, count_ones, in_ranges

_WORDS = 8  # words of targets that travel together: a cache line


@compiled
def _hops(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    sources: Ints,
    table: Nodes,
) -> None:
    """Fill the rows of a range of sources, where all hops are −1."""
    queue = np.empty(len(indptr) - 1, np.int32)
    for row in range(start, stop):
        hops = table[row]
        hops[sources[row]] = 0
        queue[0] = sources[row]
        head, tail = 0, 1
        # Breadth-first search. Invariant: what is queued has its hops, which never fall.
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if hops[other] < 0:
                    hops[other] = hops[node] + 1
                    queue[tail] = other
                    tail += 1


def hop_table(
    indptr: Ints,
    indices: Nodes,
    sources: Ints,
) -> Nodes:
    """Return the hops from each source to each node, −1 where none lead there.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    sources : ndarray of int64, shape (k,)
        Positions to start from.

    Returns
    -------
    ndarray of int32, shape (k, n)
    """
    table = np.full((len(sources), len(indptr) - 1), -1, np.int32)

    def work(start: int, stop: int) -> Any:
        return _hops(start, stop, indptr, indices, sources, table)

    in_ranges(work, len(sources), len(sources) * (len(indptr) + len(indices)), pieces=4)
    return table


@compiled
def reachable(
    indptr: Ints,
    indices: Nodes,
    seeds: Ints,
) -> Bools:
    """Return which nodes arcs lead to from any of the seeds, the seeds included, shape (n,)."""
    found = np.zeros(len(indptr) - 1, np.bool_)
    queue = np.empty(len(found), np.int32)
    tail = 0
    for node in seeds:
        if not found[node]:
            found[node] = True
            queue[tail] = node
            tail += 1
    head = 0
    # Breadth-first search, O(n + m). Invariant: whoever is found is queued, once.
    while head < tail:
        node = queue[head]
        head += 1
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if not found[other]:
                found[other] = True
                queue[tail] = other
                tail += 1
    return found


@compiled
def reach_bounds(
    indptr: Ints,
    indices: Nodes,
    component: Nodes,
    order: Ints,
) -> Ints:
    """Return at most how many nodes each reaches, itself counted, without a search from each.

    A strong component reaches its own nodes and what those that it points at reach, added up as
    if these were all different; O(n + m). No node has more than one that points at it.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    component : ndarray of int32, shape (n,)
        From `strong_components`, which come with sinks first.
    order : ndarray of int64, shape (n,)
        The nodes by component.
    """
    # Invariant: a component's nodes come after those of all that it points at, whose bounds are
    # then final; `added` keeps it from adding one twice in a row of arcs.
    n = len(component)
    bound = np.zeros(n, np.int64)  # of each component
    added = np.full(n, -1, np.int32)  # to which component each was added last
    for node in order:
        own = component[node]
        bound[own] = min(n, bound[own] + 1)
        for arc in range(indptr[node], indptr[node + 1]):
            other = component[indices[arc]]
            if other != own and added[other] != own:
                added[other] = own
                bound[own] = min(n, bound[own] + bound[other])
    return bound[component]


@compiled
def _reach_counts(
    start: int, stop: int, indptr: Ints, indices: Nodes, max_hops: int
) -> tuple[Ints, Nodes]:
    """Return how many targets of a range of chunks each node reaches, and in how many hops."""
    n = len(indptr) - 1
    reached = np.zeros(n, np.int64)
    farthest = np.zeros(n, np.int32)
    known = np.zeros((n, _WORDS), np.uint64)
    wider = np.zeros((n, _WORDS), np.uint64)
    changed = np.zeros(n, np.bool_)  # whose line grew in the last hop: the others add nothing
    changing = np.zeros(n, np.bool_)
    for chunk in range(start, stop):
        first = chunk * _WORDS * 64
        known[:] = 0
        changed[:] = False
        for place in range(min(_WORDS * 64, n - first)):
            known[first + place, place >> 6] = np.uint64(1) << np.uint64(place & 63)
            changed[first + place] = True
        # Then et al. 2014, O(m) lines a hop. Invariant: a node knows the targets of the chunk
        # that are at most `hop` hops away. A line is eight names, so that it stays in registers,
        # in one function: with a call for each node and hop it takes 1.23 of the time.
        hop = 0
        growing = True
        while growing and hop < max_hops:
            hop += 1
            growing = False
            for node in range(n):
                w0, w1, w2, w3 = known[node, 0], known[node, 1], known[node, 2], known[node, 3]
                w4, w5, w6, w7 = known[node, 4], known[node, 5], known[node, 6], known[node, 7]
                for arc in range(indptr[node], indptr[node + 1]):
                    other = indices[arc]
                    if changed[other]:
                        w0 |= known[other, 0]
                        w1 |= known[other, 1]
                        w2 |= known[other, 2]
                        w3 |= known[other, 3]
                        w4 |= known[other, 4]
                        w5 |= known[other, 5]
                        w6 |= known[other, 6]
                        w7 |= known[other, 7]
                wider[node, 0], wider[node, 1], wider[node, 2], wider[node, 3] = w0, w1, w2, w3
                wider[node, 4], wider[node, 5], wider[node, 6], wider[node, 7] = w4, w5, w6, w7
                fresh = (
                    (w0 ^ known[node, 0])
                    | (w1 ^ known[node, 1])
                    | (w2 ^ known[node, 2])
                    | (w3 ^ known[node, 3])
                    | (w4 ^ known[node, 4])
                    | (w5 ^ known[node, 5])
                    | (w6 ^ known[node, 6])
                    | (w7 ^ known[node, 7])
                )
                changing[node] = fresh != 0
                if fresh != 0:
                    growing = True
                    farthest[node] = max(farthest[node], hop)
            known, wider = wider, known
            changed, changing = changing, changed
        for node in range(n):
            for word in range(_WORDS):
                reached[node] += np.int64(count_ones(known[node, word]))
    return reached, farthest


def reach_counts(indptr: Ints, indices: Nodes, max_hops: int | None = None) -> tuple[Ints, Nodes]:
    """Return how many nodes each reaches within `max_hops`, and how many hops that takes.

    The node itself is not counted; without `max_hops` there is no limit.
    """
    n = len(indptr) - 1
    chunks = -(-n // (_WORDS * 64))
    limit = n if max_hops is None else max_hops

    def work(start: int, stop: int) -> Any:
        return _reach_counts(start, stop, indptr, indices, limit)

    parts = in_ranges(work, chunks, chunks * (n + len(indices)))
    reached, farthest = parts[0]
    for more, farther in parts[1:]:
        reached += more
        np.maximum(farthest, farther, out=farthest)
    return reached - 1, farthest


@compiled
def _near_counts(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    max_hops: int,
    reached: Ints,
    farthest: Nodes,
) -> None:
    """Fill the counts of a range of nodes."""
    n = len(indptr) - 1
    seen = np.full(n, -1, np.int32)  # the last source that has reached a node
    queue = np.empty(n, np.int32)
    for source in range(start, stop):
        seen[source] = source
        queue[0] = source
        head, tail, hop = 0, 1, 0
        # Breadth-first search, level by level, O(arcs within reach). Invariant: before `head` are
        # the nodes at most `hop` − 1 hops away, and up to `tail` those that are `hop` away.
        while head < tail and hop < max_hops:
            hop += 1
            level = tail  # where the nodes of this hop will begin
            while head < level:
                node = queue[head]
                head += 1
                for arc in range(indptr[node], indptr[node + 1]):
                    other = indices[arc]
                    if seen[other] != source:
                        seen[other] = source
                        queue[tail] = other
                        tail += 1
            if tail > level:
                farthest[source] = hop
        reached[source] = tail - 1


def near_counts(indptr: Ints, indices: Nodes, max_hops: int) -> tuple[Ints, Nodes]:
    """Return what `reach_counts` does, by a search from each node: for one hop or two."""
    n = len(indptr) - 1
    reached, farthest = np.zeros(n, np.int64), np.zeros(n, np.int32)

    def work(start: int, stop: int) -> Any:
        return _near_counts(start, stop, indptr, indices, max_hops, reached, farthest)

    in_ranges(work, n, n + len(indices), pieces=8)
    return reached, farthest
