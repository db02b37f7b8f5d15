"""Cascades run forwards, one at a time: what a group of seeds really reaches.

Independent cascades with negative opinion (IC-N: Chen et al. 2011, doi
10.1137/1.9781611972818.33): those who hear well of it tell, each once; a teller who likes it
convinces v with quality q_v, one who doesn't spreads dislike. Who is told by several in one step
believes the first, in random order. With all q_v = 1 this is the independent cascade, in which
order doesn't matter and a kernel of its own leaves it out. Under the linear threshold model
(Kempe, Kleinberg and Tardos 2003, doi 10.1145/956750.956769) v joins when the weights of those
who did add up to its random threshold.

A run costs O(arcs out of those who hear). Nothing here is shared with the sampled sets of
`sampling`, so that each checks the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]

BLOCK = 256  # runs that share a stream of random numbers
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**53  # probabilities are compared as whole numbers of this many steps


@compiled
def _run_plain(
    start: int,
    stop: int,
    seed: int,
    indptr: Ints,
    indices: Nodes,
    digits: npt.NDArray[np.uint64],
    seeds: Ints,
    spread: Ints,
) -> None:
    n = len(indptr) - 1
    heard = np.full(n, -1, np.int64)
    queue = np.empty(n, np.int32)
    state = np.uint64(0)
    for run in range(start, stop):
        if run % BLOCK == 0:  # splitmix64 (Steele, Lea and Flood 2014), a stream a block
            state = np.uint64(seed) * _MIX_2 + np.uint64(run // BLOCK) * _MIX_1
        tail = 0
        for node in seeds:
            if heard[node] != run:
                heard[node] = run
                queue[tail] = node
                tail += 1
        head = 0
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                state += _GOLDEN
                drawn = (state ^ (state >> _S30)) * _MIX_1
                drawn = (drawn ^ (drawn >> _S27)) * _MIX_2
                drawn ^= drawn >> _S31
                other = indices[arc]
                if drawn >> _S11 < digits[arc] and heard[other] != run:
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
    n = len(indptr) - 1
    heard = np.full(n, -1, np.int64)
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
        while head < tail:
            level = tail
            for place in range(head, level - 1):  # the order in which this step's tellers speak
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
    n = len(indptr) - 1
    touched = np.full(n, -1, np.int64)
    joined = np.full(n, -1, np.int64)
    left = np.zeros(n)
    queue = np.empty(n, np.int64)
    for run in range(start, stop):
        if run % BLOCK == 0:
            np.random.seed((seed * 1_000_003 + run // BLOCK) % 2**32)
        tail = 0
        for node in seeds:
            if joined[node] != run:
                joined[node] = run
                queue[tail] = node
                tail += 1
        head = 0
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
        Those who start.
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
