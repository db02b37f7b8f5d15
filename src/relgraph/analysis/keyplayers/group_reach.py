"""Group reach: how near a group is to everyone, and which group is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
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
    """The search for the group of candidates that is nearest to everyone, along arcs.

    Parameters
    ----------
    network : Network
        Along arcs.
    candidates : ndarray of int64
        Positions of the nodes that may be chosen, sorted.
    targets : ndarray of int64, optional
        Whom to be near to, a sample; everyone for None.
    """

    def __init__(self, network: Network, candidates: Ints, targets: Ints | None = None) -> None:
        super().__init__(candidates)
        self.network = network
        self.targets = targets

    @cached_property
    def _near(self) -> Floats:
        """Return the nearness of every node to each of the targets, shape (targets, n)."""
        from relgraph.kernels import group_reach as kernel

        reverse = self.network.distance[self.network.reverse_order]
        arcs = (self.network.reverse_indptr, self.network.reverse_indices, reverse)
        return kernel.nearness_rows(arcs, np.asarray(self.targets))

    def costs(self, members: Sequence[int], candidates: Ints) -> tuple[Floats, Floats]:
        """Return −Σ nearness of a group with each of the candidates; nothing breaks ties."""
        total, gains = self._gains(members, candidates)
        return -(total + gains), np.zeros(len(candidates))

    def _gains(self, members: Sequence[int], candidates: Ints) -> tuple[float, Floats]:
        """Return Σ nearness of a group, and what each of the candidates adds to it."""
        from relgraph.kernels import group_reach as kernel

        if self.targets is None:
            near = _nearness(self.network, members)
            return float(near.sum()), kernel.reach_gains(_arcs(self.network), candidates, near)
        gains, total = np.zeros(len(candidates)), 0.0
        for row in self._near:
            near_to = row[list(members)].max(initial=0.0)
            gains += np.maximum(row[candidates] - near_to, 0.0)
            total += float(near_to)
        return total, gains

    def least_cost(self, members: Ints) -> float:
        """Return −Σ nearness that no group of as many nodes exceeds.

        What a node adds to a larger group is no more than to a smaller (Nemhauser, Wolsey and
        Fisher 1978, doi 10.1007/BF01588971), so a group adds no more than its members do alone.
        """
        total, gains = self._gains(members.tolist(), self.candidates)
        return -(total + float(np.sort(gains)[-len(members) :].sum()))

    def try_all(self, k: int, progress: Progress) -> tuple[Ints, int, float | None]:
        """Return the best of all groups of k, and how many are as good; all are tried."""
        from relgraph.kernels import group_reach as kernel

        if k == 1:
            cost, _ = self.costs([], self.candidates)
            good = np.flatnonzero(cost <= cost.min() + SAME * (1 - cost.min()))
            return self.candidates[good[:1]], len(good), None
        progress.start("progress.trying_sets")
        rows = kernel.nearness_rows(_arcs(self.network), self.candidates)
        places, _, equal = kernel.best_group(rows, k)
        progress.finish()
        return self.candidates[places], equal, None


def _nearness(network: Network, members: Sequence[int]) -> Floats:
    """Return the nearness of a group to each node."""
    from relgraph.kernels import group_reach as kernel

    if not len(members):
        return np.zeros(network.n)
    rows = kernel.nearness_rows(_arcs(network), np.asarray(members, dtype=np.int64))
    return np.asarray(rows.max(axis=0), dtype=np.float64)


def _arcs(network: Network) -> Arcs:
    return network.indptr, network.indices, network.distance
