"""Who left, why and where, and what that costs, against answers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from relgraph.errors import UsageError
from relgraph.planning.accounts import MARKETS
from relgraph.planning.churn_cost import churn_cost
from relgraph.planning.churn_rates import churn_rows
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, Row, evidence_of, person, tie
from tests.told import told

LEFT = {"status": "left"}
PEOPLE: list[Row] = [
    FIRM,
    person("e", "employee"),
    person("a", "customer", margin=100.0, revenue=1000.0, sub_market="east"),
    person("b", "customer", margin=80.0, revenue=500.0, sub_market="east", **LEFT),
    person("c", "customer", revenue=100.0, left_reason="price", left_on="2025-01-01", **LEFT),
    person("d", "customer", margin=20.0, left_reason="price", left_on="2025-07-02", **LEFT),
    person("s", "supplier", revenue=10.0, left_reason="market", **LEFT),
]
TIES = [
    tie("a", "BUYS_FROM", "firm", 0.5, level=2),
    tie("e", "MANAGES", "a", 0.5, level=4, bond=1),
    tie("e", "MANAGES", "b", 0.5, level=1, bond=2),
    tie("e", "REFERS", "s", 0.5, level=5, sign=-1),
]
CONTACTS = [("e", "a", "2024-01-01"), ("e", "a", "2026-01-01")]


def rates(by: str = "reason", budget: float | None = None, **more: Any) -> Result:
    markets = more.pop("markets", MARKETS)
    settings = PlanningSettings(assume={"discount": 0.1}, **more)
    return churn_rows(evidence_of(PEOPLE, TIES, CONTACTS), settings, by, markets, budget)


def test_by_reason() -> None:
    rows = {row["reason"]: row for row in rates(markets=["customer"]).rows()}
    assert list(rows) == ["price", None, "total"]
    price, total = rows["price"], rows["total"]
    assert (price["lost"], total["lost"]) == (2, 3)
    assert price["share"] == pytest.approx(2 / 3)
    assert (price["rate"], total["rate"]) == (2 / 4, 3 / 4)
    # Window of 731 days: a is seen for all of it, b for half, c for 366 days, d for 548.
    years = (731 + 731 / 2 + 366 + 548) / 365.25
    assert total["rate_a_year"] == pytest.approx(2 / years)
    assert price["revenue"] == 100
    ratio = 180 / 1500  # margin to revenue of customers of whom both are known
    assert price["margin"] == pytest.approx(20 + 100 * ratio)
    stays = 2.718281828459045 ** -(2.5 / years)
    assert price["clv"] == pytest.approx((20 + 100 * ratio) * stays / (1.1 - stays))
    assert total["margin"] == pytest.approx(100 + 100 * ratio)
    assert price["controllable"] is True
    assert rows[None]["controllable"] is total["controllable"] is None


def test_the_market_is_not_the_firms_doing() -> None:
    rows = {row["reason"]: row for row in rates().rows()}
    assert rows["market"]["controllable"] is False
    assert rows["market"]["margin"] is rows["market"]["clv"] is None
    assert rows["total"]["lost"] == 4


def test_by_segment() -> None:
    rows = {row["segment"]: row for row in rates("sub_market").rows()}
    assert list(rows) == [None, "east", "total"]
    assert (rows["east"]["stakeholders"], rows["east"]["lost"]) == (2, 1)
    assert (rows[None]["stakeholders"], rows[None]["lost"]) == (3, 3)
    assert (rows["total"]["stakeholders"], rows["total"]["lost"]) == (5, 4)
    assert rows["east"]["rate"] == 1 / 2
    assert rows["east"]["share"] == 1 / 4


def test_by_the_highest_level_or_bond_of_ties_to_the_firm() -> None:
    levels = {row["segment"]: row["stakeholders"] for row in rates("level").rows()}
    assert levels == {"4": 1, "1": 1, None: 3, "total": 5}
    bonds = {row["segment"]: row["lost"] for row in rates("bond").rows()}
    assert bonds == {"1": 0, "2": 1, None: 3, "total": 4}


def test_by_market_and_by_a_number() -> None:
    markets = {row["segment"]: row["lost"] for row in rates("market").rows()}
    assert markets == {"customer": 3, "supplier": 1, "total": 4}
    assert {row["segment"] for row in rates("revenue").rows()} >= {"1000", "100", None}


def test_employees_are_counted_where_they_are_asked_for() -> None:
    rows = list(rates("market", markets=["employee"]).rows())
    assert [(row["segment"], row["stakeholders"], row["lost"]) for row in rows] == [
        ("employee", 1, 0),
        ("total", 1, 0),
    ]
    assert rows[0]["share"] is None


def test_how_many_saves_a_budget_needs() -> None:
    notes = " ".join(told(rates(budget=56, markets=["customer"]).notes))
    # Three who left bring 112 a year.
    assert "56 pays if it keeps 1.50 of them a year (50.00% of those lost)" in notes
    assert "worth it for less than 112 a year" in notes


def test_money_that_is_unknown_is_counted() -> None:
    result = rates(budget=10, markets=["supplier"])
    notes = " ".join(told(result.notes))
    assert "the margin of 1 of 1 who left is unknown" in notes
    assert "no number of saves pays" in notes


def test_where_nobody_left() -> None:
    people = [FIRM, person("e", "employee"), person("a", "customer", margin=1.0)]
    evidence = evidence_of(people, contacts=CONTACTS)
    result = churn_rows(evidence, PlanningSettings(), "reason", MARKETS, 5.0)
    [row] = result.rows()
    assert (row["reason"], row["lost"], row["rate"], row["rate_a_year"]) == ("total", 0, 0, 0)
    assert "of 1 stakeholder none has left" in told(result.notes)


def test_a_distributor_who_left_is_counted_without_its_customers() -> None:
    people = [
        person("d", "distributor", margin=100.0, **LEFT),
        person("c", "customer", margin=30.0),
    ]
    ties = [tie("c", "BUYS_FROM", "d", 0.5, margin=30.0)]
    rows = churn_rows(evidence_of(people, ties), PlanningSettings(), "reason", MARKETS, None)
    assert rows["margin"].tolist() == [70, 70]


def test_what_330_customers_cost() -> None:
    row = next(churn_cost(6600, 0.05, 10_000, 0.1, 200_000).rows())
    assert row["lost"] == pytest.approx(330)
    assert row["revenue"] == pytest.approx(3_300_000)
    assert row["profit"] == pytest.approx(330_000)
    assert row["save"] == pytest.approx(1_000)
    assert row["saves_needed"] == pytest.approx(200)
    assert row["share_needed"] == pytest.approx(0.6061, abs=5e-5)


def test_without_a_budget_or_profit_no_saves_are_needed() -> None:
    row = next(churn_cost(100, 0.1, 10, 0.5).rows())
    assert row["budget"] is row["saves_needed"] is row["share_needed"] is None
    row = next(churn_cost(100, 0.1, 10, 0, 50).rows())
    assert row["saves_needed"] is None
    row = next(churn_cost(100, 0, 10, 0.5, 50).rows())
    assert (row["lost"], row["saves_needed"], row["share_needed"]) == (0, 10, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("customers", -1),
        ("rate", 5),
        ("revenue", float("inf")),
        ("profit_rate", -0.1),
        ("budget", -1),
    ],
)
def test_figures_out_of_range_are_refused(name: str, value: float) -> None:
    right = {"customers": 10, "rate": 0.1, "revenue": 10, "profit_rate": 0.1, "budget": 5}
    with pytest.raises(UsageError) as caught:
        churn_cost(**{**right, name: value})
    assert caught.value.parameter == name
