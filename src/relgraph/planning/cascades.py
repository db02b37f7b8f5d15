"""Cascades of leaving: how likely each follows sets of leavers, exactly or by seeded draws.

Draws use `kernels.cascade` and take the chance that a leaver is followed directly as known, so
that chance only enters by longer ways. One set of leavers whom few follow needs no kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.kernels import plain_cascade as plain
from relgraph.kernels.plain import arcs_from
from relgraph.kernels.plain_cascade import Words
from relgraph.network import Floats, Ints
from relgraph.planning.word import AccountArcs

_WORD = 64  # cascades that a kernel follows at once
_WORDS = -(-int(assumptions.CASCADES) // _WORD)
_LIVE_BYTES = 1 << 26  # memory for the arcs that are live in a chunk of cascades
_CELLS = 1 << 22  # of a table of leavers and everyone
_FEW = 8  # followers whose exact chances NumPy works out before a kernel is loaded

Hops = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Cascades(AccountArcs):
    """Arcs with the chance that each passes leaving on.

    Parameters
    ----------
    passing : ndarray of float64, shape (m,)
    seed : int
        The same seed gives the same draws.
    """

    passing: Floats
    seed: int

    @cached_property
    def indices(self) -> Hops:
        """Return the targets as kernels take them."""
        return self.target.astype(np.int32)

    def hops_of_each(self, leavers: Ints) -> Hops:
        """Return the hops from each leaver to everyone, −1 where none lead there; (k, n)."""
        if len(leavers) == 1:
            return self.hops_of_all(leavers)
        from relgraph.kernels.hops import hop_table

        return hop_table(self.indptr, self.indices, leavers)

    def in_blocks(self, rows: Ints) -> list[Ints]:
        """Return rows in blocks whose tables of everyone take little memory."""
        return np.array_split(rows, -(-len(rows) * self.n // _CELLS)) if len(rows) else []

    def count_within(self, leavers: Ints) -> Ints:
        """Return how many are within reach of each leaver, with the leaver; shape (k,)."""
        blocks = [(self.hops_of_each(each) >= 0).sum(axis=1) for each in self.in_blocks(leavers)]
        return np.concatenate([np.zeros(0, np.int64), *blocks])

    def hops_of_all(self, leavers: Ints) -> Hops:
        """Return the hops from the nearest leaver to everyone, shape (1, n)."""
        hops = np.full(self.n, -1, np.int32)
        hops[leavers] = hop = 0
        while True:
            reached = self.target[hops[self.source] == hop]
            reached = reached[hops[reached] < 0]
            if not len(reached):
                return hops[np.newaxis]
            hop += 1
            hops[reached] = hop

    def exact(self, seeds: Ints, most: int) -> tuple[Ints, Floats]:
        """Return who follows each set of leavers, the leavers first, and the exact chance.

        Rows of `seeds` are sets; who is −1 where more than `most` are within reach.
        """
        if len(seeds) == 1:
            hops = self.hops_of_all(seeds[0])[0]
            within = np.flatnonzero(hops >= 0)
            if len(within) > most:
                return np.full((1, most), -1), np.zeros((1, most))
            if (hops > 0).sum() <= _FEW:
                return self._exact_of_few(hops, within)
        from relgraph.kernels.cascade import exact_chances

        nodes, chance = exact_chances(self.indptr, self.indices, self.passing, seeds, most)
        return nodes.astype(np.int64), chance

    def _exact_of_few(self, hops: Hops, within: Ints) -> tuple[Ints, Floats]:
        nodes = within[np.argsort(hops[within], kind="stable")]
        place = np.full(self.n, -1)
        place[nodes] = np.arange(len(nodes))
        first = int((hops == 0).sum())
        passes = np.zeros((len(nodes), len(nodes)))
        arcs, _ = arcs_from(self.indptr, nodes)
        passes[place[self.source[arcs]], place[self.target[arcs]]] = self.passing[arcs]
        unsaid = (1 - passes[:first, first:]).prod(axis=0)
        hears = plain.exact_hearing(unsaid, passes[first:, first:])
        return nodes[np.newaxis], np.concatenate([np.ones(first), hears])[np.newaxis]

    def drawn(self, seeds: Ints, hops: Hops) -> Floats:
        """Return how likely each follows each set of leavers, by draws, shape (k, n)."""
        direct = [self._direct(leavers) for leavers in seeds]
        counts = self._counted(seeds, direct, hops)
        chance = counts / (_WORDS * _WORD)
        for row, each in enumerate(direct):
            chance[row, each.target] += each.chance
        return np.clip(chance, 0, 1)

    def _counted(self, seeds: Ints, direct: list[_Direct], hops: Hops) -> Ints:
        """Return in how many cascades each follows, but not directly; shape (k, n)."""
        if len(seeds) == 1:
            few = plain.count_hearers(
                self.indptr, self.indices, self.passing, seeds[0], _WORDS, self.seed
            )
            if few is not None:
                few[direct[0].target] -= direct[0].told(direct[0].live(_WORDS, self.seed))
                return few[np.newaxis]
        from relgraph.kernels.cascade import count_hearers, draw_live

        chunk = max(1, _LIVE_BYTES // (8 * max(1, len(self.passing))))
        counts = np.zeros(hops.shape, np.int64)
        for first in range(0, _WORDS, chunk):
            if chunk >= _WORDS:
                live = self._all_live
            else:
                live = draw_live(self.passing, min(chunk, _WORDS - first), self.seed, first)
            counts += count_hearers(self.indptr, self.indices, live, seeds, hops)[0]
            for row, each in enumerate(direct):
                counts[row, each.target] -= each.told(live[each.arcs])
        return counts

    @cached_property
    def _all_live(self) -> Words:
        """Return in which cascades each arc is live, drawn once for all blocks of leavers."""
        from relgraph.kernels.cascade import draw_live

        return draw_live(self.passing, _WORDS, self.seed)

    def _direct(self, leavers: Ints) -> _Direct:
        arcs = np.flatnonzero(np.isin(self.source, leavers) & ~np.isin(self.target, leavers))
        arcs = arcs[np.argsort(self.target[arcs], kind="stable")]
        target = self.target[arcs]
        starts = np.flatnonzero(np.diff(target, prepend=-1))
        return _Direct(arcs, starts, target[starts], self.passing[arcs])


@dataclass(frozen=True, eq=False)
class _Direct:
    """Arcs from some leavers, by target, and whom they lead to."""

    arcs: Ints
    starts: Ints
    target: Ints
    passing: Floats

    @property
    def chance(self) -> Floats:
        """Return the chance that each is told directly."""
        if not len(self.arcs):
            return np.zeros(0)
        with np.errstate(divide="ignore"):
            return -np.expm1(np.add.reduceat(np.log1p(-self.passing), self.starts))

    def live(self, words: int, seed: int) -> Words:
        """Return in which of 64·`words` cascades each arc is live, shape (arcs, words)."""
        arcs, at = np.repeat(self.arcs, words), np.tile(np.arange(words), len(self.arcs))
        drawn = plain.draw_words(np.repeat(self.passing, words), arcs, at, seed)
        return drawn.reshape(-1, words)

    def told(self, live: Words) -> Ints:
        """Return in how many cascades each is told directly, by where the arcs are live."""
        if not len(self.arcs):
            return np.zeros(0, np.int64)
        told = np.bitwise_or.reduceat(live, self.starts, axis=0)
        return np.asarray(np.bitwise_count(told).sum(axis=1, dtype=np.int64))
