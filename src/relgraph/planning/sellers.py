"""Sellers: of whom customers buy, so that it shows who would lose their only one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Ints
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis


class Sellers(NamedTuple):
    """Active customers with those of whom they buy, competitors left out; each pair once.

    `customer` is a position among the accounts, and `seller` one too, −1 if it is none.
    """

    customer: Ints
    seller: Ints
    n: int

    def only(self) -> tuple[Ints, Ints]:
        """Return the customers who have one seller, and who that is."""
        single = np.bincount(self.customer, minlength=self.n)[self.customer] == 1
        return self.customer[single], self.seller[single]

    def stranded(self, gone: Mask) -> Mask:
        """Return which customers have no seller left when these accounts are gone."""
        gone_too = (self.seller >= 0) & gone[self.seller]
        sellers = np.bincount(self.customer, minlength=self.n)
        left = np.bincount(self.customer[~gone_too], minlength=self.n)
        return np.asarray((sellers > 0) & (left == 0), dtype=bool)


def find_sellers(basis: Basis) -> Sellers:
    """Return of whom each active customer buys."""
    accounts, ties = basis.accounts, basis.accounts.evidence.ties
    account = accounts.place_of(accounts.rows)
    customer = np.append(basis.market == MARKETS.index("customer"), False)
    rival = accounts.evidence.nodes.markets == "competitor"
    rows = np.asarray(ties.type == "BUYS_FROM", dtype=bool)
    rows &= customer[account[ties.source]] & ~rival[ties.target].astype(bool)
    rows &= ties.source != ties.target
    pairs = np.unique(np.column_stack([account[ties.source[rows]], ties.target[rows]]), axis=0)
    return Sellers(pairs[:, 0], account[pairs[:, 1]], basis.n)
