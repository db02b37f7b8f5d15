"""What breaks if somebody leaves, why and where stakeholders left, and what that costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Unpack

import numpy as np

from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked, listed
from relgraph.errors import UnknownStakeholder, UsageError, check_choice, check_range
from relgraph.model import MARKETS
from relgraph.network import Ints
from relgraph.planning import accounts as planned
from relgraph.planning.backtest import backtest_rows
from relgraph.planning.basis import Basis
from relgraph.planning.churn_cost import churn_cost
from relgraph.planning.churn_rates import churn_rows
from relgraph.planning.departure_rows import departure_rows
from relgraph.planning.exit import By, exit_rows
from relgraph.planning.leavers import OF_TIES, REASON
from relgraph.planning.reading import read_basis, read_facts
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, parse_moment, settle_planning
from relgraph.store import Store


@checked
def rank_exits(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    by: By = "loss",
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return stakeholders by what is lost if they leave now, the largest loss first.

    Its columns are those of `relgraph.planning.exit.exit_rows`.

    Parameters
    ----------
    settings, **changes
        How the figures are made (`relgraph.PlanningSettings`), all together or single ones by
        name.
    by : {"loss", "budget", "only"}
        What to rank by.

    Returns
    -------
    Result
        `rank, id, name, market, loss, loss_low, loss_high, direct, chained, held, referrals,
        p_leave, budget, only, accounts, person, role, person_share`.

    Raises
    ------
    UsageError
        An assumption is unknown or out of its range, or leaves a worth without a bound.
    """
    settings = settle_planning(settings, changes)
    return exit_rows(read_basis(store, settings), settings, by)


@checked
def trace_exit(
    store: Store,
    stakeholders: Iterable[str],
    settings: PlanningSettings | None = None,
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return who is affected if these leave together, by which way, and what is lost with each.

    Its columns are those of `relgraph.planning.departure_rows.departure_rows`.

    Parameters
    ----------
    stakeholders : str or iterable of str
        Ids or exact names of accounts, employees or competitors.
    settings, **changes
        As for `rank_exits`.

    Returns
    -------
    Result
        `id, name, market, how, hop, chance, value, loss, backup, cover, cover_saves, person, role,
        person_share`.

    Raises
    ------
    UnknownStakeholder
        One of them is not in the store, or has left.
    UsageError
        Nobody is named, or one is the firm, or a person of an organisation that is the account.
    """
    settings = settle_planning(settings, changes)
    ids = list(dict.fromkeys(find_ids(store, stakeholders, "stakeholders")))
    if not ids:
        raise UsageError("stakeholders.none", parameter="stakeholders")
    basis = read_basis(store, settings)
    return departure_rows(basis, settings, *_leavers(basis, ids))


def _leavers(basis: Basis, ids: list[str]) -> tuple[Ints, Ints]:
    """Return where those who leave stand among the accounts and among the employees."""
    accounts = basis.accounts
    nodes = accounts.evidence.nodes
    position = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    absent = [node_id for node_id in ids if node_id not in position]
    if absent:
        raise UnknownStakeholder("exit.left_already", parameter="stakeholders", ids=absent)
    rows = np.array([position[node_id] for node_id in ids], np.int64)
    account, employee = accounts.place_of(accounts.rows), accounts.place_of(accounts.staff)
    for row in rows[(account[rows] < 0) & (employee[rows] < 0)].tolist():
        if row in accounts.firm:
            raise UsageError("exit.firm", parameter="stakeholders", id=nodes.ids[row])
        if (above := int(accounts.organisation[row])) != row:
            named = {"id": nodes.ids[row], "organisation": nodes.ids[above]}
            raise UsageError("exit.person", parameter="stakeholders", **named)
    return account[rows][account[rows] >= 0], employee[rows][employee[rows] >= 0]


@checked
def measure_churn(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    by: str = REASON,
    markets: Iterable[str] = planned.MARKETS,
    budget: float | None = None,
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return who left, why or in which segment, at what rate, and what was lost with them.

    Its columns are those of `relgraph.planning.churn_rates.churn_rows`.

    Parameters
    ----------
    settings, **changes
        As for `rank_exits`.
    by : str
        "reason", a property of stakeholders, or `level` or `bond` of their ties to the firm.
    markets : iterable of str
        Whose leavers are counted: customers, distributors, suppliers and influencers by default.
    budget : float, optional
        Money for keeping stakeholders; a note tells how many it has to keep.

    Returns
    -------
    Result
        `reason, segment, stakeholders, lost, share, rate, rate_a_year, revenue, margin, clv,
        controllable`.

    Raises
    ------
    UsageError
        No stakeholder has such a property, or an argument is out of range.
    """
    settings = settle_planning(settings, changes)
    chosen = listed(markets, "markets")
    for market in chosen:
        check_choice(market, MARKETS, "markets")
    if budget is not None:
        check_range(budget, "budget", 0, finite=True)
    stored = sorted(store.read_schema().stakeholders)
    check_choice(by, list(dict.fromkeys((REASON, *OF_TIES, "market", *stored))), "by")
    attributes = (by,) if by in stored and by not in ("id", "name", "market") else ()
    evidence = read_facts(store, settings, attributes)
    return churn_rows(evidence, settings, by, chosen, budget)


@checked
def estimate_churn_cost(
    *,
    customers: float,
    rate: float,
    revenue: float,
    profit_rate: float,
    budget: float | None = None,
) -> Result:
    """Return what losing a share of customers costs a year, as arithmetic.

    It needs no store; see `relgraph.planning.churn_cost.churn_cost`.

    Returns
    -------
    Result
        `customers, rate, lost, revenue, profit, save, budget, saves_needed, share_needed`, one row.
    """
    return churn_cost(customers, rate, revenue, profit_rate, budget)


@checked
def backtest_churn(
    store: Store,
    day: date | datetime | str,
    settings: PlanningSettings | None = None,
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return how well the risk of a past day told who left after it.

    Its columns are those of `relgraph.planning.backtest.backtest_rows`.

    Parameters
    ----------
    day : date, datetime or str
        The day, as `as_of` is; contacts after it are not looked at.
    settings, **changes
        As for `rank_exits`.

    Returns
    -------
    Result
        `market, leavers, stayers, pairs, concordance, low, high`.

    Raises
    ------
    UsageError
        The day is not before the moment that is looked at.
    """
    settings = settle_planning(settings, changes)
    moment = np.datetime64(parse_moment(day, "day"), "us")
    evidence = read_facts(store, settings)
    return backtest_rows(evidence, moment, settings)
