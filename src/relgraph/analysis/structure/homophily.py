"""Homophily: whether ties stay inside markets, by the E-I index and by assortativity.

Both follow the projection: over arcs in a directed network, over ties in an undirected one.
What chance would give is found by permuting the markets over the stakeholders.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.structure.markets import against_chance, market_groups
from relgraph.errors import check_range
from relgraph.network import Floats, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

Groups = npt.NDArray[np.int32]


# Arcs from which on compiled code is worth loading.
_COMPILED = 100_000


def ei_index(network: Network) -> Floats:
    """Return the E-I index of each node: its ties outside its market against those inside.

    (E − I)/(E + I), with E the node's arcs (undirected: ties) that join it with another market
    and I those that join it with its own; −1 is all inside, 1 all outside.

    Parameters
    ----------
    network : Network
        Arcs out of and into the node count alike; strength is ignored. Nodes without a market
        form one of their own.

    Returns
    -------
    ndarray of float64, shape (n,)
        In [−1, 1]; NaN for an isolate; an empty network gives an empty array. Components do not
        matter.

    References
    ----------
    Krackhardt and Stern 1988, "Informal networks and organizational crises",
    doi 10.2307/2786835.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> graph = nx.Graph(["ab", "bc"])
    >>> nx.set_node_attributes(graph, dict(a="customer", b="customer", c="supplier"), "market")
    >>> ei_index(from_networkx(graph)).tolist()
    [-1.0, 0.0, 1.0]
    """
    group, _ = market_groups(network)
    outside = group[network.sources] != group[network.indices]
    ends = np.concatenate([network.sources, network.indices])
    external = np.bincount(ends, np.tile(outside, 2), minlength=network.n)
    ties = np.bincount(ends, minlength=network.n)
    return _index(external, ties - external)


def homophily_figures(
    network: Network,
    permutations: int = int(assumptions.PERMUTATIONS),
    settings: RankingSettings = USUAL,
) -> Result:
    """Return E-I of the network and of each market, and assortativity, against chance.

    The E-I index of a market counts the ties that touch it, one inside it once; that of the
    network counts every tie once. Assortativity is Newman's: (Σe_gg − Σa_g b_g)/(1 − Σa_g b_g)
    over the shares e of arcs from market to market, 1 when all stay inside, 0 by chance.

    Parameters
    ----------
    network : Network
        Along arcs, or over ties when undirected; strength is ignored.
    permutations : int
        How often markets are permuted over the stakeholders.
    settings : RankingSettings
        Its seed draws the permutations, its progress reports each.

    Returns
    -------
    Result
        `figure, market, value, expected, z, p`: `ei_index` of the network (market None) and of
        each market, `assortativity`. NaN where there is no tie, or only one market.

    References
    ----------
    Krackhardt and Stern 1988, doi 10.2307/2786835; Newman 2003, "Mixing patterns in networks",
    doi 10.1103/PhysRevE.67.026126.
    """
    check_range(permutations, "permutations", *assumptions.LIMITS["permutations"])
    group, names = market_groups(network)
    rng = np.random.default_rng(settings.seed)
    drawn = np.empty((permutations, len(names) + 2))
    settings.progress.start("progress.permuting_markets", total=permutations)
    for draw in range(permutations):
        drawn[draw] = _figures(_mixing(network, rng.permutation(group), len(names)), network)
        settings.progress.advance()
    settings.progress.finish()
    observed = _figures(_mixing(network, group, len(names)), network)
    expected, z, p = against_chance(observed, drawn)
    known = ~np.isnan(observed)
    columns: dict[str, npt.NDArray[Any]] = {
        "figure": np.array(["assortativity", *["ei_index"] * (len(names) + 1)], dtype=object),
        "market": np.array([None, None, *names], dtype=object),
        "value": observed,
        "expected": np.where(known, expected, np.nan),
        "z": np.where(known, z, np.nan),
        "p": np.where(known, p, np.nan),
    }
    return Result(columns, network.notes)


def _mixing(network: Network, group: Groups, groups: int) -> npt.NDArray[np.int64]:
    """Return the number of arcs from each market to each."""
    if network.m > _COMPILED and groups <= 256:
        from relgraph.kernels.group_pairs import group_pairs

        return group_pairs(network.indptr, network.indices, group.astype(np.uint8), groups)
    cells = group[network.sources].astype(np.int64) * groups + group[network.indices]
    return np.bincount(cells, minlength=groups * groups).reshape(groups, groups)


def _figures(mixing: npt.NDArray[np.int64], network: Network) -> Floats:
    """Return assortativity, E-I of the network and E-I of each market."""
    inside = np.diagonal(mixing).astype(np.float64)
    outward, inward = mixing.sum(axis=1), mixing.sum(axis=0)
    arcs = float(mixing.sum())
    # Arcs that touch a market from outside, and those inside it; a tie of an undirected network
    # is two arcs, and so counts twice in both.
    external = outward + inward - 2 * inside
    internal = inside
    if not network.directed:
        external = external / 2
        internal = internal / 2
    by_chance = float(outward @ inward) / arcs**2 if arcs else 1.0
    assortativity = np.nan
    if by_chance < 1:
        assortativity = (inside.sum() / arcs - by_chance) / (1 - by_chance)
    whole = (arcs - 2 * inside.sum()) / arcs if arcs else np.nan
    return np.array([assortativity, whole, *_index(external, internal)])


def _index(external: npt.NDArray[Any], internal: npt.NDArray[Any]) -> Floats:
    ties = external + internal
    index = np.full(len(ties), np.nan)
    np.divide(external - internal, ties, out=index, where=ties > 0)
    return index
