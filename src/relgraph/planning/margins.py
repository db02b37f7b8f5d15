"""Margins: the money a year that the firm keeps of each account, and where the figure is from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import BUYERS, MARKETS, Accounts, amounts

GIVEN, TIES, REVENUE, MISSING = BASES = ("given", "ties", "revenue", "missing")
_SINGLE = (0.1, 0.9)  # between these quantiles of single ratios lies the range of a market's


class Margins(NamedTuple):
    """The margin of each account, each of shape (n,).

    `margin` is NaN where missing; `basis` a position in `BASES`. `least` and `most` are what a
    margin by revenue may be at either end, as factors of it; 1 elsewhere. `overlap` is what a
    distributor's margin includes of its customers', and `clash` where that exceeds it.
    """

    margin: Floats
    basis: Ints
    least: Floats
    most: Floats
    overlap: Floats
    clash: Mask


def find_margins(accounts: Accounts) -> Margins:
    """Return the margin of each account.

    That is their own `margin`, else the sum of the margins of their ties to the firm's side, else
    their revenue times the market's ratio of margin to revenue.
    """
    own = accounts.amounts("margin")
    by_ties = _by_ties(accounts)
    ratio, least, most = _ratios(accounts, own)
    by_revenue = accounts.amounts("revenue") * ratio
    margin = np.where(np.isnan(own), by_ties, own)
    basis = np.where(np.isnan(own), BASES.index(TIES), BASES.index(GIVEN))
    unknown = np.isnan(margin)
    margin = np.where(unknown, by_revenue, margin)
    basis[unknown] = BASES.index(REVENUE)
    basis[np.isnan(margin)] = BASES.index(MISSING)
    revenue = basis == BASES.index(REVENUE)
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.where(revenue & (ratio != 0), np.minimum(least / ratio, 1), 1.0)
        most = np.where(revenue & (ratio != 0), np.maximum(most / ratio, 1), 1.0)
    overlap = _overlap(accounts, margin)
    clash = overlap > np.maximum(margin, 0)
    return Margins(margin, basis, least, most, overlap, clash)


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
    return np.full(len(ties), np.nan) if values is None else values.astype(np.float64)


def _ratios(accounts: Accounts, own: Floats) -> tuple[Floats, Floats, Floats]:
    """Return margin over revenue of each account's market, and its range among single ones."""
    revenue, market = accounts.amounts("revenue"), accounts.market
    both = ~np.isnan(own) & (revenue > 0)
    found = np.full((3, len(MARKETS)), np.nan)
    for code in range(len(MARKETS)):
        here = both & (market == code)
        if here.any():
            single = own[here] / revenue[here]
            found[0, code] = own[here].sum() / revenue[here].sum()
            found[1:, code] = np.quantile(single, _SINGLE)
    ratio, least, most = found[:, market]
    return ratio, np.minimum(least, ratio), np.maximum(most, ratio)


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
