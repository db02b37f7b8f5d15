"""Louvain communities: modularity as good as networkx's, the same for the same seed."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.communities.louvain import louvain_communities
from relgraph.network import from_networkx


def modularity(graph: nx.Graph, communities: list[int]) -> float:
    groups: dict[int, set[object]] = {}
    for node, number in zip(graph, communities, strict=True):
        groups.setdefault(number, set()).add(node)
    return float(nx.community.modularity(graph, list(groups.values()), weight="strength"))


@pytest.mark.parametrize(
    "graph",
    [
        nx.karate_club_graph(),
        nx.davis_southern_women_graph(),
        nx.planted_partition_graph(8, 30, 0.3, 0.01, seed=2),
    ],
    ids=["karate", "davis", "planted"],
)
def test_modularity_is_that_of_networkx(graph: nx.Graph) -> None:
    plain = nx.Graph(graph.edges)
    found = louvain_communities(from_networkx(plain)).tolist()
    best = max(
        nx.community.modularity(plain, nx.community.louvain_communities(plain, seed=seed))
        for seed in range(5)
    )
    assert modularity(plain, found) >= 0.97 * best


def test_planted_groups_are_found() -> None:
    graph = nx.planted_partition_graph(6, 40, 0.4, 0.005, seed=1)
    found = louvain_communities(from_networkx(nx.Graph(graph.edges)))
    order = np.array([int(i) for i in from_networkx(nx.Graph(graph.edges)).ids.tolist()])
    planted = order // 40
    assert all(len(set(found[planted == group].tolist())) == 1 for group in range(6))


def test_strength_decides() -> None:
    graph = nx.Graph()
    graph.add_edges_from([("a", "b"), ("c", "d")], strength=1.0)
    graph.add_edges_from([("b", "c"), ("d", "a")], strength=0.01)
    assert louvain_communities(from_networkx(graph)).tolist() == [0, 0, 1, 1]


def test_the_same_seed_gives_the_same_communities() -> None:
    network = from_networkx(nx.gnp_random_graph(200, 0.03, seed=5))
    first, second = (louvain_communities(network, seed=3) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_the_largest_is_first_and_isolates_are_alone() -> None:
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(5))
    graph.add_node(8)
    assert louvain_communities(from_networkx(graph)).tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_without_ties_everyone_is_alone(count: int) -> None:
    network = from_networkx(nx.empty_graph(count))
    assert louvain_communities(network).tolist() == list(range(count))
