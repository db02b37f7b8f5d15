"""Accounts of several people, and groups of companies: nothing counts twice."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph.network import Floats
from relgraph.planning.churn import GROUPS
from relgraph.planning.churn_rates import churn_rows
from relgraph.planning.departure_rows import departure_rows
from relgraph.planning.exit import exit_rows
from relgraph.planning.introductions.rows import introduction_rows
from relgraph.planning.overdue import overdue_rows
from relgraph.planning.parents import parent_rows
from relgraph.planning.value import value_rows
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, basis_of, evidence_of, person, tie
from tests.told import told

FEW = PlanningSettings(draws=20)
PEOPLE = [
    FIRM,
    person("e1", "employee"),
    person("e2", "employee"),
    person("org", "customer", margin=100),
    person("ann", "customer", organisation="org", role="decider", margin=40),
    person("bob", "customer", role="user"),
    person("own", "customer", margin=50),
]
TIES = [
    tie("bob", "WORKS_FOR", "org", 1.0),
    tie("e1", "KNOWS", "ann", 0.6),
    tie("e1", "KNOWS", "bob", 0.5),
    tie("e2", "KNOWS", "ann", 0.5),
    tie("bob", "REFERS", "own", 0.7),
    tie("own", "BUYS_FROM", "firm", 0.5),
]


def by_id(result: Result, column: str) -> dict[str, object]:
    return dict(zip(result["id"].tolist(), result[column].tolist(), strict=True))


def test_on_whom_of_their_people_the_contact_depends() -> None:
    basis = basis_of(PEOPLE, TIES)
    rows = exit_rows(basis, FEW)
    # C = 1 − .4·.5·.5 = .9; without ann 1 − .5 = .5, without bob 1 − .4·.5 = .8.
    assert by_id(rows, "person") == {"org": "ann", "own": None, "e1": None, "e2": None}
    assert by_id(rows, "role")["org"] == "decider"
    assert by_id(rows, "person_share")["org"] == pytest.approx(1 - 0.5 / 0.9)
    left = departure_rows(
        basis,
        FEW,
        np.array([basis.accounts.nodes.ids.tolist().index("org")]),
        np.empty(0, np.int64),
    )
    assert left["person"].tolist()[0] == "ann"
    assert (
        "if they leave, this much of the contact with org goes with them: ann (decider) 44%, "
        "bob (user) 11%"
    ) in told(left.notes)
    of_employee = departure_rows(basis, FEW, np.empty(0, np.int64), np.array([0]))
    assert by_id(of_employee, "person") == {"org": "ann"}


def test_money_and_credit_count_once() -> None:
    rows = value_rows(basis_of(PEOPLE, TIES), FEW)
    assert by_id(rows, "margin") == {"org": 100, "own": 50}
    assert rows["network_value"].sum() == pytest.approx(rows["clv"].sum())
    assert by_id(rows, "received")["org"] == pytest.approx(by_id(rows, "given")["own"])
    assert any(
        note.startswith("the margin or revenue of 1 person who works") for note in told(rows.notes)
    )


def test_who_works_for_two_organisations_counts_for_the_closer_one() -> None:
    people = [*PEOPLE, person("other", "customer", margin=10)]
    ties = [*TIES, tie("bob", "WORKS_FOR", "other", 0.4), tie("ann", "WORKS_FOR", "other", 1.0)]
    basis = basis_of(people, ties)
    one = basis_of(PEOPLE, TIES)
    org, before = (each.accounts.nodes.ids.tolist().index("org") for each in (basis, one))
    assert basis.ties.strength[basis.ties.account == org].tolist() == pytest.approx(
        one.ties.strength[one.ties.account == before].tolist()
    )
    assert "2 people work for several organisations and count for one" in " ".join(
        told(value_rows(basis, FEW).notes)
    )


def test_an_employee_stays_one_wherever_else_they_work() -> None:
    people = [*PEOPLE, person("e3", "employee", organisation="org")]
    ties = [*TIES, tie("e3", "WORKS_FOR", "firm"), tie("e3", "KNOWS", "own", 0.5)]
    accounts = basis_of(people, ties).accounts
    ids = accounts.evidence.nodes.ids
    assert ids[accounts.staff].tolist() == ["e1", "e2", "e3"]
    assert sorted(accounts.nodes.ids.tolist()) == ["org", "own"]


def test_people_leave_with_their_organisation() -> None:
    people = [{**row, "status": "left"} if row["id"] == "org" else row for row in PEOPLE]
    rows = value_rows(basis_of(people, TIES), FEW)
    assert rows["id"].tolist() == ["own"]
    assert rows["received"].tolist() == [0]
    assert "2 people work for an organisation that has left" in " ".join(told(rows.notes))


def test_people_leave_with_any_organisation_above_them() -> None:
    people = [
        *PEOPLE,
        person("office", "customer", organisation="org", status="left", margin=1),
        person("cyd", "customer", organisation="office", margin=2),
    ]
    rows = value_rows(basis_of(people, TIES), FEW)
    assert sorted(rows["id"].tolist()) == ["org", "own"]
    assert "1 person works for an organisation that has left" in " ".join(told(rows.notes))


def test_people_of_a_competitor_have_no_row() -> None:
    people = [
        *PEOPLE,
        person("rival", "competitor"),
        person("rex", "competitor", organisation="rival"),
    ]
    ids = exit_rows(basis_of(people, TIES), FEW)["id"].tolist()
    assert sorted(ids) == ["e1", "e2", "org", "own", "rival"]


def test_ways_to_a_cover_lead_to_all_people_of_an_account_and_not_among_them() -> None:
    people = [
        *PEOPLE,
        person("e3", "employee"),
        person("e4", "employee"),
        person("m", "influencer"),
    ]
    ties = [
        *TIES,
        tie("ann", "PARTNERS_WITH", "org", trust=0.5, commitment=0.5),
        tie("e1", "KNOWS", "e3", 0.6),
        tie("m", "KNOWS", "ann", 0.7),
        tie("m", "KNOWS", "e4", 0.6),
    ]
    basis = basis_of(people, ties)
    # e1 knows org by 1 − .4·.5 = .8; e3: .2 + .8·.6, e4: (.2 + .7·.6)/(1 + 1/.75).
    row = departure_rows(basis, FEW, np.empty(0, np.int64), np.array([1]))
    assert by_id(row, "cover") == {"org": "e3"}


def test_people_are_no_stakeholder_years_of_their_market() -> None:
    contacts = [("e1", "ann", "2020-01-01"), ("e1", "bob", "2024-01-01")]
    basis = basis_of(PEOPLE, TIES, contacts)
    years = 1461 / 365.25  # 2020-01-01 to 2024-01-01
    assert basis.churn.years[GROUPS.index("customer")] == pytest.approx(2 * years)


def test_the_earliest_tie_of_all_people_counts_for_the_organisation() -> None:
    ties = [{**row, "since": np.datetime64("2022-01-01")} for row in TIES]
    ties[1]["since"] = np.datetime64("2021-01-01")
    contacts = [("e1", "ann", "2020-01-01"), ("e1", "bob", "2024-01-01")]
    years = basis_of(PEOPLE, ties, contacts).churn.years[GROUPS.index("customer")]
    assert years == pytest.approx((1095 + 730) / 365.25)  # org from 2021, own from 2022


def test_whom_the_last_contact_was_with() -> None:
    contacts = [
        ("e1", "ann", "2024-01-01"),
        ("bob", "e2", "2024-02-01"),
        ("e1", "own", "2024-02-02"),
    ]
    basis = basis_of(PEOPLE, TIES, contacts)
    rows = overdue_rows(basis, everyone=True)
    assert by_id(rows, "person") == {"org": "bob", "own": None}
    assert by_id(rows, "role") == {"org": "user", "own": None}
    ties = overdue_rows(basis, everyone=True, per_tie=True)
    here = ties["id"] == "org"
    found = zip(ties["employee"][here].tolist(), ties["person"][here].tolist(), strict=True)
    assert dict(found) == {"e1": "ann", "e2": "bob"}


def test_a_way_to_somebody_of_an_organisation_is_a_way_to_it() -> None:
    evidence = evidence_of(PEOPLE, TIES)
    rows = introduction_rows(evidence, "org", 3, hops=3)
    assert rows["way"].tolist() == ["e1 > ann", "e1 > bob", "e2 > ann"]
    assert rows["names"].tolist()[0] == "e1 > ann (decider)"
    # Three ties that share nothing: 1 − .4·.5·.5.
    assert rows["together"].tolist()[-1] == pytest.approx(0.9)
    assert introduction_rows(evidence, "bob", 3, hops=3)["way"].tolist() == ["e1 > bob"]


GROUP = [
    FIRM,
    person("e1", "employee"),
    person("top", "competitor"),
    person(
        "mid",
        "customer",
        parent="top",
        margin=100,
        status="left",
        left_on=np.datetime64("2023-07-01"),
    ),
    person("low", "customer", parent="mid", margin=60),
    person("side", "distributor", parent="top", margin=30),
    person("alone", "customer", margin=50),
    person("lost", "customer", margin=-20, parent="nobody"),
    person("poor", "customer", parent="alone"),
]
REFERRALS = [tie("low", "REFERS", "alone", 0.6), tie("alone", "REFERS", "side", 0.4)]


def test_subsidiaries_roll_up_to_the_topmost_parent() -> None:
    basis = basis_of(GROUP, REFERRALS)
    groups, single = parent_rows(basis, FEW), value_rows(basis, FEW)
    assert by_id(groups, "accounts") == {"top": 2, "alone": 2, "lost": 1}
    assert by_id(groups, "market")["top"] == "competitor"
    assert by_id(groups, "margin") == {"top": 90, "alone": 50, "lost": -20}
    clv = by_id(single, "clv")
    assert by_id(groups, "clv")["top"] == pytest.approx(clv["low"] + clv["side"])  # type: ignore[operator]
    for name in ("margin", "clv", "received", "given", "network_value"):
        assert _sum(groups[name]) == pytest.approx(_sum(single[name]))
    inside = (groups["clv_low"] <= groups["clv"]) & (groups["clv"] <= groups["clv_high"])
    assert inside.all()


def _sum(figure: Floats) -> float:
    return float(np.nansum(figure))


def test_leavers_by_group_of_companies() -> None:
    contacts = [("e1", "low", "2023-01-01"), ("e1", "low", "2024-01-01")]
    rows = churn_rows(
        evidence_of(GROUP, REFERRALS, contacts), FEW, "parent", ("customer", "distributor"), None
    )
    found = zip(*(rows[name].tolist() for name in ("segment", "stakeholders", "lost")), strict=True)
    assert list(found) == [("top", 3, 1), ("alone", 2, 0), (None, 1, 0), ("total", 6, 1)]


@pytest.mark.parametrize("above", [{"a": "b", "b": "a"}, {"a": "a"}])
def test_a_circle_of_parents_is_no_group(above: dict[str, str]) -> None:
    people = [person(node, "customer", margin=10, parent=above.get(node)) for node in "ab"]
    assert sorted(parent_rows(basis_of(people), FEW)["id"].tolist()) == ["a", "b"]
