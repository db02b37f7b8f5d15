"""Closeness and harmonic centrality from the distances to some stakeholders, the pivots.

Pivots are drawn without replacement, so a node's mean over them is that over all nodes, give or
take (Eppstein and Wang 2004, doi 10.7155/jgaa.00081). One who reaches few is searched instead:
pivots would seldom be among those few.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.analysis.centrality.accuracy import Accuracy, Estimate
from relgraph.analysis.sampled_intervals import TAIL, mean_interval
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Network

_SEED = 0x7069766F  # so that pivots aren't drawn by the numbers that draw other things
_SURE = 30  # pivots reached from which on a ratio of two sums is about normal
_SEARCH = 400e-9  # seconds that a search takes for an arc
_SEARCHED = 1 << 24  # nodes that all searches from those who reach few may meet

Figures = tuple[Floats, Floats, Floats]  # values, low, high
Exact = tuple[Floats, Floats, Floats]  # how many each node reaches, Σd and Σ1/d


class Pivots(NamedTuple):
    """Of each node: how many pivots could be and are reached, and sums over their distances d.

    `sums` are Σd, Σd², Σ1/d and Σ1/d²; `left` is the share of nodes that are no pivots.
    """

    drawn: Ints
    reached: Ints
    sums: Floats
    left: float


def sampled_harmonic(network: Network, accuracy: Accuracy) -> Estimate:
    """Return harmonic centrality from the distances to some pivots."""
    nearest = float(network.distance.min(initial=np.inf))

    def figures(pivots: Pivots) -> Figures:
        drawn = pivots.drawn
        mean = pivots.sums[:, 2] / drawn
        spread = np.maximum(pivots.sums[:, 3] / drawn - mean**2, 0.0) / (drawn - 1)
        error = np.sqrt(spread * pivots.left)
        least = int(drawn.min())
        return mean, *mean_interval(mean, error, least, least, 0.0, 1 / nearest)

    return _estimate("harmonic", network, accuracy, figures, lambda sums: sums[2])


def sampled_closeness(network: Network, accuracy: Accuracy) -> Estimate:
    """Return closeness from the distances to some pivots."""
    return _estimate("closeness", network, accuracy, _closeness, _exact_closeness)


def seconds(network: Network, accuracy: Accuracy) -> float:
    """Return about how much processor time that takes, for as many pivots as usual."""
    return float(assumptions.PIVOTS * _SEARCH * network.m)


def _closeness(pivots: Pivots) -> Figures:
    """Return the squared share of pivots that are reached, by their mean distance over all.

    Its logarithm is about normal; where few are reached, all up to their share is possible.
    """
    from scipy.special import betaincinv, stdtrit

    drawn, reached = pivots.drawn, pivots.reached
    share, mean = reached / drawn, pivots.sums[:, 0] / drawn
    with np.errstate(all="ignore"):
        value = np.where(reached > 0, share**2 / mean, 0.0)
        # That of the mean alone: the share's variance and both's covariance make up for each other.
        spread = pivots.sums[:, 1] / drawn / mean**2 - 1
        error = np.sqrt(np.maximum(spread, 0.0) / (drawn - 1) * pivots.left)
        factor = np.exp(stdtrit(drawn - 1, 1 - TAIL) * error)
        most = betaincinv(reached + 1.0, drawn - reached, 1 - TAIL)
    most = np.where(reached < drawn, most, 1.0)
    sure = reached >= _SURE
    low, high = np.where(sure, value / factor, 0.0), np.where(sure, value * factor, most)
    return value, low, np.minimum(high, 1.0)


def _exact_closeness(sums: Exact) -> Floats:
    reached, total, _ = sums
    return np.divide(reached**2, total, out=np.zeros(len(total)), where=total > 0)


def _estimate(
    measure: str,
    network: Network,
    accuracy: Accuracy,
    figures: Callable[[Pivots], Figures],
    exactly: Callable[[Exact], Floats],
) -> Estimate:
    """Return figures from ever more pivots until none is off by more than the error."""
    from relgraph.kernels.paths import distance_sums, pivot_sums

    n = network.n
    length = network.distance[network.reverse_order]
    arcs = (network.reverse_indptr, network.reverse_indices, length)
    order = np.random.default_rng([accuracy.seed, _SEED]).permutation(n)
    few = _reaching_few(network)
    exact = exactly(distance_sums(network.indptr, network.indices, network.distance, few))
    reached, sums = np.zeros(n, np.int64), np.zeros((n, 4))
    drawn, more = 0, min(n, int(assumptions.PIVOTS))
    while True:
        found, added = pivot_sums(*arcs, order[drawn : drawn + more])
        reached, sums, drawn = reached + found, sums + added, drawn + more
        own = np.full(n, drawn)
        own[order[:drawn]] -= 1  # nobody is a pivot to themselves
        left = 1 - own.max() / max(n - 1, 1) if drawn < n else 0.0
        found_figures = np.array(figures(Pivots(own, reached, sums, max(left, 0.0))))
        found_figures[:, few] = exact[few] / max(n - 1, 1)
        values, low, high = found_figures
        if drawn == n:
            low = high = values
        off = float(np.max(np.maximum(high - values, values - low), initial=0.0))
        if drawn == n or accuracy.error is None or off <= accuracy.error:
            seed = accuracy.seed
            note = Note("pivots.sampled", measure=measure, pivots=drawn, seed=seed, error=off)
            return Estimate(values, np.minimum(low, values), np.maximum(high, values), note)
        # Errors shrink with the root of the pivots; by no more than four times as many at once.
        wanted = drawn * min((off / accuracy.error) ** 2 * 1.05, 4.0)
        more = min(n, int(np.ceil(wanted))) - drawn


def _reaching_few(network: Network) -> Ints:
    """Return those who reach the fewest, as many as can be searched soon."""
    from relgraph.kernels.components import strong_components
    from relgraph.kernels.hops import reach_bounds

    component = strong_components(network.indptr, network.indices)
    order = np.argsort(component, kind="stable")
    bound = reach_bounds(network.indptr, network.indices, component, order)
    ascending = np.argsort(bound, kind="stable")
    cheap = np.cumsum(bound[ascending]) <= _SEARCHED
    few: Ints = ascending[cheap & (bound[ascending] < np.sqrt(network.n))]
    return few
