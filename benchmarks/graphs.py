"""Seeded networks for benchmarks: Chung–Lu degrees, communities and triangles, and edge lists."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from relgraph.network import Network, Nodes, text_array

GROUP = 50  # stakeholders of a community
NEAR = 0.5  # share of arcs inside a community, where triangles close


def chung_lu(n: int, m: int, seed: int = 1) -> Network:
    """Return about m arcs between n nodes: weights like rank^(−1/2), half inside communities."""
    rng = np.random.default_rng(seed)
    weight = np.arange(1, n + 1) ** -0.5
    order = rng.permutation(n)
    ends = order[rng.choice(n, (2, m + m // 4), p=weight / weight.sum())]
    near = rng.random(ends.shape[1]) < NEAR
    neighbour = (ends[0] // GROUP) * GROUP + rng.integers(0, GROUP, ends.shape[1])
    target = np.where(near, np.minimum(neighbour, n - 1), ends[1])
    keys = np.unique(ends[0].astype(np.int64) * n + target)
    keys = keys[keys // n != keys % n]
    keys = np.sort(rng.choice(keys, min(m, len(keys)), replace=False))
    return from_arcs(keys // n, keys % n, n)


def from_arcs(source: np.ndarray, target: np.ndarray, n: int) -> Network:
    """Return distinct arcs between positions as a network of customers, without stored rows."""
    order = np.lexsort((target, source))
    counts = np.bincount(source, minlength=n)
    m = len(source)
    ids = text_array([str(node) for node in range(n)])
    return Network(
        Nodes(ids, ids, text_array(["customer"] * n)),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        target[order].astype(np.int32),
        np.ones(m),
        np.zeros(m),
        np.ones(m, np.int8),
    )


def read_edges(path: Path) -> Network:
    """Return the network of a file whose first line counts nodes and arcs, then an arc a line."""
    with path.open() as file:
        n = int(file.readline().split()[0])
        arcs = np.loadtxt(file, dtype=np.int64, usecols=(0, 1))
    arcs = np.unique(arcs[arcs[:, 0] != arcs[:, 1]], axis=0)
    return from_arcs(arcs[:, 0], arcs[:, 1], max(n, int(arcs.max()) + 1))
