"""A small firm as its CSV files give it: who is there, which ties hold, which contacts count."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

Row = dict[str, str]

BOTH_WAYS = ("KNOWS", "PARTNERS_WITH", "COMPETES_WITH")
WORD = ("REFERS", "INFLUENCES", "KNOWS", "PARTNERS_WITH")
ACCOUNTS = ("customer", "distributor", "supplier", "influencer")
BUYERS = ("customer", "distributor")
YEAR = 365.25

ASSUMPTIONS = {
    "discount": 0.10,
    "churn": 0.2,
    "strength_hazard": 0.5,
    "satisfaction_hazard": 2.3,
    "trend_hazard": 1.1,
    "unowned_hazard": 1.5,
    "contagion": 0.8,
    "referral_share": 0.5,
    "departure_loss": 0.154,
    "through_loss": 0.5,
    "supply_months_sole": 6.0,
    "supply_months_other": 1.0,
    "distributor_margin_includes": 1.0,
    "new_contact": 0.4,
    "contact_cost": 0.02,
}


class Contact(NamedTuple):
    """One contact, `days` before the present."""

    source: str
    target: str
    days: float


def number(row: Row, name: str) -> float | None:
    """Return a cell as a number; None where it is empty."""
    text = row.get(name, "")
    return float(text) if text else None


def moment(text: str) -> datetime:
    """Return a time; a date is its midnight, in UTC."""
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Firm:
    """The firm at a moment: who hasn't left by then, ties that hold, contacts up to it.

    With `everyone` nobody has left, and leavers have the ties of their last day.

    Who works for an organisation outside the firm belongs to it: `members` are an account and its
    people, and `moved` gives ties and contacts to the organisation. All money is in one currency.
    """

    def __init__(
        self,
        folder: Path,
        as_of: str | None = None,
        assume: dict[str, float] | None = None,
        rates: dict[str, float] | None = None,
        *,
        everyone: bool = False,
    ) -> None:
        self.assume = ASSUMPTIONS | (assume or {})
        self.people = {row["id"]: row for row in _rows(folder / "stakeholders.csv")}
        self.stored = _rows(folder / "relationships.csv")
        self._convert(rates or {})
        contacts = _rows(folder / "interactions.csv")
        self.now = _present(as_of, [moment(row["at"]) for row in contacts])
        self.day = as_of or datetime.now(UTC).date().isoformat()
        gone = {n: row for n, row in self.people.items() if self._gone(row)}
        self.ties = [
            row for row in self.stored if _holds(row, self.day) or (everyone and _held(row, gone))
        ]
        self.first = min((moment(row["at"]) for row in contacts), default=None)
        works_for = self._organisations()
        self.organisation = {name: _topmost(works_for, name) for name in self.people}
        self.present = {name for name in self.people if everyone or name not in gone}
        self.active = {n for n in self.present if self.present.issuperset(_way_up(works_for, n))}
        self.contacts = [
            Contact(row["source"], row["target"], self.days_since(moment(row["at"])))
            for row in contacts
            if moment(row["at"]) <= self.now
        ]
        self.touches = [
            Contact(self.organisation[one], self.organisation[other], days)
            for one, other, days in self.contacts
            if self.active.issuperset((one, other))
        ]
        self.firm = next((n for n, row in self.people.items() if row["market"] == "firm"), None)
        self.employees = self.of("employee")
        self.accounts = self.of(*ACCOUNTS)
        self.buyers = self.of(*BUYERS)
        self.sides = ([self.firm] if self.firm else []) + self.employees
        self.enemies = set(self._enemies())
        self.hostile = {self.organisation[name] for name in self.enemies & self.active}

    def of(self, *markets: str) -> list[str]:
        """Return the active stakeholders of these markets, but no organisation's people."""
        return sorted(
            name
            for name in self.active
            if self.people[name]["market"] in markets and self.organisation[name] == name
        )

    def market(self, name: str) -> str:
        """Return the market of a stakeholder."""
        return self.people[name]["market"]

    def members(self, name: str) -> list[str]:
        """Return a stakeholder and who works for it."""
        return sorted(n for n in self.active if self.organisation[n] == name)

    def days_since(self, at: datetime) -> float:
        """Return the days from a moment to the present."""
        return (self.now - at) / timedelta(days=1)

    def friendly(self, *types: str, among: set[str] | None = None) -> Iterator[Row]:
        """Yield the ties between two active stakeholders that aren't hostile, of these types."""
        for row in self.ties:
            ends = row["source"], row["target"]
            if (
                (not types or row["type"] in types)
                and row.get("sign", "") != "-1"
                and ends[0] != ends[1]
                and (self.active if among is None else among).issuperset(ends)
            ):
                yield row

    def moved(self, *types: str) -> Iterator[Row]:
        """Yield the same with organisations in place of their people."""
        for row in self.friendly(*types):
            ends = {end: self.organisation[row[end]] for end in ("source", "target")}
            if ends["source"] != ends["target"]:
                yield row | ends

    def owner(self, name: str) -> str | None:
        """Return the active employee who owns a stakeholder, or has the best MANAGES tie."""
        owner = self.people[name].get("owner", "")
        managers = [
            (-(number(row, "strength") or 0.0), self.people[row["source"]]["name"], row["source"])
            for row in self.moved("MANAGES")
            if row["target"] == name and row["source"] in self.employees
        ]
        return owner if owner in self.employees else min(managers)[2] if managers else None

    def head(self, name: str) -> str:
        """Return the topmost parent above a stakeholder."""
        parents = {n: row.get("parent", "") for n, row in self.people.items()}
        return _topmost({n: p for n, p in parents.items() if p in parents and p != n}, name)

    def _convert(self, rates: dict[str, float]) -> None:
        rate = {n: rates.get(row.get("currency", ""), 1.0) for n, row in self.people.items()}
        for name, row in self.people.items():
            for column in ("margin", "revenue"):
                _multiply(row, column, rate[name])
        for tie in self.stored:
            _multiply(
                tie, "margin", rate[tie["source" if self._outside(tie["source"]) else "target"]]
            )

    def _outside(self, name: str) -> bool:
        return self.market(name) not in ("firm", "employee")

    def _organisations(self) -> dict[str, str]:
        """Return whom everyone outside the firm works for: the column says so, else a tie."""
        works = defaultdict[str, list[tuple[float, str]]](list)
        for tie in self.ties:
            if tie["type"] == "WORKS_FOR":
                works[tie["source"]].append((-(number(tie, "strength") or 0.0), tie["target"]))
        found: dict[str, str] = {}
        for name in filter(self._outside, self.people):
            named = self.people[name].get("organisation", "")
            for above in (named, *(target for _, target in sorted(works[name]))):
                if above in self.people and above != name and self._outside(above):
                    found.setdefault(name, above)
        return found

    def _gone(self, row: Row) -> bool:
        status, left_on = row.get("status", ""), row.get("left_on", "")
        return status != "active" and (left_on <= self.day if left_on else status == "left")

    def _enemies(self) -> Iterator[str]:
        inside = {name for name in self.present if not self._outside(name)}
        for row in self.ties:
            if row.get("sign", "") == "-1":
                for one, other in ((row["source"], row["target"]), (row["target"], row["source"])):
                    if other in inside:
                        yield one


