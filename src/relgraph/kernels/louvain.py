"""Local moving of the Louvain method: nodes join the neighbouring community that gains most.

One pass reads every arc once: O(m), and a few dozen passes are usual. Blondel, Guillaume,
Lambiotte, Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled


@compiled
def move_nodes(
    indptr: npt.NDArray[np.int64],
    indices: npt.NDArray[np.int32],
    weight: npt.NDArray[np.float64],
    loops: npt.NDArray[np.float64],
    order: npt.NDArray[np.int64],
    most_passes: int,
    resolution: float,
) -> npt.NDArray[np.int64]:
    """Return the community of each node after moving nodes until modularity stops growing.

    Parameters
    ----------
    indptr, indices, weight : ndarray
        A symmetric network without self loops as compressed sparse rows.
    loops : ndarray of float64, shape (n,)
        Twice the weight inside each node, which may stand for a community.
    order : ndarray of int64, shape (n,)
        The order in which nodes are looked at.
    most_passes : int
        Passes after which it stops in any case.
    resolution : float
        Factor on the ties expected by chance (Reichardt, Bornholdt 2006); 1 is modularity.
    """
    n = len(indptr) - 1
    community = np.arange(n)
    degree = loops.copy()
    for node in range(n):
        for arc in range(indptr[node], indptr[node + 1]):
            degree[node] += weight[arc]
    total = degree.copy()
    whole = 0.0
    for node in range(n):
        whole += degree[node]
    expected = resolution / whole
    to = np.zeros(n)
    near = np.empty(n, np.int64)
    for _ in range(most_passes):
        moved = False
        for node in order:
            own = community[node]
            count = 0
            for arc in range(indptr[node], indptr[node + 1]):
                other = community[indices[arc]]
                if to[other] == 0.0:
                    near[count] = other
                    count += 1
                to[other] += weight[arc]
            total[own] -= degree[node]
            best, most = own, to[own] - total[own] * degree[node] * expected
            for place in range(count):
                other = near[place]
                gain = to[other] - total[other] * degree[node] * expected
                if gain > most + 1e-12 * whole:
                    best, most = other, gain
                to[other] = 0.0
            total[best] += degree[node]
            if best != own:
                community[node] = best
                moved = True
        if not moved:
            break
    return community
