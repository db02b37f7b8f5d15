"""The six markets side by side, and the report's summary figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.api.sheets import Gathered
from relgraph.messages import Message
from relgraph.model import MARKETS
from relgraph.network import Floats, Texts, text_array
from relgraph.render.report import Section
from relgraph.render.sheet import Sheet
from relgraph.result import Result

MONEY = ("revenue", "margin")


def summary_figures(gathered: Gathered) -> tuple[tuple[str, Any], ...]:
    """Return how many there are of each, and what customers bring where that is known."""
    sheet = gathered.sheet
    risky = np.asarray(gathered.partnerships["at_risk"], dtype=bool)
    figures: list[tuple[str, Any]] = [
        ("stakeholders", gathered.network.n - int(gathered.network.is_firm.sum())),
        ("ties", len(gathered.ties)),
        ("partnerships", len(gathered.partnerships)),
        ("at_risk", int(risky.sum())),
    ]
    customers = np.asarray(sheet.nodes.markets == "customer", dtype=bool)
    for name in MONEY:
        values = _attribute(sheet, name)[customers]
        if np.isfinite(values).any():
            figures.append((name, _sum(values)))
    return tuple(figures)


def markets_section(sheet: Sheet) -> Section:
    """Return the six markets side by side, those without anybody included."""
    markets = sheet.nodes.markets
    inside = [np.asarray(markets == market, dtype=bool) for market in MARKETS]
    degree = sheet.measures.get("degree", np.zeros(len(markets)))
    columns: dict[str, npt.NDArray[Any]] = {
        "market": market_names(MARKETS),
        "stakeholders": np.array([int(mask.sum()) for mask in inside]),
        "ties_each": np.array([_mean(degree[mask]) for mask in inside]),
    }
    for name in MONEY:
        if name in sheet.nodes.attributes:
            values = _attribute(sheet, name)
            columns[name] = np.array([_sum(values[mask]) for mask in inside])
    if "satisfaction" in sheet.nodes.attributes:
        values = _attribute(sheet, "satisfaction")
        columns["mean_satisfaction"] = np.array([_mean(values[mask]) for mask in inside])
    return Section("markets", Result(columns), "stakeholders")


def market_names(markets: Iterable[str]) -> Texts:
    """Return markets as messages, which name them in the reader's language."""
    return text_array(Message(f"market.{market}", own=market) for market in markets)


def _attribute(sheet: Sheet, name: str) -> Floats:
    values = sheet.nodes.attributes.get(name)
    return np.full(len(sheet.nodes), np.nan) if values is None else values.astype(np.float64)


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _sum(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.sum()) if len(known) else float("nan")
