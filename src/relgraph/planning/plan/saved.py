"""A saved plan: a TOML file to keep, to try as a scenario, and to review when time has passed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from relgraph.messages import Language, Speaker
from relgraph.planning.basis import Basis
from relgraph.planning.plan.changes import Changer, Row
from relgraph.planning.plan.plan import Plan
from relgraph.planning.rhythm import find_touches
from relgraph.settings import end_of_today

YEAR = 365.25
TEXTS = ("id", "name", "market", "action", "owner", "newcomer")
SHARES = (
    *("p_leave", "p_after", "strength", "strength_after"),
    *("satisfaction", "satisfaction_after", "top_ten"),
)
MONEY = ("at_stake", "cost", "net", "net_expected", "net_low", "net_high")
COUNTS = ("contacts", "contacts_before")
LIMITS = ("count", "budget", "markets", "owner", "exclude", "must", "respect_capacity")


def to_toml(plan: Plan, language: Language = "en") -> str:
    """Return a plan as TOML: how it was made, what is expected of each action, and the scenario.

    It has a table `[plan]`, an `[[action]]` for each investment, a `[[next]]` for each of as many
    that were not chosen, and the rows that `relgraph whatif` reads.
    """
    say, moment = Speaker(language, None), moment_of(plan.basis)
    changer = Changer(plan)
    chosen, others = plan.chosen.tolist(), plan.next_places[: plan.limits.count].tolist()
    changes = [changer.changes(place) for place in chosen]
    lines = [f"# {say(f'saved.about.{part}')}" for part in ("use", "names")]
    lines += ["", f"name = {_value(say('saved.name', day=moment.date().isoformat()))}"]
    lines += _table("[plan]", _made(plan, moment))
    if plan.settings.assume:
        lines += _table("[plan.assume]", dict(sorted(plan.settings.assume.items())))
    for key, places in (("action", chosen), ("next", others)):
        if places:
            lines += ["", f"# {say(f'saved.about.{key}')}"]
        for rank, place in enumerate(places, 1):
            lines += _table(f"[[{key}]]", {"rank": rank, **_expected(plan, changer, place)})
    rows = [each.account for each in changes if each.account]
    ties = [tie for each in changes for tie in each.ties]
    if rows or ties:
        lines += ["", f"# {say('saved.about.scenario')}"]
    for key, tables in (("stakeholders", rows), ("relationships", ties)):
        for table in tables:
            lines += _table(f"[[{key}]]", table)
    return "\n".join(lines) + "\n"


def moment_of(basis: Basis) -> datetime:
    """Return the moment that figures are of; the end of today where no contact gives one."""
    moment = basis.accounts.evidence.as_of
    if moment is None:
        return end_of_today().replace(microsecond=0)
    found: datetime = moment.astype("datetime64[us]").item()
    return found


def contacts_since(basis: Basis, days: float) -> dict[str, int]:
    """Return how many contacts each account had with the firm in the last days, by id."""
    touches, ids = find_touches(basis.accounts), basis.accounts.nodes.ids
    made = np.bincount(touches.account[touches.days < days], minlength=basis.n)
    return dict(zip(ids.tolist(), made.tolist(), strict=True))


def _made(plan: Plan, moment: datetime) -> Row:
    """Return how a plan was made, and what all of it brings."""
    settings, total = plan.settings, plan.total
    limits = {name: getattr(plan.limits, name) for name in LIMITS}
    known = {name: value for name, value in limits.items() if value not in (None, (), False)}
    made = {
        "as_of": moment,
        "draws": settings.draws,
        "seed": settings.seed,
        "years": settings.years,
    }
    together = {name: getattr(total, name) for name in MONEY[1:]}
    return {**made, **known, "contacts": total.contacts, **_rounded(together)}


def _expected(plan: Plan, changer: Changer, place: int) -> Row:
    """Return what is expected of an investment, and how the account was."""
    investment, basis = plan.investment(place), plan.basis
    account = int(plan.choice.packages.account[place])
    row = {name: getattr(investment, name, None) for name in (*TEXTS, *COUNTS, *SHARES, *MONEY)}
    row["contacts_before"] = contacts_since(basis, YEAR)[investment.id]
    row["satisfaction"] = float(basis.known_satisfaction[account])
    row["satisfaction_after"] = changer.changes(place).account.get("satisfaction")
    row["trend"] = float(basis.trend[account])
    return _rounded(row)


def _rounded(row: Row) -> Row:
    """Return a row with money in hundredths and other figures to six digits."""
    return {
        name: round(value, 2 if name in MONEY else 6) + 0.0 if isinstance(value, float) else value
        for name, value in row.items()
    }


def _table(head: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Return a table of TOML; what is unknown is left out."""
    yield from ("", head)
    for name, value in row.items():
        if value is not None and not (isinstance(value, float) and math.isnan(value)):
            yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_value, value))}]"
    # What JSON escapes TOML does, and DEL besides.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
