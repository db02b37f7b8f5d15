"""Credit: what each node is owed for the worth that word of mouth brought to others.

Node v owes π_v = π·(1 − Π(1 − s_uv)) of its whole worth to those who recommended us to it, in
proportion to s. The whole worth x = base + A·x, a_uv = π_v·s_uv/Σ_w s_wv, is solved by
Gauss–Seidel: the columns of A sum to π_v ≤ π < 1, so that ‖A‖₁ < 1 and each sweep, O(n + m),
shrinks the error at least by π.

Source: Hubbell 1965, doi 10.2307/2785990.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Floats, Ints, Nodes, compiled


@compiled
def settle_credit(
    indptr: Ints,
    indices: Nodes,
    strength: Floats,
    share: Floats,
    base: Floats,
    tolerance: float,
    sweeps: int,
) -> tuple[Floats, Floats]:
    """Return the whole worth of each node in several worlds, and the share of it that each owes.

    Parameters
    ----------
    indptr, indices : ndarray
        Arcs u → v, along which u's word reached v, as compressed sparse rows.
    strength : ndarray of float64, shape (b, m)
        Of these arcs, one row a world.
    share : ndarray of float64, shape (b,)
        π of each world.
    base : ndarray of float64, shape (b, n)
        What each is worth by itself.
    tolerance : float
        The largest change, as a share of the largest worth, at which sweeps end.
    sweeps : int
        After which they end anyway.
    """
    whole = base.copy()
    n = base.shape[1]
    owes = np.zeros(base.shape)
    each = np.zeros(n)  # what v owes for a strength of 1
    for world in range(base.shape[0]):
        each[:] = 0.0
        for arc in range(len(indices)):
            node, told = indices[arc], strength[world, arc]
            each[node] += told
            # 1 − Π(1 − s) arc by arc: exact also where s is so small that 1 − s is 1.
            owes[world, node] += told * (1.0 - owes[world, node])
        for node in range(n):
            owes[world, node] *= share[world]
            each[node] = owes[world, node] / each[node] if each[node] > 0.0 else 0.0
        # `each` becomes what v owes for a strength of 1 at its present worth: one read an arc.
        rate = each.copy()
        each *= whole[world]
        for _ in range(sweeps):
            change, largest = 0.0, 0.0
            for node in range(n):
                value = base[world, node]
                for arc in range(indptr[node], indptr[node + 1]):
                    value += strength[world, arc] * each[indices[arc]]
                change = max(change, abs(value - whole[world, node]))
                largest = max(largest, abs(value))
                whole[world, node] = value
                each[node] = rate[node] * value
            if change <= tolerance * largest:
                break
    return whole, owes
