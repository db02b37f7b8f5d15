"""How closely knit a node's surroundings are: networkx, and worked by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph.analysis.centrality.embeddedness import clustering
from relgraph.analysis.centrality.measures import rank_nodes
from relgraph.network import from_networkx
from relgraph.settings import RankingSettings
from tests.random_networks import graphs
from tests.worked import worked_network


@given(graphs())
def test_clustering_is_that_of_networkx_where_there_are_two_neighbours(graph: nx.Graph) -> None:
    both = nx.Graph(graph)
    expected = [share if both.degree(n) > 1 else np.nan for n, share in nx.clustering(both).items()]
    np.testing.assert_allclose(clustering(from_networkx(graph)), expected)


def test_clustering_worked_by_hand() -> None:
    # A square with one diagonal, a → c both ways: a and c miss the pair b, d of three.
    square = from_networkx(nx.DiGraph(["ab", "bc", "cd", "da", "ac", "ca"]))
    assert clustering(square).tolist() == pytest.approx([2 / 3, 1, 2 / 3, 1])
    # The worked example has no triangle; four of its ten have a single neighbour.
    worked = worked_network()
    shares = dict(zip(worked.ids, clustering(worked).tolist(), strict=True))
    assert {node for node, share in shares.items() if share == 0} == {
        "E1",
        "E2",
        "D1",
        "C1",
        "C2",
        "C3",
    }
    assert {node for node, share in shares.items() if share != share} == {"S1", "S2", "I1", "K1"}


def test_who_has_fewer_than_two_neighbours_ranks_last_by_clustering() -> None:
    rows = rank_nodes(
        from_networkx(nx.Graph(["ab", "bc", "ca", "cd"])),
        "clustering",
        RankingSettings(confidence=True),
    )
    assert rows["id"].tolist() == ["a", "b", "c", "d"]
    assert rows["rank"].tolist() == [1, 1, 3, None]
    assert np.isnan(rows["rank_low"][3])
