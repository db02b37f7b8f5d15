"""Structural holes against R, UCINET's model in xucinet, Borgatti's example and networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph.analysis.brokerage.holes import Model, structural_holes
from relgraph.kernels import compiled
from relgraph.network import from_networkx
from tests.classic import CLASSICS, WITH_TRUTH, network, table, truth
from tests.random_networks import graphs


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_constraint_as_igraph_computes_it(name: str) -> None:
    net = network(name)
    for column, projection in (
        ("constraint_igraph", net),
        ("constraint_igraph_und", net.undirected()),
    ):
        expected = truth(CLASSICS[name].truth, column, net.ids)
        found = structural_holes(projection).constraint
        np.testing.assert_allclose(found, expected, rtol=1e-9, equal_nan=True)


def test_within_ego_networks_as_xucinet_prints_them() -> None:
    net = network("campnet")
    holes = structural_holes(net, "ego")
    name = "campnet/truth_xucinet_structural_holes_egonetwork_model"
    for column, values in (
        ("Constraint", holes.constraint),
        ("EffSize", holes.effective_size),
        ("Efficiency", holes.efficiency),
        ("Hierarchy", holes.hierarchy),
    ):
        np.testing.assert_allclose(values, truth(name, column, net.ids), atol=6e-4)


def test_borgattis_example() -> None:
    rows = table("borgatti_holes_example/truth_published_ucinet_igraph_via_networkx_tests")
    for row in rows:
        name = "directed_holes" if row["graph"] == "directed" else "holes"
        net = network(name, weighted=row["weighted"] == "yes")
        place = net.positions[row["node"]]
        holes = structural_holes(net)
        found = holes.constraint[place], holes.effective_size[place]
        expected = float(row["constraint"]), float(row["effective_size"])
        np.testing.assert_allclose(found, expected, atol=5e-3)


def with_ties(graph: nx.Graph) -> list[str]:
    """Return the nodes that networkx has figures for: it leaves those without arcs out of them."""
    return [node for node in graph if len(graph[node])]


@given(graphs())
def test_the_whole_model_is_that_of_networkx(graph: nx.Graph) -> None:
    net = from_networkx(graph)
    holes = structural_holes(net)
    tied = with_ties(graph)
    places = [net.positions[node] for node in tied]
    expected = nx.constraint(graph, tied, weight="strength") if tied else {}
    np.testing.assert_allclose(holes.constraint[places], list(expected.values()), atol=1e-9)
    # networkx has a shortcut for unweighted undirected graphs; a weight leaves the definition.
    sizes = nx.effective_size(graph, tied, weight="strength") if tied else {}
    np.testing.assert_allclose(holes.effective_size[places], list(sizes.values()), atol=1e-9)


@given(graphs())
def test_the_ego_model_is_the_whole_model_of_each_ego_network(graph: nx.Graph) -> None:
    net = from_networkx(graph)
    holes = structural_holes(net, "ego")
    for node in with_ties(graph):
        ego = graph.subgraph({node, *nx.all_neighbors(graph, node)})
        found = holes.constraint[net.positions[node]], holes.effective_size[net.positions[node]]
        expected = (
            nx.constraint(ego, [node], weight="strength")[node],
            nx.effective_size(ego, [node], weight="strength")[node],
        )
        np.testing.assert_allclose(found, expected, atol=1e-9)


@given(graphs(directed=True))
def test_arcs_towards_a_node_count_like_arcs_from_it(graph: nx.DiGraph) -> None:
    one = structural_holes(from_networkx(graph))
    other = structural_holes(from_networkx(graph.reverse()))
    for values, turned in zip(one, other, strict=True):
        np.testing.assert_allclose(values, turned, atol=1e-12, equal_nan=True)


@pytest.mark.parametrize("model", ["whole", "ego"])
def test_isolates_and_single_contacts(model: Model) -> None:
    graph = nx.Graph(["ab"])
    graph.add_node("c")
    holes = structural_holes(from_networkx(graph), model)
    assert [values.tolist()[:2] for values in holes] == [[1, 1]] * 4
    assert np.isnan([values[2] for values in holes]).all()
    assert all(len(values) == 0 for values in structural_holes(from_networkx(nx.Graph()), model))


def test_hierarchy_is_low_where_contacts_constrain_alike() -> None:
    even = structural_holes(from_networkx(nx.star_graph(5)))
    assert even.hierarchy[0] == pytest.approx(0, abs=1e-12)
    graph = nx.star_graph(5)
    graph.add_edges_from([(1, 2), (1, 3), (1, 4), (1, 5)])
    assert structural_holes(from_networkx(graph)).hierarchy[0] > 0.01


@pytest.mark.parametrize("model", ["whole", "ego"])
def test_several_threads_add_up_the_same(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    net = from_networkx(nx.powerlaw_cluster_graph(200, 4, 0.5, seed=1))
    expected = structural_holes(net, model)
    monkeypatch.setattr(compiled, "SMALL", 0)
    monkeypatch.setattr(compiled, "threads", lambda: 3)
    for values, others in zip(expected, structural_holes(net, model), strict=True):
        np.testing.assert_allclose(values, others, atol=1e-12)


@given(graphs())
def test_holes_are_in_their_ranges_to_the_last_digit(graph: nx.DiGraph) -> None:
    holes = structural_holes(from_networkx(graph))
    known = ~np.isnan(holes.effective_size)
    assert (holes.effective_size[known] >= 1).all()
    assert (holes.efficiency[known] <= 1).all()
    assert ((holes.hierarchy[known] >= 0) & (holes.hierarchy[known] <= 1)).all()
