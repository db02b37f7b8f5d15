"""Expected reach of all at once: exact where it can be, and intervals that hold elsewhere."""

from __future__ import annotations

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest

from relgraph import assumptions
from relgraph.analysis.word_of_mouth import expected
from relgraph.analysis.word_of_mouth.cascade import Telling, hearing
from relgraph.analysis.word_of_mouth.counts import ReachCounts, reach_counts
from relgraph.analysis.word_of_mouth.expected import ExpectedReach, expected_reach
from relgraph.network import Network, from_networkx
from tests.analysis.word_of_mouth.simulated import CASES, TRUTH, giant, simulated

Floats = npt.NDArray[np.float64]
CLASSES = ((15, 255), (255, 10**9))  # of reach, from above one bound up to the next


def ring_with_fringes(strength: float, core: int = 400, copies: int = 60) -> tuple[Network, Floats]:
    """Return a network with a giant component, and the expected reach of each worked out by hand.

    All of a ring of certain ties hear whatever one of them hears. Chains of two lead into it,
    single ties out of it. Apart from it stand hubs that tell twenty, each of whom tells one more,
    and fans whose twenty all tell the same one.
    """
    s, graph = strength, nx.DiGraph()
    known: dict[str, float] = {}
    ring = core + copies * s
    for i in range(core):
        graph.add_edge(f"core{i}", f"core{(i + 1) % core}", strength=1.0)
        known[f"core{i}"] = ring
    for i in range(copies):
        arcs = [(f"far{i}", f"near{i}"), (f"near{i}", f"core{i}"), (f"core{i}", f"leaf{i}")]
        known |= {f"near{i}": 1 + s * ring, f"far{i}": 1 + s + s * s * ring, f"leaf{i}": 1.0}
        for j in range(20):
            middle, told = f"middle{i}-{j}", f"told{i}-{j}"
            arcs += [(f"hub{i}", middle), (middle, told)]
            known |= {middle: 1 + s, told: 1.0}
            rib = f"rib{i}-{j}"
            arcs += [(f"fan{i}", rib), (rib, f"tip{i}")]
            known[rib] = 1 + s
        known |= {f"hub{i}": 1 + 20 * s + 20 * s * s, f"tip{i}": 1.0}
        known[f"fan{i}"] = 1 + 20 * s + 1 - (1 - s * s) ** 20
        graph.add_edges_from(arcs, strength=s)
    network = from_networkx(graph)
    return network, np.array([known[node_id] for node_id in network.ids])


def held(
    network: Network, rate: float, truth: Floats, counts: ReachCounts, seeds: range
) -> tuple[ExpectedReach, Floats]:
    """Return the last of several estimates, and how often each interval holds the truth."""
    often = np.zeros(network.n)
    for seed in seeds:
        found = expected_reach(network, rate, seed, counts)
        assert (found.low <= found.expected).all()
        assert (found.expected <= found.high).all()
        assert (found.low >= 1).all()
        assert (found.high <= counts.reached + 1).all()
        often += (found.low <= truth) & (truth <= found.high)
    return found, often / len(seeds)


