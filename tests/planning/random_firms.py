"""Random small firms as CSV files, awkward in every way that a planner's data can be."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

Table = list[dict[str, Any]]
MARKETS = (
    "customer",
    "customer",
    "customer",
    "distributor",
    "supplier",
    "influencer",
    "employee",
    "competitor",
)
TYPES = {
    ("customer", "firm"): ["BUYS_FROM"],
    ("customer", "distributor"): ["BUYS_FROM", "REFERS"],
    ("customer", "competitor"): ["BUYS_FROM"],
    ("customer", "customer"): ["REFERS", "KNOWS"],
    ("customer", "influencer"): ["KNOWS", "PARTNERS_WITH"],
    ("distributor", "firm"): ["DISTRIBUTES", "BUYS_FROM"],
    ("distributor", "customer"): ["REFERS", "KNOWS"],
    ("distributor", "distributor"): ["REFERS", "BUYS_FROM"],
    ("supplier", "firm"): ["SUPPLIES"],
    ("supplier", "competitor"): ["SUPPLIES"],
    ("supplier", "customer"): ["REFERS", "SUPPLIES"],
    ("influencer", "customer"): ["INFLUENCES", "REFERS"],
    ("influencer", "distributor"): ["INFLUENCES"],
    ("influencer", "influencer"): ["KNOWS", "PARTNERS_WITH"],
    ("influencer", "firm"): ["INFLUENCES"],
    ("influencer", "competitor"): ["INFLUENCES"],
    ("employee", "firm"): ["WORKS_FOR"],
    ("employee", "customer"): ["MANAGES", "KNOWS"],
    ("employee", "distributor"): ["MANAGES", "KNOWS"],
    ("employee", "supplier"): ["MANAGES", "KNOWS"],
    ("employee", "influencer"): ["MANAGES", "KNOWS"],
    ("employee", "employee"): ["REPORTS_TO", "KNOWS"],
    ("competitor", "firm"): ["COMPETES_WITH"],
    ("competitor", "competitor"): ["COMPETES_WITH", "PARTNERS_WITH"],
}
COMPONENTS = ("two_way", "cooperation", "win_win", "intimacy", "control", "trust", "commitment")
REASONS = ("price", "product", "service", "market", "technology", "political")
BUYERS = ("customer", "distributor")
RATES = {"EUR": 1.0, "USD": 0.5, "CNY": 0.125}
CASES = {
    "no firm": 0.15, "no employees": 0.15, "no contacts": 0.15, "one market": 0.1,
    "one customer": 0.1, "no margins": 0.15, "losses": 0.15, "organisations": 0.35,
    "parents": 0.3, "currencies": 0.2, "future contacts": 0.2,
}  # fmt: skip
MOST_BUYERS = 9  # the second implementation lists every course that a cascade can take
END = datetime(2026, 6, 30, 12, tzinfo=UTC)


def make_firm(seed: int) -> dict[str, Table]:
    """Return the three tables of a random firm, with some of the cases that planners' data has."""
    draw = random.Random(seed)
    cases = {case for case, chance in CASES.items() if draw.random() < chance}
    people = _people(draw, cases)
    ties = _ties(draw, people)
    if "organisations" in cases:
        _employ(draw, people, ties)
    contacts = [] if "no contacts" in cases else _contacts(draw, people)
    if contacts and "future contacts" in cases:
        contacts.append(draw.choice(contacts) | {"at": "2999-01-01T00:00:00Z"})
    return {"stakeholders": people, "relationships": ties, "interactions": contacts}


