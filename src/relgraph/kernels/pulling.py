"""One sweep of PageRank or Katz centrality, compiled: each node pulls from those that point at it.

It reads the reverse network once, O(n + m); `propagation` says what is repeated, and why.
"""

from __future__ import annotations

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled, in_ranges, unsigned


@compiled
def _pull(
    start: int,
    stop: int,
    indptr: Ints,
    indices: Nodes,
    strength: Floats,
    share: Floats,
    inverse: Floats,
    base: float,
    factor: float,
    values: Floats,
    out: Floats,
) -> tuple[float, float, float]:
    """Update `values` and `out` = values·inverse of a range.

    Returns the sum of changes, the sum of the new values, and that of the nodes whose
    `inverse` is 0. An empty `strength` stands for strengths of 1 and costs no reading.
    """
    change = 0.0
    total = 0.0
    dangling = 0.0
    weighted = len(strength) > 0
    # Ranges read `share`, which stays as it was before the sweep, and write what is theirs.
    for node in range(start, stop):
        pulled = 0.0
        if weighted:
            for arc in range(indptr[node], indptr[node + 1]):
                pulled += strength[arc] * share[indices[arc]]
        else:
            for arc in range(indptr[node], indptr[node + 1]):
                pulled += share[indices[arc]]
        value = base + factor * pulled
        change += abs(value - values[node])
        total += value
        values[node] = value
        out[node] = value * inverse[node]
        if inverse[node] == 0.0:
            dangling += value
    return change, total, dangling


def pull(
    indptr: Ints,
    indices: Nodes,
    strength: Floats,
    share: Floats,
    inverse: Floats,
    base: float,
    factor: float,
    values: Floats,
    out: Floats,
) -> tuple[float, float, float]:
    """Sweep all nodes, on all cores where there are many; return what `_pull` does."""
    rest = (*unsigned(indptr, indices), strength, share, inverse, base, factor, values, out)
    parts = in_ranges(
        lambda start, stop: _pull(start, stop, *rest), len(values), len(values) + len(indices)
    )
    changes, totals, dangling = zip(*parts, strict=True)
    return sum(changes), sum(totals), sum(dangling)
