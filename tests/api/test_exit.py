"""Functions on what breaks if somebody leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from relgraph.api import (
    backtest_churn,
    estimate_churn_cost,
    measure_churn,
    open_store,
    rank_exits,
    trace_exit,
)
from relgraph.errors import UnknownStakeholder, UsageError
from relgraph.store import Store
from tests.stored import store_rows


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Store]:
    path = store_rows(
        tmp_path / "exit.lbug",
        [
            {"id": "firm", "name": "Firm", "market": "firm"},
            {"id": "e", "name": "Eva", "market": "employee"},
            {"id": "rival", "name": "Rival", "market": "competitor"},
            {"id": "a", "name": "Anna", "market": "customer", "margin": 100.0, "retention": 0.8},
            {"id": "b", "name": "Bob", "market": "customer", "margin": 50.0, "sub_market": "Rome"},
            {"id": "p", "name": "Pia", "market": "customer", "organisation": "a"},
            {
                "id": "x",
                "name": "Xaver",
                "market": "customer",
                "status": "left",
                "sub_market": "Rome",
            },
        ],
        [
            {"source": "e", "target": "a", "type": "MANAGES", "strength": 0.5},
            {"source": "a", "target": "b", "type": "REFERS", "strength": 0.5},
        ],
    )
    with open_store(str(path)) as store:
        yield store


def test_exits_are_ranked(firm: Store) -> None:
    rows = {row["id"]: row for row in rank_exits(firm, draws=0).rows()}
    assert set(rows) == {"e", "a", "b", "rival"}
    assert rows["a"]["direct"] == pytest.approx(266.6667, abs=5e-5)
    assert rows["e"]["held"] == pytest.approx(0.154 * 333.3333, abs=5e-5)
    by_budget = [row["budget"] for row in rank_exits(firm, by="budget", draws=0).rows()]
    assert by_budget[:-1] == sorted(by_budget[:-1], reverse=True)
    assert by_budget[-1] is None


def test_exits_are_traced_by_id_or_name(firm: Store) -> None:
    rows = list(trace_exit(firm, ["Anna", "a"], draws=0).rows())
    assert [(row["id"], row["how"]) for row in rows[:1]] == [("a", "direct")]
    assert {row["how"] for row in rows} == {"direct", "chained", "referrals"}


def test_with_a_competitor_nothing_falls(firm: Store) -> None:
    assert len(trace_exit(firm, "rival", draws=0)) == 0


@pytest.mark.parametrize(
    ("stakeholder", "error", "text"),
    [
        ("firm", UsageError, "'firm' is the firm, which can't leave itself"),
        ("p", UsageError, "'p' belongs to the account 'a'; name that"),
        ("x", UnknownStakeholder, "not active: x"),
        ("zzz", UnknownStakeholder, "neither an id nor a name"),
    ],
)
def test_who_cannot_leave_is_refused(
    firm: Store, stakeholder: str, error: type[UsageError], text: str
) -> None:
    with pytest.raises(error, match=text) as caught:
        trace_exit(firm, ["a", stakeholder])
    assert caught.value.parameter == "stakeholders"


def test_nobody_is_refused(firm: Store) -> None:
    with pytest.raises(UsageError):
        trace_exit(firm, [])


def test_churn_is_measured_by_any_property(firm: Store) -> None:
    rows = {row["segment"]: row for row in measure_churn(firm, by="sub_market").rows()}
    assert (rows["Rome"]["stakeholders"], rows["Rome"]["lost"]) == (2, 1)
    assert rows["Rome"]["rate"] == 0.5
    (total,) = [row for row in measure_churn(firm).rows() if row["reason"] == "total"]
    assert total["lost"] == 1
    with pytest.raises(UsageError, match="did you mean 'sub_market'"):
        measure_churn(firm, by="sub_markt")
    with pytest.raises(UsageError, match="'firm' is not one of"):
        measure_churn(firm, markets="firm")


def test_churn_costs_as_arithmetic() -> None:
    result = estimate_churn_cost(customers=6600, rate=0.05, revenue=10_000, profit_rate=0.1)
    assert result["profit"].tolist() == [pytest.approx(330_000)]


def test_churn_is_foreseen_from_a_day(firm: Store) -> None:
    result = backtest_churn(firm, date(2025, 6, 30))
    assert result["market"].tolist() == ["total"]
    assert backtest_churn(firm, "2025-06-30")["pairs"].tolist() == [0]
