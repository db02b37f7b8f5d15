"""Where the second implementation and the product disagree on a random firm, row by row."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from relgraph.api import (
    classify_stakeholders,
    find_introductions,
    import_files,
    list_overdue,
    measure_churn,
    rank_exits,
    save_settings,
    trace_exit,
    trace_profit_curve,
    value_stakeholders,
)
from relgraph.planning.portfolio.rows import Model
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from relgraph.store import Store, open_store
from tests.planning.random_firms import RATES, make_firm, write_firm
from tests.planning.reference import exit as leaving
from tests.planning.reference import intro, overdue, portfolio, rates, value
from tests.planning.reference.firm import Firm
from tests.planning.reference.worth import Worth

Rows = list[dict[str, Any]]

CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"as_of": "2026-03-01"},
    {"years": 3.0},
    {"assume": {"discount": 0.05, "referral_share": 0.7, "distributor_margin_includes": 0}},
)
MODELS: dict[Model, Callable[[Worth], Rows]] = {
    "level": portfolio.level_rows,
    "value": portfolio.value_rows,
    "supply": portfolio.supply_rows,
    "salience": lambda worth: portfolio.score_rows(worth, "salience"),
    "power": lambda worth: portfolio.score_rows(worth, "power"),
}


def disagreements(seed: int, folder: Path) -> list[str]:
    """Return what the two say differently of a random firm; each seed changes one more thing."""
    changes = CHANGES[seed % len(CHANGES)]
    files = write_firm(folder / "firm", make_firm(seed))
    firm = Firm(files, changes.get("as_of"), changes.get("assume"), RATES)
    worth = Worth(firm, changes.get("years"))
    everyone = Firm(files, changes.get("as_of"), changes.get("assume"), RATES, everyone=True)
    past = Worth(everyone, changes.get("years"))
    settings = PlanningSettings(draws=0, **changes)
    with open_store(str(folder / "firm.lbug"), write=True) as store:
        lines = (f"{code} = {rate}" for code, rate in RATES.items() if code != "EUR")
        save_settings(store, "\n".join(['currency = "EUR"', "[rates]", *lines]))
        import_files(store, [str(files)])
        found = [
            *_value(store, settings, worth),
            *_exit(store, settings, worth, past),
            *_portfolio(store, settings, worth),
            *_overdue(store, settings, worth),
            *_intro(store, settings, worth),
        ]
    return [f"seed {seed}: {line}" for line in found]


def _value(store: Store, settings: PlanningSettings, worth: Worth) -> Iterator[str]:
    for by in value.BY:
        found = value_stakeholders(store, settings, by=by)
        yield from _compare(f"value by {by}", found, value.value_rows(worth, by), ["id"])
    groups = value_stakeholders(store, settings, by="parent")
    yield from _compare("value by parent", groups, value.parent_rows(worth), ["id"])
    curve = trace_profit_curve(store, settings)
    yield from _compare("curve", curve, value.curve_rows(worth), ["share_of_stakeholders"])


def _exit(store: Store, settings: PlanningSettings, worth: Worth, past: Worth) -> Iterator[str]:
    yield from _compare("exit", rank_exits(store, settings), leaving.rank_rows(worth), ["id"])
    for by, key in (("reason", "left_reason"), ("market", "market")):
        found = measure_churn(store, settings, by=by)
        name = "segment" if by == "market" else "reason"
        yield from _compare(f"rates by {by}", found, rates.rate_rows(worth, past, key), [name])
    firm = worth.firm
    everyone = firm.accounts + firm.employees
    for gone in (everyone[:1], firm.employees, firm.buyers[:2], everyone[::2]):
        if gone:
            found = trace_exit(store, gone, settings)
            rows = leaving.trace_rows(worth, gone)
            yield from _compare(f"exit {' '.join(gone)}", found, rows, ["id", "how"])


def _portfolio(store: Store, settings: PlanningSettings, worth: Worth) -> Iterator[str]:
    for model, rows in MODELS.items():
        found = classify_stakeholders(store, settings, model=model)
        yield from _compare(f"portfolio {model}", found, rows(worth), ["id"])


def _overdue(store: Store, settings: PlanningSettings, worth: Worth) -> Iterator[str]:
    for per_tie, key in ((False, ["id"]), (True, ["id", "employee"])):
        found = list_overdue(store, settings, per_tie=per_tie, everyone=True)
        rows = overdue.overdue_rows(worth, per_tie=per_tie)
        yield from _compare("overdue by tie" if per_tie else "overdue", found, rows, key)


def _intro(store: Store, settings: PlanningSettings, worth: Worth) -> Iterator[str]:
    firm = worth.firm
    for target in firm.of("customer")[:2] + firm.of("influencer", "competitor")[:2]:
        found = find_introductions(store, target, as_of=settings.as_of)
        yield from _compare(f"intro {target}", found, intro.intro_rows(worth, target), ["way"])


def _compare(
    what: str, result: Result, rows: Iterable[dict[str, Any]], key: Sequence[str]
) -> Iterator[str]:
    """Yield every row that only one side has, and every figure of which both say something else."""
    here = {tuple(row[name] for name in key): row for row in result.rows()}
    there = {tuple(row[name] for name in key): row for row in rows}
    for name in sorted(here.keys() ^ there.keys(), key=str):
        yield f"{what}: {name} only {'here' if name in here else 'there'}"
    for name in sorted(here.keys() & there.keys(), key=str):
        one, other = here[name], there[name]
        for column in one.keys() & other.keys():
            if not _same(one[column], other[column]):
                yield f"{what}: {name} {column}: {one[column]!r} here, {other[column]!r} there"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, datetime):
        return other is not None  # the days since then are compared
    return bool(one == other)
