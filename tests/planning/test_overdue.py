"""Whom to call: due dates, rhythm, trend and velocity, by hand and by a second implementation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import UsageError
from relgraph.planning.basis import Basis
from relgraph.planning.overdue import By, overdue_rows
from tests.planning.firms import FIRM, Row, basis_of, person, tie

E, OTHER = person("e", "employee"), person("f2", "employee")
NOW = "2024-12-31"


def ago(days: float, who: str = "e", whom: str = "c") -> tuple[str, str, str]:
    """Return a contact so many days before the end of 2024."""
    minutes = round(days * 1440)
    return who, whom, str(np.datetime64(NOW, "m") - np.timedelta64(minutes, "m"))


def firm(
    contacts: Sequence[tuple[str, str, str]],
    ties: Sequence[Row] = (),
    people: Sequence[Row] = (person("c", "customer", margin=100),),
    **settings: Any,
) -> Basis:
    return basis_of([FIRM, E, *people], ties, contacts, NOW, **settings)


def only(basis: Basis, by: By = "overdue", **choices: Any) -> dict[str, Any]:
    [row] = overdue_rows(basis, by, everyone=True, **choices).rows()
    return row


def test_the_rhythm_of_a_customer() -> None:
    basis = firm([ago(days) for days in (10, 40, 70, 130, 160, 200, 260, 300)])
    row = only(basis)
    assert row["trend"] == pytest.approx(1 / 3)
    assert row["velocity"] == pytest.approx(0.1192789, abs=5e-8)
    assert row["usual"] == 40
    assert row["quiet"] == pytest.approx(0.7574651, abs=5e-8)
    # eight contacts in the year that ends at the last one make level 3
    assert (row["level"], row["due_every"], row["overdue"]) == (3, 60, -50)


@pytest.mark.parametrize(
    ("level", "every"), [(1, 365), (2, 180), (3, 60), (4, 30), (5, 15), (None, 365)]
)
def test_due_dates_follow_the_level(level: int | None, every: int) -> None:
    row = only(firm([ago(100)], [tie("e", "MANAGES", "c", level=level)]))
    assert (row["level"], row["due_every"]) == (level or 1, every)
    assert row["overdue"] == 100 - every


@pytest.mark.parametrize(("made", "level"), [(1, 1), (2, 2), (5, 2), (6, 3), (12, 4), (24, 5)])
def test_the_level_by_contacts_is_of_the_year_up_to_the_last(made: int, level: int) -> None:
    silent = 500  # a year of silence changes nothing
    contacts = [ago(silent + 365 * step / made) for step in range(made)]
    assert only(firm([*contacts, ago(silent + 366)]))["level"] == level


def test_the_highest_level_of_several_ties_counts() -> None:
    ties = [
        tie("c", "BUYS_FROM", "firm", level=2),
        tie("e", "MANAGES", "c", level=4),
        tie("c", "REFERS", "e", level=3),
        tie("c", "KNOWS", "d", level=5),
    ]
    people = [person("c", "customer"), person("d", "customer")]
    rows = {row["id"]: row for row in overdue_rows(firm([], ties, people), everyone=True).rows()}
    assert rows["c"]["level"] == 4
    assert rows["d"]["level"] is None


def test_any_contact_resets_the_clock() -> None:
    people = [person("c", "customer"), person("ann", "customer", organisation="c"), OTHER]
    old = [ago(300), ago(290, "c", "e")]
    for fresh in (("e", "c"), ("c", "e"), ("f2", "c"), ("c", "firm"), ("ann", "e")):
        row = only(firm([*old, ago(3, *fresh)], people=people))
        assert row["overdue"] == pytest.approx(3 - 180), fresh  # three contacts: level 2
    assert only(firm([*old, ago(3, "ann", "c")], people=people))["overdue"] == 290 - 180
    assert only(firm([*old, ago(-3)], people=people))["overdue"] == 290 - 180  # still to come


def test_who_was_never_contacted_comes_last_with_a_remark() -> None:
    people = [person("c", "customer"), person("d", "customer"), person("gone", "employee")]
    people[2] = {**people[2], "status": "left"}
    contacts = [ago(400), ago(5, "gone", "d")]
    basis = firm(contacts, [tie("e", "MANAGES", "d", level=5)], people)
    listed = overdue_rows(basis)
    assert listed["id"].tolist() == ["c"]
    assert "1 of 2 had no contact" in " ".join(map(str, listed.notes))
    last = list(overdue_rows(basis, everyone=True).rows())[-1]
    assert (last["id"], last["rank"], last["overdue"], last["last"]) == ("d", None, None, None)
    assert last["due_every"] == 15
    assert str(last["remark"]) == "no contact with the firm or its present employees"


def test_without_contacts_nobody_is_overdue() -> None:
    basis = firm([])
    assert len(overdue_rows(basis)) == 0
    assert "nobody can be overdue" in str(overdue_rows(basis).notes[-1])
    assert only(basis)["level"] is None
    assert len(overdue_rows(basis_of([FIRM]))) == 0


def test_an_unusual_silence_is_listed_before_it_is_overdue() -> None:
    weekly = [ago(30 + 7 * step) for step in range(30)]
    basis = firm(weekly, [tie("e", "MANAGES", "c", level=1)])
    [row] = overdue_rows(basis).rows()
    assert row["overdue"] == 30 - 365
    # 26 gaps, one a week, end in the 180 days up to the last contact
    assert row["quiet"] == pytest.approx(math.exp(-26 / 180 * 30))
    assert len(overdue_rows(firm(weekly, assume={"unusual_quiet": 0.01, "due_5": 60}))) == 0


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_few_contacts_have_no_rhythm(count: int) -> None:
    row = only(firm([ago(20 + 10 * step) for step in range(count)]))
    assert (row["usual"] is None) == (count < 5)
    assert (row["quiet"] is None) == (count < 5)
    if count == 5:  # four gaps in the forty days since the first contact
        assert row["quiet"] == pytest.approx(math.exp(-4 / 40 * 20))


def test_contacts_at_one_moment_have_no_rhythm() -> None:
    row = only(firm([ago(20)] * 6))
    assert (row["usual"], row["quiet"]) == (0, None)


def test_per_tie_each_employee_has_their_own_due_date() -> None:
    people = [person("c", "customer", owner="e"), OTHER, person("s", "supplier")]
    ties = [
        tie("e", "MANAGES", "c", level=4),
        tie("f2", "KNOWS", "c", level=2),
        tie("s", "SUPPLIES", "firm", level=5),
        tie("s", "KNOWS", "f2"),
    ]
    basis = firm([ago(100), ago(2, "f2", "c")], ties, people)
    rows = {
        (row["employee"], row["id"]): row
        for row in overdue_rows(basis, per_tie=True, everyone=True).rows()
    }
    assert list(rows) == [("e", "c"), ("f2", "c"), ("f2", "s")]
    assert rows["e", "c"]["overdue"] == 70
    assert rows["f2", "c"]["overdue"] == 2 - 180
    assert rows["f2", "s"]["level"] == 0
    assert {row["owner"] for row in rows.values()} == {"e", None}
    mine = overdue_rows(basis, per_tie=True, owner="f2", everyone=True)
    assert mine["id"].tolist() == ["c", "s"]
    assert overdue_rows(basis, owner="e", everyone=True)["id"].tolist() == ["c"]
    assert overdue_rows(basis, owner="f2", everyone=True)["id"].tolist() == []


def test_an_owner_is_an_employee() -> None:
    with pytest.raises(UsageError, match="'c' is not an active employee"):
        overdue_rows(firm([]), owner="c")


def test_what_to_rank_by() -> None:
    people = [person(name, "customer", margin=money) for name, money in (("c", 5), ("d", 9))]
    people.append(person("u", "customer"))
    contacts = [ago(100 + 10 * step) for step in range(6)] + [
        ago(40 + 30 * step, whom="d") for step in range(6)
    ]
    basis = firm([*contacts, ago(600, whom="u")], people=people)
    order = {
        by: overdue_rows(basis, by, everyone=True)["id"].tolist()
        for by in ("overdue", "quiet", "at_stake", "velocity")
    }
    assert order["overdue"] == ["u", "c", "d"]
    assert order["quiet"] == ["c", "d", "u"]
    assert order["at_stake"] == ["d", "c", "u"]
    assert order["velocity"][0] == "c"
    with pytest.raises(UsageError, match="is not one of overdue, quiet"):
        overdue_rows(basis, "name")  # type: ignore[arg-type]


def test_assumptions_change_due_dates_and_levels() -> None:
    row = only(firm([ago(100)], assume={"due_1": 30.5}))
    assert row["overdue"] == 69.5
    row = only(firm([ago(100)], assume={"contacts_1": 2}))
    assert (row["level"], row["due_every"], row["overdue"]) == (0, None, None)
    assert str(row["remark"]) == "too few contacts for a level"


# Days between contacts are of 1/8, so that no sum is rounded.
DAYS = st.integers(0, 8 * 900).map(lambda eighths: eighths / 8)
CONTACTS = st.lists(
    st.tuples(DAYS, st.sampled_from("ef"), st.sampled_from("cds"), st.booleans()), max_size=60
)


@given(CONTACTS)
def test_a_second_implementation_agrees(made: list[tuple[float, str, str, bool]]) -> None:
    people = [person("c", "customer"), person("d", "distributor"), person("s", "supplier")]
    contacts = [
        ago(days, *((who, whom) if forth else (whom, who))) for days, who, whom, forth in made
    ]
    basis = firm(contacts, people=[*people, person("f", "employee")])
    found = {row["id"]: row for row in overdue_rows(basis, everyone=True).rows()}
    for whom, half_life in (("c", 90), ("d", 180), ("s", 180)):
        days = sorted(day for day, _, other, _ in made if other == whom)
        expected = by_hand(days, half_life, told=bool(made))
        for name, value in expected.items():
            close = value if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)
            assert found[whom][name] == close, name
    twice = overdue_rows(basis, per_tie=True, everyone=True)
    assert Counter(twice["id"].tolist()) == Counter(
        whom for _, whom in {(who, whom) for _, who, whom, _ in made}
    )


def by_hand(days: list[float], half_life: float, *, told: bool) -> dict[str, float | None]:
    """Return the figures of one account from the days since its contacts, ascending."""
    level: int | None = None
    if told:
        year = [day for day in days if day < days[0] + 365.25]
        level = max([n + 1 for n, c in enumerate((1, 2, 6, 12, 24)) if len(year) >= c], default=0)
    if not days:
        return {"level": level, "overdue": None, "usual": None, "quiet": None, "trend": None}
    gaps = [later - sooner for sooner, later in pairwise(days)]
    begin = min(days[-1], days[0] + 2 * half_life)
    ends = [day for day in days if day < begin]
    now = sum(day < half_life for day in days)
    before = sum(half_life <= day < 2 * half_life for day in days)

    def strength(moment: float) -> float:
        activity = sum(2 ** -((day - moment) / half_life) for day in days if day >= moment)
        return 1 - math.exp(-activity / 6)

    assert level is not None
    return {
        "level": level,
        "overdue": days[0] - (365, 180, 60, 30, 15)[level - 1],
        "usual": median(gaps) if len(days) >= 5 else None,
        "quiet": math.exp(-len(ends) / (begin - days[0]) * days[0]) if len(ends) >= 4 else None,
        "trend": (now - before) / max(now, before) if now or before else None,
        "velocity": strength(0) - strength(half_life),
    }


@given(CONTACTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    made: list[tuple[float, str, str, bool]], random: Any
) -> None:
    people = [person("c", "customer"), person("d", "distributor"), person("s", "supplier")]
    people.append(person("f", "employee"))
    contacts = [ago(days, who, whom) for days, who, whom, _ in made]
    before = list(overdue_rows(firm(contacts, people=people), everyone=True).rows())
    random.shuffle(people)
    random.shuffle(contacts)
    after = list(overdue_rows(firm(contacts, people=people), everyone=True).rows())
    assert [row["id"] for row in after] == [row["id"] for row in before]
    for one, other in zip(before, after, strict=True):
        for name in ("overdue", "usual", "quiet", "trend", "velocity"):
            near = one[name] if one[name] is None else pytest.approx(one[name], abs=1e-12)
            assert other[name] == near
