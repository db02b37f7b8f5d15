"""The outlook of one stakeholder: the rows of `value` and `exit`, and why they may leave."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph import assumptions
from relgraph.messages import Note
from relgraph.planning import contagion
from relgraph.planning.basis import Basis
from relgraph.planning.exit import exit_row, exit_rows
from relgraph.planning.outlook import find_outlook
from relgraph.planning.reasons import reason_factors
from relgraph.planning.value import value_row, value_rows
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, basis_of, person, tie
from tests.planning.test_departures import random_rows

CERTAIN = PlanningSettings(draws=0)
UNRANKED = ("rank", "share", "cumulative")


def approx_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row to compare with: single followers are worked out in an order of their own."""
    known = {name: value for name, value in row.items() if name not in UNRANKED}
    return {
        name: pytest.approx(value, rel=1e-12, abs=1e-12) if isinstance(value, float) else value
        for name, value in known.items()
    }


def assert_rows_of_the_rankings(basis: Basis) -> None:
    for row in exit_rows(basis, CERTAIN).rows():
        (own,) = exit_row(basis, CERTAIN, row["id"]).rows()
        assert own == approx_row(row)
    for row in value_rows(basis, CERTAIN).rows():
        (own,) = value_row(basis, CERTAIN, row["id"]).rows()
        assert own == approx_row(row)


@given(st.tuples(st.integers(0, 2**16), st.integers(1, 14), st.floats(0.02, 0.4)))
@settings(max_examples=25)
def test_one_row_is_that_of_the_ranking(firm: tuple[int, int, float]) -> None:
    assert_rows_of_the_rankings(basis_of(*random_rows(*firm)))


def test_so_is_one_whose_followers_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "EXACT_CASCADE", 2.0)
    assert_rows_of_the_rankings(basis_of(*random_rows(5, 12, 0.4)))


def test_so_is_one_who_is_drawn_as_others_need_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contagion, "_WORK", 3**4)
    assert_rows_of_the_rankings(basis_of(*random_rows(5, 12, 0.3)))


def test_so_is_one_who_is_followed_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contagion, "_DRAWN", 0)
    monkeypatch.setattr(contagion, "_WORK", 0)
    assert_rows_of_the_rankings(basis_of(*random_rows(5, 12, 0.4)))


PEOPLE = [
    FIRM,
    person("e", "employee"),
    person("a", "customer", margin=100, satisfaction=0.2, owner="e"),
    person("b", "customer", margin=50, satisfaction=0.8, owner="e"),
    person("c", "customer", margin=-20, satisfaction=0.8),
    person("d", "customer", margin=10, satisfaction=0.8, owner="e", retention=0.9),
    person("p", "customer", organisation="a"),
    person("k", "competitor"),
    person("x", "customer", status="left"),
]
TIES = [tie("e", "MANAGES", "a", 0.9), tie("e", "MANAGES", "b", 0.5), tie("e", "KNOWS", "c", 0.1)]


def test_reasons_are_the_factors_against_the_mean_of_the_market() -> None:
    # Satisfactions have the mean 0.65, strengths 0.9, 0.5, 0.1 and 0 the mean 0.375.
    basis = basis_of(PEOPLE, TIES)
    factors = {name: each.tolist() for name, each in reason_factors(basis.central()).items()}
    by_satisfaction = [math.exp(2.3 * 0.45), *[math.exp(-2.3 * 0.15)] * 2]
    assert factors["unhappy"][:3] == pytest.approx(by_satisfaction)
    by_strength = [math.sqrt(gap / 0.625) for gap in (0.1, 0.5, 0.9)]
    assert factors["weak_tie"][:3] == pytest.approx(by_strength)
    assert factors["unowned"][:3] == [1, 1, 1.5]
    assert factors["cooling"][:3] == [1, 1, 1]
    assert all(math.isnan(each[3]) for each in factors.values())  # its retention is given


def test_a_cooling_account() -> None:
    days = [*("2026-02-10", "2026-02-20", "2026-03-01", "2026-03-10"), "2026-06-01"]
    contacts = [("e", "a", f"{day}T00:00") for day in days]
    basis = basis_of(PEOPLE, TIES, contacts, as_of="2026-07-01")
    risk = find_outlook(basis, CERTAIN, "a").risk
    # One contact in the last 90 days, four in those before: a trend of −0.75.
    assert risk["reasons"] == pytest.approx(
        {"unhappy": math.exp(2.3 * 0.45), "cooling": math.exp(1.1 * 0.75)}
    )


def test_owner_money_and_risk() -> None:
    basis = basis_of(PEOPLE, TIES)
    outlook = find_outlook(basis, PlanningSettings(draws=50), "c")
    assert outlook.owner is None
    assert list(outlook.risk["reasons"]) == ["unowned", "weak_tie"]
    assert outlook.money["margin"] == -20
    assert outlook.money["at_stake"] < outlook.money["clv"] < 0
    assert outlook.risk["loss"] == outlook.money["clv"]
    assert find_outlook(basis, CERTAIN, "a").owner == "e"
    given = find_outlook(basis, CERTAIN, "d").risk
    assert (given["p_leave"], given["reasons"]) == (pytest.approx(0.1), {})


def test_an_employee_has_risk_alone() -> None:
    outlook = find_outlook(basis_of(PEOPLE, TIES), CERTAIN, "e")
    assert outlook.money == {}
    assert (outlook.risk["accounts"], outlook.risk["loss"] > 0) == (3, True)
    assert [note.key for note in outlook.notes] == ["exit.departure"]


@pytest.mark.parametrize(
    ("node_id", "notes"),
    [
        ("k", (Note("outlook.rival"),)),
        ("firm", (Note("outlook.firm"),)),
        ("p", (Note("outlook.organisation", id="p", whole="a"),)),
        ("x", ()),
    ],
)
def test_who_has_neither_money_nor_risk(node_id: str, notes: tuple[Note, ...]) -> None:
    outlook = find_outlook(basis_of(PEOPLE, TIES), CERTAIN, node_id)
    assert (outlook.money, outlook.risk, outlook.notes) == ({}, {}, notes)
