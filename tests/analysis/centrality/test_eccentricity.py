"""Eccentricity: networkx, the steps that UCINET prints, and worked by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given

from relgraph.analysis.centrality.nearness import eccentricity
from relgraph.network import from_networkx
from tests.classic import network, truth
from tests.random_networks import graphs
from tests.worked import worked_network


@given(graphs())
def test_eccentricity_is_that_of_networkx_over_what_is_reached(graph: nx.Graph) -> None:
    farthest = [max(nx.single_source_shortest_path_length(graph, node).values()) for node in graph]
    assert eccentricity(from_networkx(graph)).tolist() == farthest
    both = graph.to_undirected()
    if len(graph) and nx.is_connected(both):
        assert eccentricity(from_networkx(both)).tolist() == [*nx.eccentricity(both).values()]


def test_more_nodes_than_are_searched_from_at_once() -> None:
    graph = nx.gnp_random_graph(700, 0.005, seed=4, directed=True)
    farthest = [max(nx.single_source_shortest_path_length(graph, node).values()) for node in graph]
    assert eccentricity(from_networkx(graph)).tolist() == farthest


def test_steps_until_nobody_is_added_as_ucinet_prints_them() -> None:
    net = network("campnet")
    reached = [np.zeros(net.n)]
    for hops in range(1, 8):
        reached.append(truth("campnet/truth_ucinet6849_reach", f"out_reach{hops}", net.ids))
    steps = (np.diff(reached, axis=0) > 0).sum(axis=0)
    assert np.minimum(eccentricity(net), 7).tolist() == steps.tolist()


def test_the_worked_example() -> None:
    worked = worked_network()
    # S1 → E1 → D1 → C1 → C3 → I1: five hops, and nobody is farther from anybody.
    assert dict(zip(worked.ids, eccentricity(worked).tolist(), strict=True)) == {
        "S1": 5,
        "S2": 5,
        "E1": 4,
        "E2": 3,
        "D1": 3,
        "C1": 2,
        "C2": 2,
        "C3": 1,
        "I1": 1,
        "K1": 4,
    }
