"""Everything over shortest paths against brute force in rational arithmetic.

Distances are fractions, all paths are listed, and every node and pair is taken out in turn, at
strengths from 1e-12 to 1, where the longest tie is as long as 10^12 of the shortest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from relgraph.analysis.centrality.nearness import (
    betweenness_centrality,
    closeness_centrality,
    harmonic_centrality,
)
from relgraph.analysis.keyplayers.fragment_search import _both
from relgraph.analysis.keyplayers.fragmentation import fragmentation
from relgraph.analysis.keyplayers.group_reach import group_reach
from relgraph.analysis.keyplayers.search import Criterion, search_keyplayers
from relgraph.kernels.removal import removal_losses
from relgraph.network import Network, from_networkx
from tests.random_networks import wide_graphs

CRITERIA: list[Criterion] = ["distance", "pairs"]
Lengths = dict[tuple[str, str], Fraction]
Distances = dict[str, Fraction]


def lengths(graph: nx.Graph, removed: Sequence[str] = ()) -> Lengths:
    """Return the exact length of each arc between nodes that stay."""
    arcs = graph if graph.is_directed() else graph.to_directed()
    return {
        (tail, head): 1 / Fraction(str(strength))
        for tail, head, strength in arcs.edges(data="strength")
        if tail not in removed and head not in removed
    }


def distances(length: Lengths, source: str) -> Distances:
    """Return the exact distance of each node that is reached, the source included."""
    found = {source: Fraction(0)}
    changed = True
    while changed:
        changed = False
        for (tail, head), long in length.items():
            if tail in found and (head not in found or found[tail] + long < found[head]):
                found[head] = found[tail] + long
                changed = True
    return found


def shortest_paths(length: Lengths, found: Distances, head: str) -> Iterator[list[str]]:
    """Yield every shortest path to a node, from the one whose distances are given."""
    if found[head] == 0:
        yield [head]
    for (tail, other), long in length.items():
        if other == head and tail in found and found[tail] + long == found[head]:
            yield from ([*path, head] for path in shortest_paths(length, found, tail))


def left(graph: nx.Graph, removed: Sequence[str]) -> tuple[Fraction, int]:
    """Return Σ 1/d and the connected pairs of what is left without some nodes."""
    length = lengths(graph, removed)
    found = [
        distance
        for source in set(graph) - set(removed)
        for node, distance in distances(length, source).items()
        if node != source
    ]
    return sum((1 / distance for distance in found), Fraction(0)), len(found)


def exact_betweenness(graph: nx.Graph) -> list[float]:
    length, between = lengths(graph), dict.fromkeys(graph, Fraction(0))
    for found in (distances(length, source) for source in graph):
        for target in found:
            paths = list(shortest_paths(length, found, target))
            for path in paths:
                for node in path[1:-1]:
                    between[node] += Fraction(1, len(paths))
    return [float(value) for value in between.values()]


def betweenness(network: Network) -> list[float]:
    """Return betweenness over ordered pairs, not divided by their number."""
    possible = max((network.n - 1) * (network.n - 2), 1)
    return [value * possible for value in betweenness_centrality(network).tolist()]


@settings(max_examples=200)
@given(wide_graphs())
def test_betweenness(graph: nx.Graph) -> None:
    np.testing.assert_allclose(
        betweenness(from_networkx(graph)), exact_betweenness(graph), rtol=1e-12, atol=1e-12
    )


@given(wide_graphs())
def test_nearness(graph: nx.Graph) -> None:
    network, length = from_networkx(graph), lengths(graph)
    others = max(network.n - 1, 1)
    for place, source in enumerate(graph):
        found = [distance for distance in distances(length, source).values() if distance]
        harmonic = sum((1 / distance for distance in found), Fraction(0)) / others
        closeness = Fraction(len(found) ** 2) / (others * sum(found)) if found else Fraction(0)
        assert harmonic_centrality(network)[place] == pytest.approx(float(harmonic), rel=1e-12)
        assert closeness_centrality(network)[place] == pytest.approx(float(closeness), rel=1e-12)


@settings(max_examples=200)
@given(wide_graphs())
def test_what_is_left_without_each_node(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    nobody, everybody = np.zeros(network.n, dtype=bool), np.arange(network.n)
    nearness, pairs, lost_nearness, lost_pairs = removal_losses(
        _both(network), nobody, everybody, ~nobody
    )
    for place, removed in enumerate(graph):
        near, reach = left(graph, [removed])
        # What is left is a difference, so it is as precise as the whole.
        assert nearness - lost_nearness[place] == pytest.approx(
            float(near), rel=2e-9, abs=1e-14 * (1 + nearness)
        )
        assert pairs - lost_pairs[place] == reach


@given(wide_graphs(most=5))
def test_key_players_leave_the_least(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    for k, (place, criterion) in ((k, it) for k in (1, 2) for it in enumerate(CRITERIA)):
        if k >= network.n:
            continue
        stay = network.n - k
        found = search_keyplayers(network, k, criterion=criterion).members.tolist()
        least = min(left(graph, removed)[place] for removed in combinations(graph, k))
        most = 1 - float(least) / (stay * (stay - 1)) if stay > 1 else 1
        assert fragmentation(network, found)[place] == pytest.approx(most, abs=1e-8)


@given(wide_graphs(most=5))
def test_group_reach(graph: nx.Graph) -> None:
    network, length = from_networkx(graph), lengths(graph)
    for one, other in combinations(range(network.n), 2):
        ways = [distances(length, network.ids[member]) for member in (one, other)]
        near = [
            max((1 / max(way[node], Fraction(1)) for way in ways if node in way), default=0)
            for node in graph
        ]
        assert group_reach(network, [one, other]) == pytest.approx(float(sum(near)) / network.n)


def tied(*ties: tuple[str, float], alone: str = "") -> nx.Graph:
    graph = nx.Graph([tuple(ends) for ends, _ in ties])
    nx.set_edge_attributes(graph, {tuple(ends): s for ends, s in ties}, "strength")
    graph.add_nodes_from(alone)
    return graph


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        # By c and back to b it is 2,000,000,002 from a: 1e-9 more than to b alone.
        (tied(("ab", 5e-10), ("bc", 1), alone="d"), [0, 2, 0, 0]),
        # The length of b to c is lost when it is added to that of a to b.
        (tied(("ab", 1e-300), ("bc", 1), ("cd", 1)), [0, 4, 4, 0]),
        # A path of 10^10 + 1 beside one of 10^10.
        (tied(("ab", 1e-10), ("ac", 1e-10), ("bc", 1)), [0, 0, 0]),
        # Paths of 4 and 4 + 2e-9 are equally long, of 4 and 4 + 2e-8 they aren't.
        (tied(("ab", 0.5), ("bd", 0.5), ("ac", 0.5), ("cd", 0.5 - 5e-10)), [1, 1, 1, 1]),
        (tied(("ab", 0.5), ("bd", 0.5), ("ac", 0.5), ("cd", 0.5 - 5e-9)), [2, 2, 0, 0]),
    ],
)
def test_by_hand(graph: nx.Graph, expected: list[float]) -> None:
    assert betweenness(from_networkx(graph)) == pytest.approx(expected)


def test_paths_that_are_infinitely_long_are_none() -> None:
    graph = tied(("ab", 5e-324), ("bc", 1), ("cd", 1))  # 1/strength is more than a float holds
    with np.errstate(over="ignore"):
        assert betweenness(from_networkx(graph)) == pytest.approx([0, 0, 2, 0])
