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
            counts = indptr[peeled + 1] - indptr[peeled]
            starts = indptr[peeled] - np.cumsum(counts) + counts
            others = indices[np.repeat(starts, counts) + np.arange(counts.sum())]
            others, lost = np.unique(others[core[others] < 0], return_counts=True)
            left[others] -= lost
            peeled = others[left[others] <= level]
        rest = rest[core[rest] < 0]
    return core
