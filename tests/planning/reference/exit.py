"""`exit`: what is lost with whom, over every cascade that can happen."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.planning.reference.firm import none_holds
from tests.planning.reference.value import rank
from tests.planning.reference.worth import Worth

Rows = list[dict[str, Any]]


class Loss(NamedTuple):
    """What one stakeholder loses in one way: a chance or share of a value."""

    chance: float
    value: float | None

    @property
    def loss(self) -> float | None:
        """The product of both."""
        return None if self.value is None else self.chance * self.value


def hops(worth: Worth, gone: Iterable[str]) -> dict[str, int]:
    """Return how many arcs of word of mouth lead to each buyer from those who leave."""
    buyers = set(worth.firm.buyers)
    far = dict.fromkeys(buyers.intersection(gone), 0)
    front = set(far)
    for step in range(1, len(buyers) + 1):
        told = {v for u, v in worth.arcs if u in front and v in buyers}
        front = {v for v in told if worth.hazard[v] > 0} - far.keys()
        far |= dict.fromkeys(front, step)
    return far


def follows(worth: Worth, gone: Iterable[str]) -> dict[str, float]:
    """Return the chance that each buyer follows, over every course that a cascade can take."""
    buyers = set(worth.firm.buyers)
    start = frozenset(buyers.intersection(gone))
    arcs: dict[str, dict[str, float]] = defaultdict(dict)
    for (u, v), s in worth.arcs.items():
        if u in buyers and v in buyers:
            arcs[u][v] = 1 - math.exp(-worth.hazard[v] * worth.a["contagion"] * s)
    ended: dict[frozenset[str], float] = defaultdict(float)
    courses = {(start, start): 1.0}  # who has left, and whose example is still to be seen
    while courses:
        later: dict[tuple[frozenset[str], frozenset[str]], float] = defaultdict(float)
        for (left, fresh), weight in courses.items():
            if not fresh:
                ended[left] += weight
                continue
            leaver = min(fresh)
            others = {v: p for v, p in arcs[leaver].items() if v not in left}
            for some in itertools.product((False, True), repeat=len(others)):
                chances = [p if on else 1 - p for on, p in zip(some, others.values(), strict=True)]
                more = {v for on, v in zip(some, others, strict=True) if on}
                later[left | more, fresh - {leaver} | more] += weight * math.prod(chances)
        courses = later
    return {name: sum(w for left, w in ended.items() if name in left) for name in buyers}


def dependence(contact: dict[str, float], gone: Iterable[str]) -> float:
    """Return the share of an account's coverage that goes with these employees."""
    leaving = set(gone)
    capped = {e: min(s, 0.99) for e, s in contact.items()}
    if not leaving & capped.keys():
        return 0.0
    covered = 1 - none_holds(capped.values())
    return 1 - (1 - none_holds(s for e, s in capped.items() if e not in leaving)) / covered


def sellers(worth: Worth, name: str) -> set[str]:
    """Return whom a customer buys from, competitors left out."""
    return {
        row["target"]
        for row in worth.firm.moved("BUYS_FROM")
        if row["source"] == name and worth.firm.market(row["target"]) != "competitor"
    }


def held_value(worth: Worth, name: str, gone: frozenset[str]) -> float | None:
    """Return what an employee holds a share of: K, or what an influencer brings."""
    market = worth.firm.market(name)
    if market == "supplier":
        return worth.supply(name, gone)
    return worth.coming(name) if market == "influencer" else worth.stake(name)


def losses(worth: Worth, leavers: Iterable[str]) -> dict[tuple[str, str], Loss]:
    """Return what each one loses when these leave together, by way, each affected once."""
    gone = frozenset(leavers)
    firm = worth.firm
    chance = follows(worth, gone)
    found: dict[tuple[str, str], Loss] = {}
    for name in firm.accounts:
        clv, buys, stays = worth.lifetime(name), name in firm.buyers, worth.stays(name)
        if name in gone:
            supplies = firm.market(name) == "supplier"
            own = worth.supply(name, gone) if supplies else clv
            found[name, "supply" if supplies else "direct"] = Loss(1.0, own)
            coming = worth.coming(name)
            found[name, "referrals"] = Loss(1.0, None if coming is None else coming * stays)
            continue
        left = 1.0
        if buys and chance[name] > 0:
            found[name, "chained"] = Loss(chance[name], clv)
            left -= chance[name]
        share = worth.a["departure_loss"] * dependence(worth.contact[name], gone)
        if share:
            share = min(share, stays) if buys else share
            found[name, "held"] = Loss(share * left, held_value(worth, name, gone))
            left -= share * left / stays if buys else 0.0
        sold = sellers(worth, name)
        if firm.market(name) == "customer" and sold and sold <= gone & set(firm.of("distributor")):
            found[name, "through"] = Loss(worth.a["through_loss"] * left, clv)
    return found


def rank_rows(worth: Worth, by: str = "loss") -> Rows:
    """Return the ranking of `exit`."""
    firm = worth.firm
    rows = [_account(worth, name) for name in firm.accounts]
    rows += [_employee(worth, name) for name in firm.employees]
    rows += [_competitor(worth, name) for name in firm.of("competitor")]
    rank(rows, by)
    return rows


