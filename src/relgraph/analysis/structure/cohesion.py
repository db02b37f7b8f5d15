"""Cohesion: who is tied to whom, what holds a network together, and what a loss cuts off."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph.kernels import plain
from relgraph.network import Floats, Ints, Network

Bools = npt.NDArray[np.bool_]


def neighbours(network: Network) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Return the neighbours of each node as compressed sparse rows: indptr and indices.

    Unlike `Network.undirected` it ignores strength and sign.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> indptr, indices = neighbours(from_networkx(nx.DiGraph(["ab", "cb"])))
    >>> indptr.tolist(), indices.tolist()
    ([0, 1, 3, 4], [1, 0, 2, 1])
    """
    if not network.directed:
        return network.indptr, network.indices
    if network.m <= plain.FEW_ARCS:
        return plain.both_ways(network.indptr, network.indices)
    from relgraph.kernels.both_ways import both_ways

    indptr, indices, _ = both_ways(network.indptr, network.indices)
    return indptr, indices


def weak_components(network: Network) -> Ints:
    """Return the component of each node, the largest component first.

    Parameters
    ----------
    network : Network
        Direction and strength are ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbers from 0 by falling size, then by the first member. An isolate is a component of
        its own; an empty network gives an empty array.

    References
    ----------
    Tarjan and van Leeuwen 1984, doi 10.1145/62.2160.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> weak_components(from_networkx(nx.DiGraph(["ab", "cd", "ed"]))).tolist()
    [1, 1, 0, 0, 0]
    """
    from relgraph.kernels import components

    return by_size(components.weak_components(network.indptr, network.indices))


def strong_components(network: Network) -> Ints:
    """Return the strong component of each node: those that reach one another along arcs.

    Parameters
    ----------
    network : Network
        Along arcs; strength is ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        Numbers from 0 by falling size, then by the first member. A node on no cycle is a
        component of its own; an empty network gives an empty array.

    References
    ----------
    Tarjan 1972, doi 10.1137/0201010.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> strong_components(from_networkx(nx.DiGraph(["ab", "bc", "cb"]))).tolist()
    [1, 0, 0]
    """
    from relgraph.kernels import components

    return by_size(components.strong_components(network.indptr, network.indices))


def by_size(labels: npt.NDArray[np.integer]) -> Ints:
    """Renumber groups by falling size, then by their first member.

    Examples
    --------
    >>> by_size(np.array([7, 2, 2, 5])).tolist()
    [1, 0, 0, 2]
    """
    _, first, group, size = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(len(size), dtype=np.int64)
    number[np.lexsort((first, -size))] = np.arange(len(size))
    return np.asarray(number[group], dtype=np.int64)


class CutPoints(NamedTuple):
    """Articulation points, aligned with the network's ids, and what each cuts off."""

    articulation: Bools
    cut_off: Ints
    cut_off_value: Floats


class Bridges(NamedTuple):
    """Bridges as positions of their ends, the side cut off second, and what it holds."""

    kept: Ints
    lost: Ints
    cut_off: Ints
    cut_off_value: Floats


def articulation_points(network: Network, values: Floats | None = None) -> CutPoints:
    """Return the nodes whose loss splits their component, and what each cuts off.

    Everything is cut off but the largest piece that is left; of equally large pieces, the one
    with the largest value stays.

    Parameters
    ----------
    network : Network
        The undirected projection is used; strength is ignored.
    values : ndarray of float64, shape (n,), optional
        Summed over the nodes cut off, such as margins; nothing for None.

    Returns
    -------
    CutPoints
        Each of shape (n,): whether the node is one, how many other nodes it cuts off (0 if it is
        none) and their value. An isolate is none; an empty network gives empty arrays. Each
        component is treated by itself.

    References
    ----------
    Hopcroft and Tarjan 1973, doi 10.1145/362248.362272.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> cut = articulation_points(from_networkx(nx.Graph(["ab", "bc", "cd", "db"])))
    >>> cut.articulation.tolist(), cut.cut_off.tolist()
    ([False, True, False, False], [0, 1, 0, 0])
    """
    _, articulation, lost, lost_value, *_ = _cuts(network, values)
    return CutPoints(articulation, lost, lost_value)


