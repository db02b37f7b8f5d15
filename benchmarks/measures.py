"""Measures of a network beside their fastest peers: ratios of medians on the same threads.

Run: python benchmarks/measures.py [--small]
The networks have the sizes of the goals, up to 1M/5M (4 GB, about ten minutes);
--small takes a tenth of each. Both sides start from a network in memory in their own form.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from comparing import Comparison, agree, report, timed
from graphs import chung_lu
from scipy.sparse import csr_array

from relgraph.analysis.brokerage import holes
from relgraph.analysis.centrality import prestige
from relgraph.analysis.centrality.embeddedness import clustering, core_number
from relgraph.analysis.centrality.nearness import betweenness_centrality, harmonic_centrality
from relgraph.analysis.structure import cohesion
from relgraph.kernels.compiled import threads
from relgraph.network import Network

TOLERANCE = 1e-9


def size_of(network: Network) -> str:
    """Return a network's size in words."""
    ties = network.m if network.directed else network.m // 2
    return f"{network.n:,}/{ties:,}"


def ends_of(network: Network) -> tuple[Any, Any]:
    """Return the ends of each arc, or of each tie of an undirected network once."""
    sources, targets = network.sources, network.indices
    if network.directed:
        return sources, targets
    return sources[sources < targets], targets[sources < targets]


def in_igraph(network: Network) -> Any:
    """Return a network as igraph has it."""
    import igraph

    return igraph.Graph(network.n, np.column_stack(ends_of(network)), directed=network.directed)


def in_networkit(network: Network) -> Any:
    """Return a network as NetworKit has it, which then runs on as many threads as we do."""
    import networkit

    networkit.setNumberOfThreads(threads())
    graph = networkit.Graph(network.n, directed=network.directed)
    graph.addEdges(tuple(end.astype(np.uint64) for end in ends_of(network)))
    return graph


def in_rustworkx(network: Network) -> Any:
    """Return a network as rustworkx has it."""
    import rustworkx

    graph = rustworkx.PyDiGraph() if network.directed else rustworkx.PyGraph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from_no_data(
        list(zip(*(end.tolist() for end in ends_of(network)), strict=True))
    )
    return graph


def power_iteration(network: Network) -> Callable[[], Any]:
    """Return PageRank as one writes it with SciPy."""
    arcs = csr_array((network.strength, network.indices, network.indptr), (network.n, network.n))
    pulled, out = arcs.T.tocsr(), np.asarray(arcs.sum(axis=1)).ravel()
    inverse = np.divide(1.0, out, out=np.zeros(network.n), where=out > 0)
    dangling = out == 0

    def run() -> Any:
        ranks = np.full(network.n, 1 / network.n)
        while True:
            spread = (0.85 * ranks[dangling].sum() + 0.15) / network.n
            found = 0.85 * (pulled @ (ranks * inverse)) + spread
            change = np.abs(found - ranks).sum()
            ranks = found
            if change < TOLERANCE:
                return ranks

    return run


def networkit_pagerank(graph: Any) -> Any:
    """Return NetworKit's PageRank with our damping, tolerance, norm and dangling nodes."""
    from networkit.centrality import Norm, PageRank, SinkHandling

    rank = PageRank(graph, 0.85, TOLERANCE, distributeSinks=SinkHandling.DistributeSinks)
    rank.norm = Norm.L1_NORM
    return np.array(rank.run().scores())


def pagerank(network: Network) -> Iterator[Comparison]:
    graph = in_networkit(network)
    network.reverse_indices  # noqa: B018 (the reverse belongs to the network, as to its peers')
    (ours, scipy, other), times = timed(
        lambda: prestige.pagerank(network, tolerance=TOLERANCE),
        power_iteration(network),
        lambda: networkit_pagerank(graph),
    )
    agree("PageRank", ours, scipy)
    agree("PageRank", ours, other)
    size = size_of(network)
    yield Comparison("PageRank", size, "SciPy power iteration", times[0], times[1], 0.6)
    yield Comparison("PageRank", size, "NetworKit", times[0], times[2], 0.35)


def components_and_cuts(network: Network) -> Iterator[Comparison]:
    from networkit.components import BiconnectedComponents, ConnectedComponents

    graph, other = in_igraph(network), in_networkit(network)
    (ours, theirs, (_, parts)), times = timed(
        lambda: (cohesion.articulation_points(network), cohesion.weak_components(network)),
        lambda: (graph.articulation_points(), len(graph.connected_components())),
        lambda: (BiconnectedComponents(other).run(), ConnectedComponents(other).run()),
    )
    cuts, labels = ours
    agree("articulation points", np.flatnonzero(cuts.articulation), sorted(theirs[0]))
    agree("components", [len(np.unique(labels))] * 2, [theirs[1], parts.numberOfComponents()])
    peer, seconds = min(zip(("igraph", "NetworKit"), times[1:], strict=True), key=lambda it: it[1])
    measure, size = "components and articulation points", size_of(network)
    yield Comparison(measure, size, f"{peer}, the faster", times[0], seconds, 0.4)


