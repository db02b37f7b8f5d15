"""Worth: how likely each account is to leave, what is at stake, and what word of mouth brought.

Each figure is of shape (b, n): b worlds, n accounts. Definitions and sources: docs/planning.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.errors import UsageError
from relgraph.kernels import plain
from relgraph.network import Floats
from relgraph.planning.accounts import MARKETS
from relgraph.planning.facts import PlanningFacts
from relgraph.planning.worlds import Worlds

_SURE_TO_LEAVE = 1e-9  # a retention of 0 counts as this
_TOLERANCE, _DRAWN_TOLERANCE = 1e-15, 1e-6  # of the largest worth
_SWEEPS = 10_000


def rate_of(retention: Floats) -> Floats:
    """Return the rate a year at which those leave who stay a year with this chance."""
    return np.asarray(-np.log(np.maximum(retention, _SURE_TO_LEAVE)))


@dataclass(frozen=True, eq=False)
class Worth:
    """What the accounts of a firm are worth in several worlds."""

    basis: PlanningFacts
    worlds: Worlds
    present: Worth | None = None  # in the same worlds, of the basis at present

    @cached_property
    def strongest(self) -> Floats:
        """Return S, the strength of each account's strongest tie to the firm's side."""
        return self.basis.ties.strongest(self.worlds.strength, self.basis.n)

    @cached_property
    def lasting_rate(self) -> Floats:
        """Return the rate a year at which each leaves in the long run, λ of its market."""
        rate = self.worlds.churn[:, self.basis.market]
        known = self.basis.retention
        return np.where(np.isnan(known), rate, rate_of(known))

    @cached_property
    def risk_factor(self) -> Floats:
        """Return g, how much more often than others of its market each leaves."""
        basis, assumed = self.basis, self.worlds.assumed
        gap = np.maximum(1 - self.strongest, assumptions.WEAKEST_HAZARD)
        unowned = np.where(basis.looked_after > 0, 1.0, assumed["unowned_hazard"])
        return np.asarray(
            gap ** assumed["strength_hazard"]
            * np.exp(-assumed["satisfaction_hazard"] * self.worlds.satisfaction)
            * np.exp(-assumed["trend_hazard"] * basis.trend)
            * unowned
        )

    @cached_property
    def market_factors(self) -> Floats:
        """Return c of each market: it makes the rates of the market sum to n·λ, at present."""
        factor = np.ones((len(self.worlds), len(MARKETS)))
        for code in range(len(MARKETS)):
            here = self.rated(code)
            if self.present is not None and self.present.rated(code).any():
                factor[:, code] = self.present.market_factors[:, code]
            elif here.any():
                mean = self.risk_factor[:, here].mean(axis=1)
                factor[:, code] = self.worlds.churn[:, code] / mean
        return factor

    def rated(self, code: int) -> Mask:
        """Return which accounts of a market leave at its rate: they have none of their own."""
        return np.asarray((self.basis.market == code) & np.isnan(self.basis.retention), dtype=bool)

    @property
    def market_factor(self) -> Floats:
        """Return c of each account's market."""
        return self.market_factors[:, self.basis.market]

    @cached_property
    def uncapped_hazard(self) -> Floats:
        """Return the rate at which each leaves this year, above 1 in some draws."""
        rate = self.market_factor * self.risk_factor
        return np.where(np.isnan(self.basis.retention), rate, self.lasting_rate)

    @cached_property
    def hazard(self) -> Floats:
        """Return h, the rate at which each leaves this year; at most 1 in draws."""
        if not self.worlds.drawn:
            return self.uncapped_hazard
        rate = np.minimum(self.uncapped_hazard, 1.0)
        return np.where(np.isnan(self.basis.retention), rate, self.uncapped_hazard)

    @cached_property
    def p_leave(self) -> Floats:
        """Return the chance that each leaves within a year."""
        return -np.expm1(-self.hazard)

    @cached_property
    def at_stake(self) -> Floats:
        """Return K, what each is worth given that it is still there in a year; NaN if unknown."""
        stake = self.worlds.margin * self.years_of_margin
        supplier = self.basis.market == MARKETS.index("supplier")
        influencer = self.basis.market == MARKETS.index("influencer")
        return np.where(supplier, self._supply, np.where(influencer, 0.0, stake))

    @cached_property
    def years_of_margin(self) -> Floats:
        """Return what a margin of 1 a year is worth: 1/(1 + i − r), or that of a few years."""
        discount, years = self.worlds.assumed["discount"], self.basis.years
        stays = np.exp(-self.lasting_rate)
        left = 1 + discount - stays
        if years is None:
            if bool((left <= 0).any()):
                raise UsageError("worth.no_bound", parameter="years")
            return 1 / left
        share = stays / (1 + discount)
        endless = np.isclose(share, 1.0, rtol=0, atol=1e-12)
        finite = (1 - share**years) / np.where(endless, 1.0, left)
        return np.where(endless, years / (1 + discount), finite)

    @cached_property
    def _supply(self) -> Floats:
        """Return what is lost with each supplier: months of profit by its share of the spending."""
        basis, assumed = self.basis, self.worlds.assumed
        profit = self.present.profit if self.present else self.profit
        months = np.where(
            basis.replaceable, assumed["supply_months_other"], assumed["supply_months_sole"]
        )
        return np.asarray(profit * basis.supply_share * months / 12)

    @cached_property
    def profit(self) -> Floats:
        """Return the positive margins of buyers together, shape (b, 1); NaN if none is known."""
        basis = self.basis
        margin = np.where(basis.is_buyer, self.worlds.margin, 0.0)
        profit = np.where(margin > 0, margin, 0.0).sum(axis=1, keepdims=True)
        buyers = basis.margin[basis.is_buyer]
        if len(buyers) and np.isnan(buyers).all():
            profit[:] = np.nan
        return np.asarray(profit)

    @cached_property
    def lifetime(self) -> Floats:
        """Return the lifetime value of each, the chance to stay this year times K."""
        return np.exp(-self.hazard) * self.at_stake

    @cached_property
    def _credit(self) -> tuple[Floats, Floats]:
        """Return the whole worth x of each buyer with what it brought, and what it owes of that."""
        word, worlds = self.basis.word, self.worlds
        base = np.where(self.basis.is_buyer, np.nan_to_num(self.lifetime), 0.0)
        if not len(word.source):
            return base, np.zeros_like(base)
        share = np.broadcast_to(worlds.assumed["referral_share"][:, 0], len(worlds))
        targets = word.target.astype(np.int32)
        if len(worlds) == 1 and len(targets) <= plain.FEW_ARCS:
            whole, owes = plain.settle_credit(
                word.indptr, targets, worlds.word[0], share[0], base[0], _TOLERANCE, _SWEEPS
            )
            return whole[np.newaxis], owes[np.newaxis]
        from relgraph.kernels.credit import settle_credit

        tolerance = _DRAWN_TOLERANCE if worlds.drawn else _TOLERANCE
        return settle_credit(
            word.indptr, targets, worlds.word, share.copy(), base, tolerance, _SWEEPS
        )

    @cached_property
    def known_credit(self) -> float:
        """Return 0, or NaN where there are buyers, but none of known worth: to be added."""
        known = ~np.isnan(self.lifetime[0][self.basis.is_buyer])
        return float("nan") if len(known) and not known.any() else 0.0

    @cached_property
    def received(self) -> Floats:
        """Return what is owed to each for whom it brought, directly or through others."""
        whole, _ = self._credit
        return whole - np.where(self.basis.is_buyer, np.nan_to_num(self.lifetime), 0.0)

    @cached_property
    def given(self) -> Floats:
        """Return what each owes to whoever recommended us to it."""
        whole, owes = self._credit
        return np.asarray(owes * whole + 0.0)  # + 0.0: not −0

    @cached_property
    def stream(self) -> Floats:
        """Return R, the worth a year of the new business that each brings by word of mouth.

        A base of customers that stays as large as it is replaces who leaves, through the same
        people.
        """
        rate = self.worlds.churn[:, [MARKETS.index("customer")]]
        return np.asarray(rate * self.received)

    @cached_property
    def network_value(self) -> Floats:
        """Return lifetime value with what is owed to each, less what it owes."""
        return np.nan_to_num(self.lifetime) + self.received - self.given
