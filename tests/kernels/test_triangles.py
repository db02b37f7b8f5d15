"""Triangles and cores against networkx, on one thread and on several."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given

from relgraph.kernels import compiled, cores, triangles
from relgraph.network import from_networkx
from tests.random_networks import graphs


@given(graphs(directed=False, most=12))
def test_triangles_and_cores(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    found = triangles.triangle_counts(network.indptr, network.indices)
    assert found.tolist() == list(nx.triangles(graph).values())
    core = cores.core_numbers(network.indptr, network.indices)
    assert core.tolist() == list(nx.core_number(graph).values())


def test_several_threads_count_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.powerlaw_cluster_graph(300, 4, 0.5, seed=1)
    network = from_networkx(graph)
    monkeypatch.setattr(compiled, "SMALL", 0)
    monkeypatch.setattr(compiled, "threads", lambda: 3)
    found = triangles.triangle_counts(network.indptr, network.indices)
    assert found.tolist() == list(nx.triangles(graph).values())
