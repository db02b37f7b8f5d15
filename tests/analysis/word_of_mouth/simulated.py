"""Expected reach by simulation that shares nothing with what it tests, kept as it takes minutes.

`python -m tests.analysis.word_of_mouth.simulated` draws it anew into simulated.npz.
"""

from __future__ import annotations

from graphlib import TopologicalSorter
from pathlib import Path

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from relgraph.network import Network, from_networkx

Floats = npt.NDArray[np.float64]
TRUTH = Path(__file__).with_suffix(".npz")
# The kind of network, the rate at which people tell, and how many runs were drawn.
CASES = [
    *(("directed", 0.9, 5000), ("undirected", 0.9, 10_000), ("uneven", 1.0, 5000)),
    *(("directed", 0.1, 10_000), ("undirected", 0.1, 10_000), ("uneven", 0.1, 10_000)),
]


def giant(kind: str) -> Network:
    """Return a network with a giant component and many of forty, directed or not, or uneven."""
    directed = kind != "undirected"
    ties = {"undirected": 1300, "directed": 2600, "uneven": 3000}[kind]
    pieces = [nx.gnm_random_graph(1600, ties, seed=1, directed=directed)]
    pieces += [nx.gnm_random_graph(40, 70, seed=i, directed=directed) for i in range(15)]
    graph = nx.disjoint_union_all(pieces)
    if kind == "uneven":
        rng = np.random.default_rng(0)
        strengths = {tie: float(rng.choice([0.05, 0.3, 0.7, 1.0])) for tie in graph.edges}
        nx.set_edge_attributes(graph, strengths, "strength")
    return from_networkx(graph)


def simulated(network: Network, rate: float, runs: int, seed: int = 99) -> tuple[Floats, Floats]:
    """Return the mean size of every node's cascade over drawn sets of arcs, and standard errors.

    It shares nothing with what it tests: SciPy finds who reach one another, and the sets that
    each of these groups reaches are bits of whole numbers. Only those who aren't told directly are
    counted, as how many are told directly is known on average.
    """
    rng = np.random.default_rng(seed)
    n, sums = network.n, np.zeros((2, network.n))
    directly = np.bincount(network.sources, rate * network.strength, minlength=n)
    for _ in range(runs):
        live = rng.random(network.m) < rate * network.strength
        source, target = network.sources[live], network.indices[live]
        arcs = csr_array((np.ones(live.sum()), (source, target)), (n, n))
        groups, label = connected_components(arcs, directed=True, connection="strong")
        sizes = np.bincount(label, minlength=groups)
        told: dict[int, int] = {}
        beyond: dict[int, set[int]] = {}
        for one, other in zip(label[source].tolist(), label[target].tolist(), strict=True):
            if one != other:
                beyond.setdefault(one, set()).add(other)
        several = sum(1 << group for group in np.flatnonzero(sizes > 1).tolist())
        reached = sizes.astype(np.float64)
        for group in TopologicalSorter(beyond).static_order():
            bits = 1 << group
            for other in beyond.get(group, ()):
                bits |= told[other]
            told[group] = bits
            reached[group] = bits.bit_count()
            left = bits & several
            while left:
                reached[group] += sizes[left.bit_length() - 1] - 1
                left ^= 1 << left.bit_length() - 1
        further = reached[label] - 1 - np.bincount(source, minlength=n)
        sums += (further, further**2)
    mean = sums[0] / runs
    return 1 + directly + mean, np.sqrt(np.maximum(sums[1] / runs - mean**2, 0) / (runs - 1))


def main() -> None:
    """Draw all cases and keep, for each, means and standard errors of all nodes."""
    kept = {
        f"{kind} {rate}": np.round(simulated(giant(kind), rate, runs), 5)
        for kind, rate, runs in CASES
    }
    np.savez_compressed(TRUTH, allow_pickle=False, **kept)


if __name__ == "__main__":
    main()
