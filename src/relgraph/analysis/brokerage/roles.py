"""Brokerage: who stands between two that are not tied themselves, and between which markets."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.structure.markets import against_chance, market_groups
from relgraph.errors import check_range
from relgraph.network import Ints, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings


class BrokerageRoles(NamedTuple):
    """Pairs that each node brokers in each role, aligned with the network's ids."""

    coordinator: Ints
    consultant: Ints
    gatekeeper: Ints
    representative: Ints
    liaison: Ints


def brokerage_roles(network: Network) -> BrokerageRoles:
    """Return how many pairs each node brokers, by the markets of the three (Gould–Fernandez).

    It counts ordered pairs a → v → b with a ≠ b and no arc a → b. With the market of a,
    v and b as letters: coordinator AAA, consultant ABA, gatekeeper ABB (from outside to its
    own), representative AAB (from its own to outside), liaison ABC.

    Parameters
    ----------
    network : Network
        Along arcs; strength is ignored. Nodes without a market form one of their own.

    Returns
    -------
    BrokerageRoles
        Each of shape (n,), from 0, not normalised. An isolate has 0; an empty network gives
        empty arrays. Components do not matter.

    References
    ----------
    Gould and Fernandez 1989, "Structures of mediation", doi 10.2307/270949.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> graph = nx.DiGraph(["ab", "bc"])
    >>> nx.set_node_attributes(graph, dict(a="supplier", b="customer", c="customer"), "market")
    >>> [role.tolist() for role in brokerage_roles(from_networkx(graph))]
    [[0, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]
    """
    group, names = market_groups(network)
    pairs = _brokered_pairs(network, group, len(names))
    own = np.arange(network.n)
    within = pairs[own, group, group]
    to_own = pairs[own, :, group].sum(axis=1) - within
    from_own = pairs[own, group, :].sum(axis=1) - within
    back = np.trace(pairs, axis1=1, axis2=2) - within
    rest = pairs.sum(axis=(1, 2)) - within - to_own - from_own - back
    return BrokerageRoles(within, back, to_own, from_own, rest)


def brokered_between(
    network: Network,
    permutations: int = int(assumptions.PERMUTATIONS),
    settings: RankingSettings = USUAL,
) -> Result:
    """Return the brokered pairs between markets, one row for each ordered pair of markets.

    Pairs a → v → b (see `brokerage_roles`) are counted by the markets of a and b. The expected
    count comes from permuting the markets over the stakeholders of the same network.

    Parameters
    ----------
    network : Network
        Along arcs; strength is ignored.
    permutations : int
        How often markets are permuted; 0 leaves `expected`, `z` and `p` empty.
    settings : RankingSettings
        Its seed draws the permutations, its progress reports each.

    Returns
    -------
    Result
        `from_market, to_market, pairs, expected, z, p, broker, broker_name, broker_share`, most
        pairs first. `p` is two-sided, (1 + as extreme)/(1 + permutations); `z` is NaN where
        every permutation gives the same; the broker carries most of the pairs.

    References
    ----------
    Gould and Fernandez 1989, doi 10.2307/270949; the permutation of labels as Hubert 1987,
    "Assignment Methods in Combinatorial Data Analysis".
    """
    check_range(permutations, "permutations", *assumptions.LIMITS["permutations"])
    group, names = market_groups(network)
    pairs = _brokered_pairs(network, group, len(names))
    observed = pairs.sum(axis=0)
    rng = np.random.default_rng(settings.seed)
    drawn = np.empty((permutations, len(names), len(names)))
    settings.progress.start("progress.permuting_markets", total=permutations)
    for draw in range(permutations):
        shuffled = _brokered_pairs(network, rng.permutation(group), len(names))
        drawn[draw] = shuffled.sum(axis=0)
        settings.progress.advance()
    settings.progress.finish()
    expected, z, p = against_chance(observed, drawn)
    rows, columns = np.divmod(np.arange(len(names) ** 2), max(len(names), 1))
    if network.n:
        best = pairs.argmax(axis=0)[rows, columns]
        most = pairs.max(axis=0)[rows, columns]
    else:
        best = most = np.zeros(0, dtype=np.int64)
    counts = observed[rows, columns]
    some = counts > 0
    market = np.array([*names], dtype=object)
    table: dict[str, npt.NDArray[Any]] = {
        "from_market": market[rows],
        "to_market": market[columns],
        "pairs": counts,
        "expected": expected[rows, columns],
        "z": z[rows, columns],
        "p": p[rows, columns],
        "broker": np.asarray(np.where(some, network.ids[best], None)),
        "broker_name": np.asarray(np.where(some, network.names[best], None)),
        "broker_share": np.divide(most, counts, out=np.full(len(rows), np.nan), where=some),
    }
    order = np.argsort(-counts, kind="stable")
    return Result({name: values[order] for name, values in table.items()}, network.notes)


def _brokered_pairs(network: Network, group: npt.NDArray[np.int32], groups: int) -> Ints:
    from relgraph.kernels import brokerage

    return brokerage.brokered_pairs(
        network.indptr,
        network.indices,
        network.reverse_indptr,
        network.reverse_indices,
        group,
        groups,
    )
