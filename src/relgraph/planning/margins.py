"""Margins: the money a year that the firm keeps of each account, and where the figure is from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import BUYERS, MARKETS, Accounts, amounts

GIVEN, TIES, REVENUE, MISSING = BASES = ("given", "ties", "revenue", "missing")


class Margins(NamedTuple):
    """The margin of each account, each of shape (n,).

    `margin` is NaN where missing; `basis` a position in `BASES`. `overlap` is what a
    distributor's margin includes of its customers', and `clash` where that exceeds it. `by_revenue`
    holds for each market which accounts have a margin by revenue, and the known ratios of single
    accounts as factors of the market's, in order; `ratios` holds the latter after the market's.
    """

    margin: Floats
    basis: Ints
    overlap: Floats
    clash: Mask
    by_revenue: Sequence[tuple[Ints, Floats]]
    ratios: Sequence[tuple[float, Floats]]

    def drawn(self, uniform: Floats) -> Floats:
        """Return what margins by revenue are multiplied by if their ratios are as others' are."""
        factor = np.ones(len(uniform))
        for wanted, factors in self.by_revenue:
            factor[wanted] = np.interp(uniform[wanted], np.linspace(0, 1, len(factors)), factors)
        return factor


def find_margins(accounts: Accounts, present: Margins | None = None) -> Margins:
    """Return the margin of each account.

    That is their own `margin`, else the sum of the margins of their ties to the firm's side, else
    their revenue times the market's ratio of margin to revenue, at present if that is given.
    """
    own = accounts.amounts("margin")
    by_ties = _by_ties(accounts)
    margin = np.where(np.isnan(own), by_ties, own)
    ratios = [_ratios(accounts, margin, code) for code in range(len(MARKETS))]
    if present is not None:
        known = zip(ratios, present.ratios, strict=True)
        ratios = [now if np.isnan(then[0]) else then for now, then in known]
    ratio = np.array([central for central, _ in ratios])
    basis = np.where(np.isnan(own), BASES.index(TIES), BASES.index(GIVEN))
    unknown = np.isnan(margin)
    margin = np.where(unknown, accounts.amounts("revenue") * ratio[accounts.market], margin)
    basis[unknown] = BASES.index(REVENUE)
    basis[np.isnan(margin)] = BASES.index(MISSING)
    by_revenue = [
        (np.flatnonzero((basis == BASES.index(REVENUE)) & (accounts.market == code)), single)
        for code, (_, single) in enumerate(ratios)
        if len(single)
    ]
    overlap = _overlap(accounts, margin)
    clash = overlap > np.maximum(margin, 0)
    return Margins(margin, basis, overlap, clash, by_revenue, ratios)


def _by_ties(accounts: Accounts) -> Floats:
    """Return the sum of the known margins of each account's ties to the firm's side, else NaN."""
    ties = accounts.evidence.ties
    account, side = accounts.place_of(accounts.rows), accounts.place_of(accounts.sides)
    money = _tie_margins(accounts)
    total, known = np.zeros((2, accounts.n))
    for here, there in ((ties.source, ties.target), (ties.target, ties.source)):
        rows = (account[here] >= 0) & (side[there] >= 0) & ~np.isnan(money)
        np.add.at(total, account[here[rows]], money[rows])
        np.add.at(known, account[here[rows]], 1)
    return np.where(known > 0, total, np.nan)


def _tie_margins(accounts: Accounts) -> Floats:
    ties = accounts.evidence.ties
    values = ties.attributes.get("margin")
    if values is None:
        return np.full(len(ties), np.nan)
    return np.where(np.isfinite(money := values.astype(np.float64)), money, np.nan)


def _ratios(accounts: Accounts, margin: Floats, code: int) -> tuple[float, Floats]:
    """Return margin over revenue of a market, and that of single accounts as factors of it."""
    revenue = accounts.amounts("revenue")
    both = ~np.isnan(margin) & (revenue > 0) & (accounts.market == code)
    if not both.any():
        return np.nan, np.empty(0)
    ratio = margin[both].sum() / revenue[both].sum()
    single = np.sort(margin[both] / revenue[both])
    return ratio, single / ratio if ratio else np.empty(0)


def _overlap(accounts: Accounts, margin: Floats) -> Floats:
    """Return the positive margins of active buyers' ties into each distributor that earns."""
    nodes, ties = accounts.evidence.nodes, accounts.evidence.ties
    buyer = np.isin(nodes.markets.astype(str), BUYERS)
    account = accounts.place_of(accounts.rows)
    money = _tie_margins(accounts)
    buys = np.asarray(ties.type == "BUYS_FROM", dtype=bool)
    rows = buys & buyer[ties.source] & (account[ties.target] >= 0) & (money > 0)
    rows &= ties.source != ties.target
    total = np.zeros(accounts.n)
    np.add.at(total, account[ties.target[rows]], money[rows])
    earns = (accounts.market == MARKETS.index("distributor")) & (margin > 0)
    return np.where(earns, total, 0.0)


def people_margins(accounts: Accounts) -> int:
    """Return how many people of an organisation have money of their own, which isn't counted."""
    nodes = accounts.evidence.nodes
    moved = accounts.organisation != np.arange(len(nodes))
    money = ~np.isnan(amounts(nodes, "margin")) | ~np.isnan(amounts(nodes, "revenue"))
    return int((moved & money).sum())
