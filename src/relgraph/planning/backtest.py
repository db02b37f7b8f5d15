"""Backtest: whether the risk of a past day told who left after it.

Satisfaction, owners and given strengths have no history, so the risk is from contacts alone, up
to that day. Concordance is the share of pairs of a leaver and a stayer of one market in which the
leaver had the higher risk, equal risks counting ½ (Harrell's C; 0.5 is chance).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import CONTACT, Evidence, Mask
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.network import Floats, text_array
from relgraph.network.projection import outside
from relgraph.planning.accounts import MARKETS, Accounts, find_accounts, texts
from relgraph.planning.basis import assumed_ranges
from relgraph.planning.churn import dates, first_since
from relgraph.planning.firm_ties import contact_trends, find_firm_ties
from relgraph.planning.notes import moment_notes
from relgraph.result import Result
from relgraph.settings import PlanningSettings

_SAME = 1e-12  # risks that differ by less, relative to the larger, are equal


class _Score(NamedTuple):
    leavers: int
    stayers: int
    pairs: int
    won: float


def backtest_rows(evidence: Evidence, day: np.datetime64, settings: PlanningSettings) -> Result:
    """Return how well the risk of a past day told who left after it.

    Parameters
    ----------
    evidence : Evidence
        Everyone in the store.
    day : numpy.datetime64
        The moment from which the past is foreseen.
    settings : PlanningSettings
        With the assumptions that are set.

    Returns
    -------
    Result
        `market, leavers, stayers, pairs, concordance, low, high`, a row for each market with
        accounts on that day, and a total. The interval is Wilson's, of as many trials as leavers.
    """
    end = evidence.as_of
    if end is None:
        return _rows([], Note("exit.backtest_blind"))
    if day >= end:
        raise UsageError("exit.backtest_late", parameter="day", end=end.astype("M8[D]").item())
    left = np.asarray(texts(evidence.nodes, "status") == "left", dtype=bool)
    left_on = dates(evidence.nodes.attributes.get("left_on"), len(evidence.nodes))
    gone = left & ~(left_on > day)  # who left without a date may have been gone
    then = _as_of(evidence, day, gone | (first_since(evidence) > day))
    if not len(then.contacts):
        return _rows([], Note("exit.backtest_blind"))
    accounts = find_accounts(then)
    leaves = dict(zip(evidence.nodes.ids.tolist(), left & (left_on <= end), strict=True))
    leaver = np.array([leaves[i] for i in accounts.nodes.ids.tolist()], dtype=bool)
    values = {name: value for name, (_, value, _) in assumed_ranges(settings.assume).items()}
    risk, market = contact_risk(accounts, values), accounts.market
    scores = []
    for code in np.unique(market).tolist():
        here = market == code
        scores.append((MARKETS[code], _score(risk[here & leaver], risk[here & ~leaver])))
    return _rows(scores, Note("exit.backtest", day=day.astype("M8[D]").item())).with_notes(
        *moment_notes(evidence)
    )


def _as_of(evidence: Evidence, day: np.datetime64, absent: Mask) -> Evidence:
    """Return the contacts up to a day among those who were there, and who worked for whom."""
    nodes, ties = evidence.nodes, evidence.ever
    ended, to_come = outside(ties, day)
    status = text_array("left" if away else None for away in absent)
    works = ties.take(np.asarray(ties.type == "WORKS_FOR", dtype=bool) & ~ended & ~to_come)
    blank = replace(works, strength=np.full(len(works), np.nan), attributes={})
    return replace(
        evidence,
        nodes=replace(nodes, attributes={**nodes.attributes, "status": status}),
        ties=blank,
        other_ties=None,
        contacts=evidence.contacts.take(evidence.contacts.at <= day),
        as_of=day,
    )


def contact_risk(accounts: Accounts, values: Mapping[str, float]) -> Floats:
    """Return how often each account leaves, relative to others, as far as contacts tell."""
    ties = find_firm_ties(accounts)
    known = np.where(ties.basis == CONTACT, ties.strength, 0.0)
    strongest = ties.strongest(known[np.newaxis], accounts.n)[0]
    trend, _ = contact_trends(accounts)
    gap = np.maximum(1 - strongest, assumptions.WEAKEST_HAZARD)
    return np.asarray(gap ** values["strength_hazard"] * np.exp(-values["trend_hazard"] * trend))


def _score(leavers: Floats, stayers: Floats) -> _Score:
    """Return in how many pairs the leaver had the higher risk."""
    ordered = np.sort(stayers)
    lower = np.searchsorted(ordered, leavers * (1 - _SAME), side="left")
    equal = np.searchsorted(ordered, leavers * (1 + _SAME), side="right") - lower
    won = float(lower.sum() + equal.sum() / 2)
    return _Score(len(leavers), len(stayers), len(leavers) * len(stayers), won)


def _rows(scores: list[tuple[str, _Score]], note: Note) -> Result:
    total = (
        _Score(*np.sum([score for _, score in scores], axis=0)) if scores else _Score(0, 0, 0, 0)
    )
    rows = [*scores, ("total", total)]
    counts = {
        name: np.array([getattr(score, name) for _, score in rows]).astype(np.int64)
        for name in ("leavers", "stayers", "pairs")
    }
    won, pairs = np.array([score.won for _, score in rows]), counts["pairs"]
    concordance = np.divide(won, pairs, out=np.full(len(rows), np.nan), where=pairs > 0)
    low, high = wilson_interval(concordance, counts["leavers"].astype(np.float64))
    result = Result(
        {
            "market": text_array(market for market, _ in rows),
            **counts,
            "concordance": concordance,
            "low": low,
            "high": high,
        }
    ).with_notes(note)
    return result if total.pairs else result.with_notes(Note("exit.backtest_nobody"))


def wilson_interval(share: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Return the 95 % interval of a share (Wilson 1927, doi 10.2307/2276774).

    Examples
    --------
    >>> low, high = wilson_interval(np.array([0.5]), np.array([10.0]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.2366], [0.7634])
    """
    from scipy.special import ndtri

    z = ndtri((1 + assumptions.CONFIDENCE) / 2)
    with np.errstate(all="ignore"):
        shrink = 1 + z**2 / trials
        centre = (share + z**2 / (2 * trials)) / shrink
        half = z * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2)) / shrink
    return centre - half, centre + half
