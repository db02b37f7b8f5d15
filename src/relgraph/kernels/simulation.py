"""Cascades run forwards, one at a time: what a group of seeds really reaches.

Independent cascades with negative opinion (IC-N: Chen et al. 2011, doi
10.1137/1.9781611972818.33): nodes that hear tell, each once; a teller that likes it convinces v
with quality q_v, one that doesn't spreads dislike. A node that is told by several in one step
believes the first, in random order. With all q_v = 1 this is the independent cascade, in which
order doesn't matter and a kernel of its own leaves it out. Under the linear threshold model
(Kempe, Kleinberg and Tardos 2003, doi 10.1145/956750.956769) v joins when the weights of the
neighbours that did add up to its random threshold.

A run costs O(arcs out of the nodes that hear). But for random numbers nothing here is shared with
the sampled sets of `sampling`, so that each checks the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, Words, compiled, in_ranges
from relgraph.kernels.splitmix import GOLDEN, MIX_1, MIX_2, mixed

BLOCK = 256  # runs that share a stream of random numbers
_S11 = np.uint64(11)
_UNIT = 2.0**53  # probabilities are compared as whole numbers of this many steps


@compiled
def _start_with(seeds: Ints, last: Ints, run: int, queue: Any) -> int:
    """Queue each seed once and mark it with the run; return how many there are."""
    tail = 0
    for node in seeds:
        if last[node] != run:
            last[node] = run
            queue[tail] = node
            tail += 1
    return tail


@compiled
def _run_plain(
    start: int,
    stop: int,
    seed: int,
    indptr: Ints,
    indices: Nodes,
    digits: Words,
    seeds: Ints,
    spread: Ints,
) -> None:
    """Fill how many nodes a range of independent cascades reach; `digits` are probabilities."""
    n = len(indptr) - 1
    heard = np.full(n, -1, np.int64)  # the last run in which a node heard
    queue = np.empty(n, np.int32)
    state = np.uint64(0)
    for run in range(start, stop):
        if run % BLOCK == 0:  # a stream of random numbers for each block
            state = np.uint64(seed) * MIX_2 + np.uint64(run // BLOCK) * MIX_1
        head, tail = 0, _start_with(seeds, heard, run, queue)
        # Breadth-first search over arcs as they turn out live, O(arcs out of the nodes that
        # hear). Invariant: each of these is queued once, so each of their arcs is drawn once.
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                state += GOLDEN
                other = indices[arc]
                if mixed(state) >> _S11 < digits[arc] and heard[other] != run:
                    heard[other] = run
                    queue[tail] = other
                    tail += 1
        spread[run] = tail


@compiled
def _run_cascades(
    start: int,
    stop: int,
    seed: int,
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    seeds: Ints,
    quality: Floats,
    spread: Ints,
) -> None:
    """Fill how many nodes hear and like it in a range of cascades with negative opinion."""
    n = len(indptr) - 1
    heard = np.full(n, -1, np.int64)  # the last run in which a node heard
    likes = np.zeros(n, np.bool_)
    queue = np.empty(n, np.int64)
    for run in range(start, stop):
        if run % BLOCK == 0:
            np.random.seed((seed * 1_000_003 + run // BLOCK) % 2**32)
        tail, good = 0, 0
        for node in seeds:
            if heard[node] != run:
                heard[node] = run
                likes[node] = quality[node] >= 1.0 or np.random.random() < quality[node]
                good += likes[node]
                queue[tail] = node
                tail += 1
        head = 0
        # IC-N, Chen et al. 2011, step by step, O(arcs out of the nodes that hear). Invariant: the
        # nodes from `head` on heard in the last step and haven't told yet.
        while head < tail:
            level = tail
            # The order in which the tellers of this step speak: the first one is believed, so it
            # must be random (Fisher and Yates 1938).
            for place in range(head, level - 1):
                other = place + int(np.random.random() * (level - place))
                queue[place], queue[other] = queue[other], queue[place]
            for place in range(head, level):
                node = queue[place]
                for arc in range(indptr[node], indptr[node + 1]):
                    other = indices[arc]
                    if heard[other] != run and np.random.random() < probability[arc]:
                        heard[other] = run
                        likes[other] = likes[node] and (
                            quality[other] >= 1.0 or np.random.random() < quality[other]
                        )
                        good += likes[other]
                        queue[tail] = other
                        tail += 1
            head = level
        spread[run] = good


@compiled
def _run_thresholds(
    start: int,
    stop: int,
    seed: int,
    indptr: Ints,
    indices: Nodes,
    weight: Floats,
    seeds: Ints,
    spread: Ints,
) -> None:
    """Fill how many nodes join in a range of linear-threshold diffusions."""
    n = len(indptr) - 1
    touched = np.full(n, -1, np.int64)  # the last run in which a node got a threshold
    joined = np.full(n, -1, np.int64)  # the last run in which it joined
    left = np.zeros(n)  # of its threshold, which is drawn when first needed
    queue = np.empty(n, np.int64)
    for run in range(start, stop):
        if run % BLOCK == 0:
            np.random.seed((seed * 1_000_003 + run // BLOCK) % 2**32)
        head, tail = 0, _start_with(seeds, joined, run, queue)
        # Kempe, Kleinberg and Tardos 2003, O(arcs out of the nodes that join). Invariant: `left` is
        # the threshold less the weights of the nodes before `head`.
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if joined[other] == run:
                    continue
                if touched[other] != run:
                    touched[other] = run
                    left[other] = 1.0 - np.random.random()  # in (0, 1]
                left[other] -= weight[arc]
                if left[other] <= 1e-12:
                    joined[other] = run
                    queue[tail] = other
                    tail += 1
        spread[run] = tail


def run_cascades(
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    seeds: Ints,
    quality: Floats,
    runs: int,
    seed: int,
) -> Ints:
    """Return how many hear and like it in each of `runs` cascades, seeds counted.

    Parameters
    ----------
    indptr, indices, probability : ndarray
        Outgoing arcs as compressed sparse rows, with their probabilities.
    seeds : ndarray of int64, shape (k,)
        The nodes that start.
    quality : ndarray of float64, shape (n,)
        q of each node; 1 for plain cascades.
    runs : int
        How many cascades.
    seed : int
        The same seed gives the same cascades.
    """
    spread = np.zeros(runs, np.int64)
    plain = bool(np.all(quality >= 1.0))
    digits = np.rint(probability * _UNIT).astype(np.uint64) if plain else np.zeros(0, np.uint64)

    def work(start: int, stop: int) -> Any:
        first, last = start * BLOCK, min(stop * BLOCK, runs)
        if plain:
            return _run_plain(first, last, seed, indptr, indices, digits, seeds, spread)
        return _run_cascades(
            first, last, seed, indptr, indices, probability, seeds, quality, spread
        )

    in_ranges(work, -(-runs // BLOCK), runs * 64, pieces=8)
    return spread


def run_thresholds(
    indptr: Ints, indices: Nodes, weight: Floats, seeds: Ints, runs: int, seed: int
) -> Ints:
    """Return how many join in each of `runs` linear-threshold diffusions, seeds counted."""
    spread = np.zeros(runs, np.int64)

    def work(start: int, stop: int) -> Any:
        first, last = start * BLOCK, min(stop * BLOCK, runs)
        return _run_thresholds(first, last, seed, indptr, indices, weight, seeds, spread)

    in_ranges(work, -(-runs // BLOCK), runs * 64, pieces=8)
    return spread