def articulation(network: Network) -> Iterator[Comparison]:
    import rustworkx

    graph = in_rustworkx(network)
    (ours, theirs), times = timed(
        lambda: cohesion.articulation_points(network),
        lambda: rustworkx.articulation_points(graph),
    )
    agree("articulation points", np.flatnonzero(ours.articulation), sorted(theirs))
    yield Comparison("articulation points", size_of(network), "rustworkx", *times, 0.4)


def k_core(network: Network) -> Iterator[Comparison]:
    from networkit.centrality import CoreDecomposition

    graph = in_networkit(network)
    (ours, theirs), times = timed(
        lambda: core_number(network),
        lambda: np.array(CoreDecomposition(graph).run().scores()),
    )
    agree("k-core", ours, theirs)
    yield Comparison("k-core", size_of(network), "NetworKit", *times, 1.2)


def triangles(network: Network) -> Iterator[Comparison]:
    """Both sides count the triangles of every node and divide by its pairs of neighbours."""
    graph = in_igraph(network)
    (ours, theirs), times = timed(
        lambda: clustering(network),
        lambda: graph.transitivity_local_undirected(mode="zero"),
    )
    agree("triangles", np.nan_to_num(ours), theirs)
    yield Comparison("triangles and clustering of all", size_of(network), "igraph", *times, 0.5)


def constraint(network: Network) -> Iterator[Comparison]:
    graph = in_igraph(network)
    (ours, theirs), times = timed(lambda: holes.constraint(network), graph.constraint)
    agree("constraint", ours, theirs)
    yield Comparison("constraint", size_of(network), "igraph", *times, 0.1)


def effective_size(network: Network) -> Iterator[Comparison]:
    import networkx

    graph = network.to_networkx()
    (ours, theirs), times = timed(
        lambda: holes.effective_size(network),
        # Asked for named nodes it follows Burt; its dense shortcut for all gives other figures.
        lambda: networkx.effective_size(graph, list(graph), weight="strength"),
    )
    agree("effective size", ours, [theirs[node] for node in network.ids.tolist()])
    yield Comparison("effective size", size_of(network), "NetworkX", *times, 0.1)


def paths(network: Network, unit: str) -> Iterator[Comparison]:
    graph = in_igraph(network)
    lengths = None if unit == "hops" else network.distance.tolist()
    scale = (network.n - 1) * (network.n - 2)
    (ours, theirs), times = timed(
        lambda: (
            betweenness_centrality(network),
            harmonic_centrality(network),
        ),
        lambda: (
            graph.betweenness(weights=lengths),
            graph.harmonic_centrality(mode="out", weights=lengths),
        ),
    )
    # igraph's equality of lengths is narrower than ours (1e-9), which moves shares of ties.
    close = 1e-9 if unit == "hops" else 1e-3
    agree(f"betweenness by {unit}", ours[0], np.array(theirs[0]) / scale, close)
    agree(f"harmonic by {unit}", ours[1], theirs[1])
    measure = f"exact betweenness and harmonic, {unit}"
    yield Comparison(measure, size_of(network), "igraph", *times, 0.7)


def betweenness(network: Network) -> Iterator[Comparison]:
    import rustworkx

    graph = in_rustworkx(network)
    (ours, theirs), times = timed(
        lambda: betweenness_centrality(network),
        lambda: rustworkx.betweenness_centrality(graph),
    )
    agree("betweenness", ours, [theirs[node] for node in range(network.n)])
    yield Comparison("exact betweenness, hops", size_of(network), "rustworkx", *times, 0.7)


def comparisons(share: float) -> list[Callable[[], Iterator[Comparison]]]:
    """Return every comparison, the small networks first."""
    sizes = (1_000, 5_000), (4_000, 20_000), (10_000, 50_000), (100_000, 10**6), (10**6, 5 * 10**6)
    little, weighted, small, middle, whole = (
        chung_lu(int(n * share), int(m * share)) for n, m in sizes
    )
    tenths = np.random.default_rng(1).integers(1, 11, weighted.m) / 10
    both_ways = whole.undirected()
    return [
        partial(effective_size, little.undirected()),
        partial(betweenness, small),
        partial(paths, small, "hops"),
        partial(paths, replace(weighted, strength=tenths), "strengths"),
        partial(constraint, middle),
        partial(pagerank, whole),
        partial(components_and_cuts, both_ways),
        partial(articulation, both_ways),
        partial(k_core, both_ways),
        partial(triangles, both_ways),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of every network")
    report(*comparisons(0.1 if parser.parse_args().small else 1))
