"""`portfolio`: the five models."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from typing import Any

from tests.planning.reference.firm import (
    ACCOUNTS,
    BOTH_WAYS,
    YEAR,
    Firm,
    median,
    none_holds,
    number,
)
from tests.planning.reference.overdue import A_YEAR, level_of, levels_given
from tests.planning.reference.value import grades, rank
from tests.planning.reference.worth import Worth

Rows = list[dict[str, Any]]
GRID = {
    ("few", "A"): 5, ("few", "B"): 3, ("few", "C"): 2,
    ("medium", "A"): 4, ("medium", "B"): 3, ("medium", "C"): 2,
    ("many", "A"): 3, ("many", "B"): 2, ("many", "C"): 1,
}  # fmt: skip
GROUP = {
    "supplier": "supplier", "competitor": "lateral", "influencer": "lateral",
    "customer": "buyer", "distributor": "buyer", "employee": "internal",
}  # fmt: skip
SALIENCE = {
    "": "non-stakeholder", "p": "dormant", "l": "discretionary", "u": "demanding", "pl": "dominant",
    "pu": "dangerous", "lu": "dependent", "plu": "definitive",
}  # fmt: skip


def common(firm: Firm, name: str) -> dict[str, Any]:
    """Return what every model shows."""
    market = firm.market(name)
    return {
        "id": name,
        "market": market,
        "partner_group": GROUP[market],
        "relation": "non-market" if market in ("influencer", "employee") else "market",
    }


def level_rows(worth: Worth) -> Rows:
    """Return the rows of the model level: is the level the one that fits?"""
    firm = worth.firm
    graded = grades(worth, "customer") | grades(worth, "distributor")
    segment = {n: (firm.market(n), firm.people[n].get("sub_market", "")) for n in firm.buyers}
    rows = []
    for name in firm.buyers:
        row = common(firm, name)
        size = list(segment.values()).count(segment[name])
        row |= {"grade": graded.get(name), "segment_size": size}
        row["level"] = level_of(firm, name, firm.sides)
        given = levels_given(firm, name, firm.sides)
        row["basis"] = "given" if given else None if row["level"] is None else "contacts"
        of = "few" if size <= 10 else "many" if size > 100 else "medium"
        grade = row["grade"]
        row["recommended"] = 1 if grade == "D" else GRID.get((of, grade))
        known = row["recommended"] is not None and row["level"] is not None
        row["gap"] = row["level"] - row["recommended"] if known else None
        row["class"] = _served(row["gap"])
        row["saves"] = None
        if known and worth.contact_cost is not None:
            contacts = {0: 0} | A_YEAR
            more = contacts[row["level"]] - contacts[row["recommended"]]
            row["saves"] = more * worth.contact_cost
        rows.append(row)
    rank(rows, "gap", ascending=True)
    return rows


def _served(gap: int | None) -> str | None:
    """Return the class of a gap between two levels."""
    if gap is None:
        return None
    return "under-served" if gap < 0 else "over-served" if gap > 0 else "as recommended"


def value_rows(worth: Worth) -> Rows:
    """Return the rows of the model value: lifetime value by referral value."""
    firm = worth.firm
    customers = firm.of("customer")
    clv = {n: worth.lifetime(n) for n in customers}
    crv = {n: worth.received(n) for n in customers}
    middle = [median(x for x in each.values() if x is not None) or 0.0 for each in (clv, crv)]
    enough = sum(x is not None for x in clv.values()) >= 4
    rows = []
    for name in customers:
        row = common(firm, name) | {"clv": clv[name], "crv": crv[name], "class": None}
        own, brought = clv[name], crv[name]
        if enough and own is not None and brought is not None:
            high = _above(own, middle[0]), _above(brought, middle[1])
            row["class"] = {
                (True, True): "Champions",
                (True, False): "Affluents",
                (False, True): "Advocates",
                (False, False): "Misers",
            }[high]
        rows.append(row)
    rank(rows, "clv")
    return rows


def _above(figure: float, middle: float) -> bool:
    return figure > middle and not math.isclose(figure, middle)


def supply_rows(worth: Worth) -> Rows:
    """Return the rows of the model supply: impact by risk."""
    firm = worth.firm
    suppliers = firm.of("supplier")
    spent = {n: number(firm.people[n], "revenue") for n in suppliers}
    total = sum(x or 0.0 for x in spent.values())
    share = {n: x / total if x is not None and total > 0 else None for n, x in spent.items()}
    middle = median(x for x in share.values() if x is not None)
    rows = []
    for name in suppliers:
        kind = firm.people[name].get("sub_market", "")
        others = sum(n != name and firm.people[n].get("sub_market", "") == kind for n in suppliers)
        risk = 1 / (1 + others) if kind else None
        row = common(firm, name) | {"impact": share[name], "risk": risk, "class": None}
        own = share[name]
        if own is not None and middle is not None and risk is not None:
            row["class"] = {
                (True, True): "strategic",
                (True, False): "leverage",
                (False, True): "bottleneck",
                (False, False): "non-critical",
            }[own >= middle, risk > 0.5]
        rivals = firm.of("competitor")
        row["supplies_competitors"] = any(
            (tie["type"] == "SUPPLIES" and tie["source"] == name and tie["target"] in rivals)
            or (tie["type"] == "BUYS_FROM" and tie["target"] == name and tie["source"] in rivals)
            for tie in firm.moved()
        )
        rows.append(row)
    rank(rows, "impact")
    return rows


def score_rows(worth: Worth, model: str) -> Rows:
    """Return the rows of the models salience and power."""
    firm = worth.firm
    network = network_power(worth)
    everyone = firm.accounts + firm.employees + firm.of("competitor")
    made = {name: _contacts_a_year(firm, name) for name in everyone}
    interest = _percentile(made) if any(made.values()) else {}
    rows = []
    for name in everyone:
        person, row = firm.people[name], common(firm, name)
        power = number(person, "power")
        row["network_power"] = network.get(name)
        row["power"] = network.get(name) if power is None else power
        row["basis"] = "given" if power is not None else "network"
        row["disagreement"] = (
            abs(power - network[name]) >= 0.4 if power is not None and name in network else None
        )
        if model == "salience":
            _salience(firm, name, row)
        else:
            own = number(person, "interest")
            row["interest"] = interest.get(name) if own is None else own
            row["class"] = None
            if row["power"] is not None and row["interest"] is not None:
                row["class"] = {
                    (True, True): "manage closely",
                    (True, False): "keep satisfied",
                    (False, True): "keep informed",
                    (False, False): "monitor",
                }[row["power"] >= 0.5, row["interest"] >= 0.5]
        rows.append(row)
    rank(rows, model)
    return rows


def _contacts_a_year(firm: Firm, name: str) -> int:
    """Return the contacts with the firm's side in the year that ends at the last one."""
    ages = [
        contact.days
        for contact in firm.touches
        if name in contact[:2] and {*contact[:2]} & {*firm.sides}
    ]
    return sum(age < min(ages) + YEAR for age in ages)