def _account(worth: Worth, name: str) -> dict[str, Any]:
    firm, found = worth.firm, losses(worth, [name])
    supplies = firm.market(name) == "supplier"
    row: dict[str, Any] = {"id": name, "market": firm.market(name), "only": 0.0}
    row["name"] = firm.people[name]["name"]
    row["accounts"] = len({n for n, way in found if way == "through"})
    row["direct"] = found[name, "supply" if supplies else "direct"].loss
    row["chained"] = None if worth.unknown else _sum(found, "chained")
    through = None if worth.unknown else _sum(found, "through")
    nobody_holds = not firm.employees and firm.market(name) != "distributor"
    row["held"] = None if nobody_holds else through
    row["referrals"] = found[name, "referrals"].loss
    row |= _people(worth, name)
    row["loss"] = _added(row["direct"], row["chained"], through, row["referrals"])
    row["p_leave"] = 1 - worth.stays(name)
    kept = _added(worth.stake(name), row["chained"], through, worth.coming(name))
    row["budget"] = None if kept is None else row["p_leave"] * kept
    return row


def _people(worth: Worth, name: str) -> dict[str, Any]:
    """Return whom of an organisation's people our contact depends on most."""
    firm = worth.firm
    loose = {
        person: none_holds(min(worth.strengths.counted(person, e), 0.99) for e in firm.employees)
        for person in firm.members(name)
    }
    covered = 1 - math.prod(loose.values())
    share = {
        person: 1 - (1 - math.prod(x for n, x in loose.items() if n != person)) / covered
        for person, own in loose.items()
        if person != name and own < 1
    }
    if not share:
        return dict.fromkeys(("person", "role", "person_share"))
    most = min(share, key=lambda person: (-round(share[person], 12), person))
    role = firm.people[most].get("role") or None
    return {"person": most, "role": role, "person_share": share[most]}


def _employee(worth: Worth, name: str) -> dict[str, Any]:
    holds = {
        n: held_value(worth, n, frozenset())
        for n in worth.firm.accounts
        if name in worth.contact[n]
    }
    unknown = bool(holds) and all(value is None for value in holds.values())
    held = None if unknown else _sum(losses(worth, [name]), "held")
    alone = [worth.lifetime(n) or 0.0 for n in holds if len(worth.contact[n]) == 1]
    own = worth.retention(name)
    leaves = 1 - (math.exp(-worth.churn("employee")) if own is None else max(own, 1e-9))
    return {
        "id": name,
        "market": "employee",
        "direct": 0.0,
        "chained": 0.0,
        "held": held,
        "referrals": 0.0,
        "loss": held,
        "p_leave": leaves,
        "budget": None if held is None else leaves * held,
        "only": None if unknown else sum(alone),
        "accounts": len(holds),
    }


def _competitor(worth: Worth, name: str) -> dict[str, Any]:
    """Return the row of a competitor, with whom nothing falls."""
    row: dict[str, Any] = {"id": name, "market": "competitor", "loss": 0.0, "direct": 0.0}
    row |= {"held": 0.0 if worth.firm.employees else None, "only": 0.0, "accounts": 0}
    return row | dict.fromkeys(("chained", "referrals", "p_leave", "budget"))


def _added(*parts: float | None) -> float | None:
    """Return the sum of parts, None where one isn't known."""
    return None if None in parts else sum(part or 0.0 for part in parts)


def _sum(found: dict[tuple[str, str], Loss], way: str) -> float:
    return sum(loss.loss or 0.0 for (_, how), loss in found.items() if how == way)


def trace_rows(worth: Worth, leavers: Iterable[str]) -> Rows:
    """Return the rows of `exit ID…`, by id and way."""
    gone = frozenset(leavers)
    firm, far = worth.firm, hops(worth, gone)
    rows: Rows = []
    for (name, how), loss in losses(worth, gone).items():
        if how == "referrals" and loss.value == 0:
            continue
        row: dict[str, Any] = {"id": name, "market": firm.market(name), "how": how}
        row["hop"] = far[name] if how == "chained" else int(how in ("held", "through"))
        row |= {"chance": loss.chance, "value": loss.value, "loss": loss.loss}
        row["backup"] = row["cover"] = row["cover_saves"] = None
        row |= _people(worth, name)
        if how == "held":
            remain = {e: s for e, s in worth.contact[name].items() if e not in gone}
            row["backup"] = ", ".join(sorted(remain, key=lambda e: (-remain[e], e))) or None
            _cover(worth, name, gone, row)
        rows.append(row)
    return rows


def _cover(worth: Worth, name: str, gone: frozenset[str], row: dict[str, Any]) -> None:
    """Fill in the best second contact, and what having one would save."""
    firm, employees = worth.firm, worth.firm.employees
    load = {f: sum(f in worth.contact[n] for n in firm.accounts) for f in employees}
    mean = sum(load.values()) / len(employees)
    rivals = {firm.firm, *firm.of("competitor"), *firm.hostile}
    between = {firm.organisation[v] for v in firm.active} - rivals
    best: tuple[float, str] | None = None
    for f in sorted(employees):
        if f in gone or f in worth.contact[name]:
            continue
        way = max(
            worth.together(name, v) * worth.together(v, f) for v in between if v not in (name, f)
        )
        fit = (0.2 + way) / (1 + load[f] / mean)
        if best is None or fit > best[0] + 1e-12:
            best = fit, f
    if best is None:
        return
    row["cover"] = best[1]
    before = dependence(worth.contact[name], gone)
    after = dependence(worth.contact[name] | {best[1]: worth.a["new_contact"]}, gone)
    if row["value"] is not None:
        row["cover_saves"] = worth.a["departure_loss"] * row["value"] * (before - after)