@pytest.fixture
def few_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few sets be drawn, so that intervals are wide beside the error of a simulated truth."""
    monkeypatch.setattr(expected, "_MEMBERS", 1 << 17)
    monkeypatch.setattr(expected, "_FEWER", 1 << 17)
    monkeypatch.setattr(assumptions, "SAMPLED_SETS", 1 << 15)


def test_certain_ties_are_exact() -> None:
    network, truth = ring_with_fringes(1.0)
    counts = reach_counts(network)
    found = expected_reach(network, 1.0, 0, counts)
    assert found.expected.tolist() == truth.tolist() == (counts.reached + 1).tolist()
    assert found.low.tolist() == found.high.tolist() == found.expected.tolist()
    assert found.sets == 0
    assert not found.sampled.any()
    silent = expected_reach(network, 0.0, 0, counts)
    assert set(np.concatenate([silent.expected, silent.low, silent.high])) == {1.0}


def test_certain_ties_are_exact_beside_others() -> None:
    graph = nx.DiGraph([(i, i + 1) for i in range(50)], strength=1.0)
    nx.set_edge_attributes(graph, 1.0, "strength")
    graph.add_edge(100, 0, strength=0.5)
    network = from_networkx(graph)
    found = expected_reach(network, 1.0, 0, reach_counts(network))
    at = network.positions
    assert found.sampled.nonzero()[0].tolist() == [at["100"]]
    assert [found.expected[at[str(i)]] for i in (0, 49, 50)] == [51.0, 2.0, 1.0]
    assert found.low[at["100"]] <= 26.5 <= found.high[at["100"]]


def test_few_within_reach_are_exact() -> None:
    network, truth = ring_with_fringes(0.3)
    found = expected_reach(network, 1.0, 0, reach_counts(network))
    assert found.expected[~found.sampled].tolist() == pytest.approx(truth[~found.sampled].tolist())
    assert np.array_equal(found.low[~found.sampled], found.high[~found.sampled])
    small = np.array([not i.startswith(("core", "near", "far", "hub", "fan")) for i in network.ids])
    assert not found.sampled[small].any()


@pytest.mark.parametrize("strength", [0.9, 0.1])
@pytest.mark.usefixtures("few_sets")
def test_intervals_hold_what_is_worked_out_by_hand(strength: float) -> None:
    network, truth = ring_with_fringes(strength)
    found, often = held(network, 1.0, truth, reach_counts(network), range(300))
    for kind in ("hub", "fan", "near", "far", "core"):
        of_kind = np.array([node_id.startswith(kind) for node_id in network.ids])
        assert found.sampled[of_kind].all()
        assert 0.92 <= often[of_kind].mean() <= 0.98, kind


@pytest.mark.parametrize(("kind", "rate", "runs"), CASES)
@pytest.mark.usefixtures("few_sets")
def test_intervals_hold_what_is_simulated(kind: str, rate: float, runs: int) -> None:
    network = giant(kind)
    counts = reach_counts(network)
    with np.load(TRUTH) as kept:
        truth, error = kept[f"{kind} {rate}"]
    found, often = held(network, rate, truth, counts, range(200))
    exact = ~found.sampled
    assert (np.abs(found.expected - truth)[exact] <= 5 * error[exact] + 10 / runs).all()
    for above, up_to in CLASSES:
        of_class = found.sampled & (counts.reached > above) & (counts.reached <= up_to)
        assert of_class.sum() > 200
        assert 0.92 <= often[of_class].mean() <= 0.985, (above, up_to)


@pytest.mark.parametrize(("kind", "rate", "runs"), CASES)
def test_what_was_simulated_comes_out_again(kind: str, rate: float, runs: int) -> None:
    few = 40
    mean, _ = simulated(giant(kind), rate, few, seed=3)
    with np.load(TRUTH) as kept:
        truth, error = kept[f"{kind} {rate}"]
    off = np.abs(mean - truth) / (error * np.sqrt(runs / few) + 1e-9)
    assert np.median(off[error > 0]) < 1.5  # cascades of one run hang together
    assert (mean[error == 0] == truth[error == 0]).mean() > 0.95


def test_without_counts_figures_are_sampled_alike() -> None:
    network, truth = ring_with_fringes(0.5)
    found = expected_reach(network, 1.0, 3)
    assert found.sampled.any()
    off = np.abs(found.expected - truth) / truth
    assert off.max() < 0.15


def test_expected_reach_of_all_at_once_agrees_with_each_alone() -> None:
    network = from_networkx(nx.gnm_random_graph(60, 200, seed=1, directed=True))
    found = expected_reach(network, 0.3, seed=4)
    alone = hearing(network, np.arange(60), Telling(0.3, 50_000)).probability.sum(axis=1)
    error = (found.high - found.low) / (2 * 1.96)
    assert found.sets == 1 << 20
    assert (np.abs(found.expected - alone) <= 4 * np.hypot(error, 0.05)).all()
    assert np.array_equal(found.expected, expected_reach(network, 0.3, seed=4).expected)
