"""Brokers: who stands between others, between which markets, and what a loss cuts off."""

from __future__ import annotations

from datetime import datetime

from relgraph import assumptions
from relgraph.analysis.brokerage import brokers as broker_ranking
from relgraph.analysis.brokerage import roles as brokerage
from relgraph.analysis.brokerage.brokers import By
from relgraph.analysis.brokerage.holes import Model
from relgraph.api.projection import Strength, fetch_projection
from relgraph.network import Projection
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store


def rank_brokers(
    store: Store,
    projection: Projection | None = None,
    *,
    by: By = "constraint",
    model: Model = "whole",
    strength: Strength = "given",
    as_of: datetime | None = None,
    confidence: bool = False,
    seed: int = 0,
    progress: Progress = SILENT,
) -> Result:
    """Return stakeholders with every measure of brokerage, the best placed first.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to measure; the default network for None.
    by : str
        The measure to rank by; the smallest first for `constraint` and `hierarchy`.
    model : {"whole", "ego"}
        Structural holes over the whole network or within each ego network.
    strength : {"given", "index"}
        Which strengths: as given, or the partnership index where there is one.
    as_of : datetime, optional
        For the index: contacts up to then; up to the latest for None.
    confidence : bool
        Add the interval of each rank when ties are uncertain.
    seed : int
        Of the draws behind it.
    progress : Progress
        Told of each draw.

    Returns
    -------
    Result
        See `relgraph.analysis.brokerage.brokers.rank_brokers`.
    """
    network = fetch_projection(store, projection, strength, as_of, ("margin",))
    return broker_ranking.rank_brokers(
        network, by, model, confidence=confidence, seed=seed, progress=progress
    )


def connect_markets(
    store: Store,
    projection: Projection | None = None,
    *,
    permutations: int = int(assumptions.PERMUTATIONS),
    seed: int = 0,
    progress: Progress = SILENT,
) -> Result:
    """Return which market reaches which through whom, against chance.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to look at; the default network for None.
    permutations : int
        How often markets are permuted over the stakeholders.
    seed : int
        The same seed gives the same permutations.
    progress : Progress
        Told of each permutation.

    Returns
    -------
    Result
        See `relgraph.analysis.brokerage.roles.brokered_between`.
    """
    network = fetch_projection(store, projection)
    return brokerage.brokered_between(network, permutations, seed, progress)


def list_bridges(store: Store, projection: Projection | None = None) -> Result:
    """Return the ties without which the network falls apart, and what falls off.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to look at; the default network for None.

    Returns
    -------
    Result
        See `relgraph.analysis.brokerage.brokers.bridge_rows`.
    """
    return broker_ranking.bridge_rows(fetch_projection(store, projection, attributes=("margin",)))
