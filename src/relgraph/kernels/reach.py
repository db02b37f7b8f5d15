"""Reach: how many steps each node is from many sources, and how many are within reach of each.

`hop_table` searches breadth-first from each source: O(k·(n + m)) time for k sources, and a table
of k·n hops. `reach_counts` asks only how many: each node keeps the set of targets it reaches as
bits, 512 targets at a time, and a hop more is the union over those it points at (multi-source
bit-parallel search after Then et al. 2014, doi 10.14778/2735496.2735507), O(hops·m·n/512) words
of cache line size. `sketched_counts` keeps a HyperLogLog sketch of 2^b bytes in place of the set
(HyperANF: Boldi, Rosa, Vigna 2011, doi 10.1145/1963405.1963493; Flajolet et al. 2007), O(hops·m)
unions whatever n is, with a standard error of 1.04/√2^b. `near_counts` searches a few hops from
each node, O(arcs within reach).
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

Counts = npt.NDArray[np.int64]

_WORDS = 8  # words of targets that travel together: a cache line
_EVEN = np.uint64(0x5555555555555555)
_PAIRS = np.uint64(0x3333333333333333)
_NIBBLES = np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = np.uint64(0x0101010101010101)
_S1, _S2, _S4, _S56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)


@compiled
def _hops(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    sources: npt.NDArray[np.int64],
    table: npt.NDArray[np.int32],
) -> None:
    queue = np.empty(len(indptr) - 1, np.int32)
    for row in range(start, stop):
        hops = table[row]
        hops[sources[row]] = 0
        queue[0] = sources[row]
        head, tail = 0, 1
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
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    sources: npt.NDArray[np.int64],
) -> npt.NDArray[np.int32]:
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
def _ones(word: np.uint64) -> np.int64:
    word = word - ((word >> _S1) & _EVEN)
    word = (word & _PAIRS) + ((word >> _S2) & _PAIRS)
    word = (word + (word >> _S4)) & _NIBBLES
    return np.int64((word * _BYTES) >> _S56)


@compiled
def _reach_counts(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    max_hops: int,
) -> tuple[Counts, npt.NDArray[np.int32]]:
    n = len(indptr) - 1
    reached = np.zeros(n, np.int64)
    farthest = np.zeros(n, np.int32)
    known = np.zeros((n, _WORDS), np.uint64)
    wider = np.zeros((n, _WORDS), np.uint64)
    moved = np.zeros(n, np.bool_)  # who learnt of a target in the last hop
    moving = np.zeros(n, np.bool_)
    for chunk in range(start, stop):
        first = chunk * _WORDS * 64
        last = min(first + _WORDS * 64, n)
        known[:] = 0
        moved[:] = False
        for target in range(first, last):
            place = target - first
            known[target, place >> 6] = _S1 << np.uint64(place & 63)
            moved[target] = True
        hop = 0
        alive = True
        while alive and hop < max_hops:
            hop += 1
            alive = False
            for node in range(n):
                w0, w1, w2, w3 = known[node, 0], known[node, 1], known[node, 2], known[node, 3]
                w4, w5, w6, w7 = known[node, 4], known[node, 5], known[node, 6], known[node, 7]
                for arc in range(indptr[node], indptr[node + 1]):
                    other = indices[arc]
                    if moved[other]:
                        w0 |= known[other, 0]
                        w1 |= known[other, 1]
                        w2 |= known[other, 2]
                        w3 |= known[other, 3]
                        w4 |= known[other, 4]
                        w5 |= known[other, 5]
                        w6 |= known[other, 6]
                        w7 |= known[other, 7]
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
                wider[node, 0], wider[node, 1], wider[node, 2], wider[node, 3] = w0, w1, w2, w3
                wider[node, 4], wider[node, 5], wider[node, 6], wider[node, 7] = w4, w5, w6, w7
                moving[node] = fresh != 0
                if fresh != 0:
                    alive = True
                    farthest[node] = max(farthest[node], hop)
            known, wider = wider, known
            moved, moving = moving, moved
        for node in range(n):
            for word in range(_WORDS):
                reached[node] += _ones(known[node, word])
    return reached, farthest


def reach_counts(
    indptr: npt.NDArray[np.int64], indices: npt.NDArray[np.int32], max_hops: int | None = None
) -> tuple[Counts, npt.NDArray[np.int32]]:
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
def _fill_registers(start: int, stop: int, bits: int, seed: int, registers: Any) -> None:
    for node in range(start, stop):
        state = (np.uint64(node) + np.uint64(seed) * _MIX_1 + _S1) * _GOLDEN
        state = (state ^ (state >> _S30)) * _MIX_1
        state = (state ^ (state >> _S27)) * _MIX_2
        state ^= state >> _S31
        register = np.int64(state >> np.uint64(64 - bits))
        left = state << np.uint64(bits)
        rank = 1
        while rank <= 64 - bits and not left >> np.uint64(63):
            left <<= _S1
            rank += 1
        registers[node, register] = rank


@compiled
def _widen_registers(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    registers: npt.NDArray[np.uint8],
    wider: npt.NDArray[np.uint8],
    moved: npt.NDArray[np.bool_],
    moving: npt.NDArray[np.bool_],
) -> None:
    size = registers.shape[1]
    for node in range(start, stop):
        own = wider[node]
        own[:] = registers[node]
        for arc in range(indptr[node], indptr[node + 1]):
            if moved[indices[arc]]:
                other = registers[indices[arc]]
                for place in range(size):
                    own[place] = max(own[place], other[place])
        moving[node] = False
        for place in range(size):
            if own[place] != registers[node, place]:
                moving[node] = True


@compiled
def _count_registers(
    start: int, stop: int, registers: npt.NDArray[np.uint8], counts: npt.NDArray[np.float64]
) -> None:
    size = registers.shape[1]
    alpha = 0.7213 / (1.0 + 1.079 / size)
    for node in range(start, stop):
        total, zeros = 0.0, 0
        for place in range(size):
            rank = registers[node, place]
            total += 1.0 / (np.uint64(1) << np.uint64(rank))
            zeros += rank == 0
        estimate = alpha * size * size / total
        if estimate <= 2.5 * size and zeros > 0:
            estimate = size * np.log(size / zeros)
        counts[node] = estimate


def sketched_counts(
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    max_hops: int | None,
    bits: int,
    seed: int = 0,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Return about how many nodes each reaches within `max_hops`, and at least in how many hops.

    The node itself is not counted; without `max_hops` there is no limit.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    max_hops : int
        How far.
    bits : int
        b of the sketches, 4 to 16: 2^b bytes a node, standard error 1.04/√2^b.
    seed : int
        Of the hash; the same seed gives the same counts.
    """
    n = len(indptr) - 1
    registers = np.zeros((n, 1 << bits), np.uint8)
    wider = np.empty_like(registers)
    moved, moving = np.ones(n, np.bool_), np.zeros(n, np.bool_)
    farthest = np.zeros(n, np.int32)
    counts = np.zeros(n)
    size = n + len(indices)
    in_ranges(lambda a, b: _fill_registers(a, b, bits, seed, registers), n, size)
    hop = 0
    while moved.any() and (max_hops is None or hop < max_hops):
        hop += 1
        arrays = (indptr, indices, registers, wider, moved, moving)
        in_ranges(partial(_widen_range, arrays), n, size, pieces=8)
        registers, wider, moved, moving = wider, registers, moving, moved
        farthest[moved] = hop
    in_ranges(lambda a, b: _count_registers(a, b, registers, counts), n, size)
    return np.maximum(counts - 1.0, 0.0), farthest


def _widen_range(arrays: tuple[Any, ...], start: int, stop: int) -> None:
    _widen_registers(start, stop, *arrays)


@compiled
def _near_counts(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    max_hops: int,
    reached: Counts,
    farthest: npt.NDArray[np.int32],
) -> None:
    n = len(indptr) - 1
    seen = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    for source in range(start, stop):
        seen[source] = source
        queue[0] = source
        head, tail, hop = 0, 1, 0
        while head < tail and hop < max_hops:
            hop += 1
            level = tail
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


def near_counts(
    indptr: npt.NDArray[np.int64], indices: npt.NDArray[np.int32], max_hops: int
) -> tuple[Counts, npt.NDArray[np.int32]]:
    """Return what `reach_counts` does, by a search from each node: for one hop or two."""
    n = len(indptr) - 1
    reached, farthest = np.zeros(n, np.int64), np.zeros(n, np.int32)

    def work(start: int, stop: int) -> Any:
        return _near_counts(start, stop, indptr, indices, max_hops, reached, farthest)

    in_ranges(work, n, n + len(indices), pieces=8)
    return reached, farthest
