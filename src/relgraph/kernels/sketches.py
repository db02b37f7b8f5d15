"""Sketched reach: about how many nodes each reaches, at a cost that does not grow with reach.

Each node keeps a HyperLogLog sketch of 2^b bytes of what it reaches; a hop more is the larger byte
of those it points at (HyperANF: Boldi, Rosa and Vigna 2011, doi 10.1145/1963405.1963493; Flajolet
et al. 2007). O(2^b·m) a hop, standard error 1.04/√2^b. In sparse networks the first two hops are
walked instead, O(two-hop walks), and the last hop of a given number is counted as it is united,
so that three hops cost one pass over all sketches.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import (
    Bools,
    Floats,
    Ints,
    Nodes,
    compiled,
    in_ranges,
    prefetch,
    unsigned,
)
from relgraph.kernels.splitmix import GOLDEN, MIX_1, mixed

Registers = npt.NDArray[np.uint8]

_S1 = np.uint64(1)
# A node's code is its register and, in the last six bits, its run of zeros. Longer runs are not
# told apart: below 2^40 nodes there are hardly any.
_SIX, _RUN, _LONGEST = np.uint64(6), np.uint64(63), np.uint64(40)
_SCALE = 2.0 ** int(_LONGEST)
_WALKED = 32  # two-hop walks for each arc, up to which walking them is quicker than uniting
_AHEAD = np.uint64(4)  # arcs ahead for which memory is fetched
_LINE = 64  # bytes of a line of the cache


@compiled
def _hash(start: int, stop: int, bits: int, seed: int, codes: Any) -> None:
    """Fill the code of each node: its register, and how long its run of zeros is, from 1."""
    for node in range(start, stop):
        state = mixed((np.uint64(node) + np.uint64(seed) * MIX_1 + _S1) * GOLDEN)
        register = state >> np.uint64(64 - bits)
        left = state << np.uint64(bits)
        rank = _S1
        while rank < _LONGEST and not left >> np.uint64(63):
            left <<= _S1
            rank += _S1
        codes[node] = register << _SIX | rank


@compiled
def _insert(code: Any, own: Registers) -> bool:
    """Put a node into a sketch, and return whether that changed it."""
    register, rank = code >> _SIX, np.uint8(code & _RUN)
    before = own[register]
    own[register] = max(before, rank)
    grew: bool = before < rank
    return grew


@compiled
def _walk(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    hops: int,
    codes: Any,
    registers: Registers,
    moved: Bools,
    farthest: Any,
) -> None:
    """Fill the sketches of a range with what it reaches in one hop or two."""
    # Here and in `_unite` what will be read a few arcs on is fetched; `final` keeps that inside.
    final = np.uint64(max(1, len(indices)) - 1)
    for node in range(start, stop):
        own = registers[node]
        _insert(codes[node], own)
        for arc in range(indptr[node], indptr[node + 1]):
            _insert(codes[indices[arc]], own)
        changed = indptr[node] < indptr[node + 1]
        farthest[node] = int(changed)
        if hops == 2:
            changed = False
            for arc in range(indptr[node], indptr[node + 1]):
                prefetch(indices, indptr[indices[min(arc + _AHEAD, final)]])
                other = indices[arc]
                for step in range(indptr[other], indptr[other + np.uint32(1)]):
                    changed |= _insert(codes[indices[step]], own)
            farthest[node] += int(changed)
        moved[node] = changed


@compiled
def _unite(node: int, indptr: Any, indices: Any, registers: Registers, own: Registers) -> bool:
    """Fill a sketch with the union of a node's and those it points at; return whether it grew."""
    # HyperANF, Boldi, Rosa and Vigna 2011: the sketch of a union has the larger of each byte.
    # O(2^b) an arc.
    size = len(own)
    final = np.uint64(max(1, len(indices)) - 1)
    own[:] = registers[node]
    for arc in range(indptr[node], indptr[node + 1]):
        coming = registers[indices[min(arc + _AHEAD, final)]]
        for place in range(0, size, _LINE):
            prefetch(coming, place)
        other = registers[indices[arc]]
        for place in range(size):
            own[place] = max(own[place], other[place])
    grown = False
    for place in range(size):
        grown |= own[place] != registers[node, place]
    return grown


