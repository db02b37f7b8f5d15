"""What each stakeholder adds to the spread of those who are chosen: counted in sets, or exact."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

import numpy as np

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.cascade import certain_sources, live_arcs
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, exact_spreads
from relgraph.kernels.covering import cover, invert
from relgraph.kernels.hops import hop_table, reachable
from relgraph.kernels.sampling import Sets
from relgraph.network import Floats, Ints


class Gains(Protocol):
    """What each adds to those who are taken, an array of shape (n,)."""

    @property
    def gain(self) -> Ints | Floats:
        """Return what each adds."""

    def take(self, node: int) -> float:
        """Take one more, lower what everyone adds, and return what this one added."""


class SampledGains:
    """Gains as numbers of reverse reachable sets that nobody taken is in."""

    def __init__(self, sets: Sets, n: int) -> None:
        self._sets = sets
        self._indptr, self._members = invert(sets, n)
        self._covered = np.zeros(sets.size, np.bool_)
        self.gain: Ints = np.diff(self._indptr)

    def take(self, node: int) -> float:
        """Take one more: the sets it is in stop counting for the others."""
        sets, inverse = self._sets, (self._indptr, self._members)
        return cover(node, sets.offsets, sets.nodes, *inverse, self._covered, self.gain)


class CertainGains:
    """Exact gains where every tie is certain to pass word on or not to."""

    def __init__(self, diffusion: Diffusion, candidates: Ints) -> None:
        network = diffusion.network
        live = live_arcs(network, diffusion.arc_values() == 1)
        self._candidates = candidates
        self._told = hop_table(*live, candidates) >= 0
        self.gain: Ints = np.zeros(network.n, np.int64)
        self.gain[candidates] = self._told.sum(axis=1)

    def take(self, node: int) -> float:
        """Take one more: those it tells stop counting for the others."""
        own = float(self.gain[node])
        self._told &= ~self._told[np.flatnonzero(self._candidates == node)[0]]
        self.gain[self._candidates] = self._told.sum(axis=1)
        return own


class ExactGains:
    """Exact gains where few are within reach."""

    def __init__(self, diffusion: Diffusion, candidates: Ints) -> None:
        self._diffusion, self._candidates = diffusion, candidates
        self._seeds: list[int] = []
        self._total = 0.0
        self._measure()

    def take(self, node: int) -> float:
        """Take one more, and measure anew what the others add."""
        own = float(self.gain[node])
        self._seeds.append(node)
        self._total += own
        self._measure()
        return own

    def _measure(self) -> None:
        taken = np.tile(np.array(self._seeds, np.int64), (len(self._candidates), 1))
        groups = np.column_stack([taken, self._candidates])
        self.gain: Floats = np.zeros(self._diffusion.network.n)
        self.gain[self._candidates] = exact_spreads(self._diffusion, groups) - self._total
        self.gain[np.isnan(self.gain)] = np.inf  # not known


def exact_gains(diffusion: Diffusion, candidates: Ints, k: int) -> Callable[[], Gains] | None:
    """Return what makes exact gains of those who may be chosen where they are cheap, else None.

    They are in a network that isn't large, when ties are certain wherever word can go or when
    few are within reach: of all candidates together, or of each where one (`k`) is to be chosen.
    """
    network = diffusion.network
    if diffusion.model == "lt" or diffusion.uniform_quality != 1 or not len(candidates):
        return None
    if network.n > assumptions.ALL_PAIRS:
        return None
    certain = certain_sources(network, diffusion.arc_values())[candidates]
    if certain.all():
        return partial(CertainGains, diffusion, candidates)
    arcs = (network.indptr, network.indices)
    within = reachable(*arcs, candidates)[np.newaxis]
    if k == 1:
        within = hop_table(*arcs, candidates[~certain]) >= 0
    few = bool((within.sum(axis=1) <= assumptions.EXACT_CASCADE).all())
    return partial(ExactGains, diffusion, candidates) if few else None
