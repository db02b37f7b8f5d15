"""Cascades by NumPy against the kernels that they stand in for."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.kernels import cascade, credit, plain, plain_cascade
from relgraph.kernels.hops import hop_table
from relgraph.network import from_networkx
from tests.random_networks import graphs

SEEDS = st.integers(min_value=-(2**63), max_value=2**63 - 1)


def chances(arcs: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed % 2**32).choice([0, 0.05, 0.3, 0.5, 1], arcs)


@given(graphs(directed=True), SEEDS)
def test_draws_are_those_of_the_kernel(graph: nx.DiGraph, seed: int) -> None:
    if not len(graph):
        return
    network = from_networkx(graph)
    probability = chances(len(network.indices), seed)
    live = cascade.draw_live(probability, 5, seed)
    arcs, words = np.divmod(np.arange(live.size), 5)
    found = plain_cascade.draw_words(probability[arcs], arcs, words, seed)
    assert found.tolist() == live.ravel().tolist()
    seeds = np.array([[0, network.n - 1]])
    hops = hop_table(network.indptr, network.indices, np.arange(network.n))
    expected, _ = cascade.count_hearers(
        network.indptr, network.indices, live, seeds, hops[seeds[0]].max(axis=0)[np.newaxis]
    )
    counted = plain_cascade.count_hearers(
        network.indptr, network.indices, probability, seeds[0], 5, seed
    )
    assert counted is not None
    assert counted.tolist() == expected[0].tolist()


def test_many_cascades_are_left_to_the_kernel() -> None:
    network = from_networkx(nx.complete_graph(40))
    sure = np.ones(len(network.indices))
    given = (network.indptr, network.indices, sure, np.array([0]))
    counted = plain_cascade.count_hearers(*given, 2, 1)
    assert counted is not None
    assert counted.tolist() == [128] * 40
    assert plain_cascade.count_hearers(*given, 157, 1) is None


@pytest.mark.parametrize("r", range(7))
def test_exact_chances_are_those_of_the_kernel(r: int) -> None:
    random = np.random.default_rng(r)
    for _ in range(20):
        unsaid = random.choice([0, 0.4, 1], r)
        between = random.choice([0, 0, 0.3, 0.9, 1], (r, r))
        np.testing.assert_allclose(
            plain_cascade.exact_hearing(unsaid, between),
            cascade.exact_hearing(unsaid, between),
            atol=1e-14,
        )


@given(graphs(directed=True), st.floats(0.1, 0.9))
def test_credit_is_that_of_the_kernel(graph: nx.DiGraph, share: float) -> None:
    network = from_networkx(graph)
    random = np.random.default_rng(network.n)
    strength = random.choice([0.1, 0.5, 1], len(network.indices))
    base = random.normal(0, 100, network.n)
    given = (network.indptr, network.indices)
    found = plain.settle_credit(*given, strength, share, base, 1e-12, 10_000)
    expected = credit.settle_credit(
        *given, strength[np.newaxis], np.array([share]), base[np.newaxis], 1e-12, 10_000
    )
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other[0], rtol=1e-9, atol=1e-8)
