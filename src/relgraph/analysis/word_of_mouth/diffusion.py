"""Models of how word spreads, and the spread of a given group of stakeholders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph.analysis.sampled_intervals import mean_interval
from relgraph.analysis.word_of_mouth.cascade import (
    Telling,
    certain_sources,
    exact_chances,
    live_arcs,
    sampled_chances,
)
from relgraph.arguments import check_fields
from relgraph.errors import UsageError, check_range
from relgraph.kernels import sampling, simulation
from relgraph.kernels.hops import reachable
from relgraph.network import Floats, Ints, Network

Model = Literal["ic", "wc", "lt"]
_FEW = 0.05  # share of the network that hears, up to which cascades run one at a time


@dataclass(frozen=True, eq=False)
class Diffusion:
    """How word spreads along the arcs of a network.

    Parameters
    ----------
    network : Network
        Word runs along its arcs.
    model : {"ic", "wc", "lt"}
        `ic`: an arc passes word on with p = tell_rate·strength; `wc`: with 1/in-degree of
        the hearer; `lt`: a node joins when enough others have, each weighted by its share of
        the incoming strength.
    tell_rate : float
        Of `ic`, from 0 to 1.
    quality : ndarray of float64, shape (n,)
        The chance that each stakeholder likes what they hear of (IC-N); 1 for plain spread.
    """

    network: Network
    model: Model
    tell_rate: float
    quality: Floats

    def __post_init__(self) -> None:
        check_fields(self)
        check_range(self.tell_rate, "tell_rate", 0, 1)
        if not bool(np.all((self.quality >= 0) & (self.quality <= 1))):
            raise UsageError("quality.range", parameter="quality")
        if self.model == "lt" and bool(np.any(self.quality < 1)):
            raise UsageError("quality.model", parameter="quality")

    @property
    def uniform_quality(self) -> float | None:
        """Return q where every stakeholder has the same, else None."""
        first = float(self.quality[0]) if len(self.quality) else 1.0
        return first if bool(np.all(self.quality == first)) else None

    def arc_values(self) -> Floats:
        """Return the probability (weight under `lt`) of each arc, shape (m,)."""
        network = self.network
        if self.model == "ic":
            return self.tell_rate * network.strength
        heads = network.indices
        incoming = network.strength if self.model == "lt" else np.ones(network.m)
        total = np.bincount(heads, incoming, minlength=network.n)
        return np.asarray(incoming / total[heads])

    def sample(self, count: int, seed: int, first: int = 0) -> sampling.Sets:
        """Return random reverse reachable sets; `first` continues a stream of blocks."""
        indptr, indices, values = self.incoming
        if self.model == "lt":
            return sampling.sample_walks(indptr, indices, values, count, seed, first)
        uniform = self.uniform_quality
        quality, keep = (1.0, self.quality) if uniform is None else (uniform, None)
        return sampling.sample_cascades(indptr, indices, values, count, seed, first, quality, keep)

    @cached_property
    def incoming(self) -> tuple[Ints, npt.NDArray[np.int32], Floats]:
        """Return the incoming arcs as compressed sparse rows, as the samplers take them."""
        network, values = self.network, self.arc_values()
        heads = network.indices.astype(np.int64)
        if self.model == "lt":
            order: npt.NDArray[np.signedinteger] = network.reverse_order
            running = np.cumsum(values[order])
            before = np.concatenate([[0.0], running])[network.reverse_indptr[:-1]]
            return network.reverse_indptr, network.reverse_indices, running - before[heads[order]]
        order = np.lexsort((-values, heads))
        return network.reverse_indptr, network.sources[order], values[order]


class Spread(NamedTuple):
    """How many stakeholders a group reaches, itself counted, with the 95 % interval."""

    expected: float
    low: float
    high: float


def spread(diffusion: Diffusion, seeds: Ints, runs: int, seed: int) -> Spread:
    """Return the expected spread of stakeholders who start together.

    Parameters
    ----------
    diffusion : Diffusion
        How word spreads; with qualities below 1, those who like it are counted.
    seeds : ndarray of int64, shape (k,)
        Positions of those who start.
    runs : int
        Cascades to run where the answer isn't exact (`exact_spreads`).
    seed : int
        The same seed gives the same cascades.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> net = from_networkx(nx.DiGraph([("a", "b"), ("b", "c")]))
    >>> spread(Diffusion(net, "ic", 0.5, np.ones(3)), np.array([0]), 1000, 0)
    Spread(expected=1.75, low=1.75, high=1.75)
    """
    telling = Telling(1, runs, seed)  # refuses too few runs
    exact = float(exact_spreads(diffusion, seeds[np.newaxis])[0])
    if not np.isnan(exact):
        return Spread(exact, exact, exact)
    plain = diffusion.uniform_quality == 1
    mean, error, batches = _drawn(diffusion, seeds, telling, plain=plain)
    least = len(seeds) if plain else 0
    most = float(reachable(diffusion.network.indptr, diffusion.network.indices, seeds).sum())
    low, high = mean_interval(mean, error, runs, batches, least, most)
    return Spread(mean, float(low), float(high))


def _drawn(
    diffusion: Diffusion, seeds: Ints, telling: Telling, *, plain: bool
) -> tuple[float, float, int]:
    """Return the mean spread of drawn cascades, its standard error, and of how many batches."""
    network, values = diffusion.network, diffusion.arc_values()
    arcs = (network.indptr, network.indices, values, seeds)
    runs, seed = telling.cascades, telling.seed
    if diffusion.model == "lt":
        counts = simulation.run_thresholds(*arcs, runs, seed)
    elif plain and _many_hear(arcs, network.n, seed):
        # Where many hear, 64 cascades followed together are quicker than one after the other.
        within = reachable(network.indptr, network.indices, seeds)
        hops = np.where(within, 0, -1).astype(np.int32)[np.newaxis]
        chances, errors = sampled_chances(network, values, seeds[np.newaxis], hops, telling)
        return float(chances.sum()), float(errors[0, 0]), telling.words
    else:
        counts = simulation.run_cascades(*arcs, diffusion.quality, runs, seed)
    return float(counts.mean()), float(counts.std(ddof=1) / np.sqrt(runs)), runs


def _many_hear(arcs: tuple[Ints, npt.NDArray[np.int32], Floats, Ints], n: int, seed: int) -> bool:
    """Return whether a share of the network hears that makes single cascades slow."""
    counts = simulation.run_cascades(*arcs, np.ones(n), simulation.BLOCK, seed)
    return bool(counts.mean() > _FEW * n)


def exact_spreads(diffusion: Diffusion, groups: Ints) -> Floats:
    """Return the expected spread of each group, a row of seeds, where that is exact, else NaN.

    It is under `ic` and `wc` without qualities, if each arc that word can take either always or
    never passes it on, or if at most 16 stakeholders are within reach.
    """
    exact = np.full(len(groups), np.nan)
    if diffusion.model == "lt" or diffusion.uniform_quality != 1:
        return exact
    network, probability = diffusion.network, diffusion.arc_values()
    certain = certain_sources(network, probability)[groups].all(axis=1)
    live = live_arcs(network, probability == 1)
    for row in np.flatnonzero(certain):
        exact[row] = reachable(*live, groups[row]).sum()
    rows = np.flatnonzero(~certain)
    members, chances = exact_chances(network, probability, groups[rows])
    exact[rows] = np.where(members[:, 0] >= 0, chances.sum(axis=1), np.nan)
    return exact
