"""What NumPy does for small networks against the kernels that it stands in for."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph.analysis.centrality.prestige import katz_centrality, pagerank
from relgraph.kernels import cores, plain, propagation
from relgraph.kernels.both_ways import both_ways
from relgraph.network import from_networkx
from tests.random_networks import graphs


@given(graphs(directed=True))
def test_neighbours_and_cores_are_those_of_the_kernels(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    found = plain.both_ways(network.indptr, network.indices)
    expected = both_ways(network.indptr, network.indices)[:2]
    assert [part.tolist() for part in found] == [part.tolist() for part in expected]
    assert [part.dtype for part in found] == [part.dtype for part in expected]
    graph = nx.Graph(graph)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    rows = from_networkx(graph)
    known = nx.core_number(graph)
    assert plain.core_numbers(rows.indptr, rows.indices).tolist() == list(known.values())
    assert cores.core_numbers(rows.indptr, rows.indices).tolist() == list(known.values())


@given(graphs(directed=True))
def test_sweeps_give_what_the_kernel_gives(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    for net in (network, network.unweighted()):
        found = [pagerank(net), katz_centrality(net)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(propagation, "FEW_ARCS", -1)
            expected = [pagerank(net), katz_centrality(net)]
        np.testing.assert_allclose(found[0], expected[0], rtol=1e-11)
        np.testing.assert_allclose(found[1], expected[1], rtol=1e-11)


def test_a_chain_is_peeled_from_both_ends() -> None:
    network = from_networkx(nx.path_graph(1_001))
    assert plain.core_numbers(network.indptr, network.indices).tolist() == [1] * 1_001
