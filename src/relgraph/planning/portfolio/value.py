"""Customers by what they buy and whom they bring (Kumar, Petersen and Leone 2007)."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.messages import Note
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.portfolio.classes import Classes, quadrant
from relgraph.planning.worth import Worth

_ROUNDING = 1e-9  # relative: equals may differ by the order in which they were summed
CLASSES = ("Champions", "Affluents", "Advocates", "Misers")


def value_classes(basis: Basis) -> Classes:
    """Return customers by whether lifetime value and referral value are above the medians.

    Notes
    -----
    Kumar, Petersen and Leone 2007, "How valuable is word of mouth?", Harvard Business Review.
    """
    customers = np.flatnonzero(basis.market == MARKETS.index("customer"))
    worth = basis.central()
    clv, crv = worth.lifetime[0, customers], worth.received[0, customers]
    notes = []
    if count := int(np.isnan(clv).sum()):
        notes.append(Note("portfolio.no_value", count=count, rows=len(clv)))
    if len(clv) - count < assumptions.VALUE_CLASSES:
        notes.append(Note("portfolio.few", count=len(clv) - count))
    return Classes(
        nodes=basis.accounts.nodes.take(customers),
        names=CLASSES,
        code=_codes(worth, customers)[0],
        figures={"clv": clv, "crv": crv + worth.known_credit},
        by="clv",
        drawn=lambda worth: _codes(worth, customers),
        notes=tuple(notes),
    )


def _codes(worth: Worth, customers: Ints) -> Ints:
    clv, crv = worth.lifetime[:, customers], worth.received[:, customers]
    known = np.asarray(~np.isnan(clv).any(axis=0), dtype=bool)
    if known.sum() < assumptions.VALUE_CLASSES:
        return np.full(clv.shape, -1, np.int64)
    high = quadrant(_above(clv, known), _above(crv, np.full(len(customers), True)))
    return np.where(known, high, -1)


def _above(figure: Floats, counted: Mask) -> Mask:
    """Return where a figure is above the median of those that count, in each world."""
    median = np.median(figure[:, counted], axis=1, keepdims=True)
    return np.asarray(figure - median > _ROUNDING * np.abs(median), dtype=bool)
