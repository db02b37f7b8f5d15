"""Ties summed both ways against SciPy, on one thread and on several."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from scipy.sparse import csr_array

from relgraph.kernels import compiled
from relgraph.kernels.both_ways import both_ways
from relgraph.network import Network, from_networkx
from tests.random_networks import graphs


def assert_summed(network: Network) -> None:
    arcs = csr_array((network.strength, network.indices, network.indptr), (network.n, network.n))
    expected = (arcs + arcs.T).tocsr()
    expected.sort_indices()
    indptr, indices, sums = both_ways(network.indptr, network.indices, network.strength)
    assert indptr.tolist() == expected.indptr.tolist()
    assert indices.tolist() == expected.indices.tolist()
    np.testing.assert_allclose(sums, expected.data)
    structure = both_ways(network.indptr, network.indices)
    assert [part.tolist() for part in structure] == [indptr.tolist(), indices.tolist(), []]


@given(graphs(directed=True))
def test_as_scipy_adds_a_matrix_and_its_transpose(graph: nx.DiGraph) -> None:
    assert_summed(from_networkx(graph))


def test_several_threads_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "SMALL", 0)
    monkeypatch.setattr(compiled, "threads", lambda: 3)
    graph = nx.gnm_random_graph(50, 300, seed=1, directed=True)
    for place, (*_, data) in enumerate(graph.edges(data=True), start=1):
        data["strength"] = place / 300
    assert_summed(from_networkx(graph))
