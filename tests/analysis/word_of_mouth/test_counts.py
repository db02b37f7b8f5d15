"""Reach at any size: bit-parallel against networkx, sketches against their stated error."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.counts import reach_counts, sketch_bits
from relgraph.analysis.word_of_mouth.people import Circles, distinctness
from relgraph.analysis.word_of_mouth.reach import reach_rows
from relgraph.network import Network, from_networkx
from tests.told import told


def random_network(n: int, m: int, seed: int = 1) -> Network:
    return from_networkx(nx.gnm_random_graph(n, m, seed=seed, directed=True))


@pytest.mark.parametrize("max_hops", [1, 2, 3, None])
@pytest.mark.parametrize(("n", "m"), [(1, 0), (40, 30), (600, 900), (1100, 5000)])
def test_exact_counts_equal_networkx(n: int, m: int, max_hops: int | None) -> None:
    network = random_network(n, m)
    graph = network.to_networkx()
    counts = reach_counts(network, max_hops)
    assert (counts.error == 0).all()
    for node in range(0, n, 7):
        lengths = nx.single_source_shortest_path_length(graph, str(node), max_hops)
        assert counts.reached[node] == len(lengths) - 1
        assert counts.hop[node] == max(lengths.values())


def test_an_empty_network_has_no_counts() -> None:
    assert len(reach_counts(from_networkx(nx.DiGraph())).reached) == 0


# Without a limit nearly all reach the same set: one error for all, not an average of many.
@pytest.mark.parametrize(("max_hops", "errors"), [(3, 1), (None, 3)])
def test_sketches_keep_their_error(
    max_hops: int | None, errors: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = random_network(3000, 9000)
    exact = reach_counts(network, max_hops)
    monkeypatch.setattr(assumptions, "EXACT_REACH", 100)
    sketched = reach_counts(network, max_hops, seed=2)
    off = np.abs(sketched.reached - exact.reached) / np.maximum(exact.reached, 1)
    assert off.mean() < errors * 1.04 / 16
    known = exact.reached > 2
    assert (sketched.error[known & (exact.hop > 1)] > 0).all()
    outside = np.abs(sketched.reached - exact.reached) > 4 * sketched.error + 1e-9
    assert outside.mean() < 0.01
    near = reach_counts(network, 2)
    assert np.array_equal(near.reached[exact.hop < 2], sketched.reached[exact.hop < 2])


def test_sketches_shrink_as_networks_grow() -> None:
    assert [sketch_bits(n) for n in (100, 10**6, 8 * 10**6, 10**9)] == [8, 8, 6, 6]


def test_a_large_network_is_ranked_with_the_people_of_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = random_network(120, 260)
    small = {row["id"]: row for row in reach_rows(network, Telling(0.4), Circles()).rows()}
    monkeypatch.setattr(assumptions, "ALL_PAIRS", 50)
    for by in ("reached", "expected", "people"):
        large = reach_rows(network, Telling(0.4), Circles(), by)
        known = [row for row in large.rows() if row["people"] is not None]
        assert len(known) == assumptions.DETAILED
        for row in large.rows():
            same = small[row["id"]]
            assert (row["reached"], row["hop"]) == (same["reached"], same["hop"])
            assert row["expected"] == pytest.approx(same["expected"], rel=0.1, abs=0.1)
        for row in known:
            assert row["people"] == pytest.approx(small[row["id"]]["people"])
        assert any(
            "people are worked out only for the first 20" in note for note in told(large.notes)
        )


def test_distinctness_is_the_union_of_circles_over_their_sizes() -> None:
    star = from_networkx(nx.star_graph(12))
    everyone = np.ones((1, 13), dtype=bool)
    assert distinctness(star, everyone)[0] == pytest.approx(13 / 24)
    leaves = everyone.copy()
    leaves[0, 0] = False
    assert distinctness(star, leaves)[0] == pytest.approx(1 / 12)
    few = np.zeros((1, 13), dtype=bool)
    few[0, :9] = True
    assert np.isnan(distinctness(star, few)[0])
