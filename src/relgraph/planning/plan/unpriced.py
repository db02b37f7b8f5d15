"""A plan without money: whom it chooses and why, and nothing of what that costs or brings."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from math import nan
from typing import Any

from relgraph.planning.basis import Basis
from relgraph.planning.plan.investment import Investment, Total
from relgraph.planning.plan.plan import Plan

MONEY = (
    *("at_stake", "gain", "keep", "chain", "refer", "fragility", "cost", "loss"),
    *("net", "net_expected", "net_low", "net_high", "rank_low", "rank_high"),
)


class UnpricedPlan(Plan):
    """A plan that was made with money and tells none; who is likeliest to leave comes first."""

    priced = False

    @cached_property
    def total(self) -> Total:
        """Return how many contacts all investments take."""
        return Total(nan, nan, nan, nan, nan, int(self.taken.contacts.sum()))

    @cached_property
    def certificate(self) -> float:
        """Return nothing: it is a share of money."""
        return nan

    def investment(self, place: int) -> Investment:
        """Return one of the promising packages, without money."""
        money: dict[str, Any] = dict.fromkeys(MONEY, nan)
        return replace(super().investment(place), **money)


def without_money(plan: Plan, basis: Basis) -> UnpricedPlan:
    """Return a plan without money.

    Parameters
    ----------
    plan : Plan
    basis : Basis
        That of the same accounts without money.
    """
    found = plan.investments
    order = sorted(range(len(found)), key=lambda row: (-found[row].p_leave, found[row].id))
    return UnpricedPlan(
        basis,
        plan.settings,
        plan.limits,
        plan.actions,
        plan.outlook,
        plan.choice,
        plan.chosen[order] if order else plan.chosen,
        nan,
        nan,
    )
