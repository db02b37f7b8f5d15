"""Brokers: who stands between others, between which markets, and what a loss cuts off."""

from __future__ import annotations

from typing import Unpack

from relgraph import assumptions
from relgraph.analysis.brokerage.brokers import By, bridge_rows, broker_rows
from relgraph.analysis.brokerage.holes import Model
from relgraph.analysis.brokerage.roles import brokered_between
from relgraph.arguments import checked
from relgraph.firm import read_network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store


@checked
def rank_brokers(
    store: Store,
    settings: RankingSettings | None = None,
    *,
    by: By = "constraint",
    model: Model = "whole",
    **changes: Unpack[Changes],
) -> Result:
    """Return stakeholders with every measure of brokerage, the best placed first.

    Its columns are those of `relgraph.analysis.brokerage.brokers.broker_rows`.

    Parameters
    ----------
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    by : str
        Any of its measures, to rank by; the smallest first for `constraint` and `hierarchy`.
    model : {"whole", "ego"}
        Structural holes over the whole network or within each ego network.

    Returns
    -------
    Result
        `rank, id, name, market, constraint, effective_size, efficiency, hierarchy, coordinator,
        consultant, gatekeeper, representative, liaison, brokered, articulation, cut_off,
        margin_cut_off`; with `confidence` also `rank_low, rank_high, stays_ahead`.
    """
    settings = settle(settings, changes)
    return broker_rows(read_network(store, settings, ("margin",)), by, model, settings)


@checked
def connect_markets(
    store: Store,
    settings: RankingSettings | None = None,
    *,
    permutations: int = int(assumptions.PERMUTATIONS),
    **changes: Unpack[Changes],
) -> Result:
    """Return the brokered pairs between markets, against chance.

    Its columns are those of `relgraph.analysis.brokerage.roles.brokered_between`.

    Parameters
    ----------
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    permutations : int
        How often markets are permuted over the stakeholders.

    Returns
    -------
    Result
        `from_market, to_market, pairs, expected, z, p, broker, broker_name, broker_share`.
    """
    settings = settle(settings, changes)
    return brokered_between(read_network(store, settings), permutations, settings)


@checked
def list_bridges(
    store: Store, settings: RankingSettings | None = None, **changes: Unpack[Changes]
) -> Result:
    """Return the bridges of the network, and what each cuts off.

    Its columns are those of `relgraph.analysis.brokerage.brokers.bridge_rows`.

    Parameters
    ----------
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.

    Returns
    -------
    Result
        `source, target, cut_off, margin_cut_off, source_name, target_name`.
    """
    return bridge_rows(read_network(store, settle(settings, changes), ("margin",)))
