"""Partnerships ranked by strength."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from relgraph import assumptions
from relgraph.analysis.partnerships.partnerships import RiskLimits, partnership_rows
from relgraph.api.stakeholders import resolve_ids
from relgraph.arguments import checked, listed
from relgraph.errors import UsageError, check_range
from relgraph.firm import no_ties, read_evidence
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store


@checked
def rank_partnerships(
    store: Store,
    stakeholders: Iterable[str] = (),
    settings: RankingSettings | None = None,
    *,
    directed: bool = False,
    count_value: bool = False,
    saturation: float = assumptions.SATURATION,
    limits: RiskLimits | None = None,
    **changes: Unpack[Changes],
) -> Result:
    """Return partnerships, the strongest first.

    Its columns are those of `relgraph.analysis.partnerships.partnerships.partnership_rows`.

    Parameters
    ----------
    stakeholders : str or iterable of str
        Ids or exact names: none for every partnership, one for its own, two for the one
        between them.
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    directed : bool
        A row for each direction instead of one for each pair.
    count_value : bool
        A contact counts its `value` instead of 1.
    saturation : float
        κ, the recent contacts that bring contact strength to 1 − 1/e.
    limits : RiskLimits, optional
        When a tie is at risk.
    """
    settings = settle(settings, changes)
    asked = listed(stakeholders, "stakeholders")
    if len(asked) > 2:
        raise UsageError("stakeholders.two", parameter="stakeholders", count=len(asked))
    check_range(saturation, "saturation", above=0)
    evidence = read_evidence(
        store, settings, ("satisfaction",), count_value=count_value, saturation=saturation
    )
    ids = resolve_ids(store, asked)
    result = partnership_rows(evidence, settings, limits, among=ids, directed=directed)
    types = settings.projection.types
    if types and len(evidence.nodes) and not len(evidence.ties):
        return result.with_notes(no_ties(store, types))
    return result
