"""Brokers ranked: structural holes, brokerage roles and what the loss of each cuts off."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from relgraph.analysis.brokerage.holes import Model, structural_holes
from relgraph.analysis.brokerage.roles import brokerage_roles
from relgraph.analysis.money import is_market, known_amounts
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.ranking.uncertainty import confidence_notes, drawn_values
from relgraph.analysis.structure.cohesion import articulation_points, bridges
from relgraph.arguments import checked
from relgraph.network import Floats, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

By = Literal[
    "constraint",
    "effective_size",
    "efficiency",
    "hierarchy",
    "coordinator",
    "consultant",
    "gatekeeper",
    "representative",
    "liaison",
    "brokered",
    "cut_off",
]
# Measures that constrain a node: the smallest value comes first.
LEAST_FIRST = ("constraint", "hierarchy")


def broker_measures(network: Network, model: Model = "whole") -> dict[str, npt.NDArray[Any]]:
    """Return every measure of brokerage by name, each aligned with the network's ids.

    `constraint`, `effective_size`, `efficiency`, `hierarchy` (see `holes.structural_holes`); the
    five roles (see `brokerage.brokerage_roles`) and `brokered`, their sum; `articulation`,
    `cut_off` and `margin_cut_off` (see `cohesion.articulation_points`).

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> broker_measures(from_networkx(nx.DiGraph(["ab", "bc"])))["brokered"].tolist()
    [0, 1, 0]
    """
    roles = brokerage_roles(network)
    margin = customer_margins(network)
    cut = articulation_points(network, margin)
    lost = np.full(network.n, np.nan) if margin is None else cut.cut_off_value
    return {
        **structural_holes(network, model)._asdict(),
        **roles._asdict(),
        "brokered": np.sum(roles, axis=0),
        "articulation": cut.articulation,
        "cut_off": cut.cut_off,
        "margin_cut_off": lost,
    }


@checked
def broker_rows(
    network: Network,
    by: By = "constraint",
    model: Model = "whole",
    settings: RankingSettings = USUAL,
) -> Result:
    """Return the nodes with every measure of brokerage, the best placed first.

    Parameters
    ----------
    network : Network
        Structural holes count both directions, roles follow arcs, cuts look at ties. Its
        attribute `margin`, if loaded, is summed over the customers cut off.
    by : str
        The measure to rank by; the smallest first for `constraint` and `hierarchy`.
    model : {"whole", "ego"}
        See `holes.structural_holes`.
    settings : RankingSettings
        With `confidence` the interval of each rank is added (see `ranking.uncertainty`).

    Returns
    -------
    Result
        `rank, id, name, market` and the measures of `broker_measures`.
    """
    measures = broker_measures(network, model)
    columns: dict[str, npt.NDArray[Any]] = {
        "id": network.ids,
        "name": network.names,
        "market": network.markets,
        **measures,
    }
    least = by in LEAST_FIRST
    if not settings.confidence:
        return ranked(columns, by, smallest_first=least).with_notes(*network.notes)
    drawn = drawn_values(network, lambda drawn: broker_measures(drawn, model)[by], settings)
    result = with_rank_intervals(columns, by, drawn, smallest_first=least, mirrored=True)
    return result.with_notes(*network.notes, *confidence_notes(result))


def bridge_rows(network: Network) -> Result:
    """Return the bridges: ties whose loss splits their component, and what each cuts off.

    Parameters
    ----------
    network : Network
        Direction is ignored; its attribute `margin`, if loaded, is summed over customers.

    Returns
    -------
    Result
        `source, target, cut_off, margin_cut_off, source_name, target_name`: the side of
        `target` is cut off; most nodes first.
    """
    margin = customer_margins(network)
    found = bridges(network, margin)
    ids, names = network.ids, network.names
    columns: dict[str, npt.NDArray[Any]] = {
        "source": ids[found.kept],
        "target": ids[found.lost],
        "cut_off": found.cut_off,
        "margin_cut_off": np.full(len(found.kept), np.nan)
        if margin is None
        else found.cut_off_value,
        "source_name": names[found.kept],
        "target_name": names[found.lost],
    }
    return Result(columns, network.notes)


def customer_margins(network: Network) -> Floats | None:
    """Return each customer's margin, 0 for others and unknown ones; None if none is known."""
    customers = is_market(network.markets, "customer")
    return known_amounts(network.nodes.attributes.get("margin"), customers)
