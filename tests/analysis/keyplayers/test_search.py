"""Key players against exhaustive search, the published sets and the worked example."""

from __future__ import annotations

import json
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph import assumptions
from relgraph.analysis.keyplayers import search as keyplayers
from relgraph.analysis.keyplayers.fragmentation import fragmentation, sampling_error
from relgraph.analysis.keyplayers.group_reach import group_reach
from relgraph.analysis.keyplayers.search import Criterion, search_keyplayers
from relgraph.errors import UsageError
from relgraph.network import Network, from_networkx
from relgraph.settings import RankingSettings
from tests.classic import CLASSIC, network
from tests.random_networks import graphs
from tests.worked import worked_network

PUBLISHED = json.loads((CLASSIC / "truth_exhaustive_keyplayer.json").read_text("utf-8"))
CRITERIA: list[tuple[Criterion, str, int]] = [("distance", "DF", 0), ("pairs", "F", 1)]


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: f"{row['network']}-{row['k']}")
def test_fragmentation_by_exhaustive_search(row: dict[str, object]) -> None:
    net = network(str(row["network"]).removesuffix("_und")).undirected()
    k = row["k"]
    assert isinstance(k, int)
    assert fragmentation(net) == pytest.approx((row["DF_before"], row["F_before"]), abs=1e-6)
    for criterion, key, place in CRITERIA:
        found = search_keyplayers(net, k, criterion=criterion)
        assert found.exact
        assert fragmentation(net, found.members.tolist())[place] == pytest.approx(
            row[f"best_{key}"]
        )
        assert found.equal == row[f"n_{key}"]
        sets = row[f"best_{key}_sets"]
        assert isinstance(sets, list)
        if len(sets) == row[f"n_{key}"]:
            assert sorted(net.ids[found.members]) in sets


def ids(net: Network, members: np.ndarray) -> list[str]:
    return sorted(net.ids[members].tolist())


def test_the_worked_example() -> None:
    net = worked_network().undirected()
    assert fragmentation(net)[0] == pytest.approx(0.4578, abs=5e-5)
    one = search_keyplayers(net, 1)
    assert ids(net, one.members) == ["E1"]
    assert fragmentation(net, one.members.tolist()) == pytest.approx((0.6412, 0.4167), abs=5e-5)
    two = search_keyplayers(net, 2)
    assert ids(net, two.members) == ["C1", "E1"]
    assert fragmentation(net, two.members.tolist()) == pytest.approx((0.7708, 0.6429), abs=5e-5)
    by_pairs = search_keyplayers(net, 2, criterion="pairs")
    assert ids(net, by_pairs.members) in (["D1", "E2"], ["C1", "D1"])
    assert by_pairs.equal == 2
    assert fragmentation(net, by_pairs.members.tolist())[1] == pytest.approx(0.6786, abs=5e-5)
    for k, best, value in ((1, ["D1"], 0.7333), (2, ["C3", "E1"], 0.95)):
        found = search_keyplayers(net, k, "reach")
        assert ids(net, found.members) == best
        assert group_reach(net, found.members.tolist()) == pytest.approx(value, abs=5e-5)


def fragmented(graph: nx.Graph, removed: tuple[str, ...]) -> tuple[float, float]:
    rest = graph.copy()
    rest.remove_nodes_from(removed)
    possible = len(rest) * (len(rest) - 1)
    if not possible:
        return 1.0, 1.0
    lengths = [
        length
        for node, to in nx.all_pairs_dijkstra_path_length(rest, weight="distance")
        for other, length in to.items()
        if other != node
    ]
    return 1 - sum(1 / length for length in lengths) / possible, 1 - len(lengths) / possible


def reached(graph: nx.Graph, members: tuple[str, ...]) -> float:
    near = nx.multi_source_dijkstra_path_length(graph, set(members), weight="distance")
    return sum(1 / length if length else 1 for length in near.values()) / len(graph)


