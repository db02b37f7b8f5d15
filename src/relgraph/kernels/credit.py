"""Credit: what each node is owed for the worth that word of mouth brought to others.

Solves x = base + A·x by Gauss–Seidel, where row u of A holds the share of v's whole worth that v
owes to u. The columns of A sum to less than 1, so that ‖A‖₁ < 1 and sweeps converge; one costs
O(n + m).
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled


@compiled
def settle_credit(
    indptr: Ints, indices: Nodes, owed: Floats, base: Floats, tolerance: float, sweeps: int
) -> Floats:
    """Return the whole worth of each node in several worlds.

    Parameters
    ----------
    indptr, indices : ndarray
        Outgoing arcs u → v as compressed sparse rows.
    owed : ndarray of float64, shape (b, m)
        The share of v's whole worth that is owed to u, one row a world.
    base : ndarray of float64, shape (b, n)
        What each is worth by itself.
    tolerance : float
        The largest change, as a share of the largest base, at which sweeps end.
    sweeps : int
        After which they end anyway.
    """
    whole = base.copy()
    n = base.shape[1]
    for world in range(base.shape[0]):
        enough = tolerance * np.max(np.abs(base[world])) if n > 0 else 0.0
        for _ in range(sweeps):
            change = 0.0
            for node in range(n):
                value = base[world, node]
                for arc in range(indptr[node], indptr[node + 1]):
                    value += owed[world, arc] * whole[world, indices[arc]]
                change = max(change, abs(value - whole[world, node]))
                whole[world, node] = value
            if change <= enough:
                break
    return whole