def bridges(network: Network, values: Floats | None = None) -> Bridges:
    """Return the ties whose loss splits their component, and what each cuts off.

    The smaller side is cut off; of two equally large, the one with the smaller value,
    then the one that comes later.

    Parameters
    ----------
    network : Network
        The undirected projection is used, in which a pair has one tie.
    values : ndarray of float64, shape (n,), optional
        Summed over the nodes cut off; nothing for None.

    Returns
    -------
    Bridges
        One entry a bridge, most nodes cut off first, then by position. There is none in an
        empty network; each component is treated by itself.

    References
    ----------
    Tarjan 1974, "A note on finding the bridges of a graph", doi 10.1016/0020-0190(74)90003-9.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> found = bridges(from_networkx(nx.Graph(["ab", "bc", "cd", "db"])))
    >>> found.kept.tolist(), found.lost.tolist(), found.cut_off.tolist()
    ([1], [0], [1])
    """
    component, _, _, _, parent, far, far_value = _cuts(network, values)
    below = np.flatnonzero(parent >= 0)
    above = parent[below].astype(np.int64)
    size = np.bincount(component, minlength=1)[component[below]]
    worth = np.zeros(network.n) if values is None else values
    whole = np.bincount(component, worth, minlength=1)[component[below]]
    under, under_value = far[below], far_value[below]
    over, over_value = size - under, whole - under_value
    below_stays = (under > over) | (
        (under == over)
        & ((under_value > over_value) | ((under_value == over_value) & (below < above)))
    )
    kept, lost = np.where(below_stays, below, above), np.where(below_stays, above, below)
    cut_off = np.where(below_stays, over, under)
    value = np.where(below_stays, over_value, under_value)
    order = np.lexsort((lost, kept, -cut_off))
    return Bridges(kept[order], lost[order], cut_off[order], value[order])


def triangles(network: Network) -> Ints:
    """Return the number of triangles through each node.

    Parameters
    ----------
    network : Network
        The undirected projection is used; strength is ignored.

    Returns
    -------
    ndarray of int64, shape (n,)
        From 0 to d(d − 1)/2 for d neighbours; an isolate has 0, an empty network gives an empty
        array. Components do not matter.

    References
    ----------
    Latapy 2008, "Main-memory triangle computations", doi 10.1016/j.tcs.2008.07.017.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> triangles(from_networkx(nx.Graph(["ab", "bc", "ca", "cd"]))).tolist()
    [1, 1, 1, 0]
    """
    from relgraph.kernels import triangles as kernel

    return kernel.triangle_counts(*neighbours(network))


def transitivity(network: Network) -> float:
    """Return the share of two-step paths that are closed into a triangle; NaN without any.

    The undirected projection is used; strength is ignored. In [0, 1].

    References
    ----------
    Newman, Strogatz and Watts 2001, doi 10.1103/PhysRevE.64.026118.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> transitivity(from_networkx(nx.Graph(["ab", "bc", "ca", "cd"])))
    0.6
    """
    undirected = network.undirected()
    neighbours = np.diff(undirected.indptr)
    pairs = int((neighbours * (neighbours - 1)).sum())
    return 2 * int(triangles(undirected).sum()) / pairs if pairs else float("nan")


def density(network: Network) -> float:
    """Return the share of possible arcs (undirected: ties) that exist; NaN for n < 2.

    Strength is ignored. In [0, 1].

    References
    ----------
    Wasserman and Faust 1994, section 4.3, doi 10.1017/CBO9780511815478.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> density(from_networkx(nx.DiGraph(["ab", "bc"]))).__round__(4)
    0.3333
    """
    possible = network.n * (network.n - 1)
    return network.m / possible if possible else float("nan")


def reciprocity(network: Network) -> float:
    """Return the share of arcs whose reverse exists too; 1 when undirected, NaN without arcs.

    Strength is ignored. In [0, 1].

    References
    ----------
    Wasserman and Faust 1994, section 13.1, doi 10.1017/CBO9780511815478.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> reciprocity(from_networkx(nx.DiGraph(["ab", "ba", "bc", "ca"])))
    0.5
    """
    if not network.m:
        return float("nan")
    # A pair that is tied one way has one arc, any other tied pair two.
    pairs = network.undirected().m // 2
    return 2 * (network.m - pairs) / network.m


def _cuts(
    network: Network, values: Floats | None
) -> tuple[npt.NDArray[np.int32], Bools, Ints, Floats, npt.NDArray[np.int32], Ints, Floats]:
    from relgraph.kernels import components

    worth = np.zeros(network.n) if values is None else np.asarray(values, dtype=np.float64)
    return components.cuts(*neighbours(network), worth)
