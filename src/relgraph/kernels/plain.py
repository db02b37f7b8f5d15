"""What small networks get by NumPy alone: importing numba would take longer than the work.

Each function gives what the kernel does that it stands in for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

# Up to this many arcs a measure takes less time than the import of numba (0.25 s).
FEW_ARCS = 150_000


def both_ways(indptr: Ints, indices: Nodes) -> tuple[Ints, Nodes]:
    """Return the arcs with their reverses, each once, as compressed sparse rows.

    Examples
    --------
    >>> [part.tolist() for part in both_ways(np.array([0, 1, 1]), np.array([1], np.int32))]
    [[0, 1, 2], [1, 0]]
    """
    n, heads = len(indptr) - 1, indices.astype(np.int64)
    tails = np.repeat(np.arange(n), np.diff(indptr))
    places = np.sort(np.concatenate([tails * n + heads, heads * n + tails]))
    places = places[np.diff(places, prepend=-1) > 0]
    tails, heads = np.divmod(places, max(n, 1))
    return np.concatenate([[0], np.cumsum(np.bincount(tails, minlength=n))]), heads.astype(np.int32)


def core_numbers(indptr: Ints, indices: Nodes) -> Ints:
    """Return the core number of each node of a symmetric network without self loops.

    Peels off, level by level, all nodes at once that have no more neighbours left than the level
    (Batagelj and Zaveršnik 2003, arXiv:cs/0310049, without their order within a level). It takes
    O(n + m), and as many steps as there are rounds: half a long chain has 5,000, or 0.2 s.
    """
    left = np.diff(indptr)
    core = np.full(len(left), -1)
    rest, level = np.arange(len(left)), 0
    # Invariant: `left` counts the neighbours in `rest`, and who is not in it has a core number.
    while len(rest):
        level = max(level, int(left[rest].min()))
        peeled = rest[left[rest] <= level]
        while len(peeled):
            core[peeled] = level
            heads = indices[arcs_from(indptr, peeled)[0]]
            others, lost = np.unique(heads[core[heads] < 0], return_counts=True)
            left[others] -= lost
            peeled = others[left[others] <= level].astype(np.int64)
        rest = rest[core[rest] < 0]
    return core


def arcs_from(indptr: Ints, nodes: Ints) -> tuple[Ints, Ints]:
    """Return the arcs that leave some nodes, node by node, and how many each has.

    Examples
    --------
    >>> [part.tolist() for part in arcs_from(np.array([0, 1, 1, 3]), np.array([2, 0]))]
    [[1, 2, 0], [2, 1]]
    """
    counts = indptr[nodes + 1] - indptr[nodes]
    starts = indptr[nodes] - np.cumsum(counts) + counts
    return np.repeat(starts, counts) + np.arange(counts.sum()), counts


def settle_credit(
    indptr: Ints,
    indices: Nodes,
    strength: Floats,
    share: float,
    base: Floats,
    tolerance: float,
    sweeps: int,
) -> tuple[Floats, Floats]:
    """Return the whole worth of each node in one world, and the share of it that each owes.

    The parameters are those of `kernels.credit.settle_credit`, of one world. The sweeps are
    Jacobi's: they take all values of the last sweep, and shrink the error as surely.
    """
    n = len(indptr) - 1
    source = np.repeat(np.arange(n), np.diff(indptr))
    with np.errstate(divide="ignore"):
        owes = -share * np.expm1(np.bincount(indices, np.log1p(-strength), n))
    told = np.bincount(indices, strength, n)
    due = strength * np.divide(owes, told, out=np.zeros(n), where=told > 0)[indices]
    whole, enough = base, tolerance * np.abs(base).max(initial=0.0)
    for _ in range(sweeps):
        last, whole = whole, base + np.bincount(source, due * whole[indices], n)
        if np.abs(whole - last).max(initial=0.0) <= enough:
            break
    return whole, owes
