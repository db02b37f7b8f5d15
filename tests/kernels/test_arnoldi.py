"""The largest eigenvalue and its vector, against dense solutions and closed forms."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.centrality.prestige import eigenvector_centrality
from relgraph.analysis.centrality.spectrum import leading_components
from relgraph.kernels.arnoldi import largest_pair
from relgraph.network import from_networkx


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [1, 5, 60, 300])
def test_against_a_dense_solver(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = np.where(rng.random((n, n)) < 8 / n, rng.random((n, n)), 0.0)
    matrix[0, :] = matrix[:, 0] = 0.5  # one component that holds all
    rows, columns = np.nonzero(matrix)
    indptr = np.searchsorted(rows, np.arange(n + 1))
    rate, vector, found = largest_pair(
        indptr, columns.astype(np.int32), matrix[rows, columns], 1e-13, 100
    )
    assert found
    assert rate == pytest.approx(np.linalg.eigvals(matrix).real.max(), rel=1e-11)
    np.testing.assert_allclose(matrix @ vector, rate * vector, atol=1e-10 * rate)
    assert np.linalg.norm(vector) == pytest.approx(1)
    assert vector.min() >= 0


def test_a_path_of_thousands() -> None:
    n = 1_500  # λ = 2 cos(π/(n + 1)), and x is half a wave
    wave = np.sin(np.pi * np.arange(1, n + 1) / (n + 1))
    values = eigenvector_centrality(from_networkx(nx.path_graph(n)))
    np.testing.assert_allclose(values, wave / np.linalg.norm(wave), rtol=1e-3, atol=1e-6)


def test_a_long_ring_that_runs_one_way() -> None:
    # λ is the geometric mean of the strengths, and n eigenvalues are equally large.
    n = 700
    strength = np.random.default_rng(3).uniform(0.1, 1.0, n)
    ring = nx.DiGraph()
    for node in range(n):
        ring.add_edge(node, (node + 1) % n, strength=float(strength[node]))
    network = from_networkx(ring)
    (members,), rate = leading_components(network)
    assert len(members) == n
    assert rate == pytest.approx(np.exp(np.log(strength).mean()), rel=1e-9)
    values = dict(zip(network.ids.tolist(), eigenvector_centrality(network), strict=True))
    for node in range(n):
        after = values[str((node + 1) % n)]
        assert rate * after == pytest.approx(strength[node] * values[str(node)], rel=1e-6)
