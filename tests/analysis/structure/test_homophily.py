"""E-I and assortativity against xucinet, networkx and the worked example."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph.analysis.structure.homophily import ei_index, homophily_figures
from relgraph.network import Network, from_networkx
from relgraph.settings import RankingSettings
from tests.classic import network, table
from tests.random_networks import graphs
from tests.worked import worked_network


def figures(net: Network) -> dict[tuple[str, str | None], float]:
    rows = homophily_figures(net, permutations=0).rows()
    return {(row["figure"], row["market"]): row["value"] for row in rows}


def test_campnet_by_gender_as_xucinet_prints_it() -> None:
    (printed,) = table("campnet/truth_xucinet_homophily_gender")
    found = figures(network("campnet"))
    assert found["ei_index", None] == pytest.approx(float(printed["EI_index"]), abs=5e-4)
    assert found["assortativity", None] == pytest.approx(float(printed["Assort"]), abs=5e-4)


def test_the_worked_example() -> None:
    found = figures(worked_network().undirected())
    assert found["ei_index", "customer"] == pytest.approx(1 / 3)
    assert found["ei_index", "employee"] == pytest.approx(0.6)
    for market in ("supplier", "distributor", "competitor", "influencer"):
        assert found["ei_index", market] == 1
    assert found["assortativity", None] == pytest.approx(0.0276, abs=5e-5)


@given(graphs())
def test_assortativity_is_that_of_networkx(graph: nx.Graph) -> None:
    found = figures(from_networkx(graph))["assortativity", None]
    markets = {graph.nodes[end]["market"] for edge in graph.edges for end in edge}
    if len(markets) < 2:
        assert found is None
    else:
        expected = nx.attribute_assortativity_coefficient(graph, "market")
        assert found == pytest.approx(expected)


@given(graphs())
def test_the_index_of_nodes_by_counting(graph: nx.Graph) -> None:
    market = nx.get_node_attributes(graph, "market")
    expected = []
    for node in graph:
        ends = [end for edge in graph.edges if node in edge for end in edge if end != node]
        outside = sum(market[end] != market[node] for end in ends)
        expected.append((2 * outside - len(ends)) / len(ends) if ends else np.nan)
    found = ei_index(from_networkx(graph))
    np.testing.assert_allclose(found, expected, equal_nan=True)


def test_chance() -> None:
    rows = list(
        homophily_figures(
            network("campnet"), permutations=200, settings=RankingSettings(seed=3)
        ).rows()
    )
    again = list(
        homophily_figures(
            network("campnet"), permutations=200, settings=RankingSettings(seed=3)
        ).rows()
    )
    assert rows == again
    assert rows[0]["z"] > 3
    assert rows[0]["p"] == pytest.approx(1 / 201, abs=0.01)
    assert rows[1]["expected"] == pytest.approx(0.05, abs=0.05)


def test_without_ties_there_are_no_figures() -> None:
    graph = nx.empty_graph(2)
    nx.set_node_attributes(graph, {0: "customer", 1: "supplier"}, "market")
    rows = list(homophily_figures(from_networkx(graph), permutations=5).rows())
    assert {row["value"] for row in rows} == {None}
    assert {row["p"] for row in rows} == {None}
    assert np.isnan(ei_index(from_networkx(graph))).all()


def test_large_networks_are_counted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    small = homophily_figures(network("campnet"), permutations=20)
    monkeypatch.setattr("relgraph.analysis.structure.homophily._COMPILED", 0)
    large = homophily_figures(network("campnet"), permutations=20)
    for name, column in small.columns.items():
        np.testing.assert_array_equal(large[name], column)
