"""Peak memory and time of four measures end to end from one saved Network, beside NetworKit.

Run: python benchmarks/memory.py [--huge | --small]
PageRank, weak components, k-core and, on our side only, reach within three hops (NetworKit counts
it for no node). Each side is a process of its own that reads the same file; the peak is the
largest resident set that the system reports for it. Without options 1M/5M (3 GB); --huge takes
8M/40M, which needs about 16 GB and twenty minutes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from comparing import Comparison, agree, once, report

HUGE = (8_000_000, 40_000_000)
USUAL = (1_000_000, 5_000_000)
SMALL = (100_000, 500_000)
TOLERANCE = 1e-9
KEPT = (
    "ours holds the ids, names and markets of every stakeholder, a strength and a sign for every "
    "arc, and a sketch of every stakeholder's reach; the peer's graph holds "
    "numbers of nodes only"
)
Answers = dict[str, Any]


def with_relgraph(file: str) -> Answers:
    """Return the measures of a saved network."""
    from relgraph.analysis.centrality.embeddedness import core_number
    from relgraph.analysis.centrality.prestige import pagerank
    from relgraph.analysis.structure import cohesion
    from relgraph.analysis.word_of_mouth.counts import reach_counts
    from relgraph.network import load_network

    network = load_network(file)
    ranks = pagerank(network, tolerance=TOLERANCE)
    parts = cohesion.weak_components(network)
    cores = core_number(network)
    reached = reach_counts(network, max_hops=3).reached
    return summary(ranks, len(np.unique(parts)), cores) | {"reached": float(reached.mean())}


def with_networkit(file: str) -> Answers:
    """Return the same measures of the same file, its arrays let go as soon as they are copied."""
    import networkit
    from networkit.centrality import CoreDecomposition, Norm, PageRank, SinkHandling

    from relgraph.kernels.compiled import threads

    networkit.setNumberOfThreads(threads())
    with np.load(file) as stored:
        indptr, targets = stored["indptr"], stored["indices"].astype(np.uint64)
    n = len(indptr) - 1
    sources = np.repeat(np.arange(n, dtype=np.uint64), np.diff(indptr))
    graph = networkit.Graph(n, directed=True)
    graph.addEdges((sources, targets))
    del sources, targets, indptr
    rank = PageRank(graph, 0.85, TOLERANCE, distributeSinks=SinkHandling.DistributeSinks)
    rank.norm = Norm.L1_NORM
    ranks = np.array(rank.run().scores())
    graph = networkit.graphtools.toUndirected(graph)
    graph.removeMultiEdges()
    parts = networkit.components.ConnectedComponents(graph).run().numberOfComponents()
    return summary(ranks, parts, CoreDecomposition(graph).run().scores())


SIDES = {"relgraph": with_relgraph, "networkit": with_networkit}


def summary(ranks: Any, components: int, cores: Any) -> Answers:
    """Return what both sides can be compared by."""
    every = np.asarray(cores, np.float64)
    return {
        "agreed": [float(np.max(ranks)), float(np.min(ranks)), components],
        "cores": [float(every.max()), float(every.sum())],
    }


def run_side(name: str, file: str) -> None:
    """Print one side's answers with its seconds and peak memory."""
    answers, seconds = once(partial(SIDES[name], file))
    print(json.dumps(answers | {"seconds": seconds, "peak": peak_memory()}))


def peak_memory() -> float:
    """Return the largest resident set of this process in GB.

    Not `ru_maxrss` where it can be helped: on Linux that begins with what the parent had.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 2**20


def measured(name: str, file: Path) -> Answers:
    """Return one side's answers from a process of its own."""
    command = [sys.executable, __file__, "--side", name, str(file)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answers: Answers = json.loads(done.stdout)
    return answers


def end_to_end(n: int, m: int) -> Iterator[Comparison]:
    import networkit  # noqa: F401 (so that a missing peer is told before the network is made)
    from graphs import chung_lu

    from relgraph.network import save_network

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.npz"
        save_network(chung_lu(n, m), file)
        ours, theirs = (measured(name, file) for name in SIDES)
    agree("PageRank and components end to end", ours["agreed"], theirs["agreed"])
    agree("k-core end to end", ours["cores"], theirs["cores"])
    what, size = "PageRank, components, k-core (ours: and 3-hop reach)", f"{n:,}/{m:,}"
    yield Comparison(
        f"{what}, end to end: peak memory",
        size,
        "NetworKit",
        ours["peak"],
        theirs["peak"],
        0.7,
        "GB",
        limit=KEPT,
    )
    yield Comparison(
        f"{what}, end to end: time",
        size,
        "NetworKit",
        ours["seconds"],
        theirs["seconds"],
        1,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--huge", action="store_const", dest="size", const=HUGE, default=USUAL)
    parser.add_argument("--small", action="store_const", dest="size", const=SMALL)
    parser.add_argument("--side", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        run_side(*options.side)
        return
    report(partial(end_to_end, *options.size))


if __name__ == "__main__":
    main()
