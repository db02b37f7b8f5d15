"""Partnerships ranked by strength."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from relgraph import assumptions
from relgraph.analysis.partnerships.partnerships import among, partnership_rows
from relgraph.api.stakeholders import resolve_ids
from relgraph.arguments import checked, listed
from relgraph.errors import UsageError, check_range
from relgraph.firm import no_ties, read_evidence
from relgraph.messages import Note
from relgraph.planning.accounts import ATTRIBUTES, TIE_ATTRIBUTES
from relgraph.planning.basis import Basis
from relgraph.planning.notes import margin_notes
from relgraph.planning.reading import basis_beside
from relgraph.planning.tie_risks import By, RiskLimits, judge_ties, ranked_ties, ties_at_risk
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store

_ESTIMATED = ("margin.by_ties", "margin.by_revenue")


@checked
def rank_partnerships(
    store: Store,
    stakeholders: Iterable[str] = (),
    settings: RankingSettings | None = None,
    *,
    by: By | None = None,
    at_risk: bool = False,
    directed: bool = False,
    count_value: bool = False,
    saturation: float = assumptions.SATURATION,
    limits: RiskLimits | None = None,
    **changes: Unpack[Changes],
) -> Result:
    """Return partnerships with the money behind them: the strongest, or most of it, first.

    Its columns are those of `relgraph.analysis.partnerships.partnerships.partnership_rows` and, of
    money and risk, of `relgraph.planning.tie_risks.judge_ties`.

    Parameters
    ----------
    stakeholders : str or iterable of str
        Ids or exact names: none for every partnership, one for its own, two for the one
        between them.
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    by : {"strength", "margin", "at_stake"}, optional
        What to rank by, over all partnerships; None takes strength, or what is at stake of those
        at risk.
    at_risk : bool
        Only the firm's own ties that are at risk.
    directed : bool
        A row for each direction instead of one for each pair.
    count_value : bool
        A contact counts its `value` instead of 1.
    saturation : float
        κ, the recent contacts that bring contact strength to 1 − 1/e.
    limits : RiskLimits, optional
        When a tie is at risk.

    Returns
    -------
    Result
        `rank, source, target, strength, low, high, coverage, basis, imbalance, trend,
        contacts_before, source_name, target_name, market, remark, account, own, margin, owner,
        at_stake, at_risk, reasons`; with `confidence` also `rank_low, rank_high, stays_ahead`. Some
        only with the settings that ask for them.

    Raises
    ------
    UsageError
        Intervals of ranks by something else than strength are asked for.
    """
    settings = settle(settings, changes)
    asked = listed(stakeholders, "stakeholders")
    if len(asked) > 2:
        raise UsageError("stakeholders.two", parameter="stakeholders", count=len(asked))
    check_range(saturation, "saturation", above=0)
    by = by or ("at_stake" if at_risk else "strength")
    if settings.confidence and by != "strength":
        raise UsageError("strength.confidence", parameter="confidence")
    evidence = read_evidence(
        store,
        settings,
        ATTRIBUTES,
        TIE_ATTRIBUTES,
        count_value=count_value,
        saturation=saturation,
    )
    ids = resolve_ids(store, asked)
    basis = basis_beside(store, evidence, settings)
    result = judge_ties(partnership_rows(evidence, settings, directed=directed), basis, limits)
    if by != "strength":
        result = ranked_ties(result, by)
    result = among(result, ids)
    if at_risk:
        result = ties_at_risk(result)
    types = settings.projection.types
    if types and len(evidence.nodes) and not len(evidence.ties):
        result = result.with_notes(no_ties(store, types))
    return result.with_notes(*_margin_notes(basis, all=by != "strength"))


def _margin_notes(basis: Basis, *, all: bool) -> tuple[Note, ...]:
    """Return what margins are made from where they aren't given; what else there is to know."""
    return tuple(note for note in margin_notes(basis) if all or note.key in _ESTIMATED)
