"""Limits of a plan: how much may be chosen, among what, and what has to be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.arguments import check_fields, listed
from relgraph.errors import UsageError, check_choice, check_range
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS, Accounts
from relgraph.planning.plan.additive import Room
from relgraph.planning.plan.packages import Packages
from relgraph.planning.rhythm import find_touches

DEFAULT = "default"  # the capacity of employees who have none of their own
_YEAR = 365.25


@dataclass(frozen=True)
class PlanLimits:
    """What a plan may choose.

    Parameters
    ----------
    count : int
        The most investments.
    budget : float, optional
        The most money that they may cost a year.
    markets : tuple of str
        Only accounts of these markets (all, when empty).
    owner : str, optional
        Only investments of this employee, by id.
    exclude, must : tuple of str
        Accounts to leave out and to choose in any case, by id.
    respect_capacity : bool
        Ask nobody for more contacts than they can make.
    capacities : mapping of str to float
        The contacts a year that employees can make, by id; `default` of all others.
    """

    count: int = int(assumptions.INVESTMENTS)
    budget: float | None = None
    markets: tuple[str, ...] = ()
    owner: str | None = None
    exclude: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    respect_capacity: bool = False
    capacities: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("markets", "exclude", "must"):
            given = dict.fromkeys(listed(getattr(self, name), name))
            object.__setattr__(self, name, tuple(given))
        check_fields(self)
        check_range(self.count, "count", *assumptions.LIMITS["investments"])
        if self.budget is not None:
            check_range(self.budget, "budget", 0, finite=True)
        for market in self.markets:
            check_choice(market, MARKETS, "markets")
        if both := [each for each in self.must if each in self.exclude]:
            raise UsageError("plan.must_excluded", parameter="must", ids=both)
        if len(self.must) > self.count:
            values = {"must": len(self.must), "count": self.count}
            raise UsageError("plan.must_many", parameter="must", **values)
        if self.respect_capacity and not self.capacities:
            raise UsageError("plan.no_capacities", parameter="respect_capacity")


def find_positions(accounts: Accounts, ids: tuple[str, ...], parameter: str) -> Ints:
    """Return where accounts stand among all, by id.

    Raises
    ------
    UsageError
        One is no account, or a person of an organisation that is the account.
    """
    nodes = accounts.evidence.nodes
    place = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    account = accounts.place_of(accounts.rows)
    found = []
    for each in ids:
        row = place.get(each)
        if row is None or (account[row] < 0 and accounts.organisation[row] == row):
            raise UsageError("plan.no_account", parameter=parameter, id=each)
        if account[row] < 0:
            above = nodes.ids[accounts.organisation[row]]
            raise UsageError("exit.person", parameter=parameter, id=each, organisation=above)
        found.append(int(account[row]))
    return np.array(found, np.int64)


def allowed(limits: PlanLimits, packages: Packages, accounts: Accounts) -> Mask:
    """Return which packages may be chosen."""
    excluded = find_positions(accounts, limits.exclude, "exclude")
    kept = ~np.isin(packages.account, excluded)
    if limits.markets:
        codes = [MARKETS.index(market) for market in limits.markets]
        kept &= np.isin(accounts.market[packages.account], codes)
    if limits.owner is not None:
        staff = accounts.evidence.nodes.ids[accounts.staff].tolist()
        if limits.owner not in staff:
            raise UsageError("overdue.owner", parameter="owner", owner=limits.owner)
        kept &= packages.owner == staff.index(limits.owner)
    return np.asarray(kept, dtype=bool)


def find_room(limits: PlanLimits, accounts: Accounts, cost: float) -> Room:
    """Return how much room a choice has, with contacts at this cost."""
    contacts = None
    if limits.budget is not None and cost > 0:
        contacts = math.floor(limits.budget / cost + 1e-9)
    must = find_positions(accounts, limits.must, "must")
    return Room(limits.count, contacts, tuple(must.tolist()))


def find_calendars(limits: PlanLimits, accounts: Accounts) -> tuple[Floats, Floats]:
    """Return the contacts each employee made in the last year, and can make; both (e,)."""
    touches, staff = find_touches(accounts), len(accounts.staff)
    recent = (touches.side < staff) & (touches.days < _YEAR)
    made = np.bincount(touches.side[recent], minlength=staff).astype(np.float64)
    ids: list[Any] = accounts.evidence.nodes.ids[accounts.staff].tolist()
    usual = limits.capacities.get(DEFAULT, math.inf)
    return made, np.array([limits.capacities.get(each, usual) for each in ids], np.float64)
