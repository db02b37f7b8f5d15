"""Sampled measures over shortest paths: the error that they state, and how often intervals hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest

from relgraph import assumptions
from relgraph.analysis.centrality.accuracy import Accuracy
from relgraph.analysis.centrality.measures import MEASURES, measured, rank_nodes
from relgraph.analysis.centrality.pivots import sampled_closeness, sampled_harmonic
from relgraph.analysis.centrality.sampled_betweenness import sampled_betweenness
from relgraph.errors import UsageError
from relgraph.kernels.path_sampling import count_on_paths
from relgraph.network import Floats, Network, from_networkx

LENGTHS = {"equal": (1.0,), "few": (0.5, 1.0), "many": tuple(np.linspace(0.1, 1, 40))}


def made(n: int, strengths: tuple[float, ...], *, directed: bool = True) -> nx.Graph:
    """Return a graph of uneven degrees, with a part that nothing leads to."""
    rng = np.random.default_rng(n)
    graph: nx.Graph = nx.barabasi_albert_graph(n - 3, 2, seed=1)
    if directed:
        graph = graph.to_directed()
        graph.remove_edges_from([edge for edge in list(graph.edges) if rng.random() < 0.3])
    graph.add_edges_from([(n - 3, n - 2), (n - 2, n - 1)])
    for _, _, data in graph.edges(data=True):
        data["strength"] = float(rng.choice(strengths))
        data["distance"] = 1 / data["strength"]
    return graph


def arcs_of(network: Network) -> tuple[Any, Any]:
    length = network.distance
    if length.min() == length.max():
        length = length[:0]
    turned = length[network.reverse_order] if len(length) else length
    out = (network.indptr, network.indices, length)
    return out, (network.reverse_indptr, network.reverse_indices, turned)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("strengths", LENGTHS)
def test_a_path_runs_through_a_node_as_often_as_networkx_says(
    strengths: str, directed: bool
) -> None:
    graph = made(60, LENGTHS[strengths], directed=directed)
    network = from_networkx(graph)
    shares = nx.betweenness_centrality(graph, weight="distance")
    n, drawn = network.n, 40_000
    true = np.array([shares[node] for node in graph]) * (n - 2) / n
    hits = count_on_paths(*arcs_of(network), range(drawn), 7, assumptions.SAME_LENGTH)
    error = np.sqrt(true * (1 - true) / drawn)
    assert (abs(hits / drawn - true) <= 4.5 * error).all()
    assert (hits[true == 0] == 0).all()
    parts = [
        count_on_paths(*arcs_of(network), part, 7, assumptions.SAME_LENGTH)
        for part in (range(13_000), range(13_000, drawn))
    ]
    assert (np.sum(parts, axis=0) == hits).all()


@pytest.mark.parametrize("strengths", ["equal", "many"])
def test_the_stated_error_holds(strengths: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "SAMPLED_PATHS", 1)
    network = from_networkx(made(200, LENGTHS[strengths]))
    exact, error, runs = MEASURES["betweenness"](network), 0.03, 40
    off, held = [], []
    for seed in range(runs):
        estimate = sampled_betweenness(network, Accuracy(error, seed=seed))
        off.append(abs(estimate.values - exact).max())
        often = exact > 0.005
        held.append(((estimate.low <= exact) & (exact <= estimate.high))[often].mean())
        assert estimate.note.values["error"] == pytest.approx(error)
    assert np.mean(np.array(off) <= error) >= assumptions.CONFIDENCE
    assert 0.25 * error < np.median(off)  # it doesn't draw far more than it has to
    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize("strengths", ["equal", "many"])
@pytest.mark.parametrize(
    ("sampled", "measure"), [(sampled_harmonic, "harmonic"), (sampled_closeness, "closeness")]
)
def test_intervals_from_pivots_hold_the_exact_figure(
    sampled: Callable[[Network, Accuracy], Any], measure: str, strengths: str
) -> None:
    network = from_networkx(made(500, LENGTHS[strengths]))
    exact: Floats = MEASURES[measure](network)
    held = []
    for seed in range(60):
        estimate = sampled(network, Accuracy(seed=seed))
        drawn = estimate.low < estimate.high
        assert estimate.values[~drawn] == pytest.approx(exact[~drawn])
        held.append(((estimate.low <= exact) & (exact <= estimate.high))[drawn].mean())
    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize(("measure", "error"), [("harmonic", 0.02), ("closeness", 0.01)])
def test_pivots_are_added_until_none_is_off_by_more(measure: str, error: float) -> None:
    network = from_networkx(made(400, LENGTHS["many"]))
    exact = MEASURES[measure](network)
    estimate = MEASURES[measure].estimate(network, Accuracy(error))
    assert estimate is not None
    assert assumptions.PIVOTS < estimate.note.values["pivots"] < network.n
    assert max((estimate.high - estimate.values).max(), estimate.note.values["error"]) <= error
    everyone = MEASURES[measure].estimate(network, Accuracy(1e-9))
    assert everyone is not None
    assert everyone.values == pytest.approx(exact, abs=1e-12)
    assert (everyone.low == everyone.high).all()


def test_small_networks_are_exact_and_large_ones_on_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = from_networkx(made(120, LENGTHS["many"]))
    names = ["betweenness", "closeness", "harmonic"]
    exact = {name: MEASURES[name](network) for name in names}
    small = measured(network, names)
    assert not small.intervals
    assert all((small.values[name] == exact[name]).all() for name in names)
    monkeypatch.setattr(assumptions, "EXACT_PATHS", 0)
    monkeypatch.setattr(assumptions, "SAMPLED_PATHS", 100)
    large = rank_nodes(network, ["betweenness", "all"])
    keys = [note.key for note in large.notes]
    assert {"betweenness.sampled", "pivots.sampled", "measure.exact"} < set(keys)
    assert keys.count("measure.too_long") == 1
    assert np.isnan(large["eccentricity"]).all()
    assert (large["betweenness_low"] <= large["betweenness"]).all()
    assert (large["betweenness"] <= large["betweenness_high"]).all()
    again = measured(network, names, accuracy=Accuracy(exact=True))
    assert all((again.values[name] == exact[name]).all() for name in names)
    assert measured(network, ["eccentricity"]).values["eccentricity"].max() > 2


def test_the_same_seed_gives_the_same_figures() -> None:
    network = from_networkx(made(100, LENGTHS["few"]))
    one, same, other = (
        sampled_betweenness(network, Accuracy(0.05, seed=seed)).values for seed in (1, 1, 2)
    )
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(
    ("graph", "measure"),
    [
        (nx.empty_graph(3), "betweenness"),
        (nx.path_graph(2), "harmonic"),
        (nx.DiGraph([("a", "b"), ("c", "b")]), "betweenness"),
        (nx.DiGraph([("a", "a"), ("a", "b"), ("c", "d")]), "closeness"),
    ],
)
def test_odd_networks(graph: nx.Graph, measure: str) -> None:
    network = from_networkx(graph)
    found = measured(network, [measure], accuracy=Accuracy(0.1)).values[measure]
    assert found == pytest.approx(MEASURES[measure](network), abs=0.1)


def test_wrong_accuracy() -> None:
    for error in (0, -1, 2, float("nan")):
        with pytest.raises(UsageError):
            Accuracy(error)
    with pytest.raises(UsageError):
        Accuracy(0.1, exact=True)
