"""Partnerships: the strongest, the weakest, and those at risk."""

from __future__ import annotations

import numpy as np

from relgraph.api.report_sections.markets import market_names
from relgraph.messages import Message
from relgraph.network import text_array
from relgraph.render.report import Section
from relgraph.result import Result

TOP = 10
_COLUMNS = ("source_name", "target_name", "market", "strength", "low", "high", "basis")


def partnership_sections(rows: Result) -> list[Section]:
    """Return three sections of partnerships that are listed by strength."""
    strong = rows.take(np.isfinite(rows["strength"].astype(np.float64)))
    weakest = strong.take(np.arange(len(strong))[::-1])
    risky = rows.take(np.asarray(rows["at_risk"], dtype=bool))
    return [
        _section("strongest", strong, TOP),
        _section("weakest", weakest, TOP),
        _section("risk", risky, 2 * TOP, "trend"),
    ]


def _section(key: str, rows: Result, count: int, *more: str) -> Section:
    shown = Result({name: rows[name] for name in (*_COLUMNS, *more)}).head(count)
    basis = text_array(Message(f"basis.{name}") for name in shown["basis"])
    named = shown.replaced(market=market_names(shown["market"]), basis=basis)
    return Section(key, named, "strength", len(rows))
