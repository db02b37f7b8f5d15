"""Cascades of leaving: how likely each follows sets of leavers, exactly or by seeded draws.

Draws use `kernels.cascade` and take the chance that a leaver is followed directly as known, so
that chance only enters by longer ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.kernels import cascade as kernels
from relgraph.kernels.compiled import Words
from relgraph.kernels.hops import hop_table
from relgraph.network import Floats, Ints
from relgraph.planning.word import AccountArcs

_WORD = 64  # cascades that a kernel follows at once
_LIVE_BYTES = 1 << 26  # memory for the arcs that are live in a chunk of cascades

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
        return hop_table(self.indptr, self.indices, leavers)

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
        nodes, chance = kernels.exact_chances(self.indptr, self.indices, self.passing, seeds, most)
        return nodes.astype(np.int64), chance

    def drawn(self, seeds: Ints, hops: Hops) -> Floats:
        """Return how likely each follows each set of leavers, by draws, shape (k, n)."""
        words = -(-int(assumptions.CASCADES) // _WORD)
        chunk = max(1, _LIVE_BYTES // (8 * max(1, len(self.passing))))
        direct = [self._direct(leavers) for leavers in seeds]
        counts = np.zeros(hops.shape)
        for first in range(0, words, chunk):
            live = kernels.draw_live(self.passing, min(chunk, words - first), self.seed, first)
            told, _ = kernels.count_hearers(self.indptr, self.indices, live, seeds, hops)
            counts += told
            for row, each in enumerate(direct):
                counts[row, each.target] -= each.told(live)
        chance = counts / (words * _WORD)
        for row, each in enumerate(direct):
            chance[row, each.target] += each.chance
        return np.clip(chance, 0, 1)

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

    def told(self, live: Words) -> Ints:
        """Return in how many cascades each is told directly."""
        if not len(self.arcs):
            return np.zeros(0, np.int64)
        told = np.bitwise_or.reduceat(live[self.arcs], self.starts, axis=0)
        return np.asarray(np.bitwise_count(told).sum(axis=1, dtype=np.int64))
