"""Advocates on networks of the literature: spread and time beside what others choose.

Run: python benchmarks/advocates.py [--data DIR] [--runs N]
DIR (default: benchmarks/data, whose README tells where the networks come from) holds
`truth_opimc_weighted_cascade.csv`, which lists seeds of others (columns graph, file, model, k,
seeds), and the networks that it names. Both sides' seeds are run in as many cascades in one run,
by code that shares nothing with the sampler. Without the file a made network of NetHEPT's size
stands in, and only the times are compared.
"""

from __future__ import annotations

import argparse
import csv
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
from comparing import Comparison, agree, report, timed
from graphs import chung_lu, read_edges

from relgraph.analysis.word_of_mouth.advocates import Choice, Limits, choose_advocates
from relgraph.analysis.word_of_mouth.diffusion import Diffusion, spread
from relgraph.kernels.simulation import run_cascades, run_thresholds
from relgraph.network import Network

DATA = Path(__file__).parent / "data"
LISTED = "truth_opimc_weighted_cascade.csv"
GRAPHS = {"nethept": "NetHEPT", "facebook": "ego-Facebook"}
MODELS = {"IC": "wc", "LT": "lt"}
SIZES = (1, 10, 50)
EPSILON = 0.1
CASCADES = 2_000


class Listed(NamedTuple):
    """Seeds that somebody else chose on one network."""

    graph: str
    model: str
    seeds: np.ndarray


def read_listed(data: Path) -> Iterator[tuple[str, Network, list[Listed]]]:
    """Yield each network of the list with the seeds that are listed for it."""
    with (data / LISTED).open() as file:
        rows = [row for row in csv.DictReader(file) if int(row["k"]) in SIZES]
    for graph, name in GRAPHS.items():
        own = [row for row in rows if row["graph"] == graph]
        seeds = [
            Listed(name, MODELS[row["model"]], np.array(row["seeds"].split(), np.int64))
            for row in own
        ]
        yield name, read_edges(data / own[0]["file"]), seeds


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


def choose(diffusion: Diffusion, k: int) -> Choice:
    """Return our k advocates, everyone being a candidate."""
    limits = Limits(np.ones(diffusion.network.n, dtype=bool), k)
    return choose_advocates(diffusion, limits, EPSILON)


def spreads_of(
    measure: str,
    diffusion: Diffusion,
    sides: tuple[np.ndarray, np.ndarray],
    where: tuple[str, str],
    runs: int,
) -> Comparison:
    """Return how far our seeds reach beside another's: at least 99.5 % less two errors."""
    ours, theirs = (simulate(diffusion, side, runs, seed) for seed, side in enumerate(sides))
    error = np.sqrt((ours.var() + theirs.var()) / runs)
    least = 0.995 - 2 * error / theirs.mean()
    figures = float(ours.mean()), float(theirs.mean()), float(least)
    return Comparison(measure, *where, *figures, unit="reached", at_least=True)


def beside_listed(network: Network, listed: list[Listed], runs: int) -> Iterator[Comparison]:
    for graph, model, theirs in listed:
        diffusion = spreading(network, model)
        choice = choose(diffusion, len(theirs))
        measure = f"spread of {len(theirs)}, {model} (ours certified {choice.ratio:.3f})"
        yield spreads_of(
            measure, diffusion, (choice.seeds, theirs), (graph, "OPIM-C's seeds"), runs
        )


def beside_imm(name: str, network: Network, runs: int) -> Iterator[Comparison]:
    """Compare with PyNetIM's IMM at the same ε and weighted cascade, both on all threads."""
    from pynetim import IMGraph, IMMAlgorithm

    diffusion, k = spreading(network, "wc"), SIZES[-1]
    edges = list(zip(network.sources.tolist(), network.indices.tolist(), strict=True))
    graph = IMGraph(edges, weights=diffusion.arc_values().tolist(), renumber=False)
    (ours, theirs), times = timed(
        lambda: choose(diffusion, k),
        lambda: IMMAlgorithm(graph, model="IC", epsilon=EPSILON, random_seed=1).run(k=k),
    )
    peer = "PyNetIM's IMM"
    sampled = f"both sample: ours {ours.sets:,} sets, a fifth of them to certify ({ours.ratio:.3f})"
    measure = f"advocates, k = {k}, ε = {EPSILON}"
    yield Comparison(measure, name, peer, *times, 0.05, limit=sampled)
    sides = ours.seeds, np.array(sorted(theirs))
    yield spreads_of(f"spread of these {k}", diffusion, sides, (name, peer), runs)


def beside_cynetdiff(name: str, network: Network) -> Iterator[Comparison]:
    """Compare cascades of weighted cascade from ten seeds, on one thread each."""
    from cynetdiff.models import IndependentCascadeModel

    diffusion = spreading(network, "wc")
    seeds = np.argsort(-np.diff(network.indptr), kind="stable")[: SIZES[1]]
    model = IndependentCascadeModel(
        array("I", network.indptr[:-1].tolist()),
        array("I", network.indices.tolist()),
        activation_probs=array("f", diffusion.arc_values().tolist()),
    )
    model.set_seeds(seeds.tolist())

    def cascades() -> float:
        total = 0
        for _ in range(CASCADES):
            model.reset_model()
            model.advance_until_completion()
            total += model.get_num_activated_nodes()
        return total / CASCADES

    with one_thread():
        (ours, theirs), times = timed(lambda: spread(diffusion, seeds, CASCADES, 0), cascades)
    agree("spread of ten", ours.expected, theirs, within=10 * ours.error)
    measure = f"{CASCADES:,} cascades, one thread"
    yield Comparison(measure, name, "cynetdiff", *times, 1)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let our kernels run on one thread, as cynetdiff does."""
    settings = numba.config
    before = settings.NUMBA_NUM_THREADS
    settings.NUMBA_NUM_THREADS = 1
    try:
        yield
    finally:
        settings.NUMBA_NUM_THREADS = before


def comparisons(data: Path, runs: int) -> Iterator[Comparison]:
    """Yield every comparison; what needs NetHEPT takes a made network where it isn't there."""
    if (data / LISTED).exists():
        read = list(read_listed(data))
        for _, network, listed in read:
            yield from beside_listed(network, listed, runs)
        name, network, _ = read[0]
    else:
        print(f"* spread beside listed seeds: left out, {data.name}/ has no {LISTED}")
        name, network = "made, as large as NetHEPT", chung_lu(15_000, 62_000)
    yield from beside_imm(name, network, runs)
    yield from beside_cynetdiff(name, network)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR")
    parser.add_argument("--runs", type=int, default=200_000, metavar="N", help="cascades a side")
    options = parser.parse_args()
    report(partial(comparisons, options.data, options.runs))


if __name__ == "__main__":
    main()
