"""The six markets side by side, and the report's summary figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.money import sum_by_group
from relgraph.api.sheets import Gathered
from relgraph.messages import Message
from relgraph.model import MARKETS, MONEY
from relgraph.network import Floats, Nodes, Texts, text_array
from relgraph.planning.stakes import Stakes
from relgraph.render.report import Section
from relgraph.render.sheet import Sheet
from relgraph.result import Result


def summary_figures(gathered: Gathered) -> tuple[tuple[str, Any], ...]:
    """Return the counts of the network, and what customers bring where that is known."""
    sheet = gathered.sheet
    picture = gathered.picture
    risky = np.asarray(picture.partnerships["at_risk"], dtype=bool)
    figures: list[tuple[str, Any]] = [
        ("stakeholders", picture.stakeholders),
        ("ties", len(picture.ties)),
    ]
    if not picture.measured.all():
        figures.append(("unmeasured", int((~picture.measured).sum())))
    figures.append(("partnerships", len(picture.partnerships)))
    figures.append(("at_risk", int(risky.sum())))
    customers = MARKETS.index("customer")
    for name in MONEY:
        total = float(_by_market(sheet.nodes, name)[customers])
        if np.isfinite(total):
            figures.append((name, total))
    return tuple(figures)


def markets_section(sheet: Sheet, stakes: Stakes) -> Section:
    """Return the six markets side by side, empty ones included."""
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
            columns[name] = _by_market(sheet.nodes, name)
    if "satisfaction" in sheet.nodes.attributes:
        values = sheet.nodes.attributes["satisfaction"].astype(np.float64)
        columns["mean_satisfaction"] = np.array([_mean(values[mask]) for mask in inside])
    if stakes.worth.any():
        market = stakes.basis.accounts.nodes.markets
        for name, amounts in (("at_stake", stakes.worth), ("expected_loss", stakes.expected)):
            sums = [amounts[market == each].sum() for each in MARKETS]
            columns[name] = np.array([each or np.nan for each in sums])
    return Section("markets", Result(columns), "stakeholders", part="markets")


def market_names(markets: Iterable[str]) -> Texts:
    """Return markets as messages, to be named in the reader's language."""
    return text_array(Message(f"market.{market}", own=market) for market in markets)


def _by_market(nodes: Nodes, name: str) -> Floats:
    """Return the money of each of the six markets, NaN where none is known."""
    amounts = nodes.attributes.get(name)
    if amounts is None:
        return np.full(len(MARKETS), np.nan)
    place = {market: index for index, market in enumerate(MARKETS)}
    group = np.array([place.get(market, -1) for market in nodes.markets.tolist()], np.int64)
    return sum_by_group(amounts, group, len(MARKETS))


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")
