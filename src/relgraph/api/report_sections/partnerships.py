"""Partnerships: the strongest, the weakest, and those at risk."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from relgraph.api.report_sections.markets import market_names
from relgraph.messages import Message
from relgraph.network import text_array
from relgraph.planning.tie_risks import ranked_ties, ties_at_risk
from relgraph.render.report import Section
from relgraph.result import Result

TOP = 10
_ENDS = ("source_name", "target_name", "market", "strength")
_STRENGTH = (*_ENDS, "low", "high", "basis")
_RISK = (*_ENDS, "trend", "owner", "reasons", "at_stake")


def partnership_sections(
    rows: Result, owners: Mapping[str, str], *, priced: bool = True
) -> list[Section]:
    """Return the strongest and the weakest of partnerships that are ranked, and those at risk.

    Parameters
    ----------
    rows : Result
        As `analysis.partnerships` ranks them, with what is at risk.
    owners : mapping of str to str
        Names of employees by id.
    priced : bool
        Whether money is told.
    """
    strong = rows.take(np.isfinite(rows["strength"].astype(np.float64)))
    weakest = strong.take(np.arange(len(strong))[::-1])
    risky = ties_at_risk(ranked_ties(rows, "at_stake"))
    named = (owners.get(owner, owner) for owner in risky["owner"].tolist())
    risky = risky.replaced(owner=text_array(named))
    return [
        _section("strongest", strong, _STRENGTH, TOP),
        _section("weakest", weakest, _STRENGTH, TOP),
        _section("risk", risky, _RISK, TOP, "at_stake", "stake")
        if priced
        else _section("risk_unpriced", risky, _RISK[:-1], TOP, "strength", "stake"),
    ]


def _section(
    key: str,
    rows: Result,
    names: tuple[str, ...],
    count: int,
    bar: str = "strength",
    part: str = "measures",
) -> Section:
    shown = Result({name: rows[name] for name in names}).head(count)
    shown = shown.replaced(market=market_names(shown["market"]))
    if "basis" in names:
        shown = shown.replaced(basis=text_array(Message(f"basis.{b}") for b in shown["basis"]))
    return Section(key, shown, bar, len(rows), part)
