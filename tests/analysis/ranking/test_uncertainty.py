"""Networks that might be the true one, and what they do to ranks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph import assumptions
from relgraph.analysis.brokerage.brokers import broker_rows
from relgraph.analysis.centrality.degree import degree
from relgraph.analysis.centrality.measures import rank_nodes
from relgraph.analysis.centrality.nearness import betweenness_centrality, harmonic_centrality
from relgraph.analysis.centrality.prestige import eigenvector_centrality, pagerank
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.ranking.uncertainty import confidence_notes, drawn_values, perturbed
from relgraph.network import Arcs, Network, from_networkx
from relgraph.result import Result
from relgraph.settings import RankingSettings
from tests.classic import network
from tests.random_networks import graphs
from tests.told import told

Measure = Callable[[Network], Any]


@given(graphs(), st.integers(0, 99))
def test_a_draw_is_a_network_of_the_same_kind(graph: nx.Graph, seed: int) -> None:
    net = from_networkx(graph)
    drawn = perturbed(net, np.random.default_rng(seed))
    assert drawn.ids.tolist() == net.ids.tolist()
    assert bool(np.all((drawn.strength > 0) & (drawn.strength <= 1)))
    assert bool(np.all(drawn.sources != drawn.indices))
    assert bool(np.all(drawn.both_ways <= drawn.strength))
    if not net.directed:
        symmetric = drawn.arcs.symmetric()
        assert symmetric.indices.tolist() == drawn.indices.tolist()
        np.testing.assert_allclose(symmetric.strength, drawn.strength)


def test_draws_keep_the_number_of_ties_on_average() -> None:
    net = from_networkx(nx.gnp_random_graph(60, 0.2, seed=1, directed=True))
    rng = np.random.default_rng(1)
    counts = [perturbed(net, rng).m for _ in range(100)]
    assert np.mean(counts) == pytest.approx(net.m, rel=0.05)
    assert np.std(counts) > 0


def test_both_ways_ties_stay_so() -> None:
    arcs = Arcs.merged(
        3,
        np.array([0, 1]),
        np.array([1, 2]),
        np.array([0.5, 0.5]),
        np.ones(2, np.int8),
        np.array([True, False]),
    )
    from dataclasses import replace

    base = from_networkx(nx.empty_graph(3, create_using=nx.DiGraph))
    net = replace(base, **arcs._asdict())
    drawn = [perturbed(net, np.random.default_rng(seed)) for seed in range(30)]
    kept = [one for one in drawn if one.m == 3]
    assert kept
    for one in kept:
        assert one.both_ways[:2] == pytest.approx(one.strength[:2])
        assert one.both_ways[2] == 0


def test_draws_have_a_seed() -> None:
    net = network("karate", weighted=True)
    one, other = (drawn_values(net, pagerank, RankingSettings(seed=4)) for _ in range(2))
    assert one.tolist() == other.tolist()
    assert one.shape == (200, 34)


def test_a_draw_without_an_answer_is_missing() -> None:
    pairs = from_networkx(nx.Graph([("a", "b"), ("c", "d"), ("d", "e")]))
    values = drawn_values(pairs, eigenvector_centrality)
    missing = np.isnan(values).all(axis=1)
    assert 0 < missing.sum() < len(values)


def test_a_star_is_sure_of_its_centre() -> None:
    net = from_networkx(nx.star_graph(30))
    result = rank_nodes(net, ["degree"], RankingSettings(confidence=True))
    first = next(result.rows())
    assert first["id"] == "0"
    assert (first["rank_low"], first["rank_high"], first["stays_ahead"]) == (1, 1, 1)
    assert "0 ranks ahead of 1 in 100 % of 200 draws" in told(result.notes)


def test_brokers_too_have_intervals() -> None:
    result = broker_rows(network("campnet"), settings=RankingSettings(confidence=True, seed=2))
    assert {"rank_low", "rank_high", "stays_ahead"} < set(result.columns)
    assert "order" not in result.columns
    ranks = result["rank"].astype(float)
    assert bool(np.all(result["rank_low"] <= ranks + 3))
    assert any("draws" in note for note in told(result.notes))


def test_nothing_to_be_sure_of_is_not_said() -> None:
    assert (
        confidence_notes(Result({"id": np.array(["a"]), "stays_ahead": np.array([np.nan])})) == []
    )


@pytest.mark.parametrize(
    "measure",
    [degree, pagerank, harmonic_centrality, betweenness_centrality],
    ids=lambda measure: measure.__name__,
)
@pytest.mark.parametrize("directed", [True, False])
def test_true_ranks_lie_inside_in_sparse_networks(
    measure: Measure, directed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assumptions, "CONFIDENCE_DRAWS", 100)
    held = []
    for seed in range(16):
        rng = np.random.default_rng(seed)
        graph = nx.gnm_random_graph(60, 94, seed=seed, directed=directed)
        strengths = {tie: float(rng.uniform(0.2, 1)) for tie in graph.edges}
        nx.set_edge_attributes(graph, strengths, "strength")
        real = from_networkx(graph)
        observed = perturbed(real, rng)
        drawn = drawn_values(observed, measure, RankingSettings(seed=seed))
        columns = {"id": observed.ids, "value": measure(observed).astype(np.float64)}
        rows = with_rank_intervals(columns, "value", drawn, mirrored=True)
        ranked_truth = ranked({"id": real.ids, "value": measure(real)}, "value")
        true = dict(zip(ranked_truth["id"], ranked_truth["rank"], strict=True))
        held += [
            low <= true[node_id] <= high
            for node_id, low, high in zip(
                rows["id"], rows["rank_low"], rows["rank_high"], strict=True
            )
        ]
        assert (rows["rank_low"] <= rows["rank"]).all()
        assert (rows["rank"] <= rows["rank_high"]).all()
    assert 0.91 <= np.mean(held) <= 0.99
