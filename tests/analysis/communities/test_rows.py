"""Communities and figures of the whole as rows."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph import assumptions
from relgraph.analysis import network_figures
from relgraph.analysis.communities.rows import community_rows, modularity
from relgraph.network import from_networkx
from tests.classic import network
from tests.random_networks import graphs
from tests.told import told


def test_rows_go_by_community_then_id() -> None:
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(4))
    graph.add_node("x")
    result = community_rows(from_networkx(graph))
    assert result["community"].tolist() == [1] * 4 + [2] * 3 + [3]
    assert result["size"].tolist() == [4] * 4 + [3] * 3 + [1]
    assert result["id"].tolist() == ["3", "4", "5", "6", "0", "1", "2", "x"]
    assert result["component"].tolist() == [1] * 4 + [2] * 3 + [3]
    assert result["triangles"].tolist() == [3] * 4 + [1] * 3 + [0]
    assert told(result.notes) == ("3 communities, modularity 0.4444",)


@given(graphs(directed=False))
def test_modularity_is_that_of_networkx(graph: nx.Graph) -> None:
    net = from_networkx(graph)
    community = np.arange(net.n) % 3
    found = modularity(net, community)
    if not graph.size():
        assert np.isnan(found)
        return
    sets = [{node for place, node in enumerate(graph) if place % 3 == c} for c in range(3)]
    expected = nx.community.modularity(graph, [s for s in sets if s], weight="strength")
    assert found == pytest.approx(expected)


def test_an_empty_network_has_no_communities() -> None:
    result = community_rows(from_networkx(nx.Graph()))
    assert len(result) == 0
    assert told(result.notes) == ("0 communities",)


def test_figures_of_the_whole() -> None:
    rows = list(network_figures.network_figures(network("campnet"), permutations=50).rows())
    figures = {row["figure"]: row["value"] for row in rows if row["market"] is None}
    assert figures["stakeholders"] == 18
    assert figures["arcs"] == 54
    assert figures["ties"] == 35
    assert figures["components"] == 1
    assert figures["density"] == pytest.approx(54 / 306)
    assert figures["fragmentation"] == pytest.approx(0.501089, abs=1e-6)
    assert figures["ei_index"] == pytest.approx(-2 / 3)
    assert {row["market"] for row in rows if row["figure"] == "ei_index"} == {None, "F", "M"}


def test_a_large_network_is_fragmented_by_pairs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "FRAGMENTATION_UP_TO", 4)
    parts = from_networkx(nx.Graph(["ab", "bc", "de"]))
    rows = network_figures.network_figures(parts, permutations=0).rows()
    figures = {row["figure"]: row["value"] for row in rows if row["market"] is None}
    assert figures["fragmentation"] is None
    assert figures["disconnected_pairs"] == pytest.approx(0.6)  # 3 + 1 of 10 pairs are connected


def test_figures_of_an_empty_network() -> None:
    rows = list(network_figures.network_figures(from_networkx(nx.Graph()), permutations=2).rows())
    figures = {row["figure"]: row["value"] for row in rows}
    assert (figures["stakeholders"], figures["components"], figures["density"]) == (0, 0, None)


@pytest.mark.parametrize("strength", [0.1, 0.3, 0.7])
def test_modularity_of_one_community_is_zero_and_told_without_a_sign(strength: float) -> None:
    graph = nx.complete_graph(7)
    nx.set_edge_attributes(graph, strength, "strength")
    clique = from_networkx(graph)
    quality = modularity(clique, np.zeros(7, dtype=np.int64))
    assert (quality, np.signbit(quality)) == (0.0, False)
    assert told(community_rows(clique).notes)[-1].endswith("1 community, modularity 0.0000")
