"""Betweenness from shortest paths drawn at random, with an error that all nodes keep.

Whether a path runs through a node is a coin toss, so Chernoff's bound tells from how many paths on
its share is known well enough (as SILVAN and KADABRA stop: Pellegrina and Vandin 2024, doi
10.1145/3628601; Borassi and Natale 2019, doi 10.1145/3284359).
"""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.analysis.centrality.accuracy import Accuracy, Estimate
from relgraph.analysis.sampled_intervals import share_interval
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Network

MORE = 1.2  # by how much a sample grows that is too small
# What paths take: their number for an error of 1, and seconds for the root of an arc.
_USUAL, _SEARCH, _DIJKSTRA = 1.4, 60e-9, 600e-9
_SEED = 0x70617468  # so that paths aren't drawn by the numbers that draw other things


def sampled_betweenness(network: Network, accuracy: Accuracy) -> Estimate:
    """Return betweenness from sampled paths: all within the error, with a probability of 95 %.

    A node's hits are binomial, so that Chernoff's bound, N·kl(b̂, b), tells from how many paths on
    it is known well enough. A first, small sample foretells how many that takes, and how the
    chance to fail is best shared: those of high betweenness, few, get nearly all of it. A second
    sample, which knows nothing of the first, grows until every node passes; each look at it costs
    half as much of the chance as the one before.
    """
    n, seed = network.n, accuracy.seed ^ _SEED
    factor = n / (n - 2)  # of a share of pairs, to pairs without the node itself
    error = (accuracy.error or assumptions.SAMPLED_ERROR) / factor
    first = max(1_000, int(8 / error))
    hits = _hits(network, range(first), seed)
    pilot = (hits + 1 + np.sqrt(hits + 1)) / first
    rate = _rate(np.minimum(pilot, 1.0), error)
    paths, need = _paths_needed(rate)
    paths = max(paths, int(assumptions.SAMPLED_PATHS))  # so that the first are ranked well too
    hits, drawn, looks = np.zeros(n, np.int64), 0, 0
    while True:
        hits += _hits(network, range(first + drawn, first + paths), seed)
        drawn = paths
        if (drawn * _rate(hits / drawn, error) >= need + looks * np.log(2)).all():
            break
        paths, looks = int(np.ceil(MORE * paths)), looks + 1
    low, high = share_interval(hits.astype(np.float64), drawn)
    values = factor * np.array([hits / drawn, low, np.minimum(high, 1 / factor)])
    note = Note(
        "betweenness.sampled",
        paths=drawn,
        seed=accuracy.seed,
        error=error * factor,
    )
    return Estimate(values[0], values[1], values[2], note)


def seconds(network: Network, accuracy: Accuracy) -> float:
    """Return about how much processor time that takes: a path's grows with the root of the arcs."""
    error = accuracy.error or assumptions.SAMPLED_ERROR
    paths = max(assumptions.SAMPLED_PATHS, _USUAL / error**2)
    equal = network.strength.min() == network.strength.max()
    return float(paths * np.sqrt(network.m) * (_SEARCH if equal else _DIJKSTRA))


def _hits(network: Network, samples: range, seed: int) -> Ints:
    """Return how many of the sampled paths run through each node."""
    from relgraph.kernels.path_sampling import count_on_paths

    length = network.distance
    if (length == length[0]).all():
        length = turned = length[:0]  # a search without lengths takes a tenth of the time
    else:
        turned = length[network.reverse_order]
    out = (network.indptr, network.indices, length)
    into = (network.reverse_indptr, network.reverse_indices, turned)
    return count_on_paths(out, into, samples, seed, assumptions.SAME_LENGTH)


def _rate(share: Floats, error: float) -> Floats:
    """Return the bits of evidence in a path that a share isn't off by the error, either way.

    By Chernoff, after N paths it is with a probability of at most 2·exp(−N·rate).
    """
    above, below = share + error, share - error
    rate = np.minimum(
        np.where(above < 1, _divergence(share, np.minimum(above, 1)), np.inf),
        np.where(below > 0, _divergence(share, np.maximum(below, 0)), np.inf),
    )
    return np.asarray(rate)


def _divergence(share: Floats, other: Floats) -> Floats:
    """Return the Kullback–Leibler divergence between two chances."""
    from scipy.special import rel_entr

    return np.asarray(rel_entr(share, other) + rel_entr(1 - share, 1 - other))


def _paths_needed(rate: Floats) -> tuple[int, Floats]:
    """Return how many paths make up for half of the chance to fail, and each node's part of it.

    The part is −ln of the chance that the node may fail.
    """
    allowed = (1 - assumptions.CONFIDENCE) / 2
    rates, nodes = np.unique(rate, return_counts=True)
    least, most = 0.0, np.log(2 * len(rate) / allowed) / rates[0]
    while most - least > 1e-3 * most:
        middle = (least + most) / 2
        if (2 * nodes * np.exp(-middle * rates)).sum() <= allowed:
            most = middle
        else:
            least = middle
    return int(np.ceil(most)), most * rate
