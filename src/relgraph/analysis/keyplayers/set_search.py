"""Search for the best set of k nodes: greedy from several starts, improved by swaps."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats, Ints
from relgraph.progress import SILENT, Progress

# Two figures that differ by less, relative to their size, are equal.
SAME = 1e-9


class SetSearch(ABC):
    """A cost of sets of nodes, to be minimised, and the candidates.

    Parameters
    ----------
    candidates : ndarray of int64
        Positions of the nodes that may be chosen, sorted.
    """

    progress: Progress = SILENT

    def __init__(self, candidates: Ints) -> None:
        self.candidates = candidates

    @cached_property
    def likely(self) -> Ints:
        """Return the candidates that a greedy search looks at."""
        return self.candidates

    @abstractmethod
    def costs(self, members: Sequence[int], candidates: Ints) -> tuple[Floats, Floats]:
        """Return what a set costs with each of the candidates, and what breaks ties."""

    @abstractmethod
    def try_all(self, k: int, progress: Progress) -> tuple[Ints, int, float | None]:
        """Return the best set of k, how many are as good, and what one not tried costs at least.

        The last is None where all sets were tried.
        """

    @abstractmethod
    def least_cost(self, members: Ints) -> float:
        """Return what every set of as many nodes as a good one costs at least."""

    def best_with(self, members: Sequence[int], candidates: Ints) -> tuple[int, float]:
        """Return which candidate to add to a set, and what the set then costs."""
        first, second = self.costs(members, candidates)
        self.progress.advance()
        least = first.min()
        good = np.flatnonzero(first <= least + SAME * (1 + abs(least)))
        place = good[np.argmin(second[good])]
        return int(candidates[place]), float(first[place])

    def search(self, k: int, starts: int, progress: Progress, *, swaps: bool = True) -> Ints:
        """Return a good set of k: the best of several built greedily and improved by swaps.

        Each start begins with another member, the best single ones in turn.
        """
        progress.start("progress.searching", total=starts * (k + (k if swaps else 0)))
        self.progress = progress
        first, second = self.costs([], self.likely)
        order = np.lexsort((second, first))[:starts]
        found = []
        for start in self.likely[order]:
            grown = self.grow(k, [int(start)])
            found.append(self.swap(grown) if swaps else (np.array(grown), 0.0))
        progress.finish()
        self.progress = SILENT
        return min(found, key=lambda one: one[1])[0]

    def grow(self, k: int, start: Sequence[int] = (), among: Ints | None = None) -> list[int]:
        """Return a set of k that begins with `start`, each further member the best to add."""
        candidates = self.likely if among is None else among
        members = list(start)
        while len(members) < k:
            free = candidates[~np.isin(candidates, members)]
            members.append(self.best_with(members, free)[0])
        return members

    def swap(self, members: Sequence[int]) -> tuple[Ints, float]:
        """Return the set after swapping members for others until none helps, and its cost."""
        chosen = list(members)
        _, cost = self.best_with(chosen[:-1], np.array(chosen[-1:]))
        for _ in range(int(assumptions.SEARCH_ROUNDS) if len(chosen) > 1 else 0):
            before = cost
            for member in tuple(chosen):
                rest = [other for other in chosen if other != member]
                free = self.likely[~np.isin(self.likely, rest)]
                instead, value = self.best_with(rest, free)
                if value < cost - SAME * (1 + abs(cost)):
                    chosen, cost = [*rest, instead], value
            if cost == before:
                break
        return np.array(chosen, dtype=np.int64), cost
