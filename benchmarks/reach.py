"""Reach of every stakeholder within three hops: exact and sketched, beside igraph and each other.

Run: python benchmarks/reach.py [--small]
100k/1M exact and 1M/5M sketched (3 GB); --small takes a tenth of both. igraph sizes up the
neighbourhoods of a sample, which is scaled to all nodes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from comparing import Comparison, agree, report, timed
from graphs import chung_lu
from measures import in_igraph, size_of
from scipy.stats import spearmanr

from relgraph.analysis.word_of_mouth.counts import sketch_bits
from relgraph.kernels.hops import near_counts
from relgraph.kernels.sketches import sketched_counts
from relgraph.kernels.three_hops import three_hop_counts
from relgraph.network import Network

HOPS = 3
SAMPLE = 300  # nodes whose neighbourhoods igraph sizes up
SETS = (
    "the work is setting the bits of all two-hop sets that a node's contacts have, 180 million "
    "here and hardly any of them twice; both caches are in use and lists are fetched ahead"
)
SEARCH = (
    "a sketch is one pass over 256 bytes for each of five million arcs, and the exact search that "
    "it is held against visits but 560 stakeholders each"
)


def neighbourhoods(network: Network) -> tuple[Any, Any, float]:
    """Return a sample of nodes, igraph's way to size up theirs, and what scales it to all."""
    graph = in_igraph(network)
    sample = np.random.default_rng(1).choice(network.n, min(SAMPLE, network.n), replace=False)
    nodes = sample.tolist()

    def sizes() -> Any:
        return np.array(graph.neighborhood_size(nodes, order=HOPS, mode="out")) - 1

    return sample, sizes, network.n / len(sample)


def exact(n: int, m: int) -> Iterator[Comparison]:
    network = chung_lu(n, m)
    sample, sizes, scale = neighbourhoods(network)
    (ours, theirs), times = timed(
        lambda: three_hop_counts(network.indptr, network.indices)[0], sizes
    )
    agree("exact reach", ours[sample], theirs)
    measure = f"exact {HOPS}-hop reach of all"
    peer = f"igraph, from {len(sample)} nodes"
    yield Comparison(measure, size_of(network), peer, times[0], scale * times[1], 0.06, limit=SETS)


def sketched(n: int, m: int) -> Iterator[Comparison]:
    network = chung_lu(n, m)
    bits = sketch_bits(network.n)
    sample, sizes, scale = neighbourhoods(network)
    # Bitmaps of a million targets leave the cache: there a search from each node is quicker.
    count = three_hop_counts if network.n <= 200_000 else partial(near_counts, max_hops=HOPS)
    (found, counted, theirs), times = timed(
        lambda: sketched_counts(network.indptr, network.indices, HOPS, bits)[0],
        lambda: count(network.indptr, network.indices)[0],
        sizes,
    )
    agree("exact reach", counted[sample], theirs)
    known = counted > 0
    off = float(np.mean(np.abs(found - counted)[known] / counted[known]))
    alike = float(spearmanr(found, counted).statistic)
    measure, size = f"sketched {HOPS}-hop reach of all", size_of(network)
    igraph = f"igraph, exact, from {len(sample)} nodes"
    yield Comparison(measure, size, igraph, times[0], scale * times[2], 0.02)
    yield Comparison(measure, size, "our exact search", times[0], times[1], 0.02, limit=SEARCH)
    yield Comparison(
        f"{measure}: Spearman", size, "exact", alike, 1.0, 0.99, unit="", at_least=True
    )
    yield Comparison(f"{measure}: mean error", size, "exact", off, 1.0, 0.06, unit="of the count")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of every network")
    share = 10 if parser.parse_args().small else 1
    report(
        partial(exact, 100_000 // share, 10**6 // share),
        partial(sketched, 10**6 // share, 5 * 10**6 // share),
    )
