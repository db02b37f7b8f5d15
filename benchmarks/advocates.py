"""Advocates on a network of the literature: spread and time beside what others chose.

Run: python benchmarks/advocates.py EDGES [--listed FILE --graph NAME] [--peer] [--runs N]
EDGES begins with a line of counts, then an arc a line (NetHEPT, ego-Facebook). FILE lists seeds of
others (columns graph, model, k, seeds); both sides' seeds are run in the same cascades, by code
that shares nothing with the sampler. --peer times PyNetIM's IMM; cynetdiff's cascades always run.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np
from graphs import read_edges

from relgraph.analysis.advocates import Limits, choose_advocates
from relgraph.analysis.diffusion import Diffusion
from relgraph.kernels.simulation import run_cascades, run_thresholds
from relgraph.network import Network

MODELS = {"wc": "IC", "lt": "LT"}
SIZES = (1, 10, 50)


def spreading(network: Network, model: str) -> Diffusion:
    """Return a model in which everyone likes what they hear."""
    return Diffusion(network, model, 1.0, np.ones(network.n))


def simulate(diffusion: Diffusion, seeds: np.ndarray, runs: int, seed: int) -> np.ndarray:
    """Return the spread of each of many cascades run forwards."""
    network, values = diffusion.network, diffusion.arc_values()
    if diffusion.model == "lt":
        return run_thresholds(network.indptr, network.indices, values, seeds, runs, seed)
    return run_cascades(
        network.indptr, network.indices, values, seeds, diffusion.quality, runs, seed
    )


def chosen(diffusion: Diffusion, k: int) -> tuple[Any, float]:
    """Return our advocates and the median of the seconds that choosing them takes."""
    limits = Limits(np.ones(diffusion.network.n, dtype=bool), k)
    choice = choose_advocates(diffusion, limits)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        choose_advocates(diffusion, limits)
        times.append(time.perf_counter() - start)
    return choice, statistics.median(times)


def beside_listed(network: Network, listed: Path, graph: str, runs: int) -> None:
    """Compare our seeds with those that a file lists, in cascades of the same run."""
    with listed.open() as file:
        rows = [row for row in csv.DictReader(file) if row["graph"] == graph]
    for model, name in MODELS.items():
        diffusion = spreading(network, model)
        for k in SIZES:
            (row,) = (row for row in rows if (row["model"], int(row["k"])) == (name, k))
            theirs = np.array([int(node) for node in row["seeds"].split()])
            choice, seconds = chosen(diffusion, k)
            ours = simulate(diffusion, choice.seeds, runs, 1)
            other = simulate(diffusion, theirs, runs, 2)
            error = np.sqrt((ours.var() + other.var()) / runs)
            least = 0.995 * other.mean() - 2 * error
            print(
                f"{graph} {model} k={k}: {seconds:.2f} s, certified {choice.ratio:.4f}, spread "
                f"{ours.mean():.2f}, theirs {other.mean():.2f}, ratio "
                f"{ours.mean() / other.mean():.4f}: {'holds' if ours.mean() >= least else 'FAILS'}"
            )


def beside_cynetdiff(network: Network, runs: int = 2_000) -> None:
    """Compare cascades of weighted cascade from ten seeds, on one thread each."""
    from array import array

    from cynetdiff.models import IndependentCascadeModel

    from relgraph.analysis.diffusion import spread

    diffusion = spreading(network, "wc")
    seeds = np.argsort(-np.diff(network.indptr))[:10]
    model = IndependentCascadeModel(
        array("I", network.indptr[:-1].tolist()),
        array("I", network.indices.tolist()),
        activation_probs=array("f", diffusion.arc_values().tolist()),
    )
    model.set_seeds(seeds.tolist())
    total = 0
    start = time.perf_counter()
    for _ in range(runs):
        model.reset_model()
        model.advance_until_completion()
        total += model.get_num_activated_nodes()
    theirs = time.perf_counter() - start
    spread(diffusion, seeds, 640, 0)
    start = time.perf_counter()
    found = spread(diffusion, seeds, runs, 0)
    ours = time.perf_counter() - start
    assert abs(found.expected - total / runs) < 5 * found.error * 2, "the spreads differ"
    print(
        f"{runs} cascades on one thread: {ours:.3f} s, cynetdiff {theirs:.3f} s, ratio "
        f"{ours / theirs:.3f} (at most 1); spread {found.expected:.2f}, {total / runs:.2f}"
    )


def beside_pynetim(network: Network, runs: int, k: int = 50) -> None:
    """Compare time and spread with PyNetIM's IMM, weighted cascade."""
    from pynetim import IMGraph, IMMAlgorithm

    diffusion = spreading(network, "wc")
    edges = list(zip(network.sources.tolist(), network.indices.tolist(), strict=True))
    graph = IMGraph(edges, weights=diffusion.arc_values().tolist())
    times = []
    for _ in range(5):
        start = time.perf_counter()
        seeds = IMMAlgorithm(graph, model="IC", epsilon=0.1).run(k=k)
        times.append(time.perf_counter() - start)
    theirs = statistics.median(times)
    choice, ours = chosen(diffusion, k)
    good = simulate(diffusion, choice.seeds, runs, 1)
    other = simulate(diffusion, np.array(sorted(seeds)), runs, 2)
    print(
        f"k={k}: {ours:.2f} s, PyNetIM {theirs:.2f} s, ratio {ours / theirs:.4f} (at most 0.05); "
        f"spread {good.mean():.2f}, {other.mean():.2f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("edges", type=Path, nargs="?")
    parser.add_argument("--listed", type=Path)
    parser.add_argument("--graph")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--runs", type=int, default=200_000)
    options = parser.parse_args()
    if options.edges is None:
        parser.print_usage()
        raise SystemExit(0)
    whole = read_edges(options.edges)
    if options.listed:
        beside_listed(whole, options.listed, options.graph, options.runs)
    if options.peer:
        beside_pynetim(whole, options.runs)
    os.environ["NUMBA_NUM_THREADS"] = "1"
    beside_cynetdiff(whole)
