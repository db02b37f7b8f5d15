"""Neighbours: who is tied to whom, in either direction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels import plain
from relgraph.network import Ints, Network


def neighbours(network: Network) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Return the neighbours of each node as compressed sparse rows: indptr and indices.

    Unlike `Network.undirected` it ignores strength and sign.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> indptr, indices = neighbours(from_networkx(nx.DiGraph(["ab", "cb"])))
    >>> indptr.tolist(), indices.tolist()
    ([0, 1, 3, 4], [1, 0, 2, 1])
    """
    if not network.directed:
        return network.indptr, network.indices
    if network.m <= plain.FEW_ARCS:
        return plain.both_ways(network.indptr, network.indices)
    from relgraph.kernels.both_ways import both_ways

    indptr, indices, _ = both_ways(network.indptr, network.indices)
    return indptr, indices
