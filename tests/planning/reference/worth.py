"""The basis: churn, hazards, margins, worth and credit, symbol by symbol."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import datetime
from functools import cached_property

from tests.planning.reference.firm import (
    ACCOUNTS,
    YEAR,
    Firm,
    median,
    moment,
    none_holds,
    number,
)
from tests.planning.reference.strengths import Strengths, half_life


class Worth:
    """Every figure of the basis, by id; None where it isn't known."""

    def __init__(self, firm: Firm, years: float | None = None) -> None:
        self.firm, self.years, self.a = firm, years, firm.assume
        self.strengths = Strengths(firm)
        pairs = {(n, e): self.together(n, e) for n in firm.accounts for e in firm.sides}
        self.contact = {
            n: {e: s for e in firm.employees if (s := pairs[n, e]) > 0} for n in firm.accounts
        }
        self.strongest = {
            n: max((pairs[n, e] for e in firm.sides), default=0.0) for n in firm.accounts
        }
        self.arcs = self.strengths.word_arcs()

    def together(self, one: str, other: str) -> float:
        """Return the strength between two, with the people of both."""
        members = self.firm.members
        return 1 - none_holds(
            self.strengths.counted(a, b) for a in members(one) for b in members(other)
        )

    # who stays

    def churn(self, market: str) -> float:
        """Return the yearly rate of leaving of a market: (L + 1/2)/E, or the usual rate."""
        left, watched = self.leavers_and_years(market)
        if watched <= 0 or (left == 0 and watched < 10):
            return self.a["churn"]
        return (left + 0.5) / watched

    def leavers_and_years(self, market: str) -> tuple[int, float]:
        """Return who left on a known day of the window, and stakeholder-years in it."""
        firm = self.firm
        everyone = [
            n for n in firm.people if firm.market(n) == market and firm.organisation[n] == n
        ]
        watched = [self.watched(name) for name in everyone]
        return sum(left for left, _ in watched), sum(years for _, years in watched)

    def watched(self, name: str) -> tuple[bool, float]:
        """Return whether somebody left on a known day of the window, and their years in it."""
        firm = self.firm
        if firm.first is None or firm.first > firm.now:
            return False, 0.0
        left_on = firm.people[name].get("left_on")
        if name not in firm.present and not left_on:
            return False, firm.days_since(firm.first) / 2 / YEAR
        end = moment(left_on) if name not in firm.present and left_on else firm.now
        days = max(firm.days_since(self._entry(name)) - firm.days_since(end), 0.0)
        return name not in firm.present and firm.first <= end <= firm.now, days / YEAR

    def _entry(self, name: str) -> datetime:
        firm, today = self.firm, self.firm.now.date().isoformat()
        ends = ("source", "target")
        ties = [r for r in firm.stored if name in {firm.organisation[r[end]] for end in ends}]
        begun = [row for row in ties if row.get("since", "") <= today]
        starts = [moment(row["since"]) for row in begun or ties if row.get("since")]
        assert firm.first is not None
        return max([firm.first, *([min(starts)] if starts else [])])

    def trend(self, name: str) -> float:
        """Return the change of contacts with all employees; 0 where too few came before."""
        firm = self.firm
        life = half_life([firm.market(name)])
        ages = [
            days
            for source, target, days in firm.touches
            if {source, target} & {name} and {source, target} & set(firm.employees)
        ]
        now = sum(days < life for days in ages)
        before = sum(life <= days < 2 * life for days in ages)
        return (now - before) / max(now, before) if before >= 4 else 0.0

    def satisfaction(self, name: str) -> float:
        """Return the satisfaction of an account, or the mean of its market."""
        own = number(self.firm.people[name], "satisfaction")
        if own is not None:
            return own
        known = [
            value
            for other in self.firm.of(self.firm.market(name))
            if (value := number(self.firm.people[other], "satisfaction")) is not None
        ]
        return sum(known) / len(known) if known else 0.5

    def _relative(self, name: str) -> float:
        a = self.a
        loose = math.pow(max(1 - self.strongest[name], 0.01), a["strength_hazard"])
        unhappy = math.exp(-a["satisfaction_hazard"] * self.satisfaction(name))
        cooling = math.exp(-a["trend_hazard"] * self.trend(name))
        unowned = 1.0 if self.firm.owner(name) else a["unowned_hazard"]
        return loose * unhappy * cooling * unowned

    @cached_property
    def hazard(self) -> dict[str, float]:
        """The yearly rate of leaving of each account, in the mean its market's churn."""
        found = {}
        for market in ACCOUNTS:
            members = self.firm.of(market)
            free = [n for n in members if self.retention(n) is None]
            relative = {n: self._relative(n) for n in free}
            scale = self.churn(market) * len(free) / sum(relative.values()) if free else 0.0
            for name in members:
                own = self.retention(name)
                found[name] = relative[name] * scale if own is None else -math.log(max(own, 1e-9))
        return found

    def retention(self, name: str) -> float | None:
        """Return the chance to stay that the user gave."""
        return number(self.firm.people[name], "retention")

    def stays(self, name: str) -> float:
        """Return the chance that an account stays this year."""
        return math.exp(-self.hazard[name])

    def factor(self, name: str) -> float:
        """Return what a unit of money a year is worth, given that the account stays this year."""
        own = self.retention(name)
        later = math.exp(-self.churn(self.firm.market(name))) if own is None else max(own, 1e-9)
        x = later / (1 + self.a["discount"])
        if self.years is None:
            return 1 / (1 + self.a["discount"] - later)
        if x == 1:
            return self.years / (1 + self.a["discount"])
        return (1 - math.pow(x, self.years)) / (1 + self.a["discount"] - later)

    # money

    @cached_property
    def gross(self) -> dict[str, tuple[float | None, str]]:
        """The margin of each account before what distributors share, and its basis."""
        found: dict[str, tuple[float | None, str]] = {}
        for name in self.firm.accounts:
            own = number(self.firm.people[name], "margin")
            through = [
                value
                for row in self.firm.moved()
                if (value := number(row, "margin")) is not None
                and {row["source"], row["target"]} & {name}
                and {row["source"], row["target"]} & set(self.firm.sides)
            ]
            if own is not None:
                found[name] = own, "given"
            elif through:
                found[name] = sum(through), "ties"
            else:
                found[name] = None, "missing"
        for market in ACCOUNTS:
            self._from_revenue(found, market)
        return found

    def _from_revenue(self, found: dict[str, tuple[float | None, str]], market: str) -> None:
        revenue = {n: number(self.firm.people[n], "revenue") for n in self.firm.of(market)}
        both = [
            (margin, of)
            for n, of in revenue.items()
            if (margin := found[n][0]) is not None and of is not None
        ]
        total = sum(of for _, of in both)
        if total <= 0:
            return
        ratio = sum(margin for margin, _ in both) / total
        for name, of in revenue.items():
            if found[name][0] is None and of is not None:
                found[name] = of * ratio, "revenue"

    @cached_property
    def margin(self) -> dict[str, float | None]:
        """The margin of each account, what a distributor's customers bring counted once."""
        found = {name: margin for name, (margin, _) in self.gross.items()}
        for name in self.firm.of("distributor"):
            own = found[name]
            shared = sum(
                max(number(row, "margin") or 0.0, 0.0)
                for row in self.firm.moved("BUYS_FROM")
                if row["target"] == name and row["source"] in self.firm.buyers
            )
            if own is not None and own > 0 and shared <= own:
                found[name] = own - shared * self.a["distributor_margin_includes"]
        return found

    @cached_property
    def profit(self) -> float | None:
        """The positive margins of all buyers together; None where none of theirs is known."""
        if self.firm.buyers and all(self.margin[n] is None for n in self.firm.buyers):
            return None
        return sum(max(self.margin[n] or 0.0, 0.0) for n in self.firm.buyers)

    def supply(self, name: str, gone: frozenset[str] = frozenset()) -> float | None:
        """Return what is lost with a supplier, while these suppliers are gone too."""
        people = self.firm.people
        spent = {n: number(people[n], "revenue") for n in self.firm.of("supplier")}
        own, total = spent[name], sum(of or 0.0 for of in spent.values())
        if own is None or total <= 0 or self.profit is None:
            return None
        kind = people[name].get("sub_market", "")
        others = [
            n
            for n in spent
            if n != name and n not in gone and kind and people[n].get("sub_market") == kind
        ]
        months = self.a["supply_months_other" if others else "supply_months_sole"]
        return self.profit * own / total * months / 12

    def stake(self, name: str) -> float | None:
        """Return K, the value at stake of an account."""
        market = self.firm.market(name)
        if market == "influencer":
            return 0.0
        if market == "supplier":
            return self.supply(name)
        margin = self.margin[name]
        return None if margin is None else margin * self.factor(name)

    def lifetime(self, name: str) -> float | None:
        """Return the lifetime value of an account."""
        stake = self.stake(name)
        return None if stake is None else self.stays(name) * stake

    @cached_property
    def contact_cost(self) -> float | None:
        """What a contact costs: a share of the median positive margin of customers."""
        positive = [
            m for n in self.firm.of("customer") if (m := self.margin[n]) is not None and m > 0
        ]
        middle = median(positive)
        return None if middle is None else self.a["contact_cost"] * middle

    # credit

    @cached_property
    def owed(self) -> dict[str, float]:
        """The share of each account's worth that is owed to those who recommended us."""
        tellers = defaultdict(list)
        for (_, told), strength in self.arcs.items():
            tellers[told].append(strength)
        return {
            n: self.a["referral_share"] * (1 - none_holds(tellers[n])) for n in self.firm.accounts
        }

    @cached_property
    def credited(self) -> dict[str, float]:
        """Worth with credit, by passing on what is owed until nothing moves any more."""
        told = defaultdict[str, float](float)
        for (_, v), strength in self.arcs.items():
            told[v] += strength
        own = {
            n: (self.lifetime(n) or 0.0) if n in self.firm.buyers else 0.0
            for n in self.firm.accounts
        }
        worth = dict(own)
        for _ in range(10_000):
            new = dict(own)
            for (u, v), strength in self.arcs.items():
                new[u] += self.owed[v] * strength / told[v] * worth[v]
            moved = max((abs(new[n] - worth[n]) for n in new), default=0.0)
            worth = new
            if moved <= 1e-15 * max((abs(x) for x in worth.values()), default=0.0):
                break
        return worth

    @cached_property
    def unknown(self) -> bool:
        """Whether there are buyers, but none of known worth, so that credit isn't known either."""
        buyers = self.firm.buyers
        return bool(buyers) and all(self.lifetime(n) is None for n in buyers)

    def received(self, name: str) -> float | None:
        """Return the worth of others that came through this account."""
        if self.unknown:
            return None
        own = (self.lifetime(name) or 0.0) if name in self.firm.buyers else 0.0
        return self.credited[name] - own

    def given(self, name: str) -> float | None:
        """Return what this account owes to those who recommended us."""
        return None if self.unknown else self.owed[name] * self.credited[name]

    def network_value(self, name: str) -> float | None:
        """Return the lifetime value with what is received, less what is given."""
        received, given = self.received(name), self.given(name)
        if received is None or given is None:
            return None
        return (self.lifetime(name) or 0.0) + received - given

    def coming(self, name: str) -> float | None:
        """Return what the new business that comes through this account is worth while it stays."""
        received = self.received(name)
        if received is None:
            return None
        return self.churn("customer") * received * self.factor(name)
