"""What each stakeholder is worth: margin, lifetime value, and what word of mouth brought."""

from __future__ import annotations

import math
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from relgraph import assumptions
from relgraph.analysis.ranking.rows import ranked
from relgraph.errors import check_choice
from relgraph.messages import Message, Note
from relgraph.network import Floats, text_array
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.grades import grades
from relgraph.planning.intervals import Interval, intervals
from relgraph.planning.margins import BASES
from relgraph.planning.notes import assumption_notes, basis_notes
from relgraph.result import Result
from relgraph.settings import PlanningSettings

By = Literal["margin", "revenue", "clv", "network_value"]
BY: tuple[By, ...] = get_args(By)
BEST = 0.12  # the share of customers of whom the documents say that they bring 57 % of profit
CUSTOMER = MARKETS.index("customer")


def value_rows(basis: Basis, settings: PlanningSettings, by: By = "clv") -> Result:
    """Return accounts by what they are worth, the most valuable first.

    Parameters
    ----------
    basis : Basis
        Of the firm.
    settings : PlanningSettings
        How many draws, and their seed.
    by : {"margin", "revenue", "clv", "network_value"}
        What to rank by, and what `share` and `cumulative` are of.

    Returns
    -------
    Result
        `rank, id, name, market, grade, margin, basis, retention, clv, clv_low, clv_high, received,
        given, network_value, share, cumulative`, and `revenue` if ranked by it. `retention` is the
        chance to stay this year, `clv` that chance times what the account is worth if it stays; of
        suppliers it is what would be lost with them. `network_value` = `clv` + `received` −
        `given`.

    Notes
    -----
    Lifetime value: Gupta, Lehmann and Stuart 2004, doi 10.1509/jmkr.41.1.7.25084. Credit for
    referrals: a Hubbell system (Hubbell 1965, doi 10.2307/2785990) from which the debt is taken
    off, so that nothing is counted twice: the network values sum to the lifetime values.
    """
    check_choice(by, BY, "by")
    clv, equity = intervals(
        basis, settings, lambda worth: worth.lifetime, lambda worth: _equity(worth.lifetime, basis)
    )
    columns = _columns(basis, clv)
    if by == "revenue":
        columns["revenue"] = basis.accounts.amounts("revenue")
    result = with_shares(columns, columns[by])
    notes = (*basis_notes(basis), *_notes(basis, equity, clv.value))
    return result.with_notes(*notes)


def value_row(basis: Basis, settings: PlanningSettings, node_id: str) -> Result:
    """Return the row of one account in `value_rows` without rank and shares, or no row."""
    (clv,) = intervals(basis, settings, lambda worth: worth.lifetime)
    rows = Result(_columns(basis, clv))
    return rows.take(rows["id"] == node_id)


def _columns(basis: Basis, clv: Interval) -> dict[str, Any]:
    """Return the figures of each account."""
    nodes, worth = basis.accounts.nodes, basis.central()
    return {
        "id": nodes.ids,
        "name": nodes.names,
        "market": nodes.markets,
        "grade": grades(basis.margin, basis.market),
        "margin": basis.margin,
        "basis": text_array(BASES[code] for code in basis.margins.basis.tolist()),
        "retention": np.exp(-worth.hazard)[0],
        "clv": clv.value,
        "clv_low": clv.low,
        "clv_high": clv.high,
        "received": worth.received[0] + worth.known_credit,
        "given": worth.given[0] + worth.known_credit,
        "network_value": worth.network_value[0] + worth.known_credit,
    }


def _equity(lifetime: Floats, basis: Basis) -> Floats:
    """Return the lifetime value of all customers together, shape (b, 1)."""
    customers = basis.market == CUSTOMER
    return np.asarray(np.nansum(lifetime[:, customers], axis=1, keepdims=True))


def with_shares(columns: dict[str, Any], amounts: Floats) -> Result:
    """Return ranked rows with the share of each in the sum of what is ranked by."""
    result = ranked({**columns, "amount": amounts}, "amount")
    amount = result["amount"]
    total = np.nansum(amount)
    shares = amount / total if total > 0 else np.full(len(amount), np.nan)
    cumulative = np.where(np.isnan(shares), np.nan, np.nancumsum(shares))
    kept = {name: column for name, column in result.columns.items() if name != "amount"}
    return Result({**kept, "share": shares, "cumulative": cumulative}, result.notes)


def profit_curve(basis: Basis, market: str = "customer") -> Result:
    """Return the whale curve: what share of profit the best accounts of a market bring.

    Returns
    -------
    Result
        `share_of_stakeholders, share_of_profit`, a row for each account with a known margin, the
        best first; above 1 where others lose money.
    """
    margin = _known_margins(basis, market)
    total = margin.sum()
    share = np.cumsum(margin) / total if total > 0 else np.full(len(margin), np.nan)
    best = np.arange(1, len(margin) + 1) / max(1, len(margin))
    notes = () if total > 0 else (Note("value.no_profit", market=Message(f"markets.{market}")),)
    curve = Result({"share_of_stakeholders": best, "share_of_profit": share})
    return curve.with_notes(*assumption_notes(basis), *notes)


def _known_margins(basis: Basis, market: str) -> Floats:
    code = check_market(market)
    margin = basis.margin[basis.market == code]
    return np.sort(margin[~np.isnan(margin)])[::-1]


class Concentration(NamedTuple):
    """What the best customers bring: how many of all, their share, peak and Gini coefficient."""

    best: int
    customers: int
    share: float
    peak: float
    gini: float


def concentration(amounts: Floats) -> Concentration | None:
    """Return how the known amounts of customers are spread, None where too few are known."""
    known = np.sort(amounts[~np.isnan(amounts)])[::-1]
    total = known.sum()
    if not total > 0 or len(known) < assumptions.GRADED:
        return None
    best = math.ceil(round(BEST * len(known), 9))
    return Concentration(
        best,
        len(known),
        float(known[:best].sum() / total),
        float(np.cumsum(known).max() / total),
        gini(known[known > 0]),
    )


def check_market(market: str) -> int:
    """Return the position of a market of accounts, or refuse it."""
    check_choice(market, MARKETS, "market")
    return MARKETS.index(market)


def gini(amounts: Floats) -> float:
    """Return the Gini coefficient of positive amounts, NaN for none.

    Examples
    --------
    >>> gini(np.array([50.0, 30, 10, 6, 4]))
    0.464
    """
    ordered = np.sort(amounts)
    n = len(ordered)
    weights = 2 * np.arange(1, n + 1) - n - 1
    return float((weights * ordered).sum() / (n * ordered.sum())) if n else math.nan


def _notes(basis: Basis, equity: Interval, clv: Floats) -> tuple[Note, ...]:
    notes = []
    customers = basis.market == CUSTOMER
    if not np.isnan(clv[customers]).all():
        known = not bool(np.isnan(equity.low).any())
        key = "value.equity" if known else "value.equity_alone"
        ends = {"low": float(equity.low[0]), "high": float(equity.high[0])} if known else {}
        notes.append(Note(key, equity=float(equity.value[0]), **ends))
    if found := concentration(basis.margin[customers]):
        notes.append(Note("value.concentration", **found._asdict()))
    return tuple(notes)
