"""Suppliers by what is spent with them and how hard they are to replace (Kraljic 1983)."""

from __future__ import annotations

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.messages import Note
from relgraph.network import Floats
from relgraph.network.columns import text_codes
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.portfolio.classes import Classes, quadrant

CLASSES = ("strategic", "leverage", "bottleneck", "non-critical")
_COMPETITOR = "competitor"


def supply_classes(basis: Basis) -> Classes:
    """Return suppliers by share of the spending and by risk.

    Impact is high from the median share on; risk, 1/(1 + others in the same sub_market), is high
    above ½: where there is no other.

    Notes
    -----
    Kraljic 1983, "Purchasing must become supply management", Harvard Business Review 61(5).
    """
    suppliers = np.flatnonzero(basis.market == MARKETS.index("supplier"))
    impact = basis.supply_share[suppliers]
    others = _alternatives(basis)[suppliers]
    risk = 1 / (1 + others)
    known = ~np.isnan(impact)
    median = np.median(impact[known]) if known.any() else np.nan
    code = quadrant(impact >= median, risk > 0.5)
    rows = len(suppliers)
    notes = []
    if count := int((~known).sum()):
        notes.append(Note("portfolio.no_spending", count=count, rows=rows))
    if count := int(np.isnan(risk).sum()):
        notes.append(Note("portfolio.no_kind", count=count, rows=rows))
    return Classes(
        nodes=basis.accounts.nodes.take(suppliers),
        names=CLASSES,
        code=np.where(known & ~np.isnan(risk), code, -1),
        figures={
            "impact": impact,
            "risk": risk,
            "supplies_competitors": _supplies_competitors(basis)[suppliers],
        },
        by="impact",
        notes=tuple(notes),
    )


def _alternatives(basis: Basis) -> Floats:
    """Return how many other active suppliers have the sub_market of each, NaN without one."""
    supplier = basis.market == MARKETS.index("supplier")
    kinds = basis.accounts.texts("sub_market")
    code, count = text_codes(kinds)
    alike = np.bincount(code[supplier], minlength=count)[code] - 1.0
    missing = np.array([kind is None for kind in kinds.tolist()], dtype=bool)
    return np.where(missing, np.nan, alike)


def _supplies_competitors(basis: Basis) -> Mask:
    """Return which accounts supply, or sell to, an active competitor."""
    accounts = basis.accounts
    ties, account = accounts.evidence.ties, accounts.place_of(accounts.rows)
    rival = np.asarray(accounts.evidence.nodes.markets == _COMPETITOR, dtype=bool)
    found = np.zeros(basis.n, dtype=bool)
    for name, seller, buyer in (
        ("SUPPLIES", ties.source, ties.target),
        ("BUYS_FROM", ties.target, ties.source),
    ):
        rows = np.asarray(ties.type == name, dtype=bool) & rival[buyer] & (account[seller] >= 0)
        found[account[seller[rows]]] = True
    return found
