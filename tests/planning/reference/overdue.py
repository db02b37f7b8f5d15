"""`overdue`: whom to call, by level and by their own rhythm."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

from tests.planning.reference.firm import YEAR, Contact, Firm, median, number
from tests.planning.reference.strengths import SATURATION, half_life
from tests.planning.reference.value import rank
from tests.planning.reference.worth import Worth

Rows = list[dict[str, Any]]
DUE = {1: 365, 2: 180, 3: 60, 4: 30, 5: 15}
A_YEAR = {1: 1, 2: 2, 3: 6, 4: 12, 5: 24}


def level_of(firm: Firm, name: str, sides: Sequence[str]) -> int | None:
    """Return the level given, else that of the contacts in the year that ends at the last one."""
    if given := levels_given(firm, name, sides):
        return max(given)
    if not any(between(firm, account, firm.sides) for account in firm.accounts):
        return None
    ages = [contact.days for contact in between(firm, name, sides)]
    made = sum(age <= min(ages) + YEAR for age in ages) if ages else 0
    return max((level for level, least in A_YEAR.items() if made >= least), default=0)


def levels_given(firm: Firm, name: str, sides: Sequence[str]) -> list[int]:
    """Return the levels of the ties between an account and these on the firm's side."""
    return [
        int(float(row["level"]))
        for row in firm.moved()
        for one, other in ((row["source"], row["target"]), (row["target"], row["source"]))
        if row.get("level") and one == name and other in sides
    ]


def between(firm: Firm, name: str, sides: Sequence[str]) -> list[Contact]:
    """Return the contacts between an account and these on the firm's side."""
    return [
        c
        for c in firm.touches
        if {c.source, c.target} & {name} and {c.source, c.target} & set(sides)
    ]


def overdue_rows(worth: Worth, *, per_tie: bool = False) -> Rows:
    """Return the rows of `overdue --all`, by id (and employee)."""
    firm = worth.firm
    pairs = [(name, firm.sides) for name in firm.accounts]
    if per_tie:
        pairs = [(n, [e]) for n in firm.accounts for e in firm.employees if e in worth.contact[n]]
    rows: Rows = []
    for name, sides in pairs:
        row: dict[str, Any] = {"id": name, "market": firm.market(name)}
        if per_tie:
            row["employee"] = sides[0]
        row["owner"] = firm.owner(name)
        row["level"] = level_of(firm, name, sides)
        row["due_every"] = DUE.get(row["level"]) if row["level"] else None
        row["at_stake"] = worth.stake(name)
        row |= rhythm([c.days for c in between(firm, name, sides)], firm.market(name))
        last = row["last"]
        row["overdue"] = (
            last - row["due_every"] if last is not None and row["due_every"] is not None else None
        )
        rows.append(row)
    rank(rows, "overdue")
    return rows


def rhythm(days: list[float], market: str) -> dict[str, float | None]:
    """Return what the days since each contact say of the last one and of the rhythm."""
    life = half_life([market])
    ages = sorted(days)
    gaps = [older - newer for newer, older in itertools.pairwise(ages)]
    quiet = None
    if ages:
        seen = min(ages[-1] - ages[0], 2 * life)
        ended = sum(newer - ages[0] < seen for newer in ages)
        if ended >= 4:
            quiet = math.exp(-ended / seen * ages[0])
    now = sum(age < life for age in ages)
    before = sum(life <= age < 2 * life for age in ages)
    activity = sum(2 ** (-age / life) for age in ages)
    earlier = sum(2 ** (-(age - life) / life) for age in ages if age >= life)
    return {
        "last": ages[0] if ages else None,
        "usual": median(gaps) if len(ages) >= 5 else None,
        "quiet": quiet,
        "trend": (now - before) / max(now, before) if now or before else None,
        "velocity": math.exp(-earlier / SATURATION) - math.exp(-activity / SATURATION)
        if ages
        else None,
    }


__all__ = ["DUE", "level_of", "number", "overdue_rows", "rhythm"]
