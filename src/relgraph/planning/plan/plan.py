"""The plan: which investments are chosen, what each and all of them bring, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from relgraph import assumptions
from relgraph.errors import UsageError
from relgraph.network import Floats, Ints
from relgraph.planning.basis import Basis
from relgraph.planning.levels import contact_cost
from relgraph.planning.losses import find_losses
from relgraph.planning.plan.actions import Actions, find_actions
from relgraph.planning.plan.additive import BestSums
from relgraph.planning.plan.choice import Choice, load
from relgraph.planning.plan.gains import find_present
from relgraph.planning.plan.investment import Investment, Total
from relgraph.planning.plan.limits import PlanLimits, allowed, find_calendars, find_room
from relgraph.planning.plan.outlook import Outlook, look_ahead
from relgraph.planning.plan.packages import Packages, find_packages
from relgraph.settings import PlanningSettings

_TAILS = ((1 - assumptions.CONFIDENCE) / 2, (1 + assumptions.CONFIDENCE) / 2)


@dataclass(frozen=True, eq=False)
class Plan:
    """Which investments to make, and all that they rest on.

    Parameters
    ----------
    basis : Basis
        The assumptions and the facts.
    settings : PlanningSettings
    limits : PlanLimits
    actions : Actions
        What can be done for each account.
    outlook : Outlook
        What every package that may be chosen brings.
    choice : Choice
        Among the promising packages; its nets are expected ones.
    chosen : ndarray of int64
        Which of those are chosen, the largest expected net first.
    contact_cost : float
        What a contact costs, NaN where unknown.
    bound : float
        What no choice can exceed, in expectation, as long as no hazard is above 1.
    """

    basis: Basis
    settings: PlanningSettings
    limits: PlanLimits
    actions: Actions
    outlook: Outlook
    choice: Choice
    chosen: Ints
    contact_cost: float
    bound: float
    priced: ClassVar[bool] = True  # whether it tells money

    @cached_property
    def investments(self) -> tuple[Investment, ...]:
        """Return the investments that are chosen, the largest expected net first."""
        return tuple(self.investment(place) for place in self.chosen.tolist())

    @cached_property
    def next_places(self) -> Ints:
        """Return the best package of each account that is not chosen, the best first."""
        packages, net = self.choice.packages, self.choice.net
        order = np.argsort(-np.nan_to_num(net, nan=-np.inf), kind="stable")
        _, first = np.unique(packages.account[order], return_index=True)
        best = order[np.sort(first)]
        taken = np.isin(packages.account[best], packages.account[self.chosen])
        return best[~taken & ~np.isnan(net[best])]

    @cached_property
    def next_best(self) -> tuple[Investment, ...]:
        """Return as many investments as may be chosen that were not, the best first."""
        return tuple(self.investment(place) for place in self.next_places[: self.limits.count])

    @cached_property
    def taken(self) -> Packages:
        """Return the packages that are chosen."""
        return self.choice.packages.take(self.chosen)

    @cached_property
    def total(self) -> Total:
        """Return what all investments bring together."""
        outlook, chosen = self.outlook, self.chosen
        pairs = outlook.central_pairs[np.ix_(chosen, chosen)].sum() / 2
        central = outlook.central.net[0][outlook.short[chosen]].sum() + pairs
        low, high = self._interval(outlook.together(chosen), float(central))
        contacts = int(self.taken.contacts.sum())
        cost = contacts * self.contact_cost if contacts else 0.0
        expected = self.choice.value(chosen)
        return Total(float(central), expected, low, high, cost, contacts)

    @cached_property
    def certificate(self) -> float:
        """Return at least which share of the best possible this is, NaN where that isn't known.

        That is V − cost over its bound, both expected. Where a hazard is above 1 gains can add up
        to more than their sum, and there is no bound.
        """
        value = self.choice.value(self.chosen)
        if not (value > 0 and self.bound > 0) or bool((self.outlook.worth.hazard > 1).any()):
            return float("nan")
        return min(1.0, value / self.bound)

    @cached_property
    def calendars(self) -> tuple[Floats, Floats, Floats]:
        """Return the contacts each employee made, is to make more, and can make in a year."""
        made, capacity = find_calendars(self.limits, self.basis.accounts)
        return made, load(self.taken, len(made))[:-1], capacity

    @cached_property
    def _loss(self) -> Floats:
        """Return what falls with each account, as `exit` has it."""
        losses = find_losses(self.basis, self.settings.seed)
        return np.asarray(losses.parts(losses.central).total[0])

    def investment(self, place: int) -> Investment:
        """Return one of the promising packages as an investment."""
        outlook = self.outlook
        row = int(outlook.short[place])
        packages, worth, gains = outlook.packages, outlook.worth, outlook.central
        account = int(packages.account[row])
        nodes = self.basis.accounts.nodes
        figures = {
            name: float(getattr(gains, name)[0, row])
            for name in ("keep", "chain", "refer", "fragility", "gain", "cost", "net")
        }
        low, high = self._interval(outlook.net[:, place], figures["net"])
        best, worst = self._interval(outlook.rank[:, place].astype(np.float64))
        return Investment(
            id=nodes.ids[account],
            name=nodes.names[account],
            market=nodes.markets[account],
            action=packages.name(row),
            owner=self.employee(packages.owner[row]),
            newcomer=self.employee(packages.newcomer[row]),
            at_stake=float(worth.at_stake[0, account]),
            p_leave=float(worth.p_leave[0, account]),
            p_after=float(-np.expm1(-gains.hazard[0, row])),
            strength=float(worth.strongest[0, account]),
            strength_after=float(gains.strength[0, row]),
            level=float(self.actions.level[account]),
            to_level=float(packages.to_level[row]),
            contacts=int(packages.contacts[row]),
            net_expected=float(outlook.expected[row]),
            net_low=low,
            net_high=high,
            top_ten=float(outlook.share[account]),
            rank_low=best,
            rank_high=worst,
            loss=float(self._loss[account]),
            **figures,
        )

    def employee(self, place: int) -> str | None:
        """Return the id of an employee by position in the staff, None for −1."""
        accounts = self.basis.accounts
        return accounts.evidence.nodes.ids[accounts.staff[place]] if place >= 0 else None

    def _interval(self, drawn: Floats, held: float = np.nan) -> tuple[float, float]:
        """Return the interval of a figure over the draws, widened to hold its central value."""
        if not self.settings.draws:
            return float("nan"), float("nan")
        low, high = np.quantile(drawn, _TAILS, method="inverted_cdf")
        return float(np.fmin(low, held)), float(np.fmax(high, held))


def make_plan(
    basis: Basis, settings: PlanningSettings, limits: PlanLimits, also: tuple[int, ...] = ()
) -> Plan:
    """Return the best plan within limits.

    Parameters
    ----------
    basis : Basis
    settings : PlanningSettings
    limits : PlanLimits
    also : tuple of int
        Accounts that are looked at closely even if they promise little.

    Raises
    ------
    UsageError
        What must be chosen can't be.
    """
    actions, cost = find_actions(basis), contact_cost(basis)
    packages = find_packages(basis, actions)
    packages = packages.take(allowed(limits, packages, basis.accounts) & (cost == cost))
    room = find_room(limits, basis.accounts, cost)
    free = None
    if limits.respect_capacity:
        made, capacity = find_calendars(limits, basis.accounts)
        free = np.append(capacity - made, np.inf)
    outlook = look_ahead(packages, find_present(basis), room, settings, free, also)
    few, short = packages.take(outlook.short), outlook.short
    choice = Choice(few, outlook.expected[short], outlook.pairs, room, free)
    _check_must(choice, basis)
    sums = BestSums(outlook.expected, packages, room)
    start = np.flatnonzero(np.isin(short, sums.rows()))
    chosen = choice.best(start)
    chosen = chosen[np.argsort(-choice.net[chosen], kind="stable")]
    bound = sums.value()
    return Plan(basis, settings, limits, actions, outlook, choice, chosen, cost, bound)


def _check_must(choice: Choice, basis: Basis) -> None:
    """Refuse accounts that must be chosen but can't be."""
    ids = basis.accounts.nodes.ids
    known = choice.packages.account[~np.isnan(choice.net)].tolist()
    none = [ids[account] for account in choice.room.must if account not in known]
    if none:
        raise UsageError("plan.must_nothing", parameter="must", ids=none)
    if not choice.is_possible():
        raise UsageError("plan.must_room", parameter="must")
