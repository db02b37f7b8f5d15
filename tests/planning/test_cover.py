"""Who could take over an account, against answers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.planning.firms import FIRM, Row, basis_of, person, tie
from tests.planning.test_departures import leave, steady


def covers(people: list[Row], ties: list[Row], *leavers: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in leave(basis_of(people, ties), leavers).rows()}


STAFF = [person(name, "employee") for name in ("e", "f", "g")]
HELD = [tie("e", "MANAGES", "a", 0.6)]


def test_the_first_by_id_where_nobody_is_nearer() -> None:
    assert covers([*STAFF, steady("a", 100)], HELD, "e")["a"]["cover"] == "f"


def test_a_warm_way_counts_more() -> None:
    people = [*STAFF, steady("a", 100), person("m", "influencer")]
    ties = [*HELD, tie("a", "KNOWS", "m", 0.5), tie("g", "KNOWS", "m", 0.5)]
    # f: .2 / 1; g: (.2 + .25) / (1 + 1/(2/3)), as g has m of 2 accounts among 3 employees: .18.
    assert covers(people, ties, "e")["a"]["cover"] == "f"
    warmer = [*HELD, tie("a", "KNOWS", "m", 0.9), tie("g", "KNOWS", "m", 0.9)]
    # g: (.2 + .81) / 2.5 = .404
    assert covers(people, warmer, "e")["a"]["cover"] == "g"


@pytest.mark.parametrize("market", ["firm", "competitor"])
def test_no_way_leads_through_the_firm_or_a_rival(market: str) -> None:
    people = [*STAFF, steady("a", 100), person("m", market)]
    ties = [*HELD, tie("a", "KNOWS", "m", 1.0), tie("g", "KNOWS", "m", 1.0)]
    assert covers(people, ties, "e")["a"]["cover"] == "f"


def test_no_way_leads_through_the_hostile() -> None:
    people = [FIRM, *STAFF, steady("a", 100), person("m", "influencer")]
    ties = [
        *HELD,
        tie("a", "KNOWS", "m", 1.0),
        tie("g", "KNOWS", "m", 1.0),
        tie("m", "KNOWS", "firm", 0.5, sign=-1),
    ]
    assert covers(people, ties, "e")["a"]["cover"] == "f"


def test_who_has_many_accounts_takes_over_last() -> None:
    people = [*STAFF, steady("a", 100), steady("b", 100)]
    ties = [*HELD, tie("f", "MANAGES", "b", 0.5)]
    assert covers(people, ties, "e")["a"]["cover"] == "g"


def test_the_others_come_the_strongest_first() -> None:
    people = [*STAFF, person("h", "employee"), steady("a", 100)]
    ties = [*HELD, tie("g", "MANAGES", "a", 0.5), tie("f", "MANAGES", "a", 0.2)]
    row = covers(people, ties, "e")["a"]
    assert row["backup"] == "g, f"
    assert row["cover"] == "h"
    depends = 1 - (1 - 0.5 * 0.8) / (1 - 0.4 * 0.5 * 0.8)
    covered = 1 - (1 - 0.5 * 0.8 * 0.6) / (1 - 0.4 * 0.5 * 0.8 * 0.6)
    assert row["cover_saves"] == pytest.approx(15.4 * (depends - covered))


def test_who_leaves_too_takes_nothing_over() -> None:
    row = covers([*STAFF, steady("a", 100)], HELD, "e", "f")["a"]
    assert row["cover"] == "g"
    nobody = covers([*STAFF, steady("a", 100)], HELD, "e", "f", "g")["a"]
    assert nobody["cover"] is nobody["backup"] is nobody["cover_saves"] is None
