"""Cohesion against R, networkx and the worked example."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph.analysis.centrality.embeddedness import clustering
from relgraph.analysis.structure import cohesion
from relgraph.network import from_networkx
from tests.classic import CLASSICS, WITH_TRUTH, network, table, truth
from tests.random_networks import graphs
from tests.worked import worked_network


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_articulation_points_of_r(name: str) -> None:
    net = network(name)
    points = truth(CLASSICS[name].truth, "articulation", net.ids)
    assert cohesion.articulation_points(net).articulation.tolist() == points.astype(bool).tolist()


@pytest.mark.parametrize("relation", ["advice", "friendship", "reports_to"])
def test_density_and_reciprocity_as_sna_computes_them(relation: str) -> None:
    net = network(relation)
    rows = table("krackhardt_hightech/truth_computed_R_sna_GTD")
    expected = next(row for row in rows if row["relation"] == relation)
    assert cohesion.density(net) == pytest.approx(float(expected["density"]))
    assert cohesion.reciprocity(net) == pytest.approx(float(expected["edgewise_reciprocity"]))


def test_cut_points_and_bridges_of_the_worked_example() -> None:
    net = worked_network()
    values = np.arange(1.0, net.n + 1)
    cut = cohesion.articulation_points(net, values)
    assert sorted(net.ids[cut.articulation]) == ["C3", "D1", "E1"]
    lost = dict(zip(net.ids, cut.cut_off.tolist(), strict=True))
    assert {node: count for node, count in lost.items() if count} == {"E1": 2, "D1": 1, "C3": 1}
    position = net.positions
    assert cut.cut_off_value[position["E1"]] == values[position["S1"]] + values[position["S2"]]
    found = cohesion.bridges(net, values)
    ends = set(zip(net.ids[found.kept], net.ids[found.lost], strict=True))
    assert ends == {("C3", "I1"), ("D1", "K1"), ("E1", "S1"), ("E1", "S2")}
    assert found.cut_off.tolist() == [1, 1, 1, 1]
    assert found.cut_off_value.tolist() == values[found.lost].tolist()


def test_the_smaller_side_of_a_bridge_falls_off() -> None:
    graph = nx.Graph([("b", "a"), ("b", "c"), ("c", "d"), ("d", "b"), ("a", "e")])
    net = from_networkx(graph)
    found = cohesion.bridges(net)
    pairs = list(zip(net.ids[found.kept], net.ids[found.lost], found.cut_off, strict=True))
    assert pairs == [("b", "a", 2), ("a", "e", 1)]


def test_of_two_equal_sides_the_one_worth_less_falls_off() -> None:
    net = from_networkx(nx.Graph(["ab"]))
    for values, kept in (([1.0, 2.0], "b"), ([2.0, 1.0], "a"), ([1.0, 1.0], "a")):
        found = cohesion.bridges(net, np.array(values))
        assert net.ids[found.kept].tolist() == [kept]
        assert found.cut_off_value.tolist() == [min(values)]


@given(graphs(most=12))
def test_components_triangles_and_figures_of_networkx(graph: nx.Graph) -> None:
    net = from_networkx(graph)
    both = nx.Graph(graph)
    assert cohesion.triangles(net).tolist() == list(nx.triangles(both).values())
    weak = cohesion.weak_components(net)
    sizes = sorted((len(part) for part in nx.connected_components(both)), reverse=True)
    assert np.bincount(weak).tolist() == sizes
    strong = cohesion.strong_components(net)
    arcs = graph if graph.is_directed() else graph.to_directed()
    sizes = sorted((len(part) for part in nx.strongly_connected_components(arcs)), reverse=True)
    assert np.bincount(strong).tolist() == sizes
    assert all(
        weak[one] == weak[other] for one, other in zip(net.sources, net.indices, strict=True)
    )
    if len(graph) > 1:
        assert cohesion.density(net) == pytest.approx(nx.density(graph))
    if any(degree > 1 for _, degree in both.degree()):
        assert cohesion.transitivity(net) == pytest.approx(nx.transitivity(both))
    else:
        assert np.isnan(cohesion.transitivity(net))
    if graph.size():
        share = nx.overall_reciprocity(graph) if graph.is_directed() else 1.0
        assert cohesion.reciprocity(net) == pytest.approx(share)


def test_networks_without_ties() -> None:
    for n in (0, 1, 3):
        net = from_networkx(nx.empty_graph(n))
        assert cohesion.weak_components(net).tolist() == list(range(n))
        assert cohesion.strong_components(net).tolist() == list(range(n))
        assert not cohesion.articulation_points(net).articulation.any()
        assert len(cohesion.bridges(net).kept) == 0
        assert cohesion.triangles(net).tolist() == [0] * n
        assert np.isnan(clustering(net)).all()
        assert np.isnan(cohesion.reciprocity(net))
    assert np.isnan(cohesion.density(from_networkx(nx.empty_graph(1))))
