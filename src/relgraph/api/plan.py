"""Where to invest: the plan, what a figure of it is made of, and what to find out first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Unpack, cast

from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked, listed
from relgraph.errors import OutputError
from relgraph.messages import Language, Note
from relgraph.model import TableName
from relgraph.planning.plan.explain.rows import explain_rows
from relgraph.planning.plan.limits import PlanLimits, find_positions
from relgraph.planning.plan.plan import Plan, make_plan
from relgraph.planning.plan.questions import question_rows
from relgraph.planning.plan.rows import frontier_rows, plan_rows
from relgraph.planning.plan.saved import to_toml
from relgraph.planning.reading import read_basis
from relgraph.replacing import replacing
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, settle_planning
from relgraph.store import Store
from relgraph.store.provenance import find_files


class PlanChanges(PlanningChanges, total=False):
    """What a plan may choose, and single planning settings, as keyword arguments."""

    count: int
    budget: float | None
    markets: Iterable[str]
    owner: str | None
    exclude: Iterable[str]
    must: Iterable[str]
    respect_capacity: bool


_LIMITS = frozenset(PlanChanges.__annotations__) - frozenset(PlanningChanges.__annotations__)


@checked
def plan_investments(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    frontier: bool = False,
    save: str | Path | None = None,
    language: Language = "en",
    **changes: Unpack[PlanChanges],
) -> Result:
    """Return the relationships to invest in this year, with what each brings and how sure that is.

    Its columns are those of `relgraph.planning.plan.rows.plan_rows`, or `frontier_rows`.

    Parameters
    ----------
    settings, **changes
        How the figures are made (`relgraph.PlanningSettings`), all together or single ones by
        name; and what may be chosen:
    frontier : bool
        Return what the best plan brings by budget instead.
    save : path, optional
        A TOML file to keep the plan in, for `compare_scenario` and `review_plan`; it must not
        exist yet.
    language : {"en", "zh"}
        Of the comments in that file.
    count : int
        The most investments; 10 by default.
    budget : float, optional
        The most money that they may cost a year.
    markets : iterable of str
        Only customers, distributors, suppliers or influencers.
    owner : str, optional
        The id or name of an employee: only their investments.
    exclude, must : iterable of str
        Ids or names of accounts to leave out, and to choose in any case.
    respect_capacity : bool
        Ask nobody for more contacts a year than the settings of the store say they can make;
        otherwise a note names them.

    Returns
    -------
    Result
        `rank, id, name, market, action, owner, at_stake, p_leave, p_after, gain, cost, net,
        net_expected, net_low, net_high, top_ten, newcomer, level, to_level, strength,
        strength_after, contacts, keep, chain, refer, fragility, loss, rank_low, rank_high,
        reasons`; of the frontier `budget, chosen, net`.

    Raises
    ------
    UnknownStakeholder
        One who is named is not in the store.
    UsageError
        What must be chosen can't be, or an argument is out of range.
    OutputError
        The file exists, or can't be written.
    """
    check_new(save)
    plan = read_plan(store, settings, **changes)
    rows = frontier_rows(plan) if frontier else plan_rows(plan)
    return rows if save is None else rows.with_notes(save_plan(plan, save, language))


def save_plan(plan: Plan, path: str | Path, language: Language) -> Note:
    """Keep a plan in a file, and return a note on it."""
    with replacing(path) as beside:
        beside.write_text(to_toml(plan, language), encoding="utf-8", newline="\n")
    return Note("saved.written", path=str(path))


def check_new(path: str | Path | None) -> None:
    """Refuse a file that is there: a saved plan is a record."""
    if path is not None and Path(path).is_file():
        raise OutputError("saved.exists", parameter="save", path=path)


@checked
def explain_investment(
    store: Store,
    stakeholder: str,
    settings: PlanningSettings | None = None,
    **changes: Unpack[PlanChanges],
) -> Result:
    """Return how the net of investing in one account is made, step by step.

    Its columns are those of `relgraph.planning.plan.explain.rows.explain_rows`.

    Parameters
    ----------
    stakeholder : str
        The id or name of the account: the investment that the plan chooses is explained, or the
        best one that it could have.
    settings, **changes
        As for `plan_investments`.

    Returns
    -------
    Result
        `step, symbol, value, formula, from`, a row for each step.

    Raises
    ------
    UnknownStakeholder
        The account is not in the store.
    UsageError
        There is nothing to invest in, or as for `plan_investments`.
    """
    planning, limits = _settle(store, settings, changes)
    basis = read_basis(store, planning)
    ids = tuple(find_ids(store, [stakeholder], "stakeholder"))
    [account] = find_positions(basis.accounts, ids, "stakeholder").tolist()
    plan = make_plan(basis, planning, limits, (account,))

    def files(
        table: TableName, keys: Sequence[Mapping[str, object]] | None = None
    ) -> tuple[str, ...]:
        import pandas as pd

        frame = None if keys is None else pd.DataFrame(list(keys)).astype("string")
        return find_files(store.graph(), table, frame)

    return explain_rows(plan, account, files)


@checked
def rank_questions(
    store: Store, settings: PlanningSettings | None = None, **changes: Unpack[PlanChanges]
) -> Result:
    """Return what to find out before deciding on a plan, the answer worth most first.

    Its columns are those of `relgraph.planning.plan.questions.question_rows`.

    Parameters
    ----------
    settings, **changes
        As for `plan_investments`; there have to be draws.

    Returns
    -------
    Result
        `rank, question, id, name, property, low, high, worth`.

    Raises
    ------
    UsageError
        There are too few draws, or as for `plan_investments`.
    """
    planning, limits = _settle(store, settings, changes)
    return question_rows(read_basis(store, planning), planning, limits)


def read_plan(
    store: Store, settings: PlanningSettings | None = None, **changes: Unpack[PlanChanges]
) -> Plan:
    """Return the best plan for what a store holds, which tables, pages and files are made from."""
    planning, limits = _settle(store, settings, changes)
    return make_plan(read_basis(store, planning), planning, limits)


def _settle(
    store: Store, settings: PlanningSettings | None, changes: PlanChanges
) -> tuple[PlanningSettings, PlanLimits]:
    """Return settings and limits, with ids in place of names and the capacities of the store."""
    given: dict[str, Any] = {**changes}
    limits = {name: given.pop(name) for name in _LIMITS & given.keys()}
    for name in ("exclude", "must"):
        limits[name] = tuple(find_ids(store, limits.get(name, ()), name))
    if limits.get("owner") is not None:
        limits["owner"] = find_ids(store, [limits["owner"]], "owner")[0]
    limits["markets"] = listed(limits.get("markets", ()), "markets")
    found = PlanLimits(**limits, capacities=store.read_settings().capacities)
    return settle_planning(settings, cast(PlanningChanges, given)), found
