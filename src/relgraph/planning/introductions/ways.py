"""Ways: the paths that lead to a target, the likeliest first, and the chance that some hold.

Each tie of a way holds with a chance of its own, independently of the others; a way holds if all of
its ties do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from math import prod
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints

Tie = tuple[int, int]

_SAME = assumptions.SAME_VALUE  # chances that differ only by rounding, relative to the larger


@dataclass(frozen=True, eq=False)
class Links:
    """Undirected ties with the chance that each holds, as arcs in both directions.

    Parameters
    ----------
    indptr : ndarray of int64, shape (n + 1,)
    indices : ndarray of int64, shape (2m,)
    chance : ndarray of float64, shape (2m,)
        In (0, 1).
    """

    indptr: Ints
    indices: Ints
    chance: Floats

    @property
    def n(self) -> int:
        """Return how many nodes there are."""
        return len(self.indptr) - 1

    @cached_property
    def tails(self) -> Ints:
        """Return where each arc begins."""
        return np.repeat(np.arange(self.n), np.diff(self.indptr))

    @classmethod
    def of_pairs(cls, n: int, low: Ints, high: Ints, chance: Floats) -> Links:
        """Return the links of pairs, each of which is there once."""
        tails, heads = np.concatenate([low, high]), np.concatenate([high, low])
        order = np.lexsort((heads, tails))
        counts = np.bincount(tails, minlength=n)
        indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(indptr, heads[order].astype(np.int64), np.concatenate([chance, chance])[order])

    def of(self, node: int) -> Iterator[tuple[int, float]]:
        """Return the neighbours of a node, and the chance of each tie."""
        arcs = slice(self.indptr[node], self.indptr[node + 1])
        return zip(self.indices[arcs].tolist(), self.chance[arcs].tolist(), strict=True)


class Way(NamedTuple):
    """A path from a start to the target, with the chance of each of its ties."""

    nodes: tuple[int, ...]
    chances: tuple[float, ...]

    @property
    def chance(self) -> float:
        """Return the chance that all ties hold."""
        return prod(self.chances)

    @property
    def ties(self) -> dict[Tie, float]:
        """Return the chance of each tie by its two ends, the smaller first."""
        ends = zip(self.nodes, self.nodes[1:], self.chances, strict=False)
        return {(min(a, b), max(a, b)): chance for a, b, chance in ends}


class WaySearch:
    """Every way to a target, the likeliest first, when it is iterated over.

    Searched from the target, A* with the best chance that is left from each node as its bound
    (Hart, Nilsson and Raphael 1968, doi 10.1109/TSSC.1968.300136): nothing is looked at that
    isn't as likely as what comes next.

    Parameters
    ----------
    links : Links
    starts, passable : ndarray of bool, shape (n,)
        Where a way may begin, and who may be in between.
    targets : sequence of int
        Where ways may end.
    hops : int
        The most ties of a way.
    steps : int
        After how many parts of ways the search gives up; `stopped` then says so.
    """

    def __init__(
        self,
        links: Links,
        starts: Mask,
        passable: Mask,
        targets: Sequence[int],
        hops: int,
        steps: int,
    ) -> None:
        self._links, self._starts, self._passable = links, starts, passable
        self._targets, self._hops, self._steps = targets, hops, steps
        self.stopped = False

    def __iter__(self) -> Iterator[Way]:
        best = best_chances(self._links, self._starts, self._passable, self._hops - 1)
        heap: list[tuple[float, tuple[int, ...], tuple[float, ...], bool]] = []
        for target in self._targets:
            heappush(heap, (-1.0, (target,), (), False))
        while heap:
            _, nodes, chances, whole = heappop(heap)
            if whole:
                yield Way(nodes[::-1], chances[::-1])
                continue
            if self._steps <= 0:
                self.stopped = True
                return
            bound, sofar = best[self._hops - len(nodes)], prod(chances)
            for node, chance in self._links.of(nodes[-1]):
                if node in nodes:
                    continue
                self._steps -= 1
                longer = (*nodes, node), (*chances, chance)
                if self._starts[node]:
                    heappush(heap, (-sofar * chance, *longer, True))
                if self._passable[node] and bound[node] > 0:
                    heappush(heap, (-sofar * chance * bound[node], *longer, False))


def best_chances(links: Links, starts: Mask, passable: Mask, hops: int) -> list[Floats]:
    """Return the best chance from each node to a start within 0, 1, … hops, 0 for none."""
    found = [np.zeros(links.n)]
    for _ in range(hops):
        there = np.where(starts, 1.0, np.where(passable, found[-1], 0.0))
        further = np.zeros(links.n)
        np.maximum.at(further, links.tails, links.chance * there[links.indices])
        found.append(further)
    return found


def choose_ways(ways: Iterable[Way], k: int, first: Sequence[Way] = ()) -> list[Way]:
    """Return up to k ways of which it is as likely as possible that one holds, best first.

    Chosen greedily, which comes within 1 − 1/e of the best: the chance that one holds is
    submodular (Nemhauser, Wolsey and Fisher 1978, doi 10.1007/BF01588971). Equal ones go by
    length, then by their nodes.

    Parameters
    ----------
    ways : iterable of Way
        The likeliest first, and looked at only as far as one can still be better.
    k : int
        How many to return.
    first : sequence of Way
        Those that come first in any case.
    """
    stream, seen, chosen = iter(ways), list[Way](), list(first[:k])

    def every() -> Iterator[Way]:
        yield from seen
        for way in stream:
            seen.append(way)
            yield way

    while len(chosen) < k:
        ties, best, most = [way.ties for way in chosen], None, 0.0
        for way in every():
            if way.chance < most * (1 - _SAME):
                break  # a way adds at most its own chance
            gain = added_chance(ties, way.ties) if way not in chosen else 0.0
            better = gain > most * (1 + _SAME)
            if better or (best and gain >= most * (1 - _SAME) and _order(way) < _order(best)):
                best, most = way, max(gain, most)
        if best is None:
            break
        chosen.append(best)
    return chosen


def _order(way: Way) -> tuple[int, tuple[int, ...]]:
    return len(way.nodes), way.nodes


def chance_of_one(ways: Sequence[dict[Tie, float]]) -> float:
    """Return the chance that at least one way holds, by inclusion and exclusion over their ties.

    Examples
    --------
    >>> one, other = {(0, 1): 0.5, (1, 3): 0.5}, {(0, 1): 0.5, (1, 2): 0.5, (2, 3): 1.0}
    >>> chance_of_one([one, other])  # .5 · (1 − .5 · .5)
    0.375
    """
    if not ways:
        return 0.0
    *others, last = ways
    return chance_of_one(others) + added_chance(others, last)


def added_chance(ways: Sequence[dict[Tie, float]], way: dict[Tie, float]) -> float:
    """Return the chance that a way holds and none of the others does."""
    rest = [{tie: chance for tie, chance in each.items() if tie not in way} for each in ways]
    if not all(rest):
        return 0.0
    return prod(way.values()) * (1 - chance_of_one(rest))
