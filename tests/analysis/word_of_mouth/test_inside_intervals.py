"""Every figure of reach and advocates lies inside its own interval, on networks of every shape."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relgraph import assumptions
from relgraph.analysis.word_of_mouth import cascade, expected
from relgraph.analysis.word_of_mouth.advocate_rows import advocate_rows, evaluate_advocates
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, Model
from relgraph.analysis.word_of_mouth.greedy import Limits
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.reach import By, hop_rows, reach_rows
from relgraph.network import Network, from_networkx
from relgraph.result import Result
from relgraph.settings import RankingSettings
from tests.random_networks import graphs

RATES = st.sampled_from([0.0, 1e-6, 0.1, 0.5, 0.9, 1 - 1e-9, 1.0])
often = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["exact", "sampled", "large"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Compute figures exactly, or sample them for each, or for all at once."""
    if request.param != "exact":
        monkeypatch.setattr(assumptions, "EXACT_CASCADE", 1)
        monkeypatch.setattr(assumptions, "SAMPLED_SETS", 512)
        monkeypatch.setattr(expected, "_WORK", 0)
    if request.param == "large":
        monkeypatch.setattr(assumptions, "ALL_PAIRS", 1)
    return str(request.param)


def check_reach(rows: Result) -> None:
    assert (rows["expected_low"] <= rows["expected"]).all()
    assert (rows["expected"] <= rows["expected_high"]).all()
    assert (rows["expected_low"] >= 1).all()
    assert (rows["expected_high"] <= rows["reached"] + 1 + 1e-9).all()


@often
@given(graphs(), RATES, st.integers(0, 9))
def test_figures_of_reach(mode: str, graph: nx.Graph, rate: float, seed: int) -> None:
    network = from_networkx(graph)
    telling = Telling(rate, 640, seed)
    rows = reach_rows(network, telling, Circles())
    check_reach(rows)
    if network.n and mode != "large":
        check_reach(hop_rows(network, range(network.n), telling, Circles()))
    if rate == 1 and set(network.strength.tolist()) <= {1.0}:
        assert (rows["expected_low"] == rows["reached"] + 1).all()


@often
@given(graphs(), RATES, st.sampled_from(["ic", "wc", "lt"]), st.integers(1, 4))
def test_figures_of_advocates(
    mode: str, graph: nx.Graph, rate: float, model: Model, k: int
) -> None:
    network = from_networkx(graph)
    spreading = Diffusion(network, model, rate, np.ones(network.n))
    rows = advocate_rows(spreading, Limits(np.ones(network.n, dtype=bool), k), 0.5, 0.1)
    assert len(rows) == (min(k, network.n) if network.m else 0)
    check_spread(rows, network, least=np.arange(1, len(rows) + 1))
    if len(rows):
        assert 0 <= rows["guarantee"][0] <= 1


@often
@given(graphs(), RATES, st.sampled_from([0.0, 0.3, 1.0]))
def test_figures_of_given_advocates(mode: str, graph: nx.Graph, rate: float, q: float) -> None:
    network = from_networkx(graph)
    quality = np.where(np.arange(network.n) % 2 == 0, q, 1.0)
    spreading = Diffusion(network, "ic", rate, quality)
    rows = evaluate_advocates(spreading, np.arange(min(3, network.n)), 640)
    check_spread(rows, network, least=np.zeros(len(rows)))


def check_spread(rows: Result, network: Network, least: np.ndarray) -> None:
    assert (rows["spread_low"] <= rows["spread"]).all()
    assert (rows["spread"] <= rows["spread_high"]).all()
    assert (rows["spread_low"] >= least).all()
    assert (rows["spread_high"] <= network.n).all()


@settings(max_examples=15, deadline=None)
@given(graphs(most=7), st.sampled_from(["reached", "expected", "people"]))
def test_ranks_lie_inside_their_intervals(graph: nx.Graph, by: By) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assumptions, "CONFIDENCE_DRAWS", 20)
        rows = reach_rows(
            from_networkx(graph), Telling(0.5), Circles(), by, RankingSettings(confidence=True)
        )
    assert (rows["rank_low"] <= rows["rank"]).all()
    assert (rows["rank"] <= rows["rank_high"]).all()


def test_words_are_whole_batches() -> None:
    assert Telling(0.5, 641).draws == 704
    assert cascade.Telling(0.5, 640).words == 10
