"""Cascades that are given up once they have gone far, 64 at once; arcs are drawn when they are met.

Whether word goes far from one seed is decided among the first few hundred who hear, so that many
cascades can be begun for the price of one that is followed to its end. Which begins to go far, and
how far those go, are then sampled apart (two-phase sampling: Neyman 1938,
doi 10.1080/01621459.1938.10503378): begin many, and finish some of those that were given up.

A word of cascades is drawn as in `cascade.draw_live`, so what is finished is what was begun.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relgraph.kernels.cascade import BITS, drawn_word
from relgraph.kernels.compiled import Floats, Ints, Nodes, Words, compiled, count_ones, in_ranges

_ONE = np.uint64(1)


class Told(NamedTuple):
    """What cascades came to that ended; by hop, of those who hear within it.

    `given_up` has the bits of those that didn't, of each word; `hits` is who heard how often.
    """

    ended: int
    sums: Floats
    squares: Floats
    hits: Ints
    given_up: Words

    def joined(self, other: Told) -> Told:
        """Return what these and other cascades came to."""
        return Told(
            self.ended + other.ended,
            self.sums + other.sums,
            self.squares + other.squares,
            self.hits + other.hits,
            np.concatenate([self.given_up, other.given_up]),
        )


@compiled
def _count_bits(bits: np.uint64, hop: int, heard: Ints, totals: Ints, most: int) -> np.uint64:
    """Count a node for the cascades that reach it, and return those that have reached too many."""
    many = np.uint64(0)
    while bits:
        bit = bits & (~bits + _ONE)
        place = np.int64(count_ones(bit - _ONE))
        heard[place, hop] += 1
        totals[place] += 1
        if totals[place] > most:
            many |= bit
        bits ^= bit
    return many


@compiled
def _tell(
    start: int,
    stop: int,
    words: Ints,
    source: int,
    indptr: Ints,
    indices: Nodes,
    probability: Floats,
    hops: Nodes,
    seed: np.uint64,
    begun: Words,
    most: int,
    given_up: Words,
) -> tuple[np.int64, Floats, Floats, Ints]:
    """Follow the words of a range, and fill which cascades are given up."""
    n, farthest = len(indptr) - 1, hops.max()
    reached, fresh = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    waiting, hits = np.zeros(n, np.bool_), np.zeros(n, np.int64)
    queue = np.empty(n + 1, np.int64)  # a ring: a node waits once
    touched = np.empty(n, np.int64)
    sums, squares = np.zeros(farthest + 1), np.zeros(farthest + 1)
    heard, totals = np.zeros((64, farthest + 1), np.int64), np.zeros(64, np.int64)
    ended = np.int64(0)
    for row in range(start, stop):
        word, going = words[row], begun[row]
        reached[source], fresh[source], waiting[source] = going, going, True
        queue[0], touched[0] = source, source
        head, tail, count = 0, 1, 1
        heard[:] = 0
        totals[:] = 0
        many = _count_bits(going, 0, heard, totals, most)
        # As `cascade._follow`. Invariant: what is fresh at a node hasn't gone on from it.
        while head != tail:
            node = queue[head]
            head = head + 1 if head < n else 0
            waiting[node] = False
            going &= ~many
            from_here = fresh[node] & going
            fresh[node] = 0
            if from_here == 0:
                continue
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                new = from_here & ~reached[other]
                if new == 0:
                    continue
                digits = np.uint64(np.rint(probability[arc] * 2.0**BITS))
                if not digits >> np.uint64(BITS):
                    new &= drawn_word(digits, seed, word, arc)
                if new == 0:
                    continue
                if reached[other] == 0:
                    touched[count] = other
                    count += 1
                reached[other] |= new
                fresh[other] |= new
                many |= _count_bits(new, hops[other], heard, totals, most)
                if not waiting[other]:
                    waiting[other] = True
                    queue[tail] = other
                    tail = tail + 1 if tail < n else 0
        given_up[row] = many
        done = begun[row] & ~many
        ended += np.int64(count_ones(done))
        for place in range(count):
            node = touched[place]
            hits[node] += np.int64(count_ones(reached[node] & done))
            reached[node], fresh[node] = 0, 0
        for place in range(64):
            if done >> np.uint64(place) & _ONE:
                within = 0.0
                for hop in range(farthest + 1):
                    within += heard[place, hop]
                    sums[hop] += within
                    squares[hop] += within * within
    return ended, sums, squares, hits


def tell(
    source: int,
    arcs: tuple[Ints, Nodes, Floats],
    hops: Nodes,
    words: Ints,
    begun: Words | None,
    most: int,
    seed: int,
) -> Told:
    """Follow cascades from one node until they end or have reached too many.

    Parameters
    ----------
    source : int
        Who starts to tell.
    arcs : tuple of ndarray
        Compressed sparse rows and the probability of each arc: indptr, indices, probability.
    hops : ndarray of int32, shape (n,)
        Hops from the source to each node, −1 where none lead there.
    words : ndarray of int64, shape (W,)
        Which words of 64 cascades to follow, by their positions in the whole stream.
    begun : ndarray of uint64, shape (W,), optional
        The bits of the cascades of each word to follow; all for None.
    most : int
        A cascade that reaches more, the source counted, is given up.
    seed : int
        The same seed gives the same cascades.
    """
    bits = ~np.zeros(len(words), np.uint64) if begun is None else begun
    given_up = np.zeros(len(words), np.uint64)
    key = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
    parts = in_ranges(
        lambda start, stop: _tell(
            start, stop, words, source, *arcs, hops, key, bits, most, given_up
        ),
        len(words),
        size=len(words) * min(most, len(hops)),
    )
    ended, sums, squares, hits = zip(*parts, strict=True)
    return Told(
        int(sum(ended)),
        np.sum(sums, axis=0),
        np.sum(squares, axis=0),
        np.sum(hits, axis=0),
        given_up,
    )
