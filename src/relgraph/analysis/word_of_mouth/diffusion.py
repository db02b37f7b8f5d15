"""Models of how word spreads, and the spread of a given group of stakeholders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.cascade import Telling, exact_chances, sampled_chances
from relgraph.arguments import check_fields
from relgraph.errors import UsageError, check_range
from relgraph.kernels import sampling, simulation
from relgraph.kernels.reach import hop_table
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
        indptr, indices, values = self._incoming
        if self.model == "lt":
            return sampling.sample_walks(indptr, indices, values, count, seed, first)
        uniform = self.uniform_quality
        quality, keep = (1.0, self.quality) if uniform is None else (uniform, None)
        return sampling.sample_cascades(indptr, indices, values, count, seed, first, quality, keep)

    @cached_property
    def _incoming(self) -> tuple[Ints, npt.NDArray[np.int32], Floats]:
        """Return the incoming arcs as the samplers take them."""
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
    """How many stakeholders a group reaches, itself counted; the error is 0 where exact."""

    expected: float
    error: float


def spread(diffusion: Diffusion, seeds: Ints, runs: int, seed: int) -> Spread:
    """Return the expected spread of stakeholders who start together.

    Parameters
    ----------
    diffusion : Diffusion
        How word spreads; with qualities below 1, those who like it are counted.
    seeds : ndarray of int64, shape (k,)
        Positions of those who start.
    runs : int
        Cascades to run where the answer isn't exact (at most 16 within reach, no quality,
        not `lt`).
    seed : int
        The same seed gives the same cascades.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> net = from_networkx(nx.DiGraph([("a", "b"), ("b", "c")]))
    >>> spread(Diffusion(net, "ic", 0.5, np.ones(3)), np.array([0]), 1000, 0)
    Spread(expected=1.75, error=0.0)
    """
    telling = Telling(1, runs, seed)  # refuses too few runs
    exact = exact_spread(diffusion, seeds)
    if exact is not None:
        return Spread(exact, 0.0)
    network, values = diffusion.network, diffusion.arc_values()
    if diffusion.model == "lt":
        counts = simulation.run_thresholds(
            network.indptr, network.indices, values, seeds, runs, seed
        )
    elif diffusion.uniform_quality == 1:
        return _plain_spread(network, values, seeds, telling)
    else:
        counts = simulation.run_cascades(
            network.indptr, network.indices, values, seeds, diffusion.quality, runs, seed
        )
    return _mean(counts)


def exact_spread(diffusion: Diffusion, seeds: Ints) -> float | None:
    """Return the expected spread where it needs no draws, else None.

    It needs none under `ic` and `wc` without qualities, if each arc either always or never
    passes word on, or if at most 16 stakeholders are within reach.
    """
    if diffusion.model == "lt" or diffusion.uniform_quality != 1:
        return None
    network, probability = diffusion.network, diffusion.arc_values()
    within = _within_reach(network, probability > 0, seeds)
    size = int((within == 0).sum())
    if bool(np.all((probability == 0) | (probability == 1))):
        return float(size)
    if size > assumptions.EXACT_CASCADE:
        return None
    return float(exact_chances(network, probability, seeds, within).sum())


def _within_reach(
    network: Network, live: npt.NDArray[np.bool_], seeds: Ints
) -> npt.NDArray[np.int32]:
    """Return 0 for every node that live arcs lead to from the seeds, −1 for others."""
    counts = np.bincount(network.sources[live], minlength=network.n)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    hops = hop_table(indptr, network.indices[live], seeds)
    return np.asarray(np.minimum(hops.max(axis=0, initial=-1), 0), dtype=np.int32)


def _plain_spread(network: Network, probability: Floats, seeds: Ints, telling: Telling) -> Spread:
    def run(count: int) -> Ints:
        quality = np.ones(network.n)
        return simulation.run_cascades(
            network.indptr, network.indices, probability, seeds, quality, count, telling.seed
        )

    if run(simulation.BLOCK).mean() <= _FEW * network.n:
        return _mean(run(telling.cascades))
    # Where many hear, 64 cascades followed together are quicker than one after the other.
    within = _within_reach(network, probability > 0, seeds)
    chances, error = sampled_chances(
        network, probability, seeds[np.newaxis], within[np.newaxis], telling
    )
    return Spread(float(chances.sum()), float(error[0, 0]))


def _mean(counts: Ints) -> Spread:
    return Spread(float(counts.mean()), float(counts.std(ddof=1) / np.sqrt(len(counts))))
