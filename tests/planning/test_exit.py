"""The ranking of what falls with whom: its columns, gaps and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from relgraph.errors import UsageError
from relgraph.planning.exit import exit_rows
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, Row, basis_of, person, tie
from tests.told import told

CERTAIN = PlanningSettings(draws=0)


def ranking(
    people: Sequence[Row], ties: Sequence[Row] = (), by: Any = "loss", **settings: Any
) -> dict[str, dict[str, Any]]:
    basis = basis_of(people, ties, **settings)
    rows = exit_rows(basis, PlanningSettings(draws=0, **settings), by).rows()
    return {row["id"]: row for row in rows}


def test_the_isolated_lose_only_themselves() -> None:
    people = [FIRM, person("e", "employee"), person("c", "customer", margin=100, retention=0.8)]
    row = ranking(people)["c"]
    assert row["loss"] == row["direct"] == pytest.approx(266.6667, abs=5e-5)
    assert (row["chained"], row["held"], row["referrals"], row["only"]) == (0, 0, 0, 0)
    assert row["accounts"] == 0
    assert row["p_leave"] == pytest.approx(0.2)
    assert row["budget"] == pytest.approx(0.2 * 333.3333, abs=5e-5)  # of K: discounted once


def test_what_keeping_an_influencer_is_worth() -> None:
    people = [
        person("i", "influencer", retention=0.5),
        person("c", "customer", margin=100, retention=0.8),
    ]
    row = ranking(people, [tie("i", "REFERS", "c", 0.6)], assume={"churn": 0.25})["i"]
    stream = 0.25 * 0.5 * 0.6 * 800 / 3 / (1.1 - 0.5)
    assert row["direct"] == 0
    assert row["referrals"] == row["loss"] == pytest.approx(stream * 0.5)
    assert row["budget"] == pytest.approx(0.5 * stream)


def test_a_finite_horizon_counts_for_referrals_too() -> None:
    people = [
        person("i", "influencer", retention=0.8),
        person("c", "customer", margin=100, retention=0.8),
    ]
    row = ranking(people, [tie("i", "REFERS", "c", 0.6)], years=3)["i"]
    # Of 100 a year 164.0872 for three years; of 1 a year 2.051 with r = 0.8.
    assert row["loss"] == pytest.approx(0.2 * 0.3 * 164.0872 * 1.640872, abs=5e-3)


def test_a_customer_who_loses_money_is_no_loss() -> None:
    people = [person("c", "customer", margin=-50, retention=0.8)]
    row = ranking(people)["c"]
    assert row["loss"] == pytest.approx(-133.3333, abs=5e-5)
    assert row["budget"] < 0


def test_suppliers_are_a_loss_of_months() -> None:
    people = [
        person("c", "customer", margin=120),
        person("s", "supplier", revenue=10),
        person("t", "supplier"),
    ]
    rows = ranking(people)
    assert rows["s"]["direct"] == rows["s"]["loss"] == pytest.approx(60)
    assert rows["t"]["direct"] is rows["t"]["loss"] is rows["t"]["rank"] is None


def test_a_retention_of_an_employee_counts() -> None:
    people = [
        person("e", "employee", retention=0.9),
        person("d", "employee"),
        person("c", "customer", margin=10, retention=1.0),
    ]
    rows = ranking(people, [tie("e", "MANAGES", "c", 0.5)])
    assert rows["e"]["p_leave"] == pytest.approx(0.1)
    assert rows["e"]["budget"] == pytest.approx(0.1 * rows["e"]["held"])
    assert rows["d"]["p_leave"] == pytest.approx(1 - np.exp(-0.2))
    assert (rows["d"]["loss"], rows["d"]["accounts"]) == (0, 0)


def test_what_is_held_is_at_most_the_lifetime_value() -> None:
    people = [person("e", "employee"), person("c", "customer", margin=100, retention=0.05)]
    row = ranking(people, [tie("e", "MANAGES", "c", 0.5)])["e"]
    clv = 0.05 * 100 / 1.05
    assert clv < 0.154 * 100 / 1.05
    assert row["held"] == pytest.approx(clv)


def test_without_employees_nothing_is_held_by_one() -> None:
    people = [
        person("d", "distributor", margin=10, retention=1.0),
        person("c", "customer", margin=10, retention=1.0),
    ]
    basis = basis_of(people, [tie("c", "BUYS_FROM", "d", 0.5)])
    result = exit_rows(basis, CERTAIN)
    rows = {row["id"]: row for row in result.rows()}
    assert rows["c"]["held"] is None
    assert rows["c"]["loss"] == pytest.approx(100)
    assert rows["d"]["held"] == pytest.approx(50)
    assert rows["d"]["loss"] == pytest.approx(150)
    assert "the store has no employees, so nothing is held by one" in told(result.notes)


def test_without_any_margin_every_figure_is_empty() -> None:
    people = [
        FIRM,
        person("e", "employee"),
        person("f", "employee"),
        person("i", "influencer"),
        person("s", "supplier", revenue=10),
        *(person(name, "customer") for name in "ab"),
    ]
    ties = [
        tie("a", "REFERS", "b", 0.5),
        tie("i", "REFERS", "a", 0.5),
        tie("e", "MANAGES", "a", 0.5),
    ]
    result = exit_rows(basis_of(people, ties), PlanningSettings(draws=10))
    rows = {row["id"]: row for row in result.rows()}
    for name in "absie":
        money = [rows[name][column] for column in ("loss", "loss_low", "loss_high", "budget")]
        assert money == [None] * 4, name
    assert rows["a"]["chained"] is rows["a"]["referrals"] is rows["e"]["only"] is None
    assert rows["f"]["loss"] == 0
    assert rows["a"]["p_leave"] is not None
    assert rows["e"]["accounts"] == 1
    assert "2 customers and distributors have no known worth" in " ".join(told(result.notes))


def test_who_is_unknown_counts_for_nothing_in_what_falls_with_others() -> None:
    people = [
        person("a", "customer"),
        person("b", "customer", margin=100, retention=0.8),
        person("c", "customer", margin=100, retention=0.8),
    ]
    ties = [tie("b", "REFERS", "a", 0.5), tie("b", "REFERS", "c", 0.5)]
    rows = ranking(people, ties)
    assert rows["a"]["loss"] is None
    passing = 1 - np.exp(np.log(0.8) * 0.8 * 0.5)
    assert rows["b"]["chained"] == pytest.approx(passing * 266.6667, abs=5e-3)


def test_an_employee_who_is_sure_to_leave() -> None:
    people = [person("e", "employee", retention=0), person("c", "customer", margin=100)]
    assert ranking(people)["e"]["p_leave"] == pytest.approx(1)


def test_an_influencer_is_held_beside_an_account_of_unknown_worth() -> None:
    """Of C's 266.67 the influencer has 80, so 0.25 · 80/(1.1 − 0.8) is to come through it."""
    people = [
        person("e", "employee"),
        person("i", "influencer", retention=0.8),
        person("c", "customer", margin=100, retention=0.8),
        person("u", "customer"),
    ]
    ties = [
        tie("i", "REFERS", "c", 0.6),
        tie("e", "MANAGES", "i", 0.5),
        tie("e", "MANAGES", "u", 0.5),
    ]
    row = ranking(people, ties, assume={"churn": 0.25})["e"]
    assert row["held"] == row["loss"] == pytest.approx(0.154 * 200 / 3)
    assert row["accounts"] == 2


