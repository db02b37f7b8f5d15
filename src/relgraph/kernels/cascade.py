"""Independent cascades: who hears when each arc passes word on with its own probability.

A cascade is the set reached over the arcs that happen to be live. `draw_live` draws 64 cascades
at once, a bit each, and `count_hearers` follows them together: a node passes on only the cascades
that are new to it. A draw costs O(m·W) for 64·W cascades, a spread O(W) an arc and visit.

`exact_hearing` needs no draws. With R(A) the probability that the seeds reach all of a set A
inside it, R(A) = 1 − Σ_{B⊂A} R(B)·Π_{u∈B, v∈A∖B}(1 − p_uv), and the cascade ends with exactly A
with probability R(A)·Π_{u∈A, v∉A}(1 − p_uv). It costs O(3^r) for r nodes within reach.

Model: Kempe, Kleinberg and Tardos 2003, doi 10.1145/956750.956769.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.kernels.compiled import (
    Bools,
    Floats,
    Ints,
    Nodes,
    Words,
    compiled,
    count_ones,
    in_ranges,
)
from relgraph.kernels.splitmix import GOLDEN, MIX_1, mixed

BITS = 32  # binary digits of a probability that a draw resolves: 2^−32, far below its noise
_ONE = np.uint64(1)


@compiled
def drawn_word(digits: np.uint64, seed: np.uint64, word: int, arc: int) -> np.uint64:
    """Return in which of a word of cascades an arc is live, by its probability times 2^32."""
    # A stream of its own for every arc and word: chunks and threads change nothing.
    state = mixed(seed + np.uint64(word) * GOLDEN)
    state = mixed(state ^ (np.uint64(arc) * MIX_1 + GOLDEN))
    # From the last binary digit of p to its first: OR halves the zeros, AND the ones.
    # Invariant: each bit is set with the probability that the digits so far make.
    drawn = np.uint64(0)
    left = digits
    for _ in range(BITS):
        if left & _ONE:
            state += GOLDEN
            drawn |= mixed(state)
        elif drawn:
            state += GOLDEN
            drawn &= mixed(state)
        left >>= _ONE
    return drawn


@compiled
def _draw(
    start: int, stop: int, probability: Floats, seed: np.uint64, first: int, live: Words
) -> None:
    """Fill in which cascades the arcs of a range are live."""
    for arc in range(start, stop):
        digits = np.uint64(np.rint(probability[arc] * 2.0**BITS))
        if digits >> np.uint64(BITS):
            live[arc, :] = ~np.uint64(0)
            continue
        for word in range(live.shape[1]):
            live[arc, word] = drawn_word(digits, seed, first + word, arc)


@compiled
def _follow(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    live: Words,
    seeds: Ints,
    hops: Nodes,
    counts: Ints,
    totals: Ints,
) -> None:
    """Fill the counts of a range of sets of seeds."""
    n, words = len(indptr) - 1, live.shape[1]
    reached = np.zeros((n, words), np.uint64)
    fresh = np.zeros((n, words), np.uint64)
    waiting = np.zeros(n, np.bool_)
    queue = np.empty(n + 1, np.int64)  # a ring: a node waits once, so n places and one between
    for row in range(start, stop):
        head, tail = 0, 0
        for node in seeds[row]:
            if not waiting[node]:
                reached[node] = ~np.uint64(0)
                fresh[node] = reached[node]
                waiting[node] = True
                queue[tail] = node
                tail += 1
        # Breadth-first search of many cascades at once (as Then et al. 2014 search from many
        # sources, doi 10.14778/2735496.2735507), O(W) an arc and visit. Invariant: `fresh` are the
        # cascades that have reached a node and not gone on from it; a node that has any waits.
        while head != tail:
            node = queue[head]
            head = head + 1 if head < n else 0
            waiting[node] = False
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                grown = False
                for word in range(words):
                    new = fresh[node, word] & live[arc, word] & ~reached[other, word]
                    if new:
                        reached[other, word] |= new
                        fresh[other, word] |= new
                        grown = True
                if grown and not waiting[other]:
                    waiting[other] = True
                    queue[tail] = other
                    tail = tail + 1 if tail < n else 0
            fresh[node] = 0
        for node in range(n):
            if hops[row, node] >= 0:
                for word in range(words):
                    ones = np.int64(count_ones(reached[node, word]))
                    counts[row, node] += ones
                    totals[row, hops[row, node], word] += ones
                reached[node] = 0


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


def count_hearers(
    indptr: Ints, indices: Nodes, live: Words, seeds: Ints, hops: Nodes
) -> tuple[Ints, Ints]:
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
        return _follow(start, stop, indptr, indices, live, seeds, hops, counts, totals)

    in_ranges(work, len(seeds), len(seeds) * live.size, pieces=4)
    return counts, totals


@compiled
def _may_end(group: int, untold: Floats, possible: Bools) -> bool:
    """Return whether seeds can reach all of a set: some member last, from the others or a seed."""
    for node in range(untold.shape[1]):
        if group >> node & 1:
            rest = group ^ (1 << node)
            if possible[rest] and untold[rest, node] < 1.0:
                return True
    return group == 0


@compiled
def exact_hearing(by_seeds: Floats, probability: Floats) -> Floats:
    """Return the exact probability that each node hears.

    Parameters
    ----------
    by_seeds : ndarray of float64, shape (r,)
        Probability that no seed tells this node directly.
    probability : ndarray of float64, shape (r, r)
        That row tells column, among the nodes that are not seeds.

    Returns
    -------
    ndarray of float64, shape (r,)
    """
    # The recursion in this module's docstring, O(3^r): every subset of every set once. A set is a
    # number whose bits are its members. Invariant: the figures of all smaller numbers, which
    # include those of its subsets, are final.
    r = len(by_seeds)
    size = 1 << r
    untold = np.empty((size, r))  # by set and node: neither the seeds nor the set tell the node
    reached = np.zeros(size)  # R of the set
    possible = np.zeros(size, np.bool_)  # whether R can be above 0: the others are passed over
    hears = np.zeros(r)
    untold[0] = by_seeds
    for group in range(size):
        if group:
            lowest = 0
            while not group >> lowest & 1:
                lowest += 1
            without = group & (group - 1)
            for node in range(r):
                untold[group, node] = untold[without, node] * (1.0 - probability[lowest, node])
        possible[group] = _may_end(group, untold, possible)
        if not possible[group]:
            continue
        # The subsets of a set, the largest first: subtract 1, keep the bits of the set.
        total = 1.0
        part = group
        while part:
            part = (part - 1) & group
            if possible[part]:
                product = reached[part]
                others = group ^ part
                for node in range(r):
                    if others >> node & 1:
                        product *= untold[part, node]
                total -= product
        reached[group] = max(total, 0.0)
        ends = reached[group]
        for node in range(r):
            if not group >> node & 1:
                ends *= untold[group, node]
        for node in range(r):
            if group >> node & 1:
                hears[node] += ends
    return hears


@compiled
def _find_within(
    seeds: Ints,
    indptr: Ints,
    indices: Nodes,
    place: Nodes,
    found: Nodes,
) -> tuple[int, int]:
    """Fill `found` with the seeds and who is within reach, and `place` with where each is in it.

    Returns how many seeds and how many nodes there are; more than fit in `found` are one more.
    """
    tail = 0
    for node in seeds:
        if place[node] < 0:
            if tail == len(found):
                return tail, tail + 1
            place[node] = tail
            found[tail] = node
            tail += 1
    first, head = tail, 0
    # Breadth-first search that gives up when the room is full, O(arcs of those who fit).
    while head < tail:
        node = found[head]
        head += 1
        for arc in range(indptr[node], indptr[node + 1]):
            other = indices[arc]
            if place[other] < 0:
                if tail == len(found):
                    return first, tail + 1
                place[other] = tail
                found[tail] = other
                tail += 1
    return first, tail


@compiled
def _exact_chances(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    seeds: Ints,
    nodes: Nodes,
    chances: Floats,
) -> None:
    """Fill the nodes and chances of a range of sets of seeds, O(3^r) each for r within reach."""
    # Invariant: `place` is −1 but for those who are within reach of the row that is worked out.
    place = np.full(len(indptr) - 1, -1, np.int32)
    for row in range(start, stop):
        found = nodes[row]
        first, size = _find_within(seeds[row], indptr, indices, place, found)
        if size <= len(found):
            unsaid = np.ones(size - first)
            between = np.zeros((size - first, size - first))
            for index in range(size):
                for arc in range(indptr[found[index]], indptr[found[index] + 1]):
                    other = place[indices[arc]] - first
                    if other >= 0 and index >= first:
                        between[index - first, other] = probability[arc]
                    elif other >= 0:
                        unsaid[other] *= 1.0 - probability[arc]
            chances[row, :first] = 1.0
            chances[row, first:size] = exact_hearing(unsaid, between)
        for index in range(min(size, len(found))):
            place[found[index]] = -1
            if size > len(found):
                found[index] = -1


def exact_chances(
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    seeds: Ints,
    most: int,
) -> tuple[Nodes, Floats]:
    """Return who hears from sets of seeds, and the exact chance that each does.

    Parameters
    ----------
    indptr, indices, probability : ndarray
        Outgoing arcs as compressed sparse rows, with their probabilities.
    seeds : ndarray of int64, shape (k, s)
        Seeds that start together, one set a row.
    most : int
        Up to how many nodes within reach, seeds counted, a row is worked out.

    Returns
    -------
    nodes : ndarray of int32, shape (k, most)
        The seeds and who is within their reach, then −1; all −1 where more than `most` are.
    chances : ndarray of float64, shape (k, most)
        Of these nodes; 0 for none.
    """
    nodes = np.full((len(seeds), most), -1, np.int32)
    chances = np.zeros(nodes.shape)

    def work(start: int, stop: int) -> Any:
        return _exact_chances(start, stop, indptr, indices, probability, seeds, nodes, chances)

    in_ranges(work, len(seeds), len(seeds) << most, pieces=8)
    return nodes, chances
