"""Whether contacts up to a day told who left after it, against answers worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from relgraph.errors import UsageError
from relgraph.planning.backtest import backtest_rows
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from tests.planning.firms import Row, evidence_of, person, tie
from tests.told import told

DAY = date(2025, 6, 30)
END = ("e", "stays", "2026-06-30")


def gone(name: str, left_on: str | None = "2025-12-31", market: str = "customer") -> Row:
    return person(name, market, status="left", left_on=left_on)


def contacts(name: str, count: int) -> list[tuple[str, str, str]]:
    """Return so many contacts on the last days before the day."""
    return [("e", name, str(DAY - timedelta(days=n))) for n in range(1, count + 1)]


def backtest(
    people: list[Row], made: list[tuple[str, str, str]], ties: list[Row] | None = None, **more: Any
) -> Result:
    staff = [person("e", "employee"), person("stays", "competitor")]
    evidence = evidence_of([*staff, *people], ties or (), [*made, END])
    return backtest_rows(evidence, np.datetime64(DAY), PlanningSettings(**more))


def customers(result: Result) -> dict[str, Any]:
    return {row["market"]: row for row in result.rows()}["customer"]


def test_concordance_counts_pairs_and_half_of_ties() -> None:
    people = [gone("x"), gone("y"), *(person(n, "customer") for n in "abc")]
    made = [
        *contacts("x", 2),
        *contacts("y", 4),
        *contacts("a", 1),  # a higher risk than x and y
        *contacts("b", 4),  # the risk of y
        *contacts("c", 6),
    ]
    row = customers(backtest(people, made))
    assert (row["leavers"], row["stayers"], row["pairs"]) == (2, 3, 6)
    # x is ahead of b and c; y of c, and even with b.
    assert row["concordance"] == pytest.approx(3.5 / 6)
    z, share = 1.959964, 3.5 / 6
    half = z * (share * (1 - share) / 2 + z**2 / 16) ** 0.5
    assert row["low"] == pytest.approx((share + z**2 / 4 - half) / (1 + z**2 / 2), abs=1e-6)
    assert row["high"] == pytest.approx((share + z**2 / 4 + half) / (1 + z**2 / 2), abs=1e-6)


def test_contacts_after_the_day_tell_nothing() -> None:
    people = [gone("x"), person("a", "customer")]
    made = [*contacts("x", 1), *contacts("a", 3)]
    later = [("e", "x", f"2025-07-{day:02}") for day in range(1, 20)]
    assert customers(backtest(people, [*made, *later]))["concordance"] == 1


def test_satisfaction_owners_and_strengths_tell_nothing() -> None:
    people = [
        {**gone("x"), "satisfaction": 0.0},
        person("a", "customer", satisfaction=1.0, owner="e"),
    ]
    ties = [tie("e", "MANAGES", "a", 1.0, trust=1.0), tie("e", "KNOWS", "x", 0.1)]
    made = [*contacts("x", 3), *contacts("a", 3)]
    assert customers(backtest(people, made, ties))["concordance"] == 0.5


def test_who_was_gone_or_not_there_yet_is_in_no_pair() -> None:
    people = [
        gone("x"),
        gone("before", "2025-06-30"),
        gone("undated", None),
        gone("after", "2027-01-01"),  # still there on the day that is looked at
        person("new", "customer"),
        person("a", "customer"),
    ]
    ties = [tie("e", "MANAGES", "new", 0.5, since="2025-09-01")]
    row = customers(backtest(people, contacts("a", 3), ties))
    assert (row["leavers"], row["stayers"]) == (1, 2)


def test_pairs_are_of_one_market() -> None:
    people = [
        gone("x"),
        person("a", "customer"),
        person("s", "supplier"),
        gone("t", market="supplier"),
    ]
    made = [*contacts("a", 3), *contacts("t", 3)]
    rows = {row["market"]: row for row in backtest(people, made).rows()}
    assert rows["customer"]["concordance"] == 1
    assert rows["supplier"]["concordance"] == 0
    assert rows["total"]["concordance"] == 0.5
    assert rows["total"]["pairs"] == 2


def test_a_cooling_tie_is_a_higher_risk() -> None:
    people = [gone("x"), person("a", "customer")]
    old = [("e", "x", str(DAY - timedelta(days=90 + n))) for n in range(1, 30)]
    made = [*old, *contacts("a", 8)]
    assert customers(backtest(people, made))["concordance"] == 1
    flat = backtest(people, made, assume={"trend_hazard": 0})
    assert customers(flat)["concordance"] == 0


def test_people_count_for_their_organisation() -> None:
    people = [gone("x"), person("a", "customer"), person("p", "customer", organisation="a")]
    row = customers(backtest(people, [*contacts("x", 1), *contacts("p", 4)]))
    assert (row["stayers"], row["concordance"]) == (1, 1)


def test_without_leavers_there_is_no_figure() -> None:
    result = backtest([person("a", "customer")], contacts("a", 3))
    row = customers(result)
    assert row["concordance"] is row["low"] is row["high"] is None
    assert "there is no pair of a leaver and a stayer to compare" in told(result.notes)


def test_without_contacts_there_is_no_figure() -> None:
    result = backtest([gone("x"), person("a", "customer")], [])
    assert [row["market"] for row in result.rows()] == ["total"]
    assert "there are no contacts up to that day to tell a risk from" in told(result.notes)
    nothing = backtest_rows(evidence_of([]), np.datetime64(DAY), PlanningSettings())
    assert nothing["pairs"].tolist() == [0]


def test_a_day_that_is_not_past_is_refused() -> None:
    evidence = evidence_of(
        [person("e", "employee"), person("a", "customer")], (), [("e", "a", "2025-01-01")]
    )
    with pytest.raises(UsageError, match="the day has to lie before 2025-01-01"):
        backtest_rows(evidence, np.datetime64("2025-01-01"), PlanningSettings())
