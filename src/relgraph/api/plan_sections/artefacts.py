"""The five artefacts of relationship planning: accounts, specialists, duties, manager, calendar."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from relgraph.api.plan_sections.accounts import account_sections
from relgraph.api.plan_sections.material import (
    Material,
    Row,
    by_stake,
    market_word,
    named,
    share_word,
)
from relgraph.messages import Message
from relgraph.render.report import Section

QUARTERS, MONTHS = 4, 3
_STEPS = 10  # of the frontier, on a page


def artefact_sections(material: Material) -> tuple[Section, ...]:
    """Return the sections of the planning process, the decision first."""
    priced = material.plan.priced  # levels to raise to rest on margins
    return (
        _investments(material),
        _calendar(material),
        _duties(material),
        _team(material),
        _specialists(material),
        *((_long_term(material),) if priced else ()),
        *account_sections(material),
        *((_frontier(material),) if priced else ()),
    )


def _investments(material: Material) -> Section:
    """Return the rows of the plan: what to do, by whom, and what it brings."""
    rows = (
        {
            **row,
            "market": market_word(row["market"]),
            "action": actions_word(row["action"]),
            "owner": material.named(row["owner"]),
            "p_leave": change_word(row["p_leave"], row["p_after"]),
            "top_ten": share_word(row["top_ten"]),
        }
        for row in material.investments
    )
    columns = ("rank", "name", "market", "action", "owner", "at_stake", "p_leave")
    money = ("cost", "net", "net_low", "net_high", "top_ten")
    return material.section("investments", (*columns, *money), rows)


def _calendar(material: Material) -> Section:
    """Return the contacts of a quarter, by month; a year's contacts come evenly."""
    rows = []
    for row in material.investments:
        quarter = math.ceil(row["contacts"] / QUARTERS)
        months = [(quarter + MONTHS - 1 - month) // MONTHS for month in range(MONTHS)]
        by_month = {f"month_{number}": count for number, count in enumerate(months, 1)}
        told = {"action": actions_word(row["action"]), "owner": material.named(row["owner"])}
        rows.append({"name": row["name"], **told, **by_month})
    columns = ("name", "action", "owner", *(f"month_{each}" for each in range(1, MONTHS + 1)))
    return material.section("calendar", columns, rows)


def _duties(material: Material) -> Section:
    """Return for each specialist what to do, with which goal, and how it is judged."""
    rows = [
        {
            "owner": material.named(row["owner"]),
            "name": row["name"],
            "duty": duties_word(row, material),
            "contacts": row["contacts"],
            "goal": _goal(row),
            "judged": Message("document.judged", tests=_tests(row)),
        }
        for row in sorted(material.investments, key=lambda row: (row["owner"] or "~", row["rank"]))
    ]
    columns = ("owner", "name", "duty", "contacts", "goal", "judged")
    return material.section("duties", columns, rows)


def _goal(row: Row) -> Message:
    leave = change_word(row["p_leave"], row["p_after"])
    if row["strength_after"] <= row["strength"]:
        return Message("document.aim_stay", leave=leave)
    strength = Message("document.numbers", then=row["strength"], now=row["strength_after"])
    return Message("document.aim", leave=leave, strength=strength)


def _tests(row: Row) -> tuple[Message, ...]:
    """Return how each action is judged, as a review of the saved plan does."""
    values = {
        "contacts": math.ceil(row["contacts"] / 2),
        "strength": (row["strength"] + row["strength_after"]) / 2,
    }
    return tuple(Message(f"document.test.{name}", **values) for name in row["action"].split("+"))


def _team(material: Material) -> Section:
    """Return each specialist's load, under the manager."""
    accounts = material.plan.basis.accounts
    staff = accounts.evidence.nodes.ids[accounts.staff].tolist()
    made, planned, capacity = material.plan.calendars
    rows = []
    for place in np.argsort(-planned, kind="stable").tolist():
        mine = [row for row in material.investments if row["owner"] == staff[place]]
        if planned[place] or mine:
            room = float(capacity[place])
            rows.append(
                {
                    "owner": material.named(staff[place]),
                    "investments": len(mine),
                    "contacts": int(planned[place]),
                    "made_last_year": int(made[place]),
                    "capacity": room if math.isfinite(room) else None,
                }
            )
    columns = ("owner", "investments", "contacts", "made_last_year", "capacity")
    return material.section("team", columns, rows)


def _specialists(material: Material) -> Section:
    """Return who looks after each key account, and who could stand in."""
    rows = (_contacts(material, place) for place in material.key)
    return material.section("specialists", ("name", "market", "owner", "backup", "at_stake"), rows)


def _contacts(material: Material, place: int) -> Row:
    """Return who looks after an account, else who is proposed, and who could stand in."""
    basis, threads = material.plan.basis, material.threads
    staff = basis.accounts.evidence.nodes.ids[basis.accounts.staff]
    mine = np.flatnonzero(threads.account == place)
    order = mine[np.argsort(-basis.ties.strength[threads.ties[mine]], kind="stable")]
    known = [str(staff[each]) for each in threads.employee[order].tolist()]
    row = named(material, place)
    owner = int(basis.owner[place])
    specialist: str | None
    if owner >= 0:
        specialist = str(staff[owner])
        told: Any = material.named(specialist)
    else:
        planned = [each["owner"] for each in material.investments if each["id"] == row["id"]]
        new = material.plan.employee(int(material.plan.actions.newcomer[place]))
        specialist = next(iter((*planned, *known)), new)
        told = specialist and Message("document.proposed", name=material.named(specialist))
    backup = next((each for each in known if each != specialist), None)
    return {**row, "owner": told, "backup": material.named(backup)}


def _long_term(material: Material) -> Section:
    """Return which accounts are served below the level recommended, most at stake first."""
    ids = material.plan.basis.accounts.nodes.ids.tolist()
    under = [place for place in by_stake(material) if _gap(material, ids[place]) < 0]
    rows = [
        {
            **named(material, place),
            **material.served[ids[place]],
            "advice": Message(
                "advice.level.under_served", to=material.served[ids[place]]["recommended"]
            ),
        }
        for place in under
    ]
    columns = ("name", "market", "grade", "level", "recommended", "advice", "at_stake")
    return material.section("long_term", columns, rows)


def _gap(material: Material, node_id: str) -> float:
    gap = material.served.get(node_id, {}).get("gap")
    return float(gap) if gap is not None and gap == gap else 0.0


def _frontier(material: Material) -> Section:
    """Return what the best plan brings by budget, on a page in ten steps."""
    found = material.frontier
    if not material.complete and len(found) > _STEPS:
        found = found.take(np.linspace(0, len(found) - 1, _STEPS).round().astype(np.int64))
    return Section("frontier", found, all=len(material.frontier))


def actions_word(action: str) -> Message:
    """Return the actions of an investment in the reader's words."""
    told = tuple(Message(f"document.action.{name}") for name in action.split("+"))
    return Message("document.list", told=told)


def duties_word(row: Row, material: Material) -> Message:
    """Return what each action asks for."""
    values = {"newcomer": material.named(row["newcomer"])}
    told = tuple(Message(f"document.duty.{name}", **values) for name in row["action"].split("+"))
    return Message("document.list", told=told)


def change_word(then: float, now: float) -> Message:
    """Return a share before and after, in percent."""
    return Message("document.shares", then=then, now=now)
