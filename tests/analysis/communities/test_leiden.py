"""Leiden communities: modularity as good as the best known, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.communities.leiden import effort, leiden_communities
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
    found = leiden_communities(from_networkx(plain)).tolist()
    best = max(
        nx.community.modularity(plain, nx.community.louvain_communities(plain, seed=seed))
        for seed in range(5)
    )
    assert modularity(plain, found) >= best - 1e-9


@pytest.mark.parametrize(
    ("graph", "most"),
    [(nx.karate_club_graph(), 0.419790), (nx.les_miserables_graph(), 0.560008)],
    ids=["karate", "les_miserables"],
)
def test_the_best_known_modularity(graph: nx.Graph, most: float) -> None:
    # Without strengths, proved to be the best: Aloise et al. 2010, doi 10.1103/PhysRevE.82.046112.
    plain = nx.Graph(graph.edges)
    for seed in range(3):
        found = leiden_communities(from_networkx(plain), seed).tolist()
        assert modularity(plain, found) == pytest.approx(most, abs=1e-6)


def partitions(n: int) -> Iterator[list[int]]:
    """Yield every partition of n nodes, as the number of the part of each."""
    for rest in partitions(n - 1) if n else [[]]:
        if not n:
            yield rest
            return
        for part in range(max(rest, default=-1) + 2):
            yield [*rest, part]


@pytest.mark.parametrize("seed", range(12))
def test_no_partition_of_a_small_network_is_better(seed: int) -> None:
    graph = nx.gnp_random_graph(7, 0.4, seed=seed)
    rng = random.Random(seed)
    for _, _, data in graph.edges(data=True):
        data["strength"] = rng.randint(1, 10) / 10
    network = from_networkx(graph)
    order = [int(node) for node in network.ids.tolist()]
    graph = nx.relabel_nodes(graph, {node: place for place, node in enumerate(order)})
    ordered = nx.Graph()
    ordered.add_nodes_from(range(7))
    ordered.add_edges_from(graph.edges(data=True))
    best = max(modularity(ordered, parts) for parts in partitions(7))
    assert modularity(ordered, leiden_communities(network).tolist()) == pytest.approx(best)


@pytest.mark.parametrize("seed", range(5))
def test_communities_hold_together(seed: int) -> None:
    graph = nx.gnm_random_graph(400, 520, seed=seed)
    network = from_networkx(graph)
    found = leiden_communities(network)
    for community in range(int(found.max()) + 1):
        members = [int(node) for node in network.ids[found == community].tolist()]
        assert nx.is_connected(graph.subgraph(members))


def test_large_networks_get_fewer_starts_and_rounds() -> None:
    for arcs, expected in ((100, (10, 10)), (125_000, (2, 10)), (10**7, (1, 2))):
        assert effort(SimpleNamespace(m=arcs)) == expected  # type: ignore[arg-type]


def test_planted_groups_are_found() -> None:
    graph = nx.planted_partition_graph(6, 40, 0.4, 0.005, seed=1)
    found = leiden_communities(from_networkx(nx.Graph(graph.edges)))
    order = np.array([int(i) for i in from_networkx(nx.Graph(graph.edges)).ids.tolist()])
    planted = order // 40
    assert all(len(set(found[planted == group].tolist())) == 1 for group in range(6))


def test_strength_decides() -> None:
    graph = nx.Graph()
    graph.add_edges_from([("a", "b"), ("c", "d")], strength=1.0)
    graph.add_edges_from([("b", "c"), ("d", "a")], strength=0.01)
    assert leiden_communities(from_networkx(graph)).tolist() == [0, 0, 1, 1]


def test_the_same_seed_gives_the_same_communities() -> None:
    network = from_networkx(nx.gnp_random_graph(200, 0.03, seed=5))
    first, second = (leiden_communities(network, seed=3) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_the_largest_is_first_and_isolates_are_alone() -> None:
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(5))
    graph.add_node(8)
    assert leiden_communities(from_networkx(graph)).tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_without_ties_everyone_is_alone(count: int) -> None:
    network = from_networkx(nx.empty_graph(count))
    assert leiden_communities(network).tolist() == list(range(count))
