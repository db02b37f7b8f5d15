"""The search for the nodes whose removal fragments a network most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from relgraph import assumptions
from relgraph.analysis.keyplayers.set_search import SAME, SetSearch
from relgraph.network import Floats, Ints, Network
from relgraph.progress import Progress

if TYPE_CHECKING:
    from relgraph.kernels.removal import Both

# Branches tried at a time, between two looks at what they have found.
CHUNK = 64
# The steps that trying all sets may take, as a multiple of `assumptions.SEARCH_STEPS`, and how many
# times the distances are measured, in effect, to try a set with everybody as its last member.
PASSES = 1.5
COSTLY = 7.0
# How many candidates a greedy search looks at, those that could cost most; in a sample, which is
# drawn from the rest, no more than one in so many.
LIKELY = 64
FEW = 10


class FragmentSearch(SetSearch):
    """The search for the nodes whose removal leaves least, by distance or by pairs.

    Parameters
    ----------
    network : Network
        Along arcs.
    candidates : ndarray of int64
        Positions of the nodes that may be taken out, sorted.
    k : int
        How many will be.
    by_pairs : bool
        Minimise connected pairs (F) and Σ 1/d among equals, instead of the other way round.
    sources : ndarray of int64, optional
        Where distances are measured from, a sample; all nodes for None. What is lost with a
        source itself then says nothing, because other nodes are none: no likely member is a
        source, and the ways out of each are measured backwards.
    """

    def __init__(
        self,
        network: Network,
        candidates: Ints,
        k: int,
        *,
        by_pairs: bool,
        sources: Ints | None = None,
    ) -> None:
        super().__init__(candidates)
        self.network = network
        self.k = k
        self.by_pairs = by_pairs
        self.sampled = sources is not None
        self.sources = np.arange(network.n) if sources is None else sources
        self.arcs = _both(network)

    def costs(self, members: Sequence[int], candidates: Ints) -> tuple[Floats, Floats]:
        """Return what is left without a set and each of the candidates."""
        nearness, pairs, lost_nearness, lost_pairs = self._losses(self.arcs, members, candidates)
        if self.sampled:
            lost_nearness, lost_pairs = lost_nearness + self._own[0], lost_pairs + self._own[1]
        near = nearness - lost_nearness[candidates]
        reach = pairs - lost_pairs[candidates]
        return (reach, near) if self.by_pairs else (near, reach)

    def _losses(
        self, arcs: Both, members: Sequence[int], tops: Ints
    ) -> tuple[float, float, Floats, Floats]:
        """Return Σ 1/d and connected pairs without some nodes, and what more tops cost."""
        from relgraph.kernels.removal import removal_losses

        gone, asked = np.zeros((2, self.network.n), dtype=bool)
        gone[list(members)] = True
        asked[tops] = True
        return removal_losses(arcs, gone, self._measured, asked)

    @cached_property
    def _measured(self) -> Ints:
        """Return the sources that are no likely members."""
        if not self.sampled:
            return self.sources
        return self.sources[~np.isin(self.sources, self.likely)]

    @cached_property
    def _own(self) -> tuple[Floats, Floats]:
        """Return the nearness and pairs of the ways out of each node, to the sources."""
        forward, backward = self.arcs
        return self._losses((backward, forward), [], np.zeros(0, np.int64))[2:]

    @cached_property
    def _parts(self) -> tuple[float, Floats]:
        return self._bounds([])

    @cached_property
    def likely(self) -> Ints:
        """Return the candidates that could cost most."""
        most = min(LIKELY, len(self.candidates) // FEW) if self.sampled else LIKELY
        count = max(most, 2 * self.k)
        if len(self.candidates) <= count:
            return self.candidates
        parts = self._parts[1][self.candidates]
        return np.sort(self.candidates[np.argsort(-parts, kind="stable")[:count]])

    def bounds(self, members: Sequence[int]) -> tuple[float, Floats]:
        """Return what is left without some nodes, and a part of the most each other can cost."""
        return self._bounds(members) if members else self._parts

    def _bounds(self, members: Sequence[int]) -> tuple[float, Floats]:
        from relgraph.kernels.removal_bounds import loss_bounds

        gone, removable = np.zeros((2, self.network.n), dtype=bool)
        gone[list(members)] = True
        removable[self.candidates] = True
        settings = (self.k - len(members), self.sources)
        return loss_bounds(
            self.arcs, gone, removable, *settings, by_pairs=self.by_pairs, ends=not self.sampled
        )

    def least_cost(self, members: Ints) -> float:
        """Return what is left of the network at least without any set of as many nodes."""
        left, parts = self._parts
        scale = len(self.sources) / max(1, len(self._measured))
        if self.sampled:
            parts = parts + scale * self._own[int(self.by_pairs)]
        if len(members) == 1:  # what the likely ones cost is known, and less than their parts
            rest = parts[self.candidates[~np.isin(self.candidates, self.likely)]]
            likely = scale * float(self.costs([], self.likely)[0].min())
            return max(0.0, min(likely, left - float(rest.max(initial=0.0))))
        return max(0.0, left - float(np.sort(parts[self.candidates])[-len(members) :].sum()))

    def try_all(self, k: int, progress: Progress) -> tuple[Ints, int, float | None]:
        """Return the best set of k, how many are as good, and what one not tried costs at least."""
        branches = Branches(self, progress)
        progress.start("progress.trying_sets", total=comb(len(self.candidates), k))
        branches.visit([], self.candidates)
        progress.finish()
        return branches.best()


class Branches:
    """All sets of k, as branches that begin with the same members.

    A branch is left out where even the bounds of `loss_bounds` don't make a set in it as good as
    the best one found, so every set that could be, or could be as good, is tried; unless that
    takes more steps than `assumptions.SEARCH_STEPS`: then the bounds say how good the rest can be.
    """

    def __init__(self, search: FragmentSearch, progress: Progress) -> None:
        self.search = search
        self.k = search.k
        self.progress = progress
        self.start = search.swap(search.grow(self.k))
        self.least = self.start[1]
        self.found: list[tuple[Ints, Floats, Ints]] = []
        network = search.network
        pass_steps = len(search.sources) * (network.n + network.m)
        self.passes = PASSES * assumptions.SEARCH_STEPS / max(1, pass_steps)
        self.untried = np.inf

    def visit(self, members: list[int], allowed: Ints) -> None:
        """Try the sets that begin with these members and go on with some of those allowed."""
        further = self.k - len(members)
        left, order, bounds = self._bounded(members, allowed)
        if further == 1:
            self._try([members], order, [0], [_count(bounds, left, self.least)])
            return
        sums = np.concatenate(([0.0], np.cumsum(bounds)))
        least_left = left - (sums[further:] - sums[:-further])
        place = 0
        while place < len(least_left):
            step = max(1, min(CHUNK, int(self.passes / (1 + COSTLY)))) if further == 2 else 1
            good = _count(-least_left[place : place + step], 0.0, self.least)
            if good and self.passes < 0:
                self.untried = min(self.untried, float(least_left[place]))
                return
            branches = [[*members, int(order[next_])] for next_ in range(place, place + good)]
            if further == 2:
                firsts = range(place + 1, place + 1 + good)
                ends = [_count(bounds, left - bounds[first - 1], self.least) for first in firsts]
                self._try(branches, order, firsts, ends)
            elif good:
                self.visit(branches[0], order[place + 1 :])
            place += good
            if good < step:
                self.progress.advance(comb(len(order) - place, further))
                return

    def _bounded(self, members: list[int], allowed: Ints) -> tuple[float, Ints, Floats]:
        """Return what is left, and the candidates in order of their bounds, with these."""
        left, bounds = self.search.bounds(members)
        self.passes -= 1
        order = allowed[np.argsort(-bounds[allowed], kind="stable")]
        return left, order, bounds[order]

    def _try(
        self, members: list[list[int]], order: Ints, firsts: Sequence[int], ends: Sequence[int]
    ) -> None:
        """Find the best last member for each set, among the candidates between two places."""
        from relgraph.kernels.removal import best_removals

        search = self.search
        sets = np.array(members, dtype=np.int64).reshape(len(members), self.k - 1)
        within = (np.array(firsts, dtype=np.int64), np.maximum(ends, firsts).astype(np.int64))
        last, left, equal = best_removals(
            search.arcs, sets, order, *within, search.sources, by_pairs=search.by_pairs
        )
        shares = (within[1] - within[0]) / search.network.n
        self.passes -= float((1 + COSTLY * shares).sum())
        self.found.append((np.column_stack((sets, last)), left, equal))
        self.least = min(self.least, float(left[:, 0].min(initial=np.inf)))
        self.progress.advance(int((len(order) - within[0]).sum()))

    def best(self) -> tuple[Ints, int, float | None]:
        """Return the best set, of equal ones the first, how many there are, and what is untried."""
        nothing = np.zeros((0, self.k), np.int64), np.zeros((0, 2)), np.zeros(0, np.int64)
        found = zip(nothing, *self.found, strict=True)
        sets, left, equal = (np.concatenate(part) for part in found)
        least = left[:, 0].min(initial=np.inf)
        if self.untried < np.inf and self.start[1] < least:
            return self.start[0], 0, self.untried
        good = left[:, 0] <= _up_to(least)
        even = good & (left[:, 1] <= _up_to(left[good, 1].min()))
        best = np.array(min(np.sort(sets[even]).tolist()))
        if self.untried < np.inf:
            return best, 0, self.untried
        return best, int(equal[good].sum()), None


def _count(bounds: Floats, left: float, least: float) -> int:
    """Return how many of the falling bounds could leave as little as the least."""
    return int(np.sum(left - bounds <= _up_to(least)))


def _up_to(value: float) -> float:
    """Return the most that counts as equal to a value."""
    return float(value + SAME * (1 + abs(value)))


def _both(network: Network) -> Both:
    """Return the arcs and their reverse, each as indptr, indices and lengths."""
    forward = network.indptr, network.indices, network.distance
    order = network.reverse_order
    return forward, (network.reverse_indptr, network.reverse_indices, network.distance[order])
