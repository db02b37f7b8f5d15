"""Bounds on what a set costs: never below what it does cost, and good enough to search by."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.analysis.keyplayers.fragment_search import _both
from relgraph.analysis.keyplayers.fragmentation import fragmentation
from relgraph.analysis.keyplayers.search import search_keyplayers
from relgraph.kernels.removal import best_removals
from relgraph.kernels.removal_bounds import loss_bounds
from relgraph.network import Network, from_networkx
from relgraph.progress import Progress
from relgraph.settings import RankingSettings
from tests.random_networks import graphs, wide_graphs


def left(network: Network, removed: list[int]) -> tuple[float, float]:
    """Return Σ 1/d and connected pairs without some nodes."""
    n = network.n - len(removed)
    by_distance, by_pairs = fragmentation(network, removed)
    return ((1 - by_distance) * n * (n - 1), (1 - by_pairs) * n * (n - 1)) if n > 1 else (0, 0)


@settings(max_examples=60)
@given(
    graphs(most=8) | wide_graphs(),
    st.integers(1, 3),
    st.integers(0, 2),
    st.integers(0, 2),
    st.booleans(),
)
def test_no_set_costs_more(
    graph: nx.Graph, further: int, taken: int, staying: int, by_pairs: bool
) -> None:
    net = from_networkx(graph)
    gone, removable = np.zeros(net.n, dtype=bool), np.ones(net.n, dtype=bool)
    gone[:taken] = True
    removable[net.n - min(staying, net.n) :] = False
    everyone = np.arange(net.n)
    there, bounds = loss_bounds(_both(net), gone, removable, further, everyone, by_pairs=by_pairs)
    removed = np.flatnonzero(gone).tolist()
    assert there == pytest.approx(left(net, removed)[by_pairs])
    for members in combinations(np.flatnonzero(~gone & removable).tolist(), further):
        rest = left(net, [*removed, *members])[by_pairs]
        assert rest >= there - bounds[list(members)].sum() - 1e-9


class Counted(Progress):
    """Counts the sets that it is told of."""

    def __init__(self) -> None:
        self.total: int | None = 0
        self.done = 0

    def start(self, task: str, total: int | None = None, **values: object) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.done += steps


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_every_set_is_tried_or_left_out_once(k: int) -> None:
    for seed in range(4):
        net = from_networkx(nx.connected_watts_strogatz_graph(16, 4, 0.3, seed=seed))
        counted = Counted()
        found = search_keyplayers(net, k, settings=RankingSettings(progress=counted))
        assert counted.done == counted.total == found.sets
        values = {sets: fragmentation(net, list(sets))[0] for sets in combinations(range(16), k)}
        best = max(values.values())
        equal = [sets for sets, value in values.items() if value > best - 1e-9]
        pairs = [fragmentation(net, list(sets))[1] for sets in equal]
        firsts = [sets for sets, pair in zip(equal, pairs, strict=True) if pair > max(pairs) - 1e-9]
        assert found.equal == len(equal)
        assert tuple(sorted(found.members.tolist())) == min(firsts)


def test_few_sets_are_left_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def counted(arcs: object, sets: np.ndarray, *rest: object, **options: object) -> object:
        tried.append(len(sets))
        return best_removals(arcs, sets, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("relgraph.kernels.removal.best_removals", counted)
    search_keyplayers(from_networkx(nx.barabasi_albert_graph(100, 2, seed=1)), 3)
    assert sum(tried) < 4950 / 20
