"""Sketched reach: the quick ways to the same sketches, and their error."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph.kernels import sketches
from relgraph.kernels.hops import near_counts
from relgraph.network import from_networkx

BITS = 8


@pytest.mark.parametrize("max_hops", [1, 2, 3, 5, None])
@pytest.mark.parametrize("arcs", [0, 300, 3_000])
def test_walking_the_first_two_hops_changes_nothing(
    max_hops: int | None, arcs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = from_networkx(nx.gnm_random_graph(500, arcs, seed=arcs, directed=True))
    walked = sketches.sketched_counts(network.indptr, network.indices, max_hops, BITS)
    monkeypatch.setattr(sketches, "_WALKED", -1)
    united = sketches.sketched_counts(network.indptr, network.indices, max_hops, BITS)
    np.testing.assert_array_equal(walked[0], united[0])
    np.testing.assert_array_equal(walked[1], united[1])


@pytest.mark.parametrize("max_hops", [1, 2, 3])
def test_counts_are_as_near_as_the_standard_error_says(max_hops: int) -> None:
    network = from_networkx(nx.gnm_random_graph(20_000, 100_000, seed=1, directed=True))
    exact, _ = near_counts(network.indptr, network.indices, max_hops)
    found, hops = sketches.sketched_counts(network.indptr, network.indices, max_hops, BITS)
    reached = exact > 0
    off = (found[reached] - exact[reached]) / exact[reached]
    assert np.sqrt(np.mean(off**2)) <= 1.04 / np.sqrt(1 << BITS) * 1.1
    assert hops.max() == max_hops


def test_longest_run_is_one_that_a_code_can_hold() -> None:
    assert sketches._LONGEST <= sketches._RUN
