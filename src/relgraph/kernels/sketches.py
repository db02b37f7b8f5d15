"""Sketched reach: about how many nodes each reaches, at a cost that does not grow with reach.

Each node keeps a HyperLogLog sketch of 2^b bytes of whom it reaches; a hop more is the larger byte
of those it points at (HyperANF: Boldi, Rosa and Vigna 2011, doi 10.1145/1963405.1963493; Flajolet
et al. 2007). O(2^b·m) a hop, standard error 1.04/√2^b.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S1, _S30, _S27, _S31 = np.uint64(1), np.uint64(30), np.uint64(27), np.uint64(31)


@compiled
def _insert(node: int, bits: int, seed: int, registers: Any) -> None:
    """Put a node into one sketch: its hash chooses the register and how long a run of zeros."""
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
    registers[register] = max(registers[register], rank)


@compiled
def _first_hop(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    bits: int,
    seed: int,
    registers: Any,
) -> None:
    for node in range(start, stop):
        _insert(node, bits, seed, registers[node])
        for arc in range(indptr[node], indptr[node + 1]):
            _insert(indices[arc], bits, seed, registers[node])


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
        How far, 1 or more.
    bits : int
        b of the sketches, 4 to 16: 2^b bytes a node, standard error 1.04/√2^b.
    seed : int
        Of the hash; the same seed gives the same counts.
    """
    n = len(indptr) - 1
    registers = np.zeros((n, 1 << bits), np.uint8)
    wider = np.empty_like(registers)
    moved, moving = np.diff(indptr) > 0, np.zeros(n, np.bool_)
    farthest = moved.astype(np.int32)
    counts = np.zeros(n)
    size = n + len(indices)
    in_ranges(
        lambda a, b: _first_hop(a, b, indptr, indices, bits, seed, registers), n, size, pieces=8
    )
    hop = 1
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
