"""Components and cuts against networkx, and what a cut leaves against taking it out."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import given

from relgraph.kernels import components
from relgraph.network import from_networkx
from tests.random_networks import graphs


def groups(labels: np.ndarray, nodes: list[str]) -> set[frozenset[str]]:
    return {
        frozenset(node for node, own in zip(nodes, labels, strict=True) if own == label)
        for label in set(labels.tolist())
    }


@given(graphs(directed=True, most=12))
def test_weak_and_strong_components(graph: nx.DiGraph) -> None:
    network = from_networkx(graph)
    weak = components.weak_components(network.indptr, network.indices)
    assert groups(weak, list(graph)) == set(map(frozenset, nx.weakly_connected_components(graph)))
    strong = components.strong_components(network.indptr, network.indices)
    expected = set(map(frozenset, nx.strongly_connected_components(graph)))
    assert groups(strong, list(graph)) == expected
    assert sorted(set(weak.tolist())) == list(range(len(set(weak.tolist()))))
    # Arcs run from a higher number to a lower one, so that sinks come first.
    assert bool(np.all(strong[network.sources] >= strong[network.indices]))


@given(graphs(directed=False, most=12))
def test_articulation_points_and_bridges(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    nodes = list(graph)
    values = np.arange(1.0, len(nodes) + 1)
    value = dict(zip(nodes, values, strict=True))
    cut = components.cuts(network.indptr, network.indices, values)
    component, articulation, lost, lost_value, bridge_to, far, far_value = cut
    assert groups(component, nodes) == set(map(frozenset, nx.connected_components(graph)))
    points = {node for node, is_one in zip(nodes, articulation, strict=True) if is_one}
    assert points == set(nx.articulation_points(graph))
    found = {
        frozenset((node, nodes[up])) for node, up in zip(nodes, bridge_to, strict=True) if up >= 0
    }
    assert found == set(map(frozenset, nx.bridges(graph)))
    for index, node in enumerate(nodes):
        whole = nx.node_connected_component(graph, node)
        left = graph.subgraph(whole - {node})
        pieces = [
            (len(part), sum(value[i] for i in part)) for part in nx.connected_components(left)
        ]
        kept = max(pieces, default=(0, 0.0))
        assert lost[index] == len(whole) - 1 - kept[0]
        assert lost_value[index] == sum(value[i] for i in whole) - value[node] - kept[1]
        if bridge_to[index] >= 0:
            apart = graph.copy()
            apart.remove_edge(node, nodes[bridge_to[index]])
            side = nx.node_connected_component(apart, node)
            assert far[index] == len(side)
            assert far_value[index] == sum(value[i] for i in side)
