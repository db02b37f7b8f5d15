"""Rows of value: grades, shares, intervals and notes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from relgraph.planning.grades import grades
from relgraph.planning.value import gini, profit_curve, value_rows
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, basis_of, person, tie
from tests.told import told

MARGINS = (50.0, 30, 10, 6, 4, -10)


def customers(*margins: float | None, **settings: object) -> list[dict[str, Any]]:
    people = [
        person(f"c{number}", "customer", margin=margin) for number, margin in enumerate(margins)
    ]
    basis = basis_of(people)
    return list(value_rows(basis, PlanningSettings(draws=50, **settings)).rows())  # type: ignore[arg-type]


def test_grades_whale_peak_and_gini() -> None:
    basis = basis_of([person(f"c{i}", "customer", margin=m) for i, m in enumerate(MARGINS)])
    assert grades(basis.margin, basis.market).tolist() == list("AABBCD")
    curve = profit_curve(basis)
    assert curve["share_of_profit"].max() == pytest.approx(1.1111, abs=5e-5)
    assert curve["share_of_profit"][-1] == pytest.approx(1)
    assert curve["share_of_stakeholders"].tolist() == pytest.approx(np.arange(1, 7) / 6)
    assert gini(np.array(MARGINS[:5])) == pytest.approx(0.464)


def test_equal_margins_have_one_grade() -> None:
    assert set(grades(np.full(6, 10.0), np.zeros(6, np.int64)).tolist()) == {"A"}


def test_too_few_margins_have_no_grade() -> None:
    assert [row["grade"] for row in customers(5, 4, 3, 2, None)] == [None] * 5
    assert [row["grade"] for row in customers(5, 4, 3, 2, 1, None)][-1] is None


def test_only_losses_are_all_d_and_have_no_shares() -> None:
    rows = customers(-5, -4, -3, -2, -1)
    assert {row["grade"] for row in rows} == {"D"}
    assert {row["share"] for row in rows} == {None}
    assert all(row["clv_low"] <= row["clv"] <= row["clv_high"] < 0 for row in rows)


def test_rows_are_ranked_with_shares_of_the_sum() -> None:
    rows = customers(100, 300, None, -100)
    assert [row["id"] for row in rows] == ["c1", "c0", "c3", "c2"]
    assert [row["rank"] for row in rows] == [1, 2, 3, None]
    assert [row["share"] for row in rows[:3]] == pytest.approx([1, 1 / 3, -1 / 3])
    assert [row["cumulative"] for row in rows[:3]] == pytest.approx([1, 4 / 3, 1])
    assert rows[3]["clv"] is rows[3]["share"] is rows[3]["cumulative"] is None
    assert rows[3]["network_value"] == 0


def test_intervals_hold_their_figure_and_none_are_drawn_for_0() -> None:
    for row in customers(100, 300, -20):
        assert row["clv_low"] < row["clv"] < row["clv_high"]
    basis = basis_of([person("c", "customer", margin=1)])
    (row,) = value_rows(basis, PlanningSettings(draws=0)).rows()
    assert row["clv_low"] is row["clv_high"] is None
    assert row["clv"] > 0


def test_an_influencer_is_worth_what_they_brought() -> None:
    people = [FIRM, person("i", "influencer"), person("c", "customer", margin=100, retention=0.8)]
    basis = basis_of(people, [tie("i", "REFERS", "c", 1.0)])
    rows = {row["id"]: row for row in value_rows(basis, PlanningSettings(draws=0)).rows()}
    assert rows["i"]["clv"] == 0
    assert rows["i"]["received"] == rows["c"]["given"] == pytest.approx(0.5 * 800 / 3)
    assert rows["i"]["network_value"] + rows["c"]["network_value"] == pytest.approx(800 / 3)


def test_notes_say_what_is_missing_and_what_stands_in() -> None:
    people = [
        FIRM,
        person("c1", "customer", margin=10, revenue=100),
        person("c2", "customer", revenue=100),
        person("c3", "customer"),
        person("d", "distributor", margin=5),
    ]
    ties = [tie("c1", "BUYS_FROM", "d", margin=8), tie("c3", "BUYS_FROM", "firm")]
    basis = basis_of(people, ties, assume={"discount": 0.2})
    notes = "\n".join(told(value_rows(basis, PlanningSettings(draws=0)).notes))
    for said in (
        "discount counts as 0.2, without a range (usually 0.1)",
        "Customers 20.0%, the usual rate",
        "the margin of 1 of 4 customers and distributors is estimated from revenue",
        "1 of 4 customers and distributors has no margin, and none can be estimated",
        "1 distributor has less margin than the customers who buy from them",
        "1 of 1 ties to the firm and its employees has no strength",
        "3 of 4 accounts have no tie to the firm",
        "no account has a satisfaction, so that of each counts as 0.5",
        "customer equity",
    ):
        assert said in notes


def test_nobody_has_no_rows() -> None:
    assert len(value_rows(basis_of([FIRM]), PlanningSettings())) == 0
    assert len(value_rows(basis_of([]), PlanningSettings())) == 0


def test_a_curve_of_losses_has_no_shares() -> None:
    curve = profit_curve(basis_of([person("c", "customer", margin=-1)]))
    assert np.isnan(curve["share_of_profit"]).all()
    (said,) = told(curve.notes)
    assert said == "the margins of the market Customers sum to nothing, so there are no shares"


def test_credit_is_unknown_where_no_worth_is() -> None:
    people = [FIRM, person("a", "customer"), person("b", "customer")]
    rows = value_rows(basis_of(people, [tie("a", "REFERS", "b", 0.5)]), PlanningSettings(draws=0))
    for name in ("clv", "received", "given", "network_value"):
        assert np.isnan(rows[name]).all()
