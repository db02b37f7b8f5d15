"""The present: what is at stake with an account, and how likely it is to leave."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.messages import Message
from relgraph.planning.accounts import MARKETS
from relgraph.planning.notes import told_rate
from relgraph.planning.plan.explain.pen import Pen


def write_stake(pen: Pen) -> None:
    """Write what is at stake."""
    add, worth, a = pen.add, pen.worth, pen.account
    market = int(pen.basis.market[a])
    retention = pen.basis.retention[a]
    rate = float(worth.lasting_rate[0, a])
    if np.isnan(retention):
        add("churn", "λ", rate, told_rate(pen.basis, market), "(L + 1/2)/E")
    else:
        add("churn", "λ", rate, pen.origins.stored("retention"), "-ln retention")
    add("stays", "r", np.exp(-rate), formula="e^-λ")
    pen.assumed("discount", "i", "discount")
    kind, stake = MARKETS[market], float(worth.at_stake[0, a])
    if pen.basis.is_buyer[a]:
        margin = pen.basis.margins
        overlaps = pen.basis.margin[a] != margin.margin[a]
        add("margin", "m°" if overlaps else "m", margin.margin[a], pen.origins.margin())
        if overlaps:
            add("overlap", "o", margin.margin[a] - pen.basis.margin[a], Message("origin.overlap"))
            add("own_margin", "m", pen.basis.margin[a], formula="m° - o")
        years = pen.basis.years
        if years is None:
            add("stake", "K", stake, formula="m/(1 + i - r)")
        else:
            add("years", "T", years, Message("origin.given"))
            add("stake", "K", stake, formula="m·(1 - (r/(1 + i))^T)/(1 + i - r)")
    elif kind == "supplier":
        sole = "other" if pen.basis.replaceable[a] else "sole"
        profit = stake / pen.basis.supply_share[a] if stake else 0.0
        months = pen.assumed("months", "z", f"supply_months_{sole}")
        add("profit", "G", 12 * profit / months if months else 0.0, Message("origin.profit"))
        add("spending", "w", pen.basis.supply_share[a], pen.origins.stored("revenue"))
        add("stake", "K", stake, formula="G·w·z/12")
    else:
        add("stake", "K", stake, Message("origin.influencer"))


def write_hazard(pen: Pen) -> None:
    """Write how likely the account is to leave at present."""
    add, worth, basis, a = pen.add, pen.worth, pen.basis, pen.account
    ties = np.flatnonzero(basis.ties.account == a)
    strongest = int(ties[basis.ties.strength[ties].argmax()]) if len(ties) else -1
    add("strongest", "S", worth.strongest[0, a], pen.origins.strength(strongest))
    add("satisfaction", "q", basis.satisfaction[a], pen.origins.satisfaction())
    add("trend", "t", basis.trend[a], pen.origins.contacts())
    owned = basis.looked_after[a] > 0
    if owned:
        add("owner", "ω", 1.0, Message("origin.owner"))
    else:
        pen.assumed("no_owner", "ω", "unowned_hazard")
    pen.assumed("weak", "β", "strength_hazard")
    pen.assumed("unhappy", "γ", "satisfaction_hazard")
    pen.assumed("cooling", "θ", "trend_hazard")
    least = f"max(1 - S, {assumptions.WEAKEST_HAZARD:g})"
    risk = worth.risk_factor[0, a]
    add("risk", "g", risk, formula=f"{least}^β·e^(-γ·q)·e^(-θ·t)·ω")
    hazard = worth.hazard[0, a]
    if np.isnan(basis.retention[a]):
        add(
            "market",
            "c",
            worth.market_factor[0, a],
            Message("origin.all", market=pen.origins.market),
            "λ/mean g",
        )
        add("hazard", "h", hazard, formula="c·g")
    else:
        add("hazard", "h", hazard, pen.origins.stored("retention"), "λ")
    add("leaves", "p", worth.p_leave[0, a], formula="1 - e^-h")
