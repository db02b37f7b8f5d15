"""Sampled betweenness: whether the stated error holds, and what it takes beside NetworKit.

Run: python benchmarks/sampling.py [--runs N] [--only-peer]
Ten networks of 2,000 to 20,000 are sampled N times each (200 unless given; hours of CPU), and
compared with all shortest paths: in how many runs nobody is off by more than the error, how often
the 95 % intervals hold the exact figure, and how many of the first fifty are the exact ones. Then
100,000 stakeholders and 1,000,000 ties, beside NetworKit's KADABRA at the same error, in one run.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from graphs import chung_lu

from relgraph import assumptions
from relgraph.analysis.centrality.accuracy import Accuracy, Estimate
from relgraph.analysis.centrality.measures import MEASURES
from relgraph.network import Floats, Network

ERROR = 0.005
SIZES = (2_000, 5_000, 10_000, 15_000, 20_000)
FIRST = 50


def networks() -> Iterator[Network]:
    """Yield networks with equal ties, and with ties of different strengths."""
    for seed, n in enumerate(SIZES):
        network = chung_lu(n, 5 * n, seed)
        yield network
        strength = np.random.default_rng(seed).uniform(0.05, 1, network.m).round(2)
        yield replace(network, strength=strength)


def compared(estimate: Estimate, exact: Floats) -> tuple[bool, float, float]:
    """Return whether the error held, the share of intervals that did, and of the first fifty."""
    held = (estimate.low <= exact) & (exact <= estimate.high)
    first, true = (set(np.argsort(-each)[:FIRST]) for each in (estimate.values, exact))
    sure = abs(estimate.values - exact).max() <= ERROR
    return bool(sure), float(held[estimate.low < estimate.high].mean()), len(first & true) / FIRST


def run(runs: int) -> None:
    for network in networks():
        measure = MEASURES["betweenness"]
        exact, rows = measure(network), []
        for seed in range(runs):
            estimate = measure.estimate(network, Accuracy(ERROR, seed=seed))
            assert estimate is not None
            rows.append(compared(estimate, exact))
        sure, held, first = np.mean(rows, axis=0)
        ties = "equal" if network.strength.min() == 1 else "uneven"
        print(
            f"| {network.n:,}/{network.m:,} | {ties} | {sure:.1%} | {held:.1%} | {first:.1%} |",
            flush=True,
        )


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what work gives, its CPU seconds and its seconds."""
    processor, start = time.process_time(), time.perf_counter()
    found = work()
    return found, time.process_time() - processor, time.perf_counter() - start


def beside_networkit() -> None:
    import networkit

    from relgraph.kernels.compiled import threads

    network = chung_lu(100_000, 1_000_000).undirected()  # KADABRA takes no other there
    networkit.setNumberOfThreads(threads())
    graph, once = networkit.Graph(network.n), network.sources < network.indices
    ends = (network.sources[once], network.indices[once])
    graph.addEdges(tuple(end.astype(np.uint64) for end in ends))
    delta = 1 - assumptions.CONFIDENCE
    measure = MEASURES["betweenness"]
    small = chung_lu(500, 2_000)
    measure.estimate(small, Accuracy(0.1))  # compiles
    _, ours, wall = timed(lambda: measure.estimate(network, Accuracy(ERROR)))
    peer = networkit.centrality.KadabraBetweenness(graph, ERROR, delta)
    _, theirs, other = timed(peer.run)
    print(f"relgraph {ours:.1f} s CPU ({wall:.1f} s), NetworKit {theirs:.1f} s CPU ({other:.1f} s)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--only-peer", action="store_true")
    chosen = parser.parse_args()
    if not chosen.only_peer:
        run(chosen.runs)
    beside_networkit()
