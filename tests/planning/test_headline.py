"""The headline: what it says of small firms, worked out by hand, and where figures are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from relgraph.messages import Speaker
from relgraph.planning.basis import Basis, find_basis
from relgraph.planning.plan.headline import headline
from relgraph.planning.plan.limits import PlanLimits
from relgraph.planning.plan.plan import Plan, make_plan
from relgraph.planning.reasons import told_reasons
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, basis_of, evidence_of, person, tie

STAFF = [FIRM, person("e", "employee", name="Eve"), person("f", "employee", name="Finn")]
MARGINS = {"a": 50, "b": 30, "c": 10, "d": 6, "x": 4}


def customers(**more: Any) -> list[Any]:
    """Return five customers, each of whom stays with a chance of 0.9 a year."""
    return [
        person(each, "customer", retention=0.9, **{name: of[each] for name, of in more.items()})
        for each in MARGINS
    ]


def say(basis: Basis, plan: Plan | None = None) -> list[str]:
    speak = Speaker()
    return [speak(each.message) for each in headline(basis, plan)]


TIES = [
    tie("e", "KNOWS", "a", 0.5),
    tie("f", "KNOWS", "a", 0.5),
    tie("e", "KNOWS", "b", 0.5),
    *(tie(employee, "KNOWS", account, 0.5) for employee in "ef" for account in "cdx"),
]
OWNERS = {"a": "e", "b": None, "c": "f", "d": "f", "x": "f"}


def test_what_is_at_stake() -> None:
    # K = m/(1 + 0.1 − 0.9) = 5m, of which a tenth is lost. Eve's loss: 0.154 of 150 for b, whose
    # only contact she is, and of a third each of 250, 50, 30 and 20: 23.1 + 17.97.
    basis = basis_of([*STAFF, *customers(margin=MARGINS, owner=OWNERS)], TIES)
    assert say(basis) == [
        "As things stand, 50 of the 500 that relationships are worth (10.0%) will probably be lost "
        "within a year, the most with a: 25, at a 10% chance of leaving.",
        "The best 1 of 5 customers brings 50% of the profit from customers, a alone 50%.",
        "1 of 5 accounts knows only one colleague. Eve is the only contact of 1 account worth 135, "
        "and could take up to 41 along on leaving.",
        "Nobody looks after 1 of 2 key accounts, worth 150: b.",
    ]
    assert [each.ids for each in headline(basis)] == [("a",), ("a",), ("e",), ("b",)]


@pytest.mark.parametrize("draws", [0, 100])
def test_the_plan_comes_first_with_its_own_figures(draws: int) -> None:
    people = [*STAFF, *customers(margin=MARGINS, owner=OWNERS)]
    settings = PlanningSettings(draws=draws, assume={"contact_cost": 0.0005})
    plan = make_plan(basis_of(people, TIES, assume=settings.assume), settings, PlanLimits(count=4))
    first, *rest = headline(plan.basis, plan)
    assert first.ids == tuple(each.id for each in plan.investments[:3])
    text, total = Speaker()(first.message), plan.total
    assert text.startswith("Invest this quarter in 4 relationships, led by ")
    assert f"bring {total.net:,.0f} beyond their cost of {total.cost:,.0f}" in text
    interval = f"between {total.net_low:,.0f} and {total.net_high:,.0f}"
    assert (interval in text) == (draws > 0)
    assert len(rest) == 4


def test_one_investment_alone() -> None:
    settings = PlanningSettings(draws=0, assume={"contact_cost": 0.0005})
    people = [*STAFF, *customers(margin=MARGINS)]
    plan = make_plan(basis_of(people, TIES, assume=settings.assume), settings, PlanLimits(count=1))
    text = say(plan.basis, plan)[0]
    assert text.startswith(f"Invest this quarter in 1 relationship, {plan.investments[0].name}: ")


def test_money_is_told_in_the_currency_of_the_store() -> None:
    evidence = evidence_of(customers(margin=MARGINS))
    basis = find_basis(replace(evidence, currency="EUR"), PlanningSettings())
    assert say(basis)[0].startswith("As things stand, 50 EUR of the 500 EUR that relationships")


def test_where_nothing_is_worth_its_cost() -> None:
    settings = PlanningSettings(draws=0, assume={"contact_cost": 1})
    people = [*STAFF, *customers(margin=MARGINS)]
    plan = make_plan(basis_of(people, TIES, assume=settings.assume), settings, PlanLimits())
    assert say(plan.basis, plan)[0].startswith("No investment in a relationship is worth")


def test_without_margins_it_speaks_of_revenue_and_counts() -> None:
    people = [*STAFF, *customers(revenue=MARGINS)]
    basis = basis_of(people, TIES)
    plan = make_plan(basis, PlanningSettings(draws=0), PlanLimits())
    assert say(basis, plan) == [
        "No customer has a known positive margin, so nobody can say yet in money where to invest: "
        "give customers their margin first.",
        "The best 1 of 5 customers brings 50% of the revenue from customers, a alone 50%.",
        "1 of 5 accounts knows only one colleague; Eve is the only contact of 1.",
        "Of 5 accounts none names anybody who looks after it.",
    ]


@pytest.mark.parametrize("people", [[], [FIRM], [person("k", "competitor")]])
def test_without_accounts(people: list[Any]) -> None:
    basis = basis_of(people)
    plan = make_plan(basis, PlanningSettings(draws=50), PlanLimits())
    assert len(say(basis, plan)) == len(say(basis)) == 1


def test_without_a_firm_or_employees() -> None:
    basis = basis_of(customers(margin=MARGINS))
    plan = make_plan(basis, PlanningSettings(draws=50), PlanLimits())
    assert len(say(basis, plan)) == 4


def test_why_an_account_needs_it() -> None:
    # Both have the mean satisfaction and strength of their market.
    people = [*STAFF, person("a", "customer", owner="e"), person("b", "customer")]
    worth = basis_of(people, [tie("e", "KNOWS", "a", 0.5), tie("e", "KNOWS", "b", 0.5)]).central()
    first, second = told_reasons(worth, np.array([0, 1]))
    assert first is None
    assert Speaker()(second) == "nobody looks after it × 1.5"
    assert Speaker("zh")(second) == "无人负责 × 1.5"


def test_nobody_is_named_for_a_small_share() -> None:
    margins = {f"c{number:03}": 10 for number in range(200)}
    people = [person(node_id, "customer", margin=margin) for node_id, margin in margins.items()]
    told = say(basis_of(people))[1]
    assert told == "The best 24 of 200 customers bring 12% of the profit from customers."
