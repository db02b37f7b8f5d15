"""Cascades to a relative error: the same figures as cascades that all run to their end."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph import assumptions
from relgraph.analysis.sampled_intervals import NORMAL_95
from relgraph.analysis.word_of_mouth.cascade import Telling, hearing
from relgraph.analysis.word_of_mouth.far import far_chances
from relgraph.kernels.cascade import count_hearers, draw_live
from relgraph.kernels.far_cascades import tell
from relgraph.kernels.hops import hop_table
from relgraph.network import Network, from_networkx


@pytest.fixture(scope="module")
def network() -> Network:
    graph: nx.Graph = nx.barabasi_albert_graph(400, 3, seed=4).to_directed()
    rng = np.random.default_rng(4)
    for _, _, data in graph.edges(data=True):
        data["strength"] = float(rng.uniform(0.05, 0.35))
    return from_networkx(graph)


def test_what_is_begun_and_finished_are_the_cascades_of_the_whole_stream(network: Network) -> None:
    arcs = (network.indptr, network.indices, network.strength)
    hops = hop_table(*arcs[:2], np.array([3]))
    live = draw_live(network.strength, 4, 5)
    counts, totals = count_hearers(*arcs[:2], live, np.array([[3]]), hops)
    begun = tell(3, arcs, hops[0], np.arange(4), None, 20, 5)
    rest = tell(3, arcs, hops[0], np.arange(4), begun.given_up, network.n, 5)
    assert 0 < begun.ended < 256
    assert begun.ended + rest.ended == 256
    assert (begun.hits + rest.hits == counts[0]).all()
    within = np.cumsum(totals[0], axis=0).sum(axis=1)
    assert begun.sums + rest.sums == pytest.approx(within)


def test_the_error_and_the_interval_hold(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relgraph.analysis.word_of_mouth.far.FAR", 30)
    hops = hop_table(network.indptr, network.indices, np.array([200]))
    true = hearing(network, np.array([200]), Telling(cascades=400_000, error=0)).probability[0]
    held, off = [], []
    for seed in range(60):
        found = far_chances(
            network, network.strength, 200, hops[0], error=0.05, seed=seed + 1, most=157
        )
        error = found.chances.sum() - true.sum()
        held.append(abs(error) <= NORMAL_95 * found.error[-1])
        off.append(NORMAL_95 * found.error[-1] / found.chances.sum())
        assert found.chances == pytest.approx(true, abs=0.2)
    assert np.mean(held) >= 0.88
    assert max(off) <= 0.05


def test_only_large_networks_stop_early(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = np.array([0, 200])
    usual = hearing(network, sources, Telling(seed=1))
    assert (usual.draws == 10_048).all()
    monkeypatch.setattr(assumptions, "ALL_CASCADES", 0)
    forced = hearing(network, sources, Telling(seed=1, error=0))
    assert (forced.probability == usual.probability).all()
    early = hearing(network, sources, Telling(seed=1, error=0.05))
    close = early.probability.sum(axis=1) / usual.probability.sum(axis=1)
    assert close == pytest.approx([1, 1], abs=0.08)
    assert (early.batches <= early.draws).all()