def _salience(firm: Firm, name: str, row: dict[str, Any]) -> None:
    person = firm.people[name]
    bonds = [
        float(tie["bond"])
        for tie in firm.moved()
        if tie.get("bond")
        for one, other in ((tie["source"], tie["target"]), (tie["target"], tie["source"]))
        if one == name and other in firm.sides
    ]
    satisfaction = number(person, "satisfaction")
    legitimacy, urgency = number(person, "legitimacy"), number(person, "urgency")
    if legitimacy is None and bonds:
        legitimacy = max(bonds) / 3
    if urgency is None and satisfaction is not None:
        urgency = 1 - satisfaction
    row |= {"legitimacy": legitimacy, "urgency": urgency, "salience": None, "class": None}
    scores = {"p": row["power"], "l": legitimacy, "u": urgency}
    if None not in scores.values():
        high = "".join(letter for letter, score in scores.items() if score >= 0.5)
        row["salience"] = len(high)
        row["class"] = SALIENCE[high]


def network_power(worth: Worth) -> dict[str, float]:
    """Return (mid-rank − 1)/(n − 1) of betweenness in the default network."""
    return _percentile(betweenness(worth))


def _percentile(values: Mapping[str, float]) -> dict[str, float]:
    n = len(values)
    found: dict[str, float] = {}
    if n < 2:
        return found
    for name, value in values.items():
        below = sum(other < value for other in values.values())
        same = sum(other == value for other in values.values())
        found[name] = (below + (same - 1) / 2) / (n - 1)
    return found


def betweenness(worth: Worth) -> dict[str, float]:
    """Return betweenness along arcs by distance 1/strength, by listing shortest ways."""
    firm = worth.firm
    lengths = _distances(worth)
    through = dict.fromkeys(sorted(firm.present), 0.0)
    for source in through:
        distance, count, order, before = _shortest(lengths, source)
        share = dict.fromkeys(through, 0.0)
        for name in reversed(order):
            for previous in before[name]:
                share[previous] += count[previous] / count[name] * (1 + share[name])
            if name != source:
                through[name] += share[name]
        del distance
    return {n: round(x, 9) for n, x in through.items()}


def _distances(worth: Worth) -> dict[str, dict[str, float]]:
    firm, strengths = worth.firm, worth.strengths
    arcs: dict[tuple[str, str], list[float | None]] = {}
    for row in firm.friendly(among=firm.present):
        if row["type"] == "COMPETES_WITH":
            continue
        ways = [(row["source"], row["target"])]
        if row["type"] in BOTH_WAYS:
            ways.append((row["target"], row["source"]))
        own = number(row, "strength")
        for way in ways:
            arcs.setdefault(way, []).append(own)
            if own is None:
                arcs[way][-1] = -strengths.usual(row)
    plain = all(s is not None and s < 0 for found in arcs.values() for s in found)
    lengths: dict[str, dict[str, float]] = {n: {} for n in firm.present}
    for (u, v), found in arcs.items():
        strength = 1.0 if plain else 1 - none_holds(abs(s or 0.0) for s in found)
        lengths[u][v] = 1 / strength
    return lengths


def _shortest(
    lengths: dict[str, dict[str, float]], source: str
) -> tuple[dict[str, float], dict[str, int], list[str], dict[str, list[str]]]:
    distance, done, queue = {source: 0.0}, set[str](), [(0.0, source)]
    while queue:
        far, name = heapq.heappop(queue)
        if name in done:
            continue
        done.add(name)
        for other, length in lengths[name].items():
            if far + length < distance.get(other, float("inf")):
                distance[other] = far + length
                heapq.heappush(queue, (far + length, other))
    order = sorted(distance, key=lambda n: distance[n])
    before: dict[str, list[str]] = {n: [] for n in order}
    count = dict.fromkeys(order, 0)
    count[source] = 1
    for name in order:
        for other, length in lengths[name].items():
            if (
                abs(distance[name] + length - distance[other]) <= 1e-9 * distance[other]
                and other != source
            ):
                before[other].append(name)
                count[other] += count[name]
    return distance, count, order, before


__all__ = ["ACCOUNTS", "level_rows", "network_power", "score_rows", "supply_rows", "value_rows"]
