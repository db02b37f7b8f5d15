"""Rows of a plan: what to do for whom, and what more money would bring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from relgraph.network import Ints, text_array
from relgraph.planning.levels import whole
from relgraph.planning.plan.investment import Investment
from relgraph.planning.plan.notes import plan_notes
from relgraph.planning.plan.plan import Plan
from relgraph.planning.reasons import told_reasons
from relgraph.result import Result

TEXTS = ("id", "name", "market", "action", "owner", "newcomer")
LEVELS = ("level", "to_level")
COLUMNS = (
    *("id", "name", "market", "action", "owner", "at_stake", "p_leave", "p_after"),
    *("gain", "cost", "net", "net_expected", "net_low", "net_high", "top_ten"),
    *("newcomer", "level", "to_level", "strength", "strength_after", "contacts"),
    *("keep", "chain", "refer", "fragility", "loss", "rank_low", "rank_high"),
)


def plan_rows(plan: Plan) -> Result:
    """Return the investments of a plan, the largest expected net first.

    Returns
    -------
    Result
        `rank, id, name, market, action, owner, at_stake, p_leave, p_after, gain, cost, net,
        net_expected, net_low, net_high, top_ten, newcomer, level, to_level, strength,
        strength_after, contacts, keep, chain, refer, fragility, loss, rank_low, rank_high,
        reasons`.
        `action` is made of deepen, recover, assign and cover; `owner` whose investment it is, and
        `newcomer` who becomes a new contact. `at_stake` is what the account is worth if it stays,
        `p_leave` and `p_after` the chance that it leaves this year without and with the
        investment. `gain` = `keep` + `chain` + `refer` + `fragility`, and `net` = `gain` − `cost`,
        all at the central assumptions; `net_expected` is the mean over the draws, by which
        investments are chosen. `top_ten` is the share of draws in which the account is chosen,
        `rank_low` and `rank_high` hold its rank in 95 % of them. `contacts` and `cost` are those
        of a year; `loss` is what falls if the account leaves, as `exit` has it. `reasons` say why
        the account is likelier to leave than others of its market, and by which factor.
    """
    columns = {name: _column(plan.investments, name) for name in COLUMNS}
    rank: Ints = np.arange(1, len(plan.investments) + 1)
    for name, widest in (("rank_low", np.fmin), ("rank_high", np.fmax)):
        columns[name] = np.where(np.isnan(columns[name]), np.nan, widest(columns[name], rank))
        columns[name] = whole(columns[name])
    columns["reasons"] = told_reasons(plan.basis.central(), plan.taken.account)
    return Result({"rank": rank, **columns}).with_notes(*plan_notes(plan))


def _column(investments: Sequence[Investment], name: str) -> Any:
    values = [getattr(each, name) for each in investments]
    if name in TEXTS:
        return text_array(values)
    if name == "contacts":
        return np.array(values, np.int64)
    numbers = np.array(values, np.float64)
    return whole(numbers) if name in LEVELS else numbers


def frontier_rows(plan: Plan) -> Result:
    """Return what the best plan brings for every budget at which it becomes better.

    Returns
    -------
    Result
        `budget, chosen, net`: the money a year, how many investments are chosen, and what they
        bring together beyond their cost, in expectation.
    """
    found = plan.choice.frontier()
    budget = np.array([contacts * plan.contact_cost for contacts, _ in found], np.float64)
    chosen = np.array([len(rows) for _, rows in found], np.int64)
    net = np.array([plan.choice.value(rows) for _, rows in found], np.float64)
    notes = plan_notes(plan)
    return Result({"budget": budget, "chosen": chosen, "net": net}).with_notes(*notes)