def write_firm(folder: Path, tables: dict[str, Table]) -> Path:
    """Write tables as CSV files, empty ones too, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        if not rows:
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _people(draw: random.Random, cases: set[str]) -> Table:
    people: Table = []
    if "no firm" not in cases:
        people.append({"id": "firm", "name": "The Firm", "market": "firm"})
    known = draw.choice((0.0, 0.3, 0.8, 1.0))  # how much this firm has written down
    for place, market in enumerate(_markets(draw, cases)):
        person: dict[str, Any] = {"id": f"n{place:02}", "name": f"Node {place}", "market": market}
        person["status"], person["left_on"], person["left_reason"] = _status(draw)
        person["sub_market"] = draw.choice(("", "north", "south"))
        for column in ("satisfaction", "power", "legitimacy", "urgency", "interest"):
            person[column] = _given(draw, known, 0, 1)
        person["retention"] = draw.choice((0, 1, "", "", "", "", "", "", "", "", 0.3, 0.9))
        inside = market in ("competitor", "employee")
        person["revenue"] = "" if inside else _given(draw, known, 0, 1000)
        person["margin"] = "" if inside else _margin(draw, known, cases)
        person["currency"] = draw.choice(("", *RATES)) if "currencies" in cases else ""
        people.append(person)
    employees = [person["id"] for person in people if person["market"] == "employee"]
    for person in people:
        owned = person["market"] not in ("firm", "employee", "competitor") and employees
        person["owner"] = draw.choice(employees) if owned and draw.random() < 0.6 else ""
        person["parent"] = (
            draw.choice(people)["id"] if "parents" in cases and draw.random() < 0.3 else ""
        )
    _break_circles(people, "parent")
    return people


def _markets(draw: random.Random, cases: set[str]) -> list[str]:
    count = draw.choice((3, 6, 10, 14, 18, 24))
    allowed = [market for market in MARKETS if "no employees" not in cases or market != "employee"]
    markets = [draw.choice(allowed) for _ in range(count)]
    if "one market" in cases:
        markets = [draw.choice(allowed)] * min(count, MOST_BUYERS)
    if "one customer" in cases:
        markets = ["customer", *(market for market in markets if market not in BUYERS)]
    buyers = [place for place, market in enumerate(markets) if market in BUYERS]
    surplus = set(buyers[MOST_BUYERS:])
    return [market for place, market in enumerate(markets) if place not in surplus]


def _margin(draw: random.Random, known: float, cases: set[str]) -> Any:
    if "no margins" in cases or draw.random() >= known:
        return ""
    if "losses" in cases:
        return round(draw.uniform(-300, 20), 1)
    return draw.choice((round(draw.uniform(-50, 300), 1), round(draw.uniform(0, 90), 1), 0))


def _break_circles(people: Table, column: str) -> None:
    """Empty a column that names somebody where it leads back to where it began."""
    above = {person["id"]: person for person in people}
    for person in people:
        seen, at = {person["id"]}, person.get(column)
        while at and at not in seen:
            seen.add(at)
            at = above[at].get(column)
        if at:
            person[column] = ""


def _employ(draw: random.Random, people: Table, ties: Table) -> None:
    """Make some stakeholders people of an organisation, by a column or by a tie."""
    outside = [person for person in people if person["market"] not in ("firm", "employee")]
    for person in outside:
        organisation = draw.choice(outside)
        if organisation is not person and draw.random() < 0.3:
            person["role"] = draw.choice(("", "decider", "user"))
            if draw.random() < 0.5:
                person["organisation"] = organisation["id"]
            else:
                tie = _tie(draw, person["id"], organisation["id"], "WORKS_FOR", 0.5)
                ties.append(tie | {"sign": ""})
    _break_circles(people, "organisation")


def _status(draw: random.Random) -> tuple[str, str, str]:
    if draw.random() < 0.8:
        return draw.choice(("", "active")), "", ""
    day = draw.choice(("", _day(draw, 700), _day(draw, 700)))  # some left, but nobody knows when
    return "left", day, draw.choice(("", *REASONS))


def _ties(draw: random.Random, people: Table) -> Table:
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    density, known = draw.choice((0.1, 0.25, 0.4)), draw.choice((0.0, 0.4, 0.8, 1.0))
    for one in people:
        for other in people:
            types = TYPES.get((one["market"], other["market"]), [])
            for type_ in types:
                ends = one["id"], other["id"]
                often = 0.6 if "firm" in ends else density
                if ends[0] == ends[1] or draw.random() > often:
                    continue
                if (ends[1], ends[0], type_) in found and type_ in (
                    "KNOWS",
                    "PARTNERS_WITH",
                    "COMPETES_WITH",
                ):
                    continue
                found[*ends, type_] = _tie(draw, *ends, type_, known)
    return list(found.values())


def _tie(draw: random.Random, source: str, target: str, type_: str, known: float) -> dict[str, Any]:
    tie: dict[str, Any] = {"source": source, "target": target, "type": type_}
    tie["strength"] = draw.choice(
        (_given(draw, known, 0.05, 1), _given(draw, known, 0.05, 1), "" if known < 1 else 0.5)
    )
    tie["level"] = draw.choice(("", "", 1, 2, 3, 4, 5))
    tie["bond"] = draw.choice(("", "", 1, 2, 3))
    hostile = type_ == "COMPETES_WITH" or (
        draw.random() < 0.06 and type_ in ("INFLUENCES", "REFERS", "KNOWS")
    )
    tie["sign"] = -1 if hostile else draw.choice(("", 1))
    tie["since"] = draw.choice(("", "", "", _day(draw, 900), _day(draw, 900), "2999-01-01"))
    tie["until"] = ""
    if draw.random() < 0.1:
        tie["until"] = (END.date() + timedelta(draw.randint(-100, 100))).isoformat()
        if tie["since"] > tie["until"]:
            tie["since"] = ""
    tie["margin"] = (
        draw.choice(("", "", round(draw.uniform(-20, 80), 1))) if type_ == "BUYS_FROM" else ""
    )
    for component in COMPONENTS:
        tie[component] = _given(draw, 0.8, 0, 1) if draw.random() < 0.1 else ""
    return tie


def _contacts(draw: random.Random, people: Table) -> Table:
    contacts: Table = []
    sides = [p["id"] for p in people if p["market"] in ("employee", "firm")]
    others = [p["id"] for p in people if p["market"] not in ("firm", "employee")]
    for account in others:
        for side in draw.sample(sides, min(len(sides), draw.choice((0, 1, 2)))):
            span = draw.choice((60, 200, 700))
            for _ in range(draw.choice((1, 2, 5, 12))):
                ends = (account, side) if draw.random() < 0.4 else (side, account)
                at = END - timedelta(minutes=draw.randint(0, span * 1440))
                contacts.append(
                    {
                        "source": ends[0],
                        "target": ends[1],
                        "at": at.isoformat().replace("+00:00", "Z"),
                    }
                )
    return contacts


def _given(draw: random.Random, known: float, low: float, high: float) -> Any:
    return round(draw.uniform(low, high), 3) if draw.random() < known else ""


def _day(draw: random.Random, back: int) -> str:
    day: date = END.date() - timedelta(draw.randint(0, back))
    return day.isoformat()