@compiled
def _widen(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    registers: Registers,
    wider: Registers,
    moved: Bools,
) -> None:
    """Fill the sketches of a range one hop wider, and which of them grew."""
    for node in range(start, stop):
        moved[node] = _unite(node, indptr, indices, registers, wider[node])


@compiled
def _estimate(own: Registers) -> float:
    """Return about how many nodes a sketch holds."""
    # Flajolet et al. 2007: the harmonic mean of what the bytes say; where some are empty and
    # few nodes are held, what the share of empty ones says.
    size = len(own)
    total, zeros = np.uint64(0), 0
    for place in range(size):
        total += _S1 << (_LONGEST - np.uint64(own[place]))
        zeros += own[place] == 0
    if zeros > 0:
        near: float = size * np.log(size / zeros)
        if near <= 2.5 * size:
            return near
    alpha = 0.7213 / (1.0 + 1.079 / size)
    return alpha * size * size * _SCALE / total


@compiled
def _count(start: int, stop: int, registers: Registers, counts: Floats) -> None:
    """Fill the estimates of a range."""
    for node in range(start, stop):
        counts[node] = _estimate(registers[node])


@compiled
def _unite_and_count(
    start: int,
    stop: int,
    indptr: Any,
    indices: Any,
    registers: Registers,
    moved: Bools,
    counts: Floats,
) -> None:
    """Fill the estimates of a range one hop wider, without keeping the sketches."""
    own = np.empty(registers.shape[1], np.uint8)
    for node in range(start, stop):
        moved[node] = _unite(node, indptr, indices, registers, own)
        counts[node] = _estimate(own)


def sketched_counts(
    indptr: Ints, indices: Nodes, max_hops: int | None, bits: int, seed: int = 0
) -> tuple[Floats, Nodes]:
    """Return about how many nodes each reaches within `max_hops`, and at least in how many hops.

    The node itself is not counted; without `max_hops` there is no limit.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    max_hops : int
        How far, 1 or more.
    bits : int
        b of the sketches, 4 to 10: 2^b bytes a node, standard error 1.04/√2^b.
    seed : int
        Of the hash; the same seed gives the same counts.
    """
    n, arcs = len(indptr) - 1, unsigned(indptr, indices)
    size = n + len(indices)
    codes = np.empty(n, np.uint16)
    registers = np.zeros((n, 1 << bits), np.uint8)
    moved, farthest, counts = np.zeros(n, np.bool_), np.zeros(n, np.int32), np.zeros(n)

    def ranges(kernel: Any, *arrays: Any) -> None:
        in_ranges(lambda start, stop: kernel(start, stop, *arrays), n, size, pieces=8)

    hop = 2 if max_hops != 1 and _few_walks(indptr, indices) else 1
    ranges(_hash, bits, seed, codes)
    ranges(_walk, *arcs, hop, codes, registers, moved, farthest)
    wider = np.empty_like(registers) if max_hops is None or max_hops > hop + 1 else registers
    # Invariant: a sketch holds what is at most `hop` hops away; `moved` are those that last grew.
    while moved.any() and (max_hops is None or hop + 1 < max_hops):
        hop += 1
        ranges(_widen, *arcs, registers, wider, moved)
        registers, wider = wider, registers
        farthest[moved] = hop
    if moved.any() and hop != max_hops:
        ranges(_unite_and_count, *arcs, registers, moved, counts)
        farthest[moved] = hop + 1
    else:
        ranges(_count, registers, counts)
    return np.maximum(counts - 1.0, 0.0), farthest


def _few_walks(indptr: Ints, indices: Nodes) -> bool:
    """Return whether there are few enough walks of two hops to take each."""
    walks = int(np.diff(indptr)[indices].sum())
    return walks <= _WALKED * len(indices)
