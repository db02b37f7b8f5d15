"""How many stakeholders each reaches in networks of any size: exact, or with an error."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.kernels import hops as kernels
from relgraph.kernels.sketches import sketched_counts
from relgraph.kernels.three_hops import three_hop_counts
from relgraph.network import Floats, Network


class ReachCounts(NamedTuple):
    """Of each stakeholder: how many it reaches, the standard error (0 if exact), and the hops."""

    reached: Floats
    error: Floats
    hop: npt.NDArray[np.int32]


def reach_counts(network: Network, max_hops: int | None = None, seed: int = 0) -> ReachCounts:
    """Return how many stakeholders each reaches along arcs, itself not counted.

    Parameters
    ----------
    network : Network
        Any size. Up to 100,000 stakeholders counts are exact. Beyond, one and two hops are
        exact, and more come from HyperLogLog sketches (Flajolet et al. 2007).
    max_hops : int, optional
        How far; no limit for None.
    seed : int
        Seed of the sketches' hash.

    Returns
    -------
    ReachCounts
        `hop` is how many hops the farthest one takes (where sketched, at least). An isolate
        has 0 and 0.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> counts = reach_counts(from_networkx(nx.path_graph(4, nx.DiGraph)))
    >>> counts.reached.tolist(), counts.hop.tolist()
    ([3.0, 2.0, 1.0, 0.0], [3, 2, 1, 0])
    """
    indptr, indices = network.indptr, network.indices
    if max_hops is not None and max_hops <= 2:
        exact, hop = kernels.near_counts(indptr, indices, max_hops)
    elif max_hops == 3 and network.n <= assumptions.EXACT_REACH:
        exact, hop = three_hop_counts(indptr, indices)
    elif network.n <= assumptions.EXACT_REACH:
        exact, hop = kernels.reach_counts(indptr, indices, max_hops)
    else:
        return _sketched(network, max_hops, seed)
    return ReachCounts(exact.astype(np.float64), np.zeros(network.n), hop)


def sketch_bits(n: int) -> int:
    """Return b of sketches of 2^b bytes: 8 where memory allows, down to 6 for millions."""
    return max(6, min(8, int(math.log2(max(1, assumptions.SKETCH_MEMORY // max(1, n))))))


def _sketched(network: Network, max_hops: int | None, seed: int) -> ReachCounts:
    bits = sketch_bits(network.n)
    counts, hop = sketched_counts(network.indptr, network.indices, max_hops, bits, seed)
    near, near_hop = kernels.near_counts(network.indptr, network.indices, 2)
    complete = near_hop < 2  # nobody is farther than one hop: the count is exact
    reached = np.where(complete, near, np.maximum(counts, near))
    error = np.where(complete, 0.0, 1.04 / math.sqrt(1 << bits) * reached)
    return ReachCounts(reached, error, np.where(complete, near_hop, hop))
