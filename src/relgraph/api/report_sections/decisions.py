"""What to do this quarter, what is at stake, and who is over- and under-served."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from relgraph.api.decisions import Decisions
from relgraph.api.report_sections.markets import market_names
from relgraph.messages import Message
from relgraph.network import Floats, Ints, text_array
from relgraph.planning.basis import Basis
from relgraph.planning.plan.headline import label
from relgraph.planning.plan.investment import Investment
from relgraph.planning.portfolio.level import level_classes
from relgraph.planning.reasons import told_reasons
from relgraph.planning.value import CUSTOMER
from relgraph.render.report import Section
from relgraph.result import Result

TOP, FEW = 8, 5


def plan_section(decisions: Decisions) -> Section:
    """Return the investments of the plan, each with why, what it changes, costs and brings."""
    plan = decisions.plan
    if plan is None or not len(plan.chosen):
        return Section("plan" if decisions.priced else "chosen", Result({}), part="plan")
    chosen, names = plan.investments, staff_names(plan.basis)
    why = told_reasons(plan.basis.central(), plan.taken.account)
    columns: dict[str, Any] = {
        "rank": np.arange(1, len(chosen) + 1),
        "name": text_array(each.name or each.id for each in chosen),
        "do": text_array(_actions(each, names) for each in chosen),
        "owner": text_array(names.get(each.owner or "") for each in chosen),
        "why": why,
        "leaving": text_array(f"{each.p_leave:.0%} → {each.p_after:.0%}" for each in chosen),
    }
    if not plan.priced:
        return Section("chosen", Result(columns), part="plan")
    columns["cost"] = np.array([each.cost for each in chosen])
    columns["net"] = np.array([each.net for each in chosen])
    if plan.settings.draws:
        columns["interval"] = text_array(
            f"{each.net_low:,.0f} … {each.net_high:,.0f}" for each in chosen
        )
        columns["top_ten"] = np.array([each.top_ten for each in chosen])
    return Section("plan", Result(columns), "net", part="plan")


def _actions(investment: Investment, names: Mapping[str, str]) -> Message:
    """Return what to do in words, with whom it brings in."""
    newcomer = names.get(investment.newcomer or "")
    named = []
    for action in investment.action.split("+"):
        if action == "cover" and newcomer:
            named.append(Message("do.cover_by", name=newcomer))
        else:
            named.append(Message(f"do.{action}"))
    return Message("reasons", named=tuple(named))


def staff_names(basis: Basis) -> dict[str, str]:
    """Return the names of active employees by id."""
    accounts = basis.accounts
    staff = accounts.evidence.nodes.take(accounts.staff)
    return {str(i): label(staff, place) for place, i in enumerate(staff.ids.tolist())}


def stake_sections(decisions: Decisions) -> list[Section]:
    """Return with whom most may be lost, how profit is spread, and who is in too few hands."""
    if not decisions.priced:
        return [_sole_section(decisions)]
    known = (_unowned_section(decisions),) if decisions.stakes.key.any() else ()
    return [
        _expected_section(decisions),
        _shares_section(decisions),
        _sole_section(decisions),
        *known,
    ]


def _accounts(basis: Basis, places: Ints, **columns: Any) -> Result:
    nodes = basis.accounts.nodes.take(places)
    named = text_array(label(nodes, row) for row in range(len(places)))
    return Result({"name": named, "market": market_names(nodes.markets), **columns})


def _expected_section(decisions: Decisions) -> Section:
    basis, stakes = decisions.basis, decisions.stakes
    worth = basis.central()
    places = stakes.likeliest[:TOP]
    names = [*staff_names(basis).values(), None]
    rows = _accounts(
        basis,
        places,
        owner=text_array(names[owner] for owner in basis.owner[places].tolist()),
        why=told_reasons(worth, places),
        at_stake=stakes.worth[places],
        p_leave=worth.p_leave[0, places],
        expected_loss=stakes.expected[places],
    )
    every = len(stakes.likeliest)
    return Section("expected", rows, "expected_loss", every, part="stake")


def _shares_section(decisions: Decisions) -> Section:
    basis = decisions.basis
    margin: Floats = np.where(basis.market == CUSTOMER, basis.margin, np.nan)
    if decisions.stakes.spread(margin) is None:
        return Section("shares", Result({}), part="stake", half=True)
    order = np.argsort(-np.nan_to_num(margin, nan=-np.inf), kind="stable")
    share = margin[order] / np.nansum(margin)
    nodes = basis.accounts.nodes.take(order[:FEW])
    rows = Result(
        {
            "name": text_array(label(nodes, row) for row in range(len(nodes))),
            "margin": margin[order][:FEW],
            "of_profit": share[:FEW],
            "so_far": np.cumsum(share[:FEW]),
        }
    )
    known = int((~np.isnan(margin)).sum())
    return Section("shares", rows, "of_profit", known, part="stake", half=True)


def _sole_section(decisions: Decisions) -> Section:
    holders = decisions.stakes.holders
    accounts = decisions.basis.accounts
    staff = accounts.evidence.nodes.take(accounts.staff)
    shown = holders[:FEW]
    columns: dict[str, Any] = {
        "name": text_array(label(staff, each.place) for each in shown),
        "accounts": np.array([each.accounts for each in shown], np.int64),
    }
    if not decisions.priced:
        rows = Result(columns)
        return Section("sole_unpriced", rows, "accounts", len(holders), part="stake", half=True)
    columns["worth"] = np.array([each.worth or np.nan for each in shown])
    columns["loss"] = np.array([each.loss for each in shown])
    return Section("sole", Result(columns), "worth", len(holders), part="stake", half=True)


def _unowned_section(decisions: Decisions) -> Section:
    basis, stakes = decisions.basis, decisions.stakes
    places = np.flatnonzero(stakes.key & stakes.unowned)
    places = places[np.argsort(-stakes.worth[places], kind="stable")]
    shown = places[:FEW]
    p_leave = basis.central().p_leave[0, shown]
    rows = _accounts(basis, shown, at_stake=stakes.worth[shown], p_leave=p_leave)
    return Section("unowned", rows, "at_stake", len(places), part="stake", half=True)


def served_sections(basis: Basis) -> list[Section]:
    """Return customers and distributors whose level is too low or too high for what they bring."""
    found = level_classes(basis)
    gap = np.array(_numbers(found.figures["gap"]))
    margin = basis.margin[basis.is_buyer]
    saves = np.array(_numbers(found.figures["saves"]))
    sections = []
    for key, sign, money in (("under", -1, "more_cost"), ("over", 1, "saves")):
        worst = np.nan_to_num(sign * gap, nan=0.0)
        # The farthest from its level first; of these the largest sum of money.
        by_money = np.nan_to_num(margin if key == "under" else saves)
        order = np.lexsort((-by_money, -worst))
        order = order[worst[order] > 0]
        shown = order[:TOP]
        nodes = found.nodes.take(shown)
        rows = Result(
            {
                "name": text_array(label(nodes, row) for row in range(len(nodes))),
                "grade": found.figures["grade"][shown],
                "level": found.figures["level"][shown],
                "recommended": found.figures["recommended"][shown],
                money: sign * saves[shown],
            }
        )
        sections.append(Section(key, rows, money, len(order), part="served", half=True))
    return sections


def _numbers(values: Any) -> list[float]:
    return [np.nan if value is None else float(value) for value in values.tolist()]
