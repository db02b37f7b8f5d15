"""Communities: groups that are tied more among themselves than with others."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array

from relgraph import assumptions
from relgraph.network import Ints, Network


def louvain_communities(network: Network, seed: int = 0) -> Ints:
    """Return the community of each node by the Louvain method, largest community first.

    Parameters
    ----------
    network : Network
        Ties count in both directions, each arc with its strength.
    seed : int
        Of the order in which nodes are looked at; the same seed gives the same communities.

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
    shape = (network.n, network.n)
    arcs = coo_array((network.strength, (network.sources, network.indices)), shape=shape)
    graph = csr_array(arcs + arcs.T)
    loops = np.zeros(network.n)
    of_node = np.arange(network.n)
    while graph.nnz:
        joined = louvain.move_nodes(
            graph.indptr.astype(np.int64),
            graph.indices.astype(np.int32),
            graph.data,
            loops,
            rng.permutation(graph.shape[0]),
            int(assumptions.LOUVAIN_PASSES),
            assumptions.RESOLUTION,
        )
        used, joined = np.unique(joined, return_inverse=True)
        of_node = joined[of_node]
        if len(used) == graph.shape[0]:
            break
        graph, loops = _aggregated(graph, loops, joined, len(used))
    return _by_size(of_node)


def _aggregated(
    graph: csr_array, loops: np.ndarray, joined: Ints, count: int
) -> tuple[csr_array, np.ndarray]:
    """Return the network whose nodes are the communities, and what lies inside each."""
    entries = graph.tocoo()
    ends = (joined[entries.row], joined[entries.col])
    inside = ends[0] == ends[1]
    weight = np.bincount(ends[0][inside], entries.data[inside], count)
    within = np.bincount(joined, loops, count) + weight
    between = coo_array(
        (entries.data[~inside], (ends[0][~inside], ends[1][~inside])), shape=(count, count)
    )
    return csr_array(between), within


def _by_size(community: Ints) -> Ints:
    """Return communities numbered by falling size, then by their first member."""
    _, first, of_node, size = np.unique(
        community, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[of_node]
