"""PageRank and Katz centrality: each node pulls from those that point at it, until it settles.

PageRank repeats x = d·(Aᵀ(x/s) + D(x)/n) + (1 − d)/n, where s is a node's outgoing strength and
D(x) the rank of the nodes without any; Katz repeats x = 1 + α·Aᵀx. A sweep costs O(n + m) and
reads the reverse network; the error shrinks by d, or by α·λ₁, with each. PageRank extrapolates
once for each precision.

Sources: Brin and Page 1998, doi 10.1016/S0169-7552(98)00110-X; Haveliwala, Kamvar, Klein, Manning
and Golub 2003, "Computing PageRank using power extrapolation"; Katz 1953, doi 10.1007/BF02289026.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.plain import FEW_ARCS, Floats, Ints, Nodes

# Arcs above which sweeps begin in float32, and the sum of changes at which that ends.
LARGE = 1_000_000
COARSE = 1e-6
# The error shrinks by d a sweep in the end, because rank turns in small circles that nothing
# leaves. From this share of that pace on, sweeps as many as several such circles have in common
# tell what is left of it, which is then taken out at once.
SLOW = 0.9
PERIOD = 6


def pagerank(
    reverse_indptr: Ints,
    reverse_indices: Nodes,
    reverse_strength: Floats,
    out_strength: Floats,
    damping: float,
    tolerance: float,
    max_sweeps: int,
) -> Floats | None:
    """Return the ranks, summing to 1, or None when the sweeps do not suffice.

    Parameters
    ----------
    reverse_indptr, reverse_indices : ndarray, shape (n + 1,) and (m,)
        For each node, those that point at it.
    reverse_strength : ndarray of float64, shape (m,) or (0,)
        Strength of these arcs; empty when all are equal.
    out_strength : ndarray of float64, shape (n,)
        Sum of the strengths (or number) of each node's outgoing arcs.
    damping, tolerance : float
        Chance to go on along an arc; sum of absolute changes at which it stops.
    max_sweeps : int
        When to give up.
    """
    n = len(out_strength)
    exact = np.divide(1.0, out_strength, out=np.zeros(n), where=out_strength > 0)
    ranks = np.full(n, 1.0 / n)
    # Power extrapolation, Haveliwala et al. 2003: what turns in circles shrinks by d^PERIOD in
    # PERIOD sweeps, so of a change x over them d^PERIOD/(1 − d^PERIOD)·x is still to come.
    kept = damping**PERIOD / (1.0 - damping**PERIOD)
    sweeps = 0
    for kind, enough in _precisions(len(reverse_indices), tolerance):
        inverse, values = exact.astype(kind), ranks.astype(kind)
        share, spare = values * inverse, np.empty_like(values)
        dangling = float(values[inverse == 0].sum())
        arcs = (reverse_indptr, reverse_indices, reverse_strength.astype(kind, copy=False))
        change, before, earlier, due = np.inf, np.inf, None, 0
        while change >= enough and sweeps < max_sweeps:
            base = (1.0 - damping + damping * dangling) / n
            change, total, dangling = _sweep(arcs, share, inverse, base, damping, values, spare)
            share, spare = spare, share
            sweeps += 1
            # Invariant: `share` = values·inverse, and `dangling` is the rank without a way on.
            if earlier is None and change > SLOW * damping * before:
                earlier, due = values.copy(), sweeps + PERIOD
            elif sweeps == due:
                values += kept * (values - earlier)
                share = values * inverse
                dangling = float(values[inverse == 0].sum())
            before = change
        ranks = values / total
    return ranks if change < enough else None


def _precisions(m: int, tolerance: float) -> list[tuple[type[np.floating], float]]:
    """Return the kinds of float to sweep in, and the change at which each has done its part.

    A large network is swept in float32 first, which reads half the memory; its rounding is far
    below the change at which float64 takes over.
    """
    finish: list[tuple[type[np.floating], float]] = [(np.float64, tolerance)]
    return [(np.float32, max(COARSE, tolerance)), *finish] if m > LARGE else finish


def katz(
    reverse_indptr: Ints,
    reverse_indices: Nodes,
    reverse_strength: Floats,
    attenuation: float,
    tolerance: float,
    max_sweeps: int,
) -> Floats | None:
    """Return x = 1 + attenuation·Aᵀx, or None when the sweeps do not suffice.

    It stops when the sum of changes is below `tolerance` times the sum of values.
    """
    n = len(reverse_indptr) - 1
    values, ones = np.ones(n), np.ones(n)
    share, spare = values.copy(), np.empty(n)
    arcs = (reverse_indptr, reverse_indices, reverse_strength)
    for _ in range(max_sweeps):
        change, total, _ = _sweep(arcs, share, ones, 1.0, attenuation, values, spare)
        share, spare = spare, share
        if change < tolerance * total:
            return values
    return None


def _sweep(
    arcs: tuple[Ints, Nodes, Floats],
    share: Floats,
    inverse: Floats,
    base: float,
    factor: float,
    values: Floats,
    out: Floats,
) -> tuple[float, float, float]:
    """Set `values` to base + factor·Aᵀshare, and `out` to values·inverse; see `pulling.pull`."""
    indptr, indices, strength = arcs
    if len(indices) <= FEW_ARCS:
        heads = np.repeat(np.arange(len(values)), np.diff(indptr))
        passed = share[indices] * strength if len(strength) else share[indices]
        new = base + factor * np.bincount(heads, passed, len(values))
        change = float(abs(new - values).sum())
        values[:], out[:] = new, new * inverse
        return change, float(new.sum()), float(new[inverse == 0].sum())
    from relgraph.kernels.pulling import pull

    return pull(*arcs, share, inverse, base, factor, values, out)
