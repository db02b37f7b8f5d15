"""Group reach: how near a group is to everyone, and which group is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from relgraph.analysis.keyplayers.set_search import SAME, SetSearch
from relgraph.network import Floats, Ints, Network
from relgraph.progress import Progress

if TYPE_CHECKING:
    from relgraph.kernels.shortest import Arcs


def group_reach(network: Network, members: Sequence[int]) -> float:
    """Return how near a group is to everyone: (|K| + Σ 1/d(K, j))/n over the others.

    Parameters
    ----------
    network : Network
        Outward along arcs; take `network.undirected()` for ties. An arc is 1/strength long.
    members : sequence of int
        Positions of the group K; its distance to j is that of the nearest member.

    Returns
    -------
    float
        In [0, 1], 1 for a group that is tied to all others at strength 1; unreached nodes
        count 0; NaN for an empty network.

    References
    ----------
    Borgatti 2006, doi 10.1007/s10588-006-7084-x.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> group_reach(from_networkx(nx.path_graph(4)), [1])
    0.875
    """
    near = _nearness(network, members)
    return float(near.mean()) if network.n else float("nan")


class ReachSearch(SetSearch):
    """The search for the group of candidates that is nearest to everyone, along arcs."""

    def __init__(self, network: Network, candidates: Ints) -> None:
        super().__init__(candidates)
        self.network = network

    def costs(self, members: Sequence[int], candidates: Ints) -> tuple[Floats, Floats]:
        """Return −Σ nearness of a group with each of the candidates; nothing breaks ties."""
        from relgraph.kernels import group_reach as kernel

        near = _nearness(self.network, members)
        total = near.sum() + kernel.reach_gains(_arcs(self.network), candidates, near)
        return -total, np.zeros(len(candidates))

    def try_all(self, k: int, progress: Progress) -> tuple[Ints, int]:
        """Return the best of all groups of k, and how many are as good."""
        from relgraph.kernels import group_reach as kernel

        if k == 1:
            cost, _ = self.costs([], self.candidates)
            good = np.flatnonzero(cost <= cost.min() + SAME * (1 - cost.min()))
            return self.candidates[good[:1]], len(good)
        progress.start("progress.trying_sets")
        rows = kernel.nearness_rows(_arcs(self.network), self.candidates)
        places, _, equal = kernel.best_group(rows, k)
        progress.finish()
        return self.candidates[places], equal


def _nearness(network: Network, members: Sequence[int]) -> Floats:
    """Return the nearness of a group to each node."""
    from relgraph.kernels import group_reach as kernel

    if not len(members):
        return np.zeros(network.n)
    rows = kernel.nearness_rows(_arcs(network), np.asarray(members, dtype=np.int64))
    return np.asarray(rows.max(axis=0), dtype=np.float64)


def _arcs(network: Network) -> Arcs:
    return network.indptr, network.indices, network.distance