@settings(max_examples=60)
@given(graphs(most=8), st.integers(1, 3))
def test_no_set_is_better_than_the_one_found(graph: nx.Graph, k: int) -> None:
    if len(graph) < k:
        return
    net = from_networkx(graph)
    sets = list(combinations(net.ids.tolist(), k))
    apart = {members: fragmented(graph, members) for members in sets}
    for criterion, _, place in CRITERIA:
        found = search_keyplayers(net, k, criterion=criterion)
        best = max(values[place] for values in apart.values())
        own = fragmentation(net, found.members.tolist())
        assert own[place] == pytest.approx(best)
        assert own == pytest.approx(apart[tuple(sorted(net.ids[found.members]))])
        equal = sum(abs(values[place] - best) < 1e-9 for values in apart.values())
        assert found.equal == equal
    near = {members: reached(graph, members) for members in sets}
    found = search_keyplayers(net, k, "reach")
    assert group_reach(net, found.members.tolist()) == pytest.approx(max(near.values()))
    assert found.equal == sum(abs(value - max(near.values())) < 1e-9 for value in near.values())


@pytest.mark.parametrize("goal", ["fragment", "reach"])
def test_greedy_with_swaps_comes_close(
    goal: keyplayers.Goal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(8):
        net = from_networkx(nx.connected_watts_strogatz_graph(14, 4, 0.3, seed=seed))
        best = search_keyplayers(net, 3, goal)
        monkeypatch.setattr(assumptions, "EXACT_SETS", 0)
        greedy = search_keyplayers(net, 3, goal)
        monkeypatch.undo()
        assert not greedy.exact
        assert greedy.equal == 0
        if goal == "reach":
            ratio = group_reach(net, greedy.members.tolist()) / group_reach(
                net, best.members.tolist()
            )
        else:
            ratio = (
                fragmentation(net, greedy.members.tolist())[0]
                / fragmentation(net, best.members.tolist())[0]
            )
        assert 0.95 <= ratio <= 1 + 1e-9


def test_swaps_repair_a_poor_choice() -> None:
    net = network("marriage").undirected()
    search, _ = keyplayers._search(net, np.arange(net.n), 2, "fragment", "distance", 0)
    poor = [net.positions["Pucci"], net.positions["Acciaiuoli"]]
    assert ids(net, search.swap(poor)[0]) == ["Guadagni", "Medici"]


def stars() -> Network:
    graph = nx.disjoint_union_all([nx.star_graph(30) for _ in range(4)])
    graph.add_edges_from([(0, 31), (31, 62), (62, 93)])
    return from_networkx(graph)


@pytest.mark.parametrize("criterion", ["distance", "pairs"])
def test_a_large_network_is_searched_from_a_sample(
    criterion: Criterion, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = stars()
    best = search_keyplayers(net, 2, criterion=criterion)
    monkeypatch.setattr(assumptions, "SEARCH_STEPS", 60 * 17 * (net.n + net.m))
    found = search_keyplayers(net, 2, criterion=criterion, settings=RankingSettings(seed=5))
    assert found.sources is not None
    assert len(found.sources) == 60
    assert not found.exact
    assert set(ids(net, found.members)) < {"0", "31", "62", "93"}
    place = ["distance", "pairs"].index(criterion)
    most = fragmentation(net, best.members.tolist())[place]
    estimate = fragmentation(net, found.members.tolist(), found.sources)[place]
    assert estimate == pytest.approx(most, abs=0.05)
    assert found.bound is not None
    assert found.bound > most - 0.02
    again = search_keyplayers(net, 2, criterion=criterion, settings=RankingSettings(seed=5))
    assert found.members.tolist() == again.members.tolist()


def test_a_source_is_not_taken_for_its_own_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    # Taking out a source loses all its ways at once; the hub must win although it is none.
    net = from_networkx(nx.star_graph(200))
    hub = net.positions["0"]
    monkeypatch.setattr(assumptions, "SEARCH_STEPS", 40 * 12 * (net.n + net.m))
    for seed in range(5):
        found = search_keyplayers(net, 1, settings=RankingSettings(seed=seed))
        assert found.sources is not None
        assert found.members.tolist() == [hub]
        assert found.bound == pytest.approx(1)


def test_reach_in_a_large_network(monkeypatch: pytest.MonkeyPatch) -> None:
    net = stars()
    monkeypatch.setattr(assumptions, "SEARCH_STEPS", 60 * 6 * (net.n + net.m))
    found = search_keyplayers(net, 2, "reach")
    assert found.sources is not None
    assert set(ids(net, found.members)) < {"0", "31", "62", "93"}
    assert found.bound is not None
    # The best two, say 0 and 62, are next to 62 others and 2 from 60: (2 + 62 + 60/2)/124.
    assert group_reach(net, [net.positions["0"], net.positions["62"]]) == pytest.approx(94 / 124)
    assert 94 / 124 - 0.05 < found.bound <= 1


def test_a_sample_estimates_within_its_error() -> None:
    net = from_networkx(nx.connected_watts_strogatz_graph(300, 6, 0.1, seed=2))
    members = [3, 70, 100]
    truth, pairs = fragmentation(net, members)
    held = 0
    for seed in range(100):
        sources = np.sort(np.random.default_rng(seed).choice(300, 40, replace=False))
        estimate, exact = fragmentation(net, members, sources)
        assert exact == pytest.approx(pairs)
        held += abs(estimate - truth) <= sampling_error(net, members, sources)
    assert 88 <= held <= 99


def test_no_set_beats_the_bound_of_a_greedy_search(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(6):
        net = from_networkx(nx.connected_watts_strogatz_graph(14, 4, 0.3, seed=seed))
        for goal in ("fragment", "reach"):
            best = search_keyplayers(net, 3, goal)
            assert best.bound is None
            monkeypatch.setattr(assumptions, "EXACT_SETS", 0)
            greedy = search_keyplayers(net, 3, goal)
            monkeypatch.undo()
            most = (
                group_reach(net, best.members.tolist())
                if goal == "reach"
                else fragmentation(net, best.members.tolist())[0]
            )
            assert greedy.bound is not None
            assert greedy.bound >= most - 1e-12


@pytest.mark.parametrize("k", [2, 3])
def test_a_search_of_all_sets_ends_with_a_bound(k: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.analysis.keyplayers.fragment_search.CHUNK", 2)
    net = from_networkx(nx.connected_watts_strogatz_graph(20, 4, 0.2, seed=1))
    best = search_keyplayers(net, k)
    monkeypatch.setattr(assumptions, "SEARCH_STEPS", (2 + 10 * k) * net.n * (net.n + net.m))
    monkeypatch.setattr("relgraph.analysis.keyplayers.fragment_search.PASSES", 1e-9)
    found = search_keyplayers(net, k)
    assert not found.exact
    assert (found.equal, found.sources) == (0, None)
    most = fragmentation(net, best.members.tolist())[0]
    own = fragmentation(net, found.members.tolist())[0]
    assert found.bound is not None
    assert own <= most + 1e-12
    assert most <= found.bound + 1e-12


def test_the_firm_stays_but_is_never_chosen() -> None:
    graph = nx.star_graph(5)
    nx.set_node_attributes(graph, {0: "firm"}, "market")
    net = from_networkx(graph)
    assert 0 not in search_keyplayers(net, 5).members
    assert 0 not in search_keyplayers(net, 2, "reach").members
    assert search_keyplayers(net, 5).sets == 1


@pytest.mark.parametrize("k", [0, -1, 5])
@pytest.mark.parametrize("goal", ["fragment", "reach"])
def test_k_must_fit(k: int, goal: keyplayers.Goal) -> None:
    net = from_networkx(nx.path_graph(4))
    with pytest.raises(
        UsageError, match=r"k: (0|-1) is not from 1 to|5 is more than the 4 stakeholders"
    ):
        search_keyplayers(net, k, goal)


def test_taking_everyone_out_leaves_nothing_connected() -> None:
    net = from_networkx(nx.complete_graph(3))
    assert fragmentation(net) == (0, 0)
    assert fragmentation(net, [0, 1]) == (1, 1)
    assert fragmentation(net, [0, 1, 2]) == (1, 1)
    assert search_keyplayers(net, 3).sets == 1


def test_direction_counts_where_arcs_are_given() -> None:
    net = from_networkx(nx.DiGraph(["ab", "bc"]))
    assert fragmentation(net) == pytest.approx((1 - 2.5 / 6, 0.5))
    assert group_reach(net, [0]) == pytest.approx(2.5 / 3)
    assert group_reach(net, [2]) == pytest.approx(1 / 3)
    assert np.isnan(group_reach(from_networkx(nx.Graph()), []))
