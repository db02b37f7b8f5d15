"""Reach against brute force, the exact cascades of the classics, and the worked example."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.word_of_mouth.cascade import Telling, hearing
from relgraph.analysis.word_of_mouth.people import (
    Circles,
    circle_sizes,
    people_hearing,
    unseen_people,
)
from relgraph.analysis.word_of_mouth.reach import hop_rows, reach_rows
from relgraph.errors import UsageError
from relgraph.network import Network, from_networkx
from tests.told import told

DATA = Path(__file__).parents[2] / "data" / "cascades"
SURE = Telling()
GIRARD = 5000 / 26000


def classic(name: str) -> nx.Graph:
    if name == "kite":
        return nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate("ABCDEFGHIJ")))
    if name == "florentine_marriage":
        return nx.florentine_families_graph()
    with (DATA / "business.edges.csv").open() as file:
        return nx.Graph(list(csv.reader(file))[1:])


def exact_spreads() -> dict[tuple[str, float], dict[str, float]]:
    spreads: dict[tuple[str, float], dict[str, float]] = defaultdict(dict)
    with (DATA / "exact_spread.csv").open() as file:
        for row in csv.DictReader(file):
            if row["k"] == "1":
                value = float(row["exact_expected_spread"])
                spreads[row["network"], float(row["p"])][row["seed1"]] = value
    return spreads


def random_network(seed: int, n: int = 9, m: int = 12) -> Network:
    rng = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(n, m, seed=seed, directed=True)
    nx.set_edge_attributes(
        graph, {e: float(rng.choice([0.2, 0.5, 0.9, 1.0])) for e in graph.edges}, "strength"
    )
    for node in graph:
        graph.nodes[node]["circle"] = (None, 3.0, 80.0, 400.0)[rng.integers(4)]
        graph.nodes[node]["kind"] = (None, "person", "organisation")[rng.integers(3)]
        graph.nodes[node]["market"] = "customer"
    graph.nodes[0]["market"] = "firm"
    return from_networkx(graph)


def brute_force(network: Network, source: int, rate: float) -> tuple[list[int], np.ndarray]:
    """Return hops and each node's chance to hear, over every combination of live arcs."""
    arcs = list(zip(network.sources.tolist(), network.indices.tolist(), strict=True))
    hops = [-1] * network.n
    hops[source] = 0
    front = {source}
    while front:
        step = {v for u, v in arcs if u in front and hops[v] < 0}
        for node in step:
            hops[node] = 1 + max(hops[u] for u in front)
        front = step
    p = network.strength * rate
    chances = np.zeros(network.n)
    unsure = [index for index in range(len(arcs)) if 0 < p[index] < 1]
    for states in product([True, False], repeat=len(unsure)):
        weight = 1.0
        live = {arc for arc, chance in zip(arcs, p, strict=True) if chance == 1}
        for index, on in zip(unsure, states, strict=True):
            weight *= p[index] if on else 1 - p[index]
            if on:
                live.add(arcs[index])
        found = {source}
        while more := {v for u, v in live if u in found} - found:
            found |= more
        chances[list(found)] += weight
    return hops, chances


@pytest.mark.parametrize(("case", "spreads"), exact_spreads().items())
def test_expected_reach_is_exact_on_the_classics(
    case: tuple[str, float], spreads: dict[str, float]
) -> None:
    name, p = case
    rows = reach_rows(from_networkx(classic(name)), Telling(rate=p), Circles())
    found = dict(zip(rows["id"], rows["expected"], strict=True))
    assert found == pytest.approx(spreads, abs=1e-9)
    assert np.array_equal(rows["expected_low"], rows["expected_high"])
    assert not any("sampled" in note for note in told(rows.notes))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("population", [None, 120.0, 50_000.0])
