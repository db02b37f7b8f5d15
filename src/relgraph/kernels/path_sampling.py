"""Random shortest paths: how often a path between two random nodes runs through each node.

A sample is an ordered pair of nodes, and one of the shortest paths between them, all equally
likely; so a node is inside with the probability that is its betweenness (Riondato and
Kornaropoulos 2016, doi 10.1007/s10618-015-0423-0). Both ends search until they meet, the cheaper
one first (KADABRA: Borassi and Natale 2019, doi 10.1145/3284359), which reads about √m arcs in
place of m where degrees are uneven; with lengths both run Dijkstra's search (Pohl 1971, Machine
Intelligence 6, 127–140).

Every sample has its own stream of random numbers, so threads change nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled, in_ranges
from relgraph.kernels.heap import new_heap, put, take_first
from relgraph.kernels.shortest import ROUNDING, SAME_ARC, is_shortest, stepped
from relgraph.kernels.splitmix import GOLDEN, mixed, uniform

PIECES = 4  # ranges per thread: each holds counts of its own for all nodes

Arcs = tuple[Ints, Nodes, Floats]  # compressed sparse rows: indptr, indices, length


@compiled
def _ends(seed: np.uint64, sample: int, n: int) -> tuple[int, int, np.uint64]:
    """Return two different nodes drawn at random, and the state to go on from."""
    state = mixed(seed + np.uint64(sample) * GOLDEN)
    state = mixed(state) + GOLDEN
    source = int(uniform(state) * n)
    state += GOLDEN
    target = int(uniform(state) * (n - 1))
    return source, target + int(target >= source), state


@compiled
def _widen(
    queue: Nodes,
    first: int,
    last: int,
    sign: int,
    arcs: Arcs,
    hop: Nodes,
    paths: Floats,
    state: np.uint64,
) -> tuple[int, int, float, int, int, np.uint64]:
    """Search one hop further from an end: by hop and sign, +1 from the source, −1 to the target.

    Returns the new end of the queue, the arcs of who is new, how many paths meet, and of one of
    them, drawn at random, the nodes where it does.
    """
    # Invariant: nodes have the hops from their end plus 1, times its sign, and how many paths.
    # The other end's search is met in its last hop only: else it would have come here.
    indptr, indices, _ = arcs
    size, width, meeting, here, there = last, 0, 0.0, -1, -1
    for place in range(first, last):
        node = queue[place]
        following = hop[node] + sign
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if hop[other] == 0:
                hop[other] = following
                paths[other] = paths[node]
                queue[size] = other
                size += 1
                width += indptr[other + 1] - indptr[other]
            elif hop[other] == following:
                paths[other] += paths[node]
            elif hop[other] * sign < 0:
                ways = paths[node] * paths[other]
                meeting += ways
                state += GOLDEN
                if uniform(state) * meeting < ways:
                    here, there = node, other
    return size, width, meeting, here, there, state


@compiled
def _walk_hops(
    node: int, sign: int, arcs: Arcs, hop: Nodes, paths: Floats, hits: Nodes, state: np.uint64
) -> np.uint64:
    """Count the nodes of a random shortest path from a node back to its end, without the end."""
    indptr, indices, _ = arcs
    while hop[node] != sign:
        hits[node] += 1
        before, total, chosen = hop[node] - sign, 0.0, node
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if hop[other] == before:
                total += paths[other]
                state += GOLDEN
                if uniform(state) * total < paths[other]:
                    chosen = other
        node = chosen
    return state


@compiled
def _sample_hops(start: int, stop: int, seed: np.uint64, out: Arcs, into: Arcs) -> Nodes:
    """Return how often the paths of some samples run through each node, arcs equally long."""
    n = len(out[0]) - 1
    hits, hop, paths = np.zeros(n, np.int32), np.zeros(n, np.int32), np.zeros(n)
    ahead, behind = np.empty(n, np.int32), np.empty(n, np.int32)
    for sample in range(start, stop):
        source, target, state = _ends(seed, sample, n)
        ahead[0], hop[source], paths[source] = source, 1, 1.0
        behind[0], hop[target], paths[target] = target, -1, 1.0
        first_out, last_out, first_in, last_in = 0, 1, 0, 1
        width_out = out[0][source + 1] - out[0][source]
        width_in = into[0][target + 1] - into[0][target]
        meeting, here, there = 0.0, -1, -1
        while meeting == 0.0 and first_out < last_out and first_in < last_in:
            if width_out <= width_in:
                size, width_out, meeting, here, there, state = _widen(
                    ahead, first_out, last_out, 1, out, hop, paths, state
                )
                first_out, last_out = last_out, size
            else:
                size, width_in, meeting, there, here, state = _widen(
                    behind, first_in, last_in, -1, into, hop, paths, state
                )
                first_in, last_in = last_in, size
        if meeting > 0.0:
            state = _walk_hops(here, 1, into, hop, paths, hits, state)
            state = _walk_hops(there, -1, out, hop, paths, hits, state)
        for place in range(last_out):
            hop[ahead[place]] = 0
        for place in range(last_in):
            hop[behind[place]] = 0
    return hits


@compiled
def _settle_next(
    arcs: Arcs,
    heap: Any,
    size: int,
    own: Floats,
    paths: Floats,
    settled: Any,
    opposite: Floats,
    barred: int,
    best: float,
    tolerance: float,
) -> tuple[int, np.int32, Any, float]:
    """Settle the nearest node of a search, which never goes on to the other search's end.

    Returns the heap's size, the node, how many arcs it has, and the shortest way known.
    """
    indptr, indices, length = arcs
    node = take_first(heap, size)
    size -= 1
    settled[node] = True
    for arc in range(indptr[node], indptr[node + 1]):
        other = indices[arc]
        reached = stepped(own[node], length[arc])
        if reached + opposite[other] < best:
            best = reached + opposite[other]
        if other == barred or settled[other]:
            continue
        slack = min(tolerance * reached, SAME_ARC + ROUNDING * reached)
        if reached < own[other] - slack:
            paths[other] = paths[node]
        elif reached < own[other] + slack:
            paths[other] += paths[node]
        if reached < own[other]:
            size = put(heap, size, other, reached, own[other] == np.inf)
            own[other] = reached
    return size, node, indptr[node + 1] - indptr[node], best


@compiled
def _walk_lengths(
    node: int,
    end: int,
    arcs: Arcs,
    own: Floats,
    paths: Floats,
    settled: Any,
    tolerance: float,
    hits: Nodes,
    state: np.uint64,
) -> np.uint64:
    """Count the nodes of a random shortest path from a node back to its end, without the end."""
    indptr, indices, length = arcs
    while node != end:
        hits[node] += 1
        total, chosen = 0.0, end
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if settled[other] and is_shortest(own[other], own[node], length[arc], tolerance):
                total += paths[other]
                state += GOLDEN
                if uniform(state) * total < paths[other]:
                    chosen = other
        node = chosen
    return state


@compiled
def _sample_lengths(
    start: int, stop: int, seed: np.uint64, out: Arcs, into: Arcs, tolerance: float
) -> Nodes:
    """Return how often the paths of some samples run through each node."""
    n = len(out[0]) - 1
    hits = np.zeros(n, np.int32)
    near, far = np.full(n, np.inf), np.full(n, np.inf)  # from the source, to the target
    ways_near, ways_far = np.zeros(n), np.zeros(n)
    in_near, in_far = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    heap_near, heap_far = new_heap(n), new_heap(n)
    ahead, behind = np.empty(n, np.int32), np.empty(n, np.int32)
    indptr, indices, length = out
    for sample in range(start, stop):
        source, target, state = _ends(seed, sample, n)
        near[source], ways_near[source] = 0.0, 1.0
        far[target], ways_far[target] = 0.0, 1.0
        size_near = put(heap_near, 0, source, 0.0, True)
        size_far = put(heap_far, 0, target, 0.0, True)
        count_near, count_far, work_near, work_far, best = 0, 0, 0, 0, np.inf
        # Invariant: `best` is the shortest way over an arc between nodes that both have met. It is
        # the distance once no way can be shorter. Both ends settle themselves first.
        while count_near == 0 or count_far == 0 or (size_near > 0 and size_far > 0):
            slack = min(tolerance * best, SAME_ARC + ROUNDING * best) if best < np.inf else 0.0
            begun = count_near > 0 and count_far > 0
            if begun and heap_near[1][0] + heap_far[1][0] > best + 2.0 * slack:
                break
            if count_near == 0 or (count_far > 0 and work_near <= work_far):
                size_near, node, work, best = _settle_next(
                    out,
                    heap_near,
                    size_near,
                    near,
                    ways_near,
                    in_near,
                    far,
                    target,
                    best,
                    tolerance,
                )
                ahead[count_near] = node
                count_near += 1
                work_near += work + 1
            else:
                size_far, node, work, best = _settle_next(
                    into, heap_far, size_far, far, ways_far, in_far, near, source, best, tolerance
                )
                behind[count_far] = node
                count_far += 1
                work_far += work + 1
        if best < np.inf:
            # A shortest path leaves the nodes settled from the source once, over one arc.
            meeting, here, there = 0.0, source, target
            for place in range(count_near):
                node = ahead[place]
                for arc in range(indptr[node], indptr[node + 1]):
                    other = indices[arc]
                    if not in_far[other] or in_near[other]:
                        continue
                    if is_shortest(near[node] + far[other], best, length[arc], tolerance):
                        ways = ways_near[node] * ways_far[other]
                        meeting += ways
                        state += GOLDEN
                        if uniform(state) * meeting < ways:
                            here, there = node, other
            if meeting > 0.0:
                state = _walk_lengths(
                    here, source, into, near, ways_near, in_near, tolerance, hits, state
                )
                state = _walk_lengths(
                    there, target, out, far, ways_far, in_far, tolerance, hits, state
                )
        for place in range(count_near):
            near[ahead[place]], in_near[ahead[place]] = np.inf, False
        for place in range(size_near):
            near[heap_near[0][place]] = np.inf
        for place in range(count_far):
            far[behind[place]], in_far[behind[place]] = np.inf, False
        for place in range(size_far):
            far[heap_far[0][place]] = np.inf
    return hits


def count_on_paths(out: Arcs, into: Arcs, samples: range, seed: int, tolerance: float) -> Ints:
    """Return on how many of the sampled shortest paths each node lies, ends not counted.

    Parameters
    ----------
    out, into : tuple of ndarray
        Arcs as compressed sparse rows with their lengths, and the same by their heads; where all
        are equally long, no lengths.
    samples : range
        Which samples to draw.
    seed : int
        The same seed gives the same samples.
    tolerance : float
        As in `paths.betweenness`.
    """
    key = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
    first = samples.start

    def work(start: int, stop: int) -> Nodes:
        if len(out[2]):
            return _sample_lengths(first + start, first + stop, key, out, into, tolerance)
        return _sample_hops(first + start, first + stop, key, out, into)

    parts = in_ranges(work, len(samples), len(samples) * 100, pieces=PIECES)
    return np.asarray(np.sum(parts, axis=0, dtype=np.int64))
