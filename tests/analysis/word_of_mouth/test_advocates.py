"""Advocates: the certificate against exhaustive search, limits, and exact small spreads."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.word_of_mouth import advocates
from relgraph.analysis.word_of_mouth.advocate_rows import advocate_rows, evaluate_advocates
from relgraph.analysis.word_of_mouth.advocates import choose_advocates
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, Model, spread
from relgraph.analysis.word_of_mouth.greedy import Limits
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.reach import reach_rows
from relgraph.errors import UsageError
from relgraph.network import Network, from_networkx
from relgraph.settings import RankingSettings
from tests.told import told

DATA = Path(__file__).parents[2] / "data" / "cascades"


def diffusion(
    network: Network, model: Model = "ic", rate: float = 1.0, q: float = 1.0
) -> Diffusion:
    return Diffusion(network, model, rate, np.full(network.n, q))


def anyone(network: Network, k: int | None) -> Limits:
    return Limits(np.ones(network.n, dtype=bool), k)


def random_network(seed: int, n: int = 9) -> Network:
    rng = np.random.default_rng(seed)
    graph = nx.gnm_random_graph(n, 2 * n, seed=seed, directed=True)
    strengths = {edge: float(rng.uniform(0.05, 0.9)) for edge in graph.edges}
    nx.set_edge_attributes(graph, strengths, "strength")
    return from_networkx(graph)


def classic(name: str) -> Network:
    if name == "kite":
        graph = nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate("ABCDEFGHIJ")))
    elif name == "florentine_marriage":
        graph = nx.florentine_families_graph()
    else:
        with (DATA / "business.edges.csv").open() as file:
            graph = nx.Graph(list(csv.reader(file))[1:])
    return from_networkx(graph)


def test_the_certified_ratio_is_never_above_the_true_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advocates, "exact_gains", lambda *_: None)
    delta, wrong, least = 0.05, 0, 1.0
    for seed in range(200):
        network = random_network(seed)
        k = 1 + seed % 3
        model: Model = "wc" if seed % 2 else "ic"
        spreading = diffusion(network, model, 0.8)
        choice = choose_advocates(spreading, anyone(network, k), 0.2, delta, seed)
        best = max(
            spread(spreading, np.array(group), 1000, 0).expected
            for group in combinations(range(network.n), k)
        )
        true = spread(spreading, choice.seeds, 1000, 0).expected / best
        wrong += choice.ratio > true + 1e-12
        least = min(least, choice.ratio)
        assert len(set(choice.seeds.tolist())) == k
    assert wrong <= delta * 200
    assert least >= 1 - 1 / np.e - 0.2


@pytest.mark.parametrize("k", [1, 2])
@pytest.mark.parametrize("p", [0.1, 0.3])
@pytest.mark.parametrize("name", ["kite", "florentine_marriage", "florentine_business"])
def test_the_best_of_small_networks_are_found_and_their_spreads_exact(
    name: str, p: float, k: int
) -> None:
    network = classic(name)
    with (DATA / "exact_spread.csv").open() as file:
        known = {
            frozenset(filter(None, (row["seed1"], row["seed2"]))): float(
                row["exact_expected_spread"]
            )
            for row in csv.DictReader(file)
            if (row["network"], row["p"]) == (name, str(p))
        }
    rows = advocate_rows(diffusion(network, rate=p), anyone(network, k))
    chosen = known[frozenset(rows["id"].tolist())]
    assert chosen == pytest.approx(max(v for s, v in known.items() if len(s) == k), abs=1e-9)
    assert rows["spread"][-1] == pytest.approx(chosen, abs=1e-9)
    assert rows["gain"].sum() == pytest.approx(chosen, abs=1e-9)
    assert rows["guarantee"].tolist() == [1.0] * k
    assert f"exact: no other choice of {k} reaches more" in told(rows.notes)
    assert rows["spread_low"].tolist() == rows["spread_high"].tolist()
    for seeds, value in list(known.items())[::20]:
        given = np.array([network.positions[node_id] for node_id in sorted(seeds)])
        found = evaluate_advocates(diffusion(network, rate=p), given)
        assert found["spread"][-1] == pytest.approx(value, abs=1e-9)
        assert np.isnan(found["guarantee"]).all()


def test_one_advocate_is_who_ranks_first_by_expected_reach() -> None:
    network = classic("florentine_business")
    (first,) = advocate_rows(diffusion(network, rate=0.3), anyone(network, 1)).rows()
    ranked = next(iter(reach_rows(network, Telling(0.3), Circles(), "expected").rows()))
    assert (first["id"], ranked["id"]) == ("Barbadori", "Barbadori")
    assert first["spread"] == pytest.approx(ranked["expected"]) == pytest.approx(3.3017, abs=1e-4)
    # Alone each may be exact where all together are too many.
    many = nx.disjoint_union_all([nx.path_graph(length) for length in (4, 5, 9, 7)])
    apart = from_networkx(many)
    (first,) = advocate_rows(diffusion(apart, rate=0.5), anyone(apart, 1)).rows()
    # From the middle of nine: 1 + 2·(1/2 + 1/4 + 1/8 + 1/16)
    assert (first["id"], first["spread"], first["guarantee"]) == ("13", 2.875, 1.0)


def test_with_certain_ties_gains_are_exact() -> None:
    graph = nx.DiGraph([("a", f"x{i}") for i in range(30)])
    graph.add_edges_from([("b", f"x{i}") for i in range(29)])
    graph.add_edges_from([("c", f"y{i}") for i in range(20)])
    network = from_networkx(graph)
    rows = advocate_rows(diffusion(network), anyone(network, 3))
    assert rows["id"].tolist() == ["a", "c", "b"]
    assert rows["spread"].tolist() == rows["spread_low"].tolist() == [31, 52, 53]
    assert rows["guarantee"][0] == 1.0


@pytest.mark.parametrize("seed", range(10))
def test_an_exact_guarantee_is_never_above_the_true_ratio(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, k = random_network(seed), 3
    spreading = diffusion(network)
    best = advocate_rows(spreading, anyone(network, k))
    monkeypatch.setattr(advocates, "_WORK", 0)
    greedy = advocate_rows(spreading, anyone(network, k))
    true = greedy["spread"][-1] / best["spread"][-1]
    assert greedy["guarantee"][0] <= true + 1e-12
    assert greedy["guarantee"][0] > 1 - 1 / np.e


@pytest.mark.parametrize(("model", "q"), [("ic", 1.0), ("wc", 1.0), ("lt", 1.0), ("ic", 0.8)])
def test_sampled_spread_agrees_with_simulation(model: Model, q: float) -> None:
    network = from_networkx(nx.gnm_random_graph(80, 300, seed=3, directed=True))
    spreading = diffusion(network, model, 0.2, q)
    rows = advocate_rows(spreading, anyone(network, 4), settings=RankingSettings(seed=11))
    for count in (1, 4):
        seeds = np.array([network.positions[node_id] for node_id in rows["id"][:count]])
        simulated = spread(spreading, seeds, 40_000, 5)
        error = (rows["spread_high"][count - 1] - rows["spread_low"][count - 1]) / (2 * 1.96)
        simulated_error = (simulated.high - simulated.low) / (2 * 1.96)
        assert simulated_error > 0
        off = abs(simulated.expected - rows["spread"][count - 1])
        assert off <= 4 * np.hypot(error, simulated_error)
    assert any("% of the best possible at confidence 0.999" in note for note in told(rows.notes))


def test_the_same_seed_gives_the_same_advocates() -> None:
    network = random_network(1, 40)
    settings = RankingSettings(seed=4)
    first, second = (
        advocate_rows(diffusion(network), anyone(network, 5), settings=settings) for _ in "ab"
    )
    for name in first.columns:
        assert first[name].tolist() == second[name].tolist()


def test_only_candidates_are_chosen_and_judged_against() -> None:
    hub = from_networkx(nx.star_graph(20))
    limits = Limits(hub.ids != "0", 1)
    rows = advocate_rows(diffusion(hub, rate=0.5), limits)
    assert rows["id"][0] != "0"
    assert rows["guarantee"][0] > 0.8


def test_a_quota_and_a_budget_bind_and_give_no_guarantee() -> None:
    network = from_networkx(nx.gnm_random_graph(40, 120, seed=5, directed=True))
    market = np.array(["customer", "supplier"] * 20, object)
    quota = Limits(np.ones(40, bool), 5, market=market, quota={"customer": 1})
    rows = advocate_rows(diffusion(network, rate=0.3), quota)
    markets = [market[network.positions[node_id]] for node_id in rows["id"]]
    assert (len(markets), markets.count("customer")) == (5, 1)
    assert np.isnan(rows["guarantee"]).all()
    assert "no guarantee: there is none with budgets and quotas" in told(rows.notes)
    cost = np.where(np.arange(40) % 3 == 0, 1.0, 2.5)
    budget = Limits(np.ones(40, bool), None, cost=cost, budget=6.0)
    rows = advocate_rows(diffusion(network, rate=0.3), budget)
    spent = sum(cost[network.positions[node_id]] for node_id in rows["id"])
    assert 5.0 < spent <= 6.0


def test_one_dear_stakeholder_can_be_worth_the_budget() -> None:
    star = nx.DiGraph([("hub", f"leaf{i}") for i in range(30)])
    star.add_node("cheap")
    network = from_networkx(star)
    cost = np.full(network.n, 50.0)
    cost[network.positions["hub"]] = 10.0
    cost[network.positions["cheap"]] = 0.1
    limits = Limits(np.ones(network.n, bool), None, cost=cost, budget=10.0)
    assert advocate_rows(diffusion(network), limits)["id"].tolist() == ["hub"]


def test_a_quality_for_each_is_simulated_without_a_guarantee() -> None:
    network = from_networkx(nx.gnm_random_graph(30, 90, seed=2, directed=True))
    quality = np.where(np.arange(30) % 2 == 0, 0.95, 0.1)
    rows = advocate_rows(Diffusion(network, "ic", 0.5, quality), anyone(network, 2))
    assert all(int(node_id) % 2 == 0 for node_id in rows["id"])
    assert np.isnan(rows["guarantee"]).all()
    assert "no guarantee: there is none with a quality for each stakeholder" in told(rows.notes)
    assert (rows["spread_low"] < rows["spread"]).all()


def test_more_advocates_can_be_less_when_some_speak_badly() -> None:
    network = from_networkx(nx.DiGraph([("good", "a"), ("bad", "a"), ("a", "b"), ("b", "c")]))
    quality = np.ones(network.n)
    quality[network.positions["bad"]] = 0.0
    spreading = Diffusion(network, "ic", 1.0, quality)
    seeds = np.array([network.positions["good"], network.positions["bad"]])
    rows = evaluate_advocates(spreading, seeds)
    assert rows["spread"][0] == 4.0
    assert rows["gain"][1] == pytest.approx(-1.5, abs=0.1)


def test_nobody_tells_everybody_tells_or_nobody_is_there() -> None:
    network = random_network(3, 20)
    silent = advocate_rows(diffusion(network, rate=0.0), anyone(network, 3))
    assert silent["spread"].tolist() == pytest.approx([1, 2, 3], rel=0.1)
    empty = from_networkx(nx.DiGraph())
    rows = advocate_rows(diffusion(empty), anyone(empty, 3))
    assert (len(rows), told(rows.notes)) == (0, ("nobody can be chosen",))
    lone = from_networkx(nx.empty_graph(1))
    rows = advocate_rows(diffusion(lone), anyone(lone, 1))
    assert (len(rows), told(rows.notes)) == (
        0,
        ("nobody is chosen: everyone reaches only themselves",),
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"model": "sir"}, "model: 'sir' is not one of ic, wc, lt"),
        ({"rate": 1.2}, "tell_rate: 1.2 is not from 0 to 1"),
        ({"q": -0.5}, "quality: the values are not all from 0 to 1"),
        ({"model": "lt", "q": 0.5}, "quality: a quality below 1 needs model ic or wc"),
    ],
)
def test_a_model_that_makes_no_sense_is_refused(options: dict[str, float], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        diffusion(random_network(1), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, float("nan")])
@pytest.mark.parametrize("option", ["epsilon", "delta"])
def test_epsilon_and_delta_lie_between_0_and_1(option: str, value: float) -> None:
    network = random_network(1)
    with pytest.raises(UsageError, match=f"^{option}: .* is not between 0 and 1"):
        choose_advocates(diffusion(network), anyone(network, 1), **{option: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(("option", "value"), [("epsilon", 1e-300), ("delta", 1e-13)])
def test_more_than_can_be_sampled_is_refused(option: str, value: float) -> None:
    network = random_network(1)
    with pytest.raises(UsageError, match=f"^{option}: {value} is not from .* to 1"):
        choose_advocates(diffusion(network), anyone(network, 1), **{option: value})  # type: ignore[arg-type]