def test_an_owner_who_left_holds_nobody() -> None:
    people = [
        person("e", "employee", status="left"),
        person("f", "employee"),
        person("c", "customer", margin=10, owner="e"),
    ]
    rows = ranking(people, [tie("e", "MANAGES", "c", 0.9), tie("f", "MANAGES", "c", 0.1)])
    assert "e" not in rows
    assert rows["f"]["accounts"] == 1
    assert rows["f"]["only"] == pytest.approx(rows["c"]["direct"])


@pytest.mark.parametrize("by", ["loss", "budget", "only"])
def test_rows_are_ranked_by_what_is_asked(by: Any) -> None:
    people = [
        person("e", "employee"),
        person("a", "customer", margin=100, retention=0.9),
        person("b", "customer", margin=90, retention=0.5),
    ]
    rows = list(ranking(people, [tie("e", "MANAGES", "a", 0.5)], by).values())
    assert [row[by] for row in rows] == sorted((row[by] for row in rows), reverse=True)
    assert rows[0]["id"] == {"loss": "a", "budget": "b", "only": "e"}[by]


def test_an_interval_holds_its_figure() -> None:
    people = [
        FIRM,
        person("e", "employee"),
        *(person(f"c{n}", "customer", margin=10.0 * n - 20) for n in range(6)),
        person("i", "influencer"),
        person("s", "supplier", revenue=10),
    ]
    ties = [
        tie("i", "REFERS", "c1", 0.5),
        tie("c1", "REFERS", "c2", 0.5),
        tie("e", "MANAGES", "c5", 0.5),
    ]
    for row in exit_rows(basis_of(people, ties), PlanningSettings(draws=100)).rows():
        assert row["loss_low"] <= row["loss"] <= row["loss_high"]


def test_an_empty_store_has_no_rows() -> None:
    assert len(exit_rows(basis_of([]), CERTAIN)) == 0
    assert len(exit_rows(basis_of([FIRM]), PlanningSettings(draws=5))) == 0


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(UsageError, match="'losses' is not one of loss, budget, only"):
        exit_rows(basis_of([FIRM]), CERTAIN, "losses")  # type: ignore[arg-type]
