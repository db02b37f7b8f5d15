"""Ties at risk: the firm's own, for reasons that can be checked by hand, with money at stake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from relgraph.analysis.partnerships.partnerships import partnership_rows
from relgraph.planning.basis import find_basis
from relgraph.planning.tie_risks import RiskLimits, judge_ties, ranked_ties, ties_at_risk
from relgraph.result import Result
from relgraph.settings import PlanningSettings, RankingSettings
from tests.planning.firms import FIRM, Row, evidence_of, person, tie
from tests.told import told

TODAY = date(2026, 6, 30)
EVE, GUS = person("e", "employee"), person("g", "employee")
# Each customer of 100 a year is worth 100/(1.1 − e^−0.2): nobody is known to have left.
AT_STAKE = 100 / (1.1 - 0.8187307530779818)


def judged(
    people: Sequence[Row],
    ties: Sequence[Row] = (),
    contacts: Iterable[tuple[str, str, str]] = (),
    limits: RiskLimits | None = None,
) -> Result:
    evidence = evidence_of([FIRM, *people], ties, contacts, f"{TODAY}T23:59:59")
    rows = partnership_rows(evidence, RankingSettings())
    return judge_ties(rows, find_basis(evidence, PlanningSettings()), limits)


def by_pair(result: Result) -> dict[str, dict[str, Any]]:
    return {f"{row['source']}-{row['target']}": row for row in result.rows()}


def reasons(result: Result) -> dict[str, str]:
    rows = by_pair(result)
    for row in rows.values():
        assert row["at_risk"] is (row["reasons"] is not None)
    return {pair: str(row["reasons"]) for pair, row in rows.items() if row["at_risk"]}


def calls(who: str, whom: str, *days: int) -> list[tuple[str, str, str]]:
    return [(who, whom, f"{TODAY - timedelta(days=day)}T12:00:00") for day in days]


def test_each_reason_and_all_together() -> None:
    people = [
        EVE,
        *(person(i, "customer", margin=100.0, owner=None if i in "nz" else "e") for i in "cuknz"),
    ]
    unhappy = {"u": 0.49, "k": 0.5, "z": 0.1}
    people = [{**row, "satisfaction": unhappy.get(row["id"], 0.9)} for row in people]
    ties = [tie("e", "KNOWS", i, 0.5) for i in "cukn"]
    contacts = [
        *calls("e", "c", 10, 20, 100, 110, 120, 130),  # two, after four: −0.5
        *calls("e", "k", 10, 20, 30, 100, 110, 120, 130),  # three, after four: −0.25
        *calls("z", "e", 100, 110, 120, 130),
    ]
    result = judged(people, ties, contacts)
    assert reasons(result) == {
        "e-c": "cooling",
        "e-u": "unhappy",
        "e-n": "nobody looks after it",
        "z-e": "cooling, unhappy, nobody looks after it",
    }
    assert [by_pair(result)[pair]["contacts_before"] for pair in ("e-c", "e-u")] == [4, 0]
    assert result["at_stake"].tolist() == pytest.approx([AT_STAKE] * 5)
    limits = RiskLimits(trend=-0.6, satisfaction=0.6)
    assert reasons(judged(people, ties, contacts, limits)) == {
        "e-u": "unhappy",
        "e-k": "unhappy",
        "e-n": "nobody looks after it",
        "z-e": "cooling, unhappy, nobody looks after it",
    }


def test_few_contacts_before_tell_nothing() -> None:
    people = [EVE, person("c", "customer", owner="e")]
    result = judged(people, (), calls("e", "c", 100, 110, 120))
    row = by_pair(result)["e-c"]
    assert (row["trend"], row["contacts_before"], row["at_risk"]) == (-1, 3, False)
    assert reasons(judged(people, (), calls("e", "c", 100, 110, 120, 130))) == {"e-c": "cooling"}


@pytest.mark.parametrize(
    ("owner", "gus", "managed", "looked_after"),
    [
        ("e", "active", "", True),
        ("g", "active", "", True),
        ("g", "left", "", False),
        ("g", "left", "e", True),
        (None, "active", "", False),
        (None, "active", "e", True),
        (None, "left", "g", False),
    ],
)
def test_who_is_looked_after(owner: str | None, gus: str, managed: str, looked_after: bool) -> None:
    people = [EVE, {**GUS, "status": gus}, person("c", "customer", owner=owner)]
    ties = [tie("c", "BUYS_FROM", "firm", 0.5), *(tie(who, "MANAGES", "c") for who in managed)]
    row = by_pair(judged(people, ties))["c-firm"]
    assert row["at_risk"] is not looked_after
    active = {"e", "g"} if gus == "active" else {"e"}
    wanted = owner if owner in active else managed or None
    assert row["owner"] == (wanted if looked_after else None)


@pytest.mark.parametrize(
    ("source", "type_", "target", "own"),
    [
        ("e", "MANAGES", "c", True),
        ("c", "BUYS_FROM", "firm", True),
        ("s", "SUPPLIES", "firm", True),
        ("i", "KNOWS", "e", True),
        ("d", "BUYS_FROM", "firm", True),
        ("c", "BUYS_FROM", "d", False),
        ("s", "SUPPLIES", "c", False),
        ("e", "WORKS_FOR", "firm", False),
        ("e", "REPORTS_TO", "g", False),
        ("k", "KNOWS", "e", False),
    ],
)
def test_only_the_ties_of_the_firm_with_accounts_are_its_own(
    source: str, type_: str, target: str, own: bool
) -> None:
    markets = {"e": "employee", "g": "employee", "c": "customer", "s": "supplier"}
    markets |= {"d": "distributor", "i": "influencer", "k": "competitor"}
    people = [person(i, market, satisfaction=0.1, margin=100.0) for i, market in markets.items()]
    (row,) = judged(people, [tie(source, type_, target, 0.5)]).rows()
    assert (row["own"], row["at_risk"], row["at_stake"] is not None) == (
        own,
        own,
        own and "s" not in (source, target),  # nobody knows what is spent on suppliers
    )


def test_money_and_owner_are_those_of_the_account() -> None:
    people = [
        EVE,
        person("c", "customer", margin=100.0, owner="e"),
        person("b", "customer", margin=50.0),
        person("s", "supplier", margin=7.0),
        person("k", "competitor", margin=9.0),
    ]
    ties = [
        tie("e", "MANAGES", "b", 0.5),
        tie("s", "SUPPLIES", "c", 0.5),
        tie("b", "KNOWS", "c", 0.5),
        tie("k", "KNOWS", "s", 0.5),
        tie("e", "WORKS_FOR", "firm", 0.5),
    ]
    found = {
        pair: (row["account"], row["margin"], row["owner"])
        for pair, row in by_pair(judged(people, ties)).items()
    }
    assert found == {
        "e-b": ("b", 50, "e"),
        "s-c": ("c", 100, "e"),  # a customer first
        "c-b": ("c", 100, "e"),
        "s-k": ("s", 7, None),
        "e-firm": (None, None, None),
    }


def test_a_person_stands_for_their_organisation() -> None:
    people = [
        EVE,
        person("c", "customer", margin=100.0, owner="e", satisfaction=0.9),
        person("p", "customer", organisation="c", satisfaction=0.2, margin=1.0),
        person("q", "customer", organisation="c"),
    ]
    ties = [tie("e", "KNOWS", "p", 0.5), tie("e", "KNOWS", "q", 0.5), tie("p", "KNOWS", "q", 0.5)]
    rows = by_pair(judged(people, ties))
    assert {row["account"] for row in rows.values()} == {"c"}
    assert {row["margin"] for row in rows.values()} == {100}
    assert {pair: row["own"] for pair, row in rows.items()} == {
        "e-p": True,
        "e-q": True,
        "p-q": False,
    }
    assert reasons(judged(people, ties)) == {"e-p": "unhappy"}


def test_the_most_money_comes_first_and_the_unknown_last() -> None:
    margins = {"a": 10.0, "b": None, "c": 30.0, "d": -5.0, "x": 30.0}
    people = [EVE, *(person(i, "customer", margin=margin) for i, margin in margins.items())]
    result = judged(people, [tie("e", "KNOWS", i, 0.5) for i in margins])
    risky = ties_at_risk(ranked_ties(result, "at_stake"))
    assert risky["target"].tolist() == ["c", "x", "a", "d", "b"]
    assert risky["rank"].tolist() == [1, 1, 3, 4, None]
    assert risky["at_stake"].tolist()[:4] == pytest.approx(
        [AT_STAKE * each for each in (0.3, 0.3, 0.1, -0.05)]
    )
    assert told(risky.notes)[-1] == (
        "what is at stake is unknown for 1 of 5 ties at risk: margin and revenue are missing"
    )
    assert ranked_ties(result, "margin")["target"].tolist() == ["c", "x", "a", "d", "b"]


def test_no_ties_and_nobody() -> None:
    assert len(judged([])) == 0
    assert len(ties_at_risk(ranked_ties(judged([EVE]), "at_stake"))) == 0
