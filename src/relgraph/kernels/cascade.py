"""Independent cascades: who hears when each arc passes word on with its own probability.

A cascade is the set reached over the arcs that happen to be live. `draw_live` draws 64 cascades
at once, a bit each, and `heard` follows them together: a node passes on only the cascades that
are new to it. A draw costs O(m·W) for 64·W cascades, a spread O(W) an arc and visit.

`exact_hearing` needs no draws. With R(A) the probability that the seeds reach all of a set A
inside it, R(A) = 1 − Σ_{B⊂A} R(B)·Π_{u∈B, v∈A∖B}(1 − p_uv), and the cascade ends with exactly A
with probability R(A)·Π_{u∈A, v∉A}(1 − p_uv). It costs O(3^r) for r nodes within reach.

Model: Kempe, Kleinberg and Tardos 2003, doi 10.1145/956750.956769.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges

Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

_BITS = 32  # binary digits of a probability that a draw resolves: 2^−32, far below its noise
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)
_ONE = np.uint64(1)
_EVEN = np.uint64(0x5555555555555555)
_PAIRS = np.uint64(0x3333333333333333)
_NIBBLES = np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = np.uint64(0x0101010101010101)
_S1, _S2, _S4, _S56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)


@compiled
def _mixed(state: np.uint64) -> np.uint64:
    """Return the output of splitmix64 for a state (Steele, Lea and Flood 2014)."""
    state = (state ^ (state >> _S30)) * _MIX_1
    state = (state ^ (state >> _S27)) * _MIX_2
    return state ^ (state >> _S31)


@compiled
def _ones(word: np.uint64) -> np.int64:
    word = word - ((word >> _S1) & _EVEN)
    word = (word & _PAIRS) + ((word >> _S2) & _PAIRS)
    word = (word + (word >> _S4)) & _NIBBLES
    return np.int64((word * _BYTES) >> _S56)


@compiled
def _draw(
    start: int, stop: int, probability: Floats, seed: np.uint64, first: int, live: Words
) -> None:
    for arc in range(start, stop):
        digits = np.uint64(np.rint(probability[arc] * 2.0**_BITS))
        if digits >> np.uint64(_BITS):
            live[arc, :] = ~np.uint64(0)
            continue
        for word in range(live.shape[1]):
            # A stream of its own for every arc and word: chunks and threads change nothing.
            state = _mixed(seed + np.uint64(first + word) * _GOLDEN)
            state = _mixed(state ^ (np.uint64(arc) * _MIX_1 + _GOLDEN))
            drawn = np.uint64(0)
            left = digits
            for _ in range(_BITS):
                # From the last binary digit of p to its first: OR halves the zeros, AND the ones.
                if left & _ONE:
                    state += _GOLDEN
                    drawn |= _mixed(state)
                elif drawn:
                    state += _GOLDEN
                    drawn &= _mixed(state)
                left >>= _ONE
            live[arc, word] = drawn


@compiled
def _heard(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    live: Words,
    seeds: npt.NDArray[np.int64],
    hops: npt.NDArray[np.int32],
    counts: npt.NDArray[np.int64],
    totals: npt.NDArray[np.int64],
) -> None:
    n, words = len(indptr) - 1, live.shape[1]
    active = np.zeros((n, words), np.uint64)
    fresh = np.zeros((n, words), np.uint64)
    waiting = np.zeros(n, np.bool_)
    queue = np.empty(n + 1, np.int64)
    for row in range(start, stop):
        head, tail = 0, 0
        for node in seeds[row]:
            if not waiting[node]:
                active[node] = ~np.uint64(0)
                fresh[node] = active[node]
                waiting[node] = True
                queue[tail] = node
                tail += 1
        while head != tail:
            node = queue[head]
            head = head + 1 if head < n else 0
            waiting[node] = False
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                news = False
                for word in range(words):
                    new = fresh[node, word] & live[arc, word] & ~active[other, word]
                    if new:
                        active[other, word] |= new
                        fresh[other, word] |= new
                        news = True
                if news and not waiting[other]:
                    waiting[other] = True
                    queue[tail] = other
                    tail = tail + 1 if tail < n else 0
            fresh[node] = 0
        for node in range(n):
            if hops[row, node] >= 0:
                for word in range(words):
                    ones = _ones(active[node, word])
                    counts[row, node] += ones
                    totals[row, hops[row, node], word] += ones
                active[node] = 0


def draw_live(probability: Floats, words: int, seed: int, first: int = 0) -> Words:
    """Draw which arcs are live in 64·`words` cascades.

    Parameters
    ----------
    probability : ndarray of float64, shape (m,)
        Of each arc, from 0 to 1.
    words : int
        How many words of 64 cascades.
    seed : int
        The same seed gives the same cascades.
    first : int
        Position of the first word in the whole stream of cascades.

    Returns
    -------
    ndarray of uint64, shape (m, words)
    """
    live = np.zeros((len(probability), words), np.uint64)
    key = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)

    def work(start: int, stop: int) -> Any:
        return _draw(start, stop, probability, key, first, live)

    in_ranges(work, len(probability), live.size)
    return live


def heard(
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    live: Words,
    seeds: npt.NDArray[np.int64],
    hops: npt.NDArray[np.int32],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Follow drawn cascades from several sets of seeds.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    live : ndarray of uint64, shape (m, W)
        From `draw_live`.
    seeds : ndarray of int64, shape (k, s)
        Seeds that start together, one set a row.
    hops : ndarray of int32, shape (k, n)
        Hops from each set to each node, −1 where none lead there.

    Returns
    -------
    counts : ndarray of int64, shape (k, n)
        In how many cascades each node hears.
    totals : ndarray of int64, shape (k, farthest hop + 1, W)
        Nodes at each hop that hear, summed over the 64 cascades of a word.
    """
    counts = np.zeros(hops.shape, np.int64)
    farthest = int(hops.max(initial=0))
    totals = np.zeros((len(seeds), farthest + 1, live.shape[1]), np.int64)

    def work(start: int, stop: int) -> Any:
        return _heard(start, stop, indptr, indices, live, seeds, hops, counts, totals)

    in_ranges(work, len(seeds), len(seeds) * live.size, pieces=4)
    return counts, totals


