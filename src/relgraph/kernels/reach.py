"""Hops: how many steps each node is from many sources, by breadth-first search.

One search reads every arc within reach once, so a table of k sources costs O(k·(n + m)) time and
k·n entries; searches of different sources run on several threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled, in_ranges


@compiled
def _hops(
    start: int,
    stop: int,
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    sources: npt.NDArray[np.int64],
    table: npt.NDArray[np.int32],
) -> None:
    queue = np.empty(len(indptr) - 1, np.int32)
    for row in range(start, stop):
        hops = table[row]
        hops[sources[row]] = 0
        queue[0] = sources[row]
        head, tail = 0, 1
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                other = indices[arc]
                if hops[other] < 0:
                    hops[other] = hops[node] + 1
                    queue[tail] = other
                    tail += 1


def hop_table(
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    sources: npt.NDArray[np.int64],
) -> npt.NDArray[np.int32]:
    """Return the hops from each source to each node, −1 where none lead there.

    Parameters
    ----------
    indptr, indices : ndarray
        The arcs as compressed sparse rows.
    sources : ndarray of int64, shape (k,)
        Positions to start from.

    Returns
    -------
    ndarray of int32, shape (k, n)
    """
    table = np.full((len(sources), len(indptr) - 1), -1, np.int32)

    def work(start: int, stop: int) -> Any:
        return _hops(start, stop, indptr, indices, sources, table)

    in_ranges(work, len(sources), len(sources) * (len(indptr) + len(indices)), pieces=4)
    return table
