"""Partnerships by strength."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from relgraph import assumptions
from relgraph.analysis.partnerships import partnerships as partnership_ranking
from relgraph.analysis.partnerships.partnerships import RiskLimits
from relgraph.api.projection import fetch_evidence, no_ties
from relgraph.api.stakeholders import resolve_ids
from relgraph.errors import UsageError
from relgraph.network import Projection
from relgraph.result import Result
from relgraph.store import Store


def rank_partnerships(
    store: Store,
    stakeholders: Sequence[str] = (),
    projection: Projection | None = None,
    *,
    as_of: datetime | None = None,
    directed: bool = False,
    count_value: bool = False,
    saturation: float = assumptions.SATURATION,
    limits: RiskLimits | None = None,
    confidence: bool = False,
    seed: int = 0,
) -> Result:
    """Return partnerships, the strongest first.

    Parameters
    ----------
    store : Store
        An open store.
    stakeholders : sequence of str
        Ids or exact names: none for every partnership, one for its own, two for the one
        between them.
    projection : Projection, optional
        Types and stakeholders to take; the default network for None.
    as_of : datetime, optional
        The moment to look at; that of the latest contact for None.
    directed : bool
        A row for each direction instead of one for each pair.
    count_value : bool
        A contact counts its `value` instead of 1.
    saturation : float
        κ, the recent contacts that bring contact strength to 1 − 1/e.
    limits : RiskLimits, optional
        When a tie is at risk.
    confidence : bool
        Add the interval of each rank under other weights and means.
    seed : int
        Of the draws behind it.

    Returns
    -------
    Result
        See `relgraph.analysis.partnerships.partnerships.rank_partnerships`.
    """
    if len(stakeholders) > 2:
        raise UsageError(f"strength takes at most two stakeholders, not {len(stakeholders)}")
    if not saturation > 0:
        raise UsageError(f"--saturation: {saturation:g} is not a number above 0")
    projection = projection or Projection()
    evidence, notes = fetch_evidence(
        store,
        projection.types,
        as_of,
        ("satisfaction",),
        count_value=count_value,
        saturation=saturation,
    )
    ids = resolve_ids(store, stakeholders) if stakeholders else []
    result = partnership_ranking.rank_partnerships(
        evidence,
        projection,
        limits,
        among=ids,
        directed=directed,
        confidence=confidence,
        seed=seed,
    )
    if projection.types and len(evidence.nodes) and not len(evidence.ties):
        notes = (*notes, no_ties(store, projection.types))
    return result.with_notes(*notes)
