"""Random reverse reachable sets: the nodes whose word would have reached one drawn at random.

A set starts at a random root and follows arcs backwards, each live with its probability; a node
in it would have told the root. The share of sets that a group of seeds hits, times n, is an
unbiased estimate of their spread (Borgs et al. 2014, doi 10.1137/1.9781611973402.70).

Incoming arcs are sorted by falling probability, so that the next live one is a geometric skip
away, thinned by p/p_first (SUBSIM: Guo et al. 2020, doi 10.1145/3318464.3389740): a set costs
O(arcs that are live), not O(arcs that are looked at). Under the linear threshold model a node
listens to at most one other, so a set is a walk. Negative opinion with one quality q (IC-N: Chen
et al. 2011, doi 10.1137/1.9781611972818.33) leaves a set whole up to a geometric number of steps.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled, in_ranges
from relgraph.kernels.splitmix import GOLDEN, mixed, uniform

BLOCK = 1024  # sets that share a stream of random numbers, whichever thread draws them
_SKIP_BELOW = 0.25  # above this probability a draw an arc is cheaper than a logarithm a skip


class Sets(NamedTuple):
    """Sampled sets, one after the other: set i is `nodes[offsets[i]:offsets[i + 1]]`."""

    offsets: Ints
    nodes: Nodes

    @property
    def size(self) -> int:
        """Return how many sets there are."""
        return len(self.offsets) - 1

    def joined(self, other: Sets) -> Sets:
        """Return these sets followed by others."""
        offsets = np.concatenate([self.offsets, other.offsets[1:] + self.offsets[-1]])
        return Sets(offsets, np.concatenate([self.nodes, other.nodes]))


EMPTY = Sets(np.zeros(1, np.int64), np.zeros(0, np.int32))


@compiled
def _grown(nodes: Nodes, size: int) -> Nodes:
    larger = np.empty(max(2 * len(nodes), size), np.int32)
    larger[: len(nodes)] = nodes
    return larger


@compiled
def _sample_cascade(
    count: int,
    seed: np.uint64,
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    skip: Floats,
    quality: float,
    keep: Floats,
    roots: Nodes,
) -> tuple[Ints, Nodes, Ints]:
    """Return the sets of a block: where each begins, their nodes, and where those further begin."""
    # In one function: a call for each set makes sets of few nodes take 1.3 times as long, one for
    # each live arc all sets 1.3 to 1.6 times.
    n = len(indptr) - 1
    some_keep = len(keep) > 0
    state = mixed(seed)
    seen = np.full(n, -1, np.int32)  # the last set that a node was drawn for
    offsets = np.zeros(count + 1, np.int64)
    further = np.zeros(count, np.int64)  # where those more than a step away begin
    nodes = np.empty(max(64, 4 * count), np.int32)
    for number in range(count):
        start = offsets[number]
        steps = 2**62  # how far word stays good: P(steps ≥ j) = q^j
        if quality < 1.0:
            state += GOLDEN
            steps = int(np.log(1.0 - uniform(state)) / np.log(quality)) if quality > 0.0 else 0
        if steps == 0:
            offsets[number + 1] = start
            continue
        state += GOLDEN
        among = len(roots) if len(roots) > 0 else n
        root = min(int(uniform(state) * among), among - 1)
        if len(roots) > 0:
            root = roots[root]
        if some_keep:
            state += GOLDEN
            if uniform(state) >= keep[root]:
                offsets[number + 1] = start
                continue
        if len(nodes) < start + n:
            nodes = _grown(nodes, start + n)
        nodes[start] = root
        seen[root] = number
        head, tail = start, start + 1
        level_end = tail
        # Breadth-first search backwards over live arcs. Invariant: the members before `head` have
        # drawn their arcs; a node is drawn for a set once, kept or not.
        while head < tail:
            if head == level_end:
                steps -= 1
                level_end = tail
                if further[number] == 0:
                    further[number] = tail
            if steps == 1:
                break
            node = nodes[head]
            head += 1
            arc, stop = indptr[node], indptr[node + 1]
            while arc < stop:
                # SUBSIM, Guo et al. 2020: were all arcs as likely as this one, the next live one
                # would be a geometric number of arcs away; it counts with its share of that.
                p = probability[arc]
                if p <= 0.0:
                    break
                chance = p
                if p < _SKIP_BELOW:
                    state += GOLDEN
                    jump = np.log(1.0 - uniform(state)) * skip[arc]
                    if not jump < stop - arc:  # not a number where p is next to nothing
                        break
                    arc += int(jump)
                    chance = probability[arc] / p
                if chance < 1.0:
                    state += GOLDEN
                    if uniform(state) >= chance:
                        arc += 1
                        continue
                other = indices[arc]
                arc += 1
                if seen[other] != number:
                    seen[other] = number
                    if some_keep:
                        state += GOLDEN
                        if uniform(state) >= keep[other]:
                            continue
                    nodes[tail] = other
                    tail += 1
        offsets[number + 1] = tail
        if further[number] == 0:
            further[number] = tail
    return offsets, nodes[: offsets[count]].copy(), further


@compiled
def _count_further(offsets: Ints, nodes: Nodes, further: Ints, told: Ints) -> None:
    for number in range(len(further)):
        for place in range(further[number], offsets[number + 1]):
            told[nodes[place]] += 1


@compiled
def _sample_walks(
    count: int, seed: np.uint64, indptr: Ints, indices: Nodes, cumulative: Floats
) -> tuple[Ints, Nodes]:
    """Return the sets of a block: where each begins, and their nodes."""
    n = len(indptr) - 1
    state = mixed(seed)
    seen = np.full(n, -1, np.int32)  # the last set that a node was drawn for
    offsets = np.zeros(count + 1, np.int64)
    nodes = np.empty(max(64, 4 * count), np.int32)
    for number in range(count):
        state += GOLDEN
        node = min(int(uniform(state) * n), n - 1)
        tail = offsets[number]
        # A walk backwards, O(log arcs) a step. Invariant: the members are the walk so far; it ends
        # where it would meet itself, or where a node listens to nobody.
        while seen[node] != number:
            seen[node] = number
            if tail == len(nodes):
                nodes = _grown(nodes, tail + 1)
            nodes[tail] = node
            tail += 1
            first, stop = indptr[node], indptr[node + 1]
            state += GOLDEN
            drawn = uniform(state)
            if first == stop or drawn >= cumulative[stop - 1]:
                break
            # The first arc whose running sum is above the number drawn, by halving.
            low, high = first, stop - 1
            while low < high:
                middle = (low + high) // 2
                if cumulative[middle] > drawn:
                    high = middle
                else:
                    low = middle + 1
            node = indices[low]
        offsets[number + 1] = tail
    return offsets, nodes[: offsets[count]].copy()


def sample_cascades(
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    count: int,
    seed: int,
    first: int = 0,
    quality: float = 1.0,
    keep: Floats | None = None,
) -> Sets:
    """Sample sets under independent cascades.

    Parameters
    ----------
    indptr, indices : ndarray
        Incoming arcs as compressed sparse rows.
    probability : ndarray of float64, shape (m,)
        Of these arcs, falling within each row.
    count : int
        How many sets, a multiple of `BLOCK` unless they are the last.
    seed : int
        The same seed gives the same sets.
    first : int
        Number of the first block in the whole stream.
    quality : float
        q of IC-N: the chance that word stays good at each node that hears it.
    keep : ndarray of float64, shape (n,), optional
        The chance that each node passes word on at all, drawn once a set.
    """
    kept = np.zeros(0) if keep is None else keep
    arcs = (indptr, indices, probability, _skips(probability))

    def draw(size: int, key: np.uint64) -> Any:
        return _sample_cascade(size, key, *arcs, quality, kept, EMPTY.nodes)[:2]

    return _in_blocks(draw, count, seed, first)


def count_told(
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    roots: Nodes,
    numbers: range,
    seed: int,
) -> tuple[Ints, int]:
    """Return in how many sets each node is more than a step from the root, and all members.

    Parameters
    ----------
    indptr, indices, probability : ndarray
        As in `sample_cascades`.
    roots : ndarray of int32
        The nodes to draw roots from.
    numbers : range
        Which sets to sample; how many there are decides how they are shared among blocks.
    seed : int
        The same seed and ranges give the same sets.
    """
    arcs = (indptr, indices, probability, _skips(probability))
    size = max(1, min(BLOCK, len(numbers) // 64))
    starts = numbers[::size]

    def work(start: int, stop: int) -> tuple[Ints, int]:
        told, members = np.zeros(len(indptr) - 1, np.int64), 0
        for first in starts[start:stop]:
            count = min(size, numbers.stop - first)
            drawn = _sample_cascade(count, _key(seed, first), *arcs, 1.0, np.zeros(0), roots)
            _count_further(*drawn, told)
            members += len(drawn[1])
        return told, members

    parts = in_ranges(work, len(starts), len(numbers) * BLOCK, pieces=8)
    return np.sum([told for told, _ in parts], axis=0), sum(members for _, members in parts)


def _skips(probability: Floats) -> Floats:
    """Return what turns the logarithm of a uniform number into a skip over arcs."""
    with np.errstate(divide="ignore"):
        skips: Floats = 1.0 / np.log1p(-probability)
    return skips


def _key(seed: int, number: int) -> np.uint64:
    """Return where a stream starts: far from others, as splitmix64 mixes seed and number."""
    return np.uint64((seed * 0x9E3779B1 + number * 0x85EBCA6B2F + 1) % 2**64)


def sample_walks(
    indptr: Ints, indices: Nodes, cumulative: Floats, count: int, seed: int, first: int = 0
) -> Sets:
    """Sample sets under the linear threshold model.

    `cumulative` holds the running sum of the weights of each node's incoming arcs, at most 1;
    the rest is as in `sample_cascades`.
    """

    def draw(size: int, key: np.uint64) -> Any:
        return _sample_walks(size, key, indptr, indices, cumulative)

    return _in_blocks(draw, count, seed, first)


def _in_blocks(draw: Any, count: int, seed: int, first: int) -> Sets:
    blocks = -(-count // BLOCK)
    drawn: list[tuple[Ints, Nodes]] = [(EMPTY.offsets, EMPTY.nodes)] * blocks

    def work(start: int, stop: int) -> None:
        for block in range(start, stop):
            size = min(BLOCK, count - block * BLOCK)
            drawn[block] = draw(size, _key(seed, first + block))

    in_ranges(work, blocks, count * 16, pieces=8)
    sizes = [offsets[-1] for offsets, _ in drawn]
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    offsets = [part[1:] + end for (part, _), end in zip(drawn, ends[:-1], strict=True)]
    return Sets(
        np.concatenate([np.zeros(1, np.int64), *offsets]),
        np.concatenate([EMPTY.nodes, *(nodes for _, nodes in drawn)]),
    )
