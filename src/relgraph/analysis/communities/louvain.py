"""The Louvain method: communities found by moving nodes and merging groups in rounds."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats, Ints, Network


def louvain_communities(network: Network, seed: int = 0) -> Ints:
    """Return the community of each node by the Louvain method, largest community first.

    Parameters
    ----------
    network : Network
        Ties count in both directions, each arc with its strength.
    seed : int
        Of the order in which nodes are visited; the same seed gives the same communities.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbers from 0 without a gap, by falling size, then by the first member. An isolate is
        a community of its own; an empty network has none.

    References
    ----------
    Blondel, Guillaume, Lambiotte, Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> louvain_communities(from_networkx(nx.barbell_graph(4, 0))).tolist()
    [0, 0, 0, 0, 1, 1, 1, 1]
    """
    from relgraph.kernels import louvain

    rng = np.random.default_rng(seed)
    tails = np.concatenate([network.sources, network.indices], dtype=np.int64)
    heads = np.concatenate([network.indices, network.sources], dtype=np.int64)
    strength = np.tile(network.strength, 2)
    loops: Floats = np.zeros(network.n)
    of_node = np.arange(network.n)
    while len(tails):
        tails, heads, strength = _add_parallel(tails, heads, strength, len(loops))
        joined = louvain.move_nodes(
            np.searchsorted(tails, np.arange(len(loops) + 1)),
            heads.astype(np.int32),
            strength,
            loops,
            rng.permutation(len(loops)),
            int(assumptions.LOUVAIN_PASSES),
            assumptions.RESOLUTION,
        )
        used, joined = np.unique(joined, return_inverse=True)
        of_node = joined[of_node]
        if len(used) == len(loops):
            break
        # The communities are the nodes of the next round; ties inside them become their loops.
        tails, heads = joined[tails], joined[heads]
        inside = tails == heads
        within = np.bincount(tails[inside], strength[inside], len(used))
        loops = (np.bincount(joined, loops, len(used)) + within).astype(np.float64)
        tails, heads, strength = tails[~inside], heads[~inside], strength[~inside]
    return _by_size(of_node)


def _add_parallel(tails: Ints, heads: Ints, strength: Floats, n: int) -> tuple[Ints, Ints, Floats]:
    """Return arcs between `n` nodes by tail and head, with parallel ones added up."""
    pairs, of_arc = np.unique(tails * n + heads, return_inverse=True)
    return pairs // n, pairs % n, np.bincount(of_arc, strength).astype(np.float64)


def _by_size(community: Ints) -> Ints:
    """Return communities numbered by falling size, then by their first member."""
    _, first, of_node, size = np.unique(
        community, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[of_node]
