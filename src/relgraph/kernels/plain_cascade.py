"""Cascades from one set of seeds by NumPy alone, where importing numba takes longer than the work.

The draws are those of `kernels.cascade`, bit for bit. An arc is drawn only in the cascades that
get to it: where few do, that is a small part of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.mixing import GOLDEN, MIX_1, mix
from relgraph.kernels.plain import Floats, Ints, Nodes, arcs_from

Words = npt.NDArray[np.uint64]

_BITS = 32  # as many as `kernels.cascade` draws
_MOST_DRAWN = 100_000  # words of cascades up to which NumPy is quicker than numba's import
_ONE, _ALL = np.uint64(1), ~np.uint64(0)


def draw_words(probability: Floats, arcs: Ints, words: Ints, seed: int) -> Words:
    """Return in which of 64 cascades arcs are live, as `kernels.cascade.draw_live` draws it.

    Parameters
    ----------
    probability : ndarray of float64, shape (k,)
    arcs, words : ndarray of int64, shape (k,)
        Which arc, and the position of the word in the whole stream of cascades.
    seed : int
    """
    digits = np.rint(probability * 2.0**_BITS).astype(np.uint64)
    certain = digits >> np.uint64(_BITS) > 0
    key = np.uint64(seed & 0xFFFFFFFFFFFFFFFF)
    state = mix(key + words.astype(np.uint64) * GOLDEN)
    state = mix(state ^ (arcs.astype(np.uint64) * MIX_1 + GOLDEN))
    drawn = np.zeros(len(arcs), np.uint64)
    for _ in range(_BITS):
        one = digits & _ONE > 0
        state = np.where(one | (drawn > 0), state + GOLDEN, state)
        mixed = mix(state)
        drawn = np.where(one, drawn | mixed, drawn & mixed)
        digits >>= _ONE
    return np.where(certain, _ALL, drawn)


def count_hearers(
    indptr: Ints, indices: Nodes, probability: Floats, seeds: Ints, words: int, seed: int
) -> Ints | None:
    """Return in how many of 64·`words` cascades each node hears, or None where many arcs do.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    probability : ndarray of float64, shape (m,)
        That each arc is live.
    seeds : ndarray of int64, shape (s,)
        Seeds that start together.
    words, seed : int
        As `kernels.cascade.draw_live` takes them.

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    reached = np.zeros((len(indptr) - 1) * words, np.uint64)
    places = (np.unique(seeds)[:, np.newaxis] * words + np.arange(words)).ravel()
    fresh = np.full(len(places), _ALL)
    reached[places] = _ALL
    drawn = 0
    # Breadth-first, many cascades in a word. A place is node·W + word. Invariant: `fresh` are the
    # cascades that got to a place in the last step and not before.
    while len(places):
        nodes, at_words = np.divmod(places, words)
        arcs, counts = arcs_from(indptr, nodes)
        drawn += len(arcs)
        if drawn > _MOST_DRAWN:
            return None
        at_words, told = np.repeat(at_words, counts), np.repeat(fresh, counts)
        told &= draw_words(probability[arcs], arcs, at_words, seed)
        target = indices[arcs].astype(np.int64) * words + at_words
        places, fresh = _joined(target[told > 0], told[told > 0])
        fresh &= ~reached[places]
        places, fresh = places[fresh > 0], fresh[fresh > 0]
        reached[places] |= fresh
    hearers: Ints = np.bitwise_count(reached).reshape(-1, words).sum(axis=1, dtype=np.int64)
    return hearers


def _joined(places: Ints, told: Words) -> tuple[Ints, Words]:
    """Return each place once, with all cascades that get to it."""
    order = np.argsort(places, kind="stable")
    places, told = places[order], told[order]
    starts = np.flatnonzero(np.diff(places, prepend=-1))
    return places[starts], np.bitwise_or.reduceat(told, starts) if len(starts) else told


def exact_hearing(by_seeds: Floats, probability: Floats) -> Floats:
    """Return the exact probability that each node hears: `kernels.cascade.exact_hearing`."""
    r = len(by_seeds)
    members = (np.arange(1 << r)[:, np.newaxis] >> np.arange(r) & 1).astype(bool)
    # By set and node: neither the seeds nor the set tell the node.
    untold = by_seeds * np.where(members[:, :, np.newaxis], 1 - probability, 1).prod(axis=1)
    reached = np.ones(1 << r)
    # The recursion in the docstring of `kernels.cascade`, by sets of growing number: those of all
    # subsets of a set are final. O(4^r) here, without loops inside.
    for group in range(1, 1 << r):
        parts = np.arange(group)
        parts = parts[parts & ~group == 0]
        others = members[group] & ~members[parts]
        ends = reached[parts] * np.where(others, untold[parts], 1).prod(axis=1)
        reached[group] = max(1 - ends.sum(), 0.0)
    ends = reached * np.where(members, 1, untold).prod(axis=1)
    return np.asarray(ends @ members)