def test_every_row_of_a_trace_follows_the_formulas(seed: int, population: float | None) -> None:
    network = random_network(seed)
    source = seed % 9
    rows = hop_rows(network, [source], Telling(rate=0.8), Circles(GIRARD, 0.5, population))
    hops, chances = brute_force(network, source, 0.8)
    graph = network.to_networkx().to_undirected()
    telling = []
    for node, hop in enumerate(hops):
        data = network.to_networkx().nodes[str(node)]
        organisation = data["kind"] == "organisation" or (node == 0 and data["kind"] != "person")
        circle = data["circle"]
        if circle is None or np.isnan(circle):
            circle = 1 if organisation else 250
        unseen = max(0, circle - graph.degree(str(node)))
        telling.append(chances[node] * unseen * GIRARD * 0.5**hop if hop >= 0 else 0.0)
    assert rows["hop"].tolist() == list(range(1, max(hops) + 1))
    for row in rows.rows():
        within = [node for node, hop in enumerate(hops) if 0 <= hop <= row["hop"]]
        m = [telling[node] for node in within]
        gross = sum(chances[node] for node in within if node != source) + sum(m)
        assert row["id"] == str(source)
        assert row["reached"] == len(within) - 1
        assert row["expected"] == pytest.approx(sum(chances[node] for node in within), abs=1e-9)
        if population is None:
            low, people, high = max(m), gross, gross
        else:
            m = [min(each, population) for each in m]
            low, high = max(m), min(population, gross)
            people = population * (1 - np.prod([1 - each / population for each in m]))
        assert row["people_at_least"] == pytest.approx(low, abs=1e-9)
        assert row["people"] == pytest.approx(people, abs=1e-9)
        assert row["people_at_most"] == pytest.approx(high, abs=1e-9)
        assert low - 1e-9 <= people <= high + 1e-9


def test_the_ranking_holds_the_last_hop_of_every_trace_but_the_firm() -> None:
    network = random_network(3)
    telling, circles = Telling(rate=0.7), Circles(population=9_000)
    ranking = {row.pop("id"): row for row in reach_rows(network, telling, circles).rows()}
    assert sorted(ranking) == [str(node) for node in range(1, 9)]
    for node in range(1, 9):
        trace = list(hop_rows(network, [node], telling, circles).rows())
        row = ranking[str(node)]
        row.pop("rank")
        if trace:
            last = trace[-1]
            last.pop("id")
            assert row == pytest.approx(last, abs=1e-9)
        else:
            assert (row["hop"], row["reached"], row["expected"]) == (0, 0, 1.0)


def test_rows_are_ranked_by_what_is_asked() -> None:
    network = random_network(5)
    for by in ("reached", "expected", "people"):
        rows = reach_rows(network, SURE, Circles(), by)
        values = rows[by].tolist()
        assert values == sorted(values, reverse=True)
        assert rows["rank"].tolist() == [1 + sum(v > value for v in values) for value in values]


def test_sampled_reach_carries_an_interval_that_holds_the_exact_figure() -> None:
    graph = classic("florentine_marriage")
    exact = exact_spreads()["florentine_marriage", 0.3]
    nx.set_edge_attributes(graph, 1.0, "strength")
    # Three more families, hardly ever told, take every spread beyond what is computed exactly.
    graph.add_edges_from([("Ginori", "X"), ("X", "Y"), ("Y", "Z")], strength=1e-12)
    network = from_networkx(graph)
    held = 0
    for seed in range(40):
        rows = reach_rows(network, Telling(0.3, 3_000, seed), Circles())
        assert (rows["expected_low"] <= rows["expected"]).all()
        assert (rows["expected"] <= rows["expected_high"]).all()
        for row in rows.rows():
            if row["id"] in exact:
                held += row["expected_low"] <= exact[row["id"]] <= row["expected_high"]
    assert any("sampled from 3,008 cascades (seed 39)" in note for note in told(rows.notes))
    assert 0.90 <= held / (40 * 15) <= 0.985


def test_the_same_seed_gives_the_same_answer() -> None:
    network = from_networkx(nx.gnm_random_graph(60, 200, seed=1, directed=True))
    telling = Telling(rate=0.3, seed=7)
    first, second = (reach_rows(network, telling, Circles()) for _ in range(2))
    for name in first.columns:
        assert list(map(str, first[name])) == list(map(str, second[name]))
    other = reach_rows(network, Telling(rate=0.3, seed=8), Circles())
    assert other["expected"].tolist() != first["expected"].tolist()


