"""Hop tables against networkx, on one thread and on several."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph.kernels.hops import hop_table
from relgraph.network import from_networkx


@pytest.mark.parametrize(("n", "p"), [(1, 0.0), (30, 0.05), (60, 0.02), (300, 0.01)])
def test_hops_equal_networkx(n: int, p: float) -> None:
    graph = nx.gnp_random_graph(n, p, seed=n, directed=True)
    network = from_networkx(graph)
    table = hop_table(network.indptr, network.indices, np.arange(n))
    for source in graph:
        lengths = nx.single_source_shortest_path_length(graph, source)
        assert table[source].tolist() == [lengths.get(node, -1) for node in graph]