def median(values: Iterable[float]) -> float | None:
    """Return the median; None of nothing."""
    found = sorted(values)
    if not found:
        return None
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def none_holds(chances: Iterable[float]) -> float:
    """Return the chance that none of independent events happens."""
    return math.prod(1 - chance for chance in chances)


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _present(as_of: str | None, contacts: list[datetime]) -> datetime:
    if as_of:
        return moment(as_of) + timedelta(days=1, microseconds=-1)
    past = [at for at in contacts if at.date() <= datetime.now(UTC).date()]
    return max(past, default=datetime.now(UTC))


def _holds(row: Row, day: str) -> bool:
    since, until = row.get("since", ""), row.get("until", "")
    return (not since or since <= day) and (not until or day <= until)


def _held(row: Row, gone: dict[str, Row]) -> bool:
    """Say whether a tie held on the day on which the first of its ends left."""
    days = [gone[n].get("left_on", "") for n in (row["source"], row["target"]) if n in gone]
    return any(days) and _holds(row, min(filter(None, days)))


def _topmost(above: dict[str, str], name: str) -> str:
    """Return to whom a stakeholder belongs in the end; who would go in a circle stays."""
    way = _way_up(above, name)
    return name if above.get(way[-1]) in way else way[-1]


def _way_up(above: dict[str, str], name: str) -> list[str]:
    """Return a stakeholder and everyone above, up to the topmost or round a circle."""
    way = [name]
    while above.get(way[-1], name) not in way:
        way.append(above[way[-1]])
    return way


def _multiply(row: Row, column: str, rate: float) -> None:
    if row.get(column):
        row[column] = repr(float(row[column]) * rate)