def test_chunks_of_cascades_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    network = from_networkx(nx.gnm_random_graph(40, 160, seed=2, directed=True))
    whole = hearing(network, np.arange(40), Telling(rate=0.3))
    monkeypatch.setattr("relgraph.analysis.word_of_mouth.cascade._LIVE_BYTES", 160 * 8 * 50)
    parts = hearing(network, np.arange(40), Telling(rate=0.3))
    assert np.array_equal(whole.probability, parts.probability)
    assert np.array_equal(whole.error, parts.error)


def test_everybody_or_nobody_tells() -> None:
    network = from_networkx(nx.gnm_random_graph(60, 200, seed=1, directed=True))
    certain = reach_rows(network, Telling(rate=1), Circles())
    assert (certain["expected"] == certain["reached"] + 1).all()
    silent = reach_rows(network, Telling(rate=0), Circles())
    assert (silent["expected"] == 1).all()
    assert (silent["reached"] == np.sort(certain["reached"])[::-1]).all()
    for rows in (certain, silent):
        assert np.array_equal(rows["expected_low"], rows["expected_high"])


def test_who_has_nobody_to_tell_has_no_hops_but_a_place_in_the_ranking() -> None:
    graph = nx.DiGraph([("a", "b")])
    network = from_networkx(graph)
    rows = hop_rows(network, [1], SURE, Circles())
    assert len(rows) == 0
    assert "b has nobody to tell along these ties" in told(rows.notes)
    ranking = reach_rows(network, SURE, Circles())
    assert ranking["people"].tolist() == pytest.approx([249 * GIRARD * 1.5 + 1, 249 * GIRARD])


@pytest.mark.parametrize("firm", [False, True])
def test_no_candidates_is_no_rows(firm: bool) -> None:
    graph = nx.DiGraph()
    if firm:
        graph.add_node("f", market="firm")
    assert len(reach_rows(from_networkx(graph), SURE, Circles())) == 0


def test_circles_by_kind() -> None:
    graph = nx.DiGraph()
    graph.add_node("firm", market="firm", kind=None, circle=None)
    graph.add_node("person", kind="person", circle=None)
    graph.add_node("shop", kind="organisation", circle=None)
    graph.add_node("anyone", kind=None, circle=None)
    graph.add_node("club", kind="organisation", circle=40.0)
    network = from_networkx(graph)
    sizes, notes = circle_sizes(network)
    assert sizes.tolist() == [1, 250, 1, 250, 40]
    assert told(notes) == (
        "4 of 5 stakeholders have no circle: a person counts as knowing 250 people, "
        "an organisation 1",
        "1 of them has no kind and counts as a person",
    )


def test_neighbours_in_the_network_are_not_unseen() -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("c", "a")])
    network = from_networkx(graph)
    assert unseen_people(network, np.array([1.0, 10.0, 0.0])).tolist() == [0, 9, 0]


def test_a_market_smaller_than_a_circle_bounds_everything() -> None:
    hops = np.array([[0, 1]], np.int32)
    network = from_networkx(nx.DiGraph([("a", "b")]))
    unseen = np.array([250.0, 250.0])
    people = people_hearing(network, np.ones((1, 2)), hops, unseen, Circles(1, 1, 100))
    assert [float(value[0]) for value in people[:3]] == [100, 100, 100]
    assert np.isnan(people.distinct[0])


@pytest.mark.parametrize("rate", [-0.1, 1.5, float("nan")])
def test_a_tell_rate_outside_0_to_1_is_refused(rate: float) -> None:
    with pytest.raises(
        UsageError, match=r"tell_rate: (.* is not from 0 to 1|that is not a number)"
    ):
        Telling(rate=rate)


def test_other_parameters_outside_their_range_are_refused() -> None:
    with pytest.raises(UsageError, match="cascades: 5 is not from 640 to 1,000,000"):
        Telling(cascades=5)
    with pytest.raises(UsageError, match="hop_decay: 2 is not from 0 to 1"):
        Circles(hop_decay=2)
    with pytest.raises(UsageError, match="population: 0 is not above 0"):
        Circles(population=0)
