"""Review: what became of a saved plan, and of those who were next in line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from relgraph import assumptions
from relgraph.comparison.saved_plan import SavedPlan
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.network import Floats, text_array
from relgraph.planning.basis import Basis
from relgraph.planning.dependence import find_threads
from relgraph.planning.notes import basis_notes
from relgraph.planning.plan.saved import YEAR, contacts_since, moment_of
from relgraph.planning.reading import read_basis
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from relgraph.store import Store

CHOSEN, NEXT = "chosen", "next"
ACTIVE, LEFT, NO_ACCOUNT, MISSING = "active", "left", "no account", "missing"
MOVED = ("strength", "satisfaction", "p_leave")
TEXTS = ("group", "id", "name", "market", "action", "done", "open", "status", "owner")
NUMBERS = (
    *("contacts", "due", "made"),
    *(f"{name}_{when}" for name in MOVED for when in ("then", "planned", "now")),
    "margin_now",
)
_PLANNED = {"strength": "strength_after", "p_leave": "p_after"}
_HALF = 0.5  # of what was planned, from which on an action counts as done
_FEWEST = 2  # on each side, to compare
_TAILS = ((1 - assumptions.CONFIDENCE) / 2, (1 + assumptions.CONFIDENCE) / 2)
_DAY = 86_400


@dataclass(frozen=True)
class _Now:
    """What there is when a plan is reviewed."""

    basis: Basis
    years: float
    made: Mapping[str, int]
    status: Mapping[str, str]

    def figures(self, node_id: str) -> dict[str, float] | None:
        """Return the figures of an account, None for who is none any more."""
        basis = self.basis
        found = np.flatnonzero(basis.accounts.nodes.ids == node_id)
        if not len(found):
            return None
        place, worth = int(found[0]), basis.central()
        return {
            "strength": float(worth.strongest[0, place]),
            "satisfaction": float(basis.known_satisfaction[place]),
            "p_leave": float(worth.p_leave[0, place]),
            "margin": float(basis.margin[place]),
            "trend": float(basis.trend[place]),
            "looked_after": float(basis.looked_after[place]),
            "employees": float(find_threads(basis).count[place]),
        }


def review_rows(store: Store, saved: SavedPlan, settings: PlanningSettings) -> Result:
    """Return what became of each investment of a plan, and of those that were next in line.

    Returns
    -------
    Result
        `group, rank, id, name, market, action, done, open, status, owner, contacts, due, made,
        strength_then, strength_planned, strength_now`, the same of `satisfaction` and `p_leave`,
        and `margin_now`. `group` is chosen or next; `done` and `open` are the actions that show
        in the data and that don't; `status` is active, left, no account (of another market, or
        of an organisation) or missing; `contacts` were planned a year beyond the usual ones, `due`
        are all up to now, and `made` those that were.

    Raises
    ------
    UsageError
        The moment that is looked at lies before the plan.
    """
    now = _look(store, saved, settings)
    groups = ((CHOSEN, saved.chosen), (NEXT, saved.others))
    rows = [_row(group, row, now) for group, given in groups for row in given]
    columns: dict[str, Any] = {name: text_array(row[name] for row in rows) for name in TEXTS}
    columns["rank"] = np.array([row["rank"] for row in rows], np.int64)
    columns |= {name: np.array([row[name] for row in rows], np.float64) for name in NUMBERS}
    order = (*TEXTS[:1], "rank", *TEXTS[1:], *NUMBERS)
    notes = (
        *_summary(rows, now, saved),
        *_comparisons(rows, settings),
        *basis_notes(now.basis),
    )
    return Result({name: columns[name] for name in order}).with_notes(*notes)


def _look(store: Store, saved: SavedPlan, settings: PlanningSettings) -> _Now:
    """Read what there is now, with the assumptions of the plan."""
    settings = replace(
        settings,
        assume={**saved.settings.assume, **settings.assume},
        years=saved.settings.years if settings.years is None else settings.years,
    )
    basis, then = read_basis(store, settings), saved.settings.as_of
    moment = settings.as_of or moment_of(basis)
    days = (moment - then).total_seconds() / _DAY if then else 0.0
    if days < 0 and settings.as_of is not None:
        raise UsageError("review.early", parameter="as_of", then=then, now=moment)
    people = store.read_stakeholders(["status"])
    status = dict(zip(people["id"].tolist(), people["status"].tolist(), strict=True))
    made = contacts_since(basis, days) if days > 0 else {}
    return _Now(basis, max(0.0, days) / YEAR, made, status)


def _row(group: str, row: Mapping[str, Any], now: _Now) -> dict[str, Any]:
    node_id, figures = row["id"], now.figures(row["id"])
    found = {name: row.get(name) for name in ("id", "name", "market", "action", "owner")}
    if figures is not None:
        status = ACTIVE
    elif node_id not in now.status:
        status = MISSING
    else:
        status = LEFT if now.status[node_id] == LEFT else NO_ACCOUNT
    usual, added = (float(row.get(name, 0)) for name in ("contacts_before", "contacts"))
    there = figures is not None and now.years > 0
    found |= {
        "group": group,
        "rank": row.get("rank", 0),
        "status": status,
        "contacts": added,
        "due": (usual + added) * now.years if there else math.nan,
        "made": float(now.made.get(node_id, 0)) if there else math.nan,
        "margin_now": math.nan if figures is None else figures["margin"],
    }
    for name in MOVED:
        found[f"{name}_then"] = float(row.get(name, math.nan))
        planned = _PLANNED.get(name, f"{name}_after")
        found[f"{name}_planned"] = float(row.get(planned, math.nan))
        found[f"{name}_now"] = math.nan if figures is None else figures[name]
    actions = row["action"].split("+")
    done = [] if figures is None else [a for a in actions if _is_done(a, row, found, figures, now)]
    left = [] if figures is None else [name for name in actions if name not in done]
    return {**found, "done": "+".join(done) or None, "open": "+".join(left) or None}


def _is_done(
    action: str,
    row: Mapping[str, Any],
    found: Mapping[str, Any],
    figures: Mapping[str, float],
    now: _Now,
) -> bool:
    """Return whether an action shows in the data: at least half of what was planned."""
    if action == "assign":
        return figures["looked_after"] > 0
    if action == "cover":
        return figures["employees"] > 1
    if action == "recover":
        unhappy = found["satisfaction_then"] < assumptions.RISK_SATISFACTION
        if unhappy or row.get("trend", 0.0) > assumptions.RISK_TREND:
            return _risen("satisfaction", found)
        return figures["trend"] > assumptions.RISK_TREND
    usual, added = (float(row.get(name, 0)) for name in ("contacts_before", "contacts"))
    kept_up = now.years > 0 and added > 0 and found["made"] >= (usual + _HALF * added) * now.years
    return kept_up or _risen("strength", found)


def _risen(name: str, found: Mapping[str, Any]) -> bool:
    """Return whether a figure has risen by at least half of what was planned."""
    then, planned, now = (found[f"{name}_{when}"] for when in ("then", "planned", "now"))
    if math.isnan(then):
        return bool(now >= planned)
    return bool(planned > then and now - then >= _HALF * (planned - then))


def _summary(rows: Sequence[Mapping[str, Any]], now: _Now, saved: SavedPlan) -> Iterator[Note]:
    chosen = [row for row in rows if row["group"] == CHOSEN]
    there = [row for row in chosen if row["status"] == ACTIVE]
    yield Note(
        "review.done",
        count=len(chosen),
        whole=sum(row["open"] is None for row in there),
        part=sum(row["open"] is not None and row["done"] is not None for row in there),
        none=sum(row["done"] is None for row in there),
        then=saved.settings.as_of.date().isoformat() if saved.settings.as_of else "?",
        days=round(now.years * YEAR),
    )
    if now.years <= 0:
        yield Note("review.no_time")
    for status, key in ((LEFT, "left"), (MISSING, "missing"), (NO_ACCOUNT, "no_account")):
        ids = tuple(row["id"] for row in rows if row["status"] == status)
        if ids:
            yield Note(f"review.{key}", ids=ids, count=len(ids))


def _comparisons(rows: Sequence[Mapping[str, Any]], settings: PlanningSettings) -> Iterator[Note]:
    """Return what moved on average among the chosen and the next, and how sure the difference is.

    Each group is resampled with replacement, as often as there are draws.
    """
    told = False
    for place, name in enumerate((*MOVED, "leaving")):
        chosen, others = (_changes(rows, group, name) for group in (CHOSEN, NEXT))
        if min(len(chosen), len(others)) < _FEWEST or not (chosen.any() or others.any()):
            continue
        difference = float(chosen.mean() - others.mean())
        values = {
            "chosen": float(chosen.mean()),
            "others": float(others.mean()),
            "difference": difference,
            "count": len(chosen),
            "next": len(others),
        }
        told = True
        if not settings.draws:
            yield Note(f"review.{name}_alone", **values)
            continue
        rng = np.random.default_rng((settings.seed, place))
        drawn = _means(rng, chosen, settings.draws) - _means(rng, others, settings.draws)
        low, high = np.quantile(drawn, _TAILS, method="inverted_cdf")
        ends = {"low": min(float(low), difference), "high": max(float(high), difference)}
        yield Note(f"review.{name}", **values, **ends)
    yield Note("review.no_proof" if told else "review.too_few")


def _changes(rows: Sequence[Mapping[str, Any]], group: str, name: str) -> Floats:
    """Return by how much a figure moved, where it is known then and now."""
    mine = [row for row in rows if row["group"] == group]
    if name == "leaving":
        known = [row["status"] == LEFT for row in mine if row["status"] in (ACTIVE, LEFT)]
        return np.array(known, np.float64)
    moved = np.array([row[f"{name}_now"] - row[f"{name}_then"] for row in mine], np.float64)
    return moved[~np.isnan(moved)]


def _means(rng: np.random.Generator, values: Floats, draws: int) -> Floats:
    return np.asarray(values[rng.integers(len(values), size=(draws, len(values)))].mean(axis=1))
