"""The Leiden method: communities found by moving nodes, refining and merging groups in rounds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.network import Floats, Ints, Network


class _Level(NamedTuple):
    """A symmetric network of groups: its ties by tail and head, and the weight inside each."""

    tails: Ints
    heads: Ints
    strength: Floats
    loops: Floats

    @property
    def rows(self) -> tuple[Ints, npt.NDArray[np.int32], Floats, Floats]:
        """Return it as compressed sparse rows with loops."""
        indptr: Ints = np.searchsorted(self.tails, np.arange(len(self.loops) + 1))
        return indptr, self.heads.astype(np.int32), self.strength, self.loops

    def merged(self, group: Ints, groups: int) -> _Level:
        """Return the network of groups of these groups; ties inside them become their loops."""
        tails, heads = group[self.tails], group[self.heads]
        inside = tails == heads
        within = np.bincount(tails[inside], self.strength[inside], groups)
        loops = (np.bincount(group, self.loops, groups) + within).astype(np.float64)
        return _level(tails[~inside], heads[~inside], self.strength[~inside], loops)


def leiden_communities(network: Network, seed: int = 0) -> Ints:
    """Return the community of each node by the Leiden method, largest community first.

    It is started several times, fewer in larger networks, and the best in modularity is taken.

    Parameters
    ----------
    network : Network
        Ties count in both directions, each arc with its strength.
    seed : int
        Of the orders in which nodes are visited; the same seed gives the same communities.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbers from 0 without a gap, by falling size, then by the first member. An isolate is
        a community of its own; an empty network has none.

    References
    ----------
    Traag, Waltman and van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected
    communities", doi 10.1038/s41598-019-41695-z.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> leiden_communities(from_networkx(nx.barbell_graph(4, 0))).tolist()
    [0, 0, 0, 0, 1, 1, 1, 1]
    """
    if not network.m:
        return np.arange(network.n)
    rng = np.random.default_rng(seed)
    whole = _level(
        np.concatenate([network.sources, network.indices], dtype=np.int64),
        np.concatenate([network.indices, network.sources], dtype=np.int64),
        np.tile(network.strength, 2),
        np.zeros(network.n),
    )
    starts, rounds = effort(network)
    found = [_start(whole, rounds, rng) for _ in range(starts)]
    return _by_size(max(found, key=lambda community: _modularity(whole, community)))


def effort(network: Network) -> tuple[int, int]:
    """Return from how many starts communities are searched, and how many rounds each takes."""
    starts = assumptions.LEIDEN_TIES / max(1, network.m)
    rounds = min(assumptions.LEIDEN_ROUNDS, max(2.0, assumptions.LEIDEN_ROUNDS * starts))
    return int(min(assumptions.LEIDEN_STARTS, max(1.0, starts))), int(rounds)


def _start(whole: _Level, rounds: int, rng: np.random.Generator) -> Ints:
    """Return the communities that one start finds, improved until it finds no better ones."""
    community = np.arange(len(whole.loops))
    best = -1.0
    for _ in range(rounds):
        better = _improved(whole, community, rng)
        quality = _modularity(whole, better)
        if quality <= best + assumptions.SAME_VALUE:
            break
        community, best = better, quality
    return community


def _improved(level: _Level, community: Ints, rng: np.random.Generator) -> Ints:
    """Return communities that are no worse: moved, refined and merged until nothing moves."""
    from relgraph.kernels import leiden

    of_node = np.arange(len(level.loops))
    while True:
        community = np.unique(community, return_inverse=True)[1].astype(np.int64)
        rows, order = level.rows, rng.permutation(len(level.loops))
        limits = (int(assumptions.LEIDEN_PASSES), assumptions.RESOLUTION)
        leiden.move_nodes(*rows, community, order, *limits)
        group = leiden.refine_nodes(*rows, community, order, assumptions.RESOLUTION)
        used, first, group = np.unique(group, return_index=True, return_inverse=True)
        if len(used) == len(level.loops):
            return community[of_node]
        of_node, community = group[of_node], community[first]
        level = level.merged(group, len(used))


def _level(tails: Ints, heads: Ints, strength: Floats, loops: Floats) -> _Level:
    """Return a network with parallel ties added up, ordered by tail and head."""
    n = len(loops)
    pairs, of_arc = np.unique(tails * n + heads, return_inverse=True)
    summed = np.bincount(of_arc, strength).astype(np.float64)
    return _Level(pairs // n, pairs % n, summed, loops)


def _modularity(level: _Level, community: Ints) -> float:
    """Return the modularity of communities of a network without loops."""
    total = float(level.strength.sum())
    inside = float(level.strength[community[level.tails] == community[level.heads]].sum())
    ends = np.bincount(community[level.tails], level.strength)
    return inside / total - assumptions.RESOLUTION * float(((ends / total) ** 2).sum())


def _by_size(community: Ints) -> Ints:
    """Return communities numbered by falling size, then by their first member."""
    _, first, of_node, size = np.unique(
        community, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[of_node]