@compiled
def exact_hearing(unsaid: Floats, probability: Floats) -> Floats:
    """Return the exact probability that each node hears.

    Parameters
    ----------
    unsaid : ndarray of float64, shape (r,)
        Probability that no seed tells this node directly.
    probability : ndarray of float64, shape (r, r)
        That row tells column, among the nodes that are not seeds.

    Returns
    -------
    ndarray of float64, shape (r,)
    """
    r = len(unsaid)
    size = 1 << r
    # silent[A, v]: neither the seeds nor anyone in A tells v.
    silent = np.empty((size, r))
    reached = np.zeros(size)
    possible = np.zeros(size, np.bool_)
    hears = np.zeros(r)
    silent[0] = unsaid
    for group in range(size):
        if group:
            lowest = 0
            while not group >> lowest & 1:
                lowest += 1
            without = group & (group - 1)
            for v in range(r):
                silent[group, v] = silent[without, v] * (1.0 - probability[lowest, v])
        possible[group] = group == 0
        for v in range(r):
            if group >> v & 1:
                rest = group ^ (1 << v)
                if possible[rest] and silent[rest, v] < 1.0:
                    possible[group] = True
        if not possible[group]:
            continue
        total = 1.0
        part = group
        while part:
            part = (part - 1) & group
            if possible[part]:
                product = reached[part]
                others = group ^ part
                for v in range(r):
                    if others >> v & 1:
                        product *= silent[part, v]
                total -= product
        reached[group] = max(total, 0.0)
        ends = reached[group]
        for v in range(r):
            if not group >> v & 1:
                ends *= silent[group, v]
        for v in range(r):
            if group >> v & 1:
                hears[v] += ends
    return hears
