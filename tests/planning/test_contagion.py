"""How likely buyers follow one who leaves: exactly, by draws, and within two steps."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph import assumptions
from relgraph.planning import cascades, contagion
from relgraph.planning.basis import Basis
from relgraph.planning.contagion import Pairs, find_contagion
from relgraph.planning.exit import exit_rows
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, basis_of, person, tie
from tests.planning.test_departures import leave
from tests.told import told

SOME = Pairs(np.array([0, 3]), np.array([2, 9]))


def ring(n: int = 12, **more: float) -> Basis:
    """Return customers of whom each recommends us to the next and the one after that."""
    people = [person(f"c{i:02}", "customer", margin=10.0 + i, retention=0.6) for i in range(n)]
    ties = [
        tie(f"c{i:02}", "REFERS", f"c{(i + step) % n:02}", 0.9) for i in range(n) for step in (1, 2)
    ]
    return basis_of(people, ties, assume=more)


def test_who_is_no_buyer_passes_nothing_on() -> None:
    people = [
        FIRM,
        person("i", "influencer"),
        person("h", "customer", margin=10),
        *(person(name, "customer", margin=10) for name in "ab"),
    ]
    ties = [
        tie("a", "REFERS", "i", 0.5),
        tie("i", "REFERS", "b", 0.5),
        tie("h", "REFERS", "a", 0.5),
        tie("h", "KNOWS", "firm", 0.5, sign=-1),  # a hostile customer is no example
    ]
    assert len(find_contagion(basis_of(people, ties)).arcs) == 0


def test_who_surely_stays_follows_nobody() -> None:
    people = [person(n, "customer", margin=1, retention=1.0) for n in "ab"]
    basis = basis_of(people, [tie("a", "REFERS", "b", 1.0)])
    assert find_contagion(basis).passing(basis.central()).tolist() == [[0.0]]


def test_draws_agree_with_exact_chances(monkeypatch: pytest.MonkeyPatch) -> None:
    basis = ring()
    found, worth = find_contagion(basis), basis.central()
    passing, money = found.passing(worth)[0], worth.lifetime[0]
    exact = found.chained(passing, money, SOME, 0)
    one = found.followers(passing, np.array([0, 3]), 0)
    assert (exact.drawn, exact.two_steps, one.exact) == (0, 0, True)
    monkeypatch.setattr(assumptions, "EXACT_CASCADE", 2.0)
    drawn = found.chained(passing, money, SOME, 0)
    assert (drawn.drawn, drawn.two_steps) == (12, 0)
    assert drawn.money == pytest.approx(exact.money, rel=0.04)
    assert drawn.chance == pytest.approx(exact.chance, abs=0.01)
    again = found.followers(passing, np.array([0, 3]), 0)
    assert not again.exact
    assert again.chance == pytest.approx(one.chance, abs=0.01)
    assert again.hops.tolist() == one.hops.tolist()


def test_drawn_chances_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    basis = ring()
    exact = leave(basis, ["c00"])
    monkeypatch.setattr(assumptions, "EXACT_CASCADE", 2.0)
    drawn = leave(basis, ["c00"])
    text = "who follows is drawn"
    assert text in " ".join(told(drawn.notes))
    assert text not in " ".join(told(exact.notes))
    assert drawn["loss"].sum() == pytest.approx(exact["loss"].sum(), rel=0.02)
    ranked = exit_rows(basis, PlanningSettings(draws=0))
    assert "what follows 12 buyers is drawn" in " ".join(told(ranked.notes))


def test_draws_come_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assumptions, "EXACT_CASCADE", 2.0)
    basis = ring()
    found, worth = find_contagion(basis), basis.central()
    passing, money = found.passing(worth)[0], worth.lifetime[0]
    whole = found.chained(passing, money, SOME, 4).money
    monkeypatch.setattr(cascades, "_LIVE_BYTES", 8 * len(passing) * 10)
    assert found.chained(passing, money, SOME, 4).money.tolist() == whole.tolist()


def test_two_steps_where_even_draws_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    basis = ring(contagion=0.1)
    found, worth = find_contagion(basis), basis.central()
    passing, money = found.passing(worth)[0], worth.lifetime[0]
    exact = found.chained(passing, money, SOME, 0)
    monkeypatch.setattr(contagion, "_DRAWN", 0)
    monkeypatch.setattr(contagion, "_WORK", 0)
    walked = found.chained(passing, money, SOME, 0)
    assert walked.two_steps == 12
    assert walked.money == pytest.approx(exact.money, rel=0.01)
    assert walked.chance == pytest.approx(exact.chance, abs=0.002)
    notes = told(exit_rows(basis, PlanningSettings(draws=0)).notes)
    assert "what follows 12 buyers is worked out for two steps" in notes


def test_two_steps_leave_out_the_way_back() -> None:
    people = [person(n, "customer", margin=10, retention=0.6) for n in "ab"]
    basis = basis_of(people, [tie("a", "KNOWS", "b", 0.5)])
    found, worth = find_contagion(basis), basis.central()
    passing = found.passing(worth)
    money = found.two_steps(passing, worth.lifetime)
    assert money[0] == pytest.approx(passing[0] * worth.lifetime[0])


def test_what_follows_varies_with_the_draws() -> None:
    rows = list(exit_rows(ring(), PlanningSettings(draws=200)).rows())
    fixed = list(exit_rows(ring(contagion=0.8), PlanningSettings(draws=200)).rows())
    for row, sure in zip(rows, fixed, strict=True):
        assert row["loss_low"] < row["loss"] < row["loss_high"]
        assert row["loss_high"] - row["loss_low"] > sure["loss_high"] - sure["loss_low"]
