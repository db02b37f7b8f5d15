"""Reach of every stakeholder within three hops: exact beside igraph, sketched beside exact.

Run: python benchmarks/reach.py [--large]
Agreement is checked before a time counts; --large adds the 1M/5M network (about 2 GB).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import igraph
import numpy as np
from graphs import chung_lu
from scipy.stats import spearmanr

from relgraph.analysis.reach_counts import sketch_bits
from relgraph.kernels.reach import near_counts
from relgraph.kernels.sketches import sketched_counts
from relgraph.kernels.three_hops import three_hop_counts
from relgraph.network import Network

HOPS = 3
RUNS = 5
SAMPLE = 300  # nodes whose neighbourhoods igraph sizes up


def median_seconds(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median of the wall times of several runs, after one that fills caches."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def beside_igraph(network: Network) -> None:
    """Compare exact counts with igraph's neighbourhood sizes, on a sample scaled to all nodes."""
    arcs = np.column_stack([network.sources, network.indices])
    graph = igraph.Graph(network.n, arcs, directed=True)
    sample = np.random.default_rng(1).choice(network.n, min(SAMPLE, network.n), replace=False)

    def peer() -> Any:
        return graph.neighborhood_size(sample.tolist(), order=HOPS, mode="out")

    exact, _ = three_hop_counts(network.indptr, network.indices)
    assert (exact[sample] + 1 == peer()).all(), "the counts differ from igraph's"
    ours = median_seconds(lambda: three_hop_counts(network.indptr, network.indices))
    theirs = median_seconds(peer) * network.n / len(sample)
    print(
        f"exact {HOPS}-hop reach of all, {network.n}/{network.m}: {ours:.2f} s, igraph "
        f"{theirs:.1f} s (from {len(sample)} nodes), ratio {ours / theirs:.4f} (at most 0.06)"
    )


def sketched(network: Network) -> None:
    """Compare sketches with exact counts."""
    bits = sketch_bits(network.n)

    def sketch() -> Any:
        return sketched_counts(network.indptr, network.indices, HOPS, bits)[0]

    start = time.perf_counter()
    # Bitmaps of a million targets leave the cache: there a search from each node is quicker.
    count = three_hop_counts if network.n <= 200_000 else partial(near_counts, max_hops=HOPS)
    exact = count(network.indptr, network.indices)[0].astype(np.float64)
    slow = time.perf_counter() - start
    found = sketch()
    known = exact > 0
    off = np.abs(found - exact)[known] / exact[known]
    quick = median_seconds(sketch)
    print(
        f"sketched {HOPS}-hop reach, {network.n}/{network.m}, 2^{bits} bytes: {quick:.2f} s, exact "
        f"{slow:.1f} s, ratio {quick / slow:.4f} (at most 0.02), Spearman "
        f"{spearmanr(found, exact).statistic:.4f} (at least 0.99), mean error {off.mean():.4f} "
        f"(at most 0.06)"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="also the 1M/5M network")
    options = parser.parse_args()
    middle = chung_lu(100_000, 1_000_000)
    beside_igraph(middle)
    sketched(middle)
    if options.large:
        sketched(chung_lu(1_000_000, 5_000_000))
