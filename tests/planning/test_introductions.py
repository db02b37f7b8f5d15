"""Who can introduce us: the worked example, and who is never passed through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from relgraph.errors import UsageError
from relgraph.planning.introductions.links import TYPES
from relgraph.planning.introductions.rows import introduction_rows
from relgraph.result import Result
from tests.planning.firms import FIRM, Row, evidence_of, person, tie

PEOPLE = [
    FIRM,
    person("e", "employee", name="Eve"),
    *(person(name, "customer") for name in "mnot"),
]
TIES = [
    tie("e", "KNOWS", "m", 0.9),
    tie("m", "KNOWS", "t", 0.8),
    tie("n", "KNOWS", "m", 0.95),
    tie("t", "KNOWS", "n", 0.8),
    tie("e", "KNOWS", "o", 0.6),
    tie("o", "KNOWS", "t", 0.9),
]


def ask(
    people: Sequence[Row] = PEOPLE,
    ties: Sequence[Row] = TIES,
    target: str = "t",
    k: int = 3,
    contacts: Sequence[tuple[str, str, str]] = (),
    **choices: Any,
) -> Result:
    choices.setdefault("hops", 3)
    return introduction_rows(evidence_of(people, ties, contacts), target, k, **choices)


def said(result: Result) -> str:
    return "\n".join(map(str, result.notes))


def test_the_worked_example() -> None:
    two = ask(k=2)
    assert two["way"].tolist() == ["e > m > t", "e > o > t"]
    assert two["chance"].tolist() == pytest.approx([0.72, 0.54])
    assert two["together"].tolist() == pytest.approx([0.72, 0.8712])
    assert two["names"].tolist() == ["Eve > m > t", "Eve > o > t"]
    assert two["weakest"].tolist() == ["m > t", "e > o"]
    assert two["weakest_strength"].tolist() == [0.8, 0.6]
    three = ask()
    assert three["way"].tolist()[2] == "e > m > n > t"
    assert three["chance"][2] == pytest.approx(0.684)
    assert three["together"][2] == pytest.approx(0.934128)
    assert three["rank"].tolist() == [1, 2, 3]
    assert "forecasts nothing" in said(three)


def test_a_shorter_limit_leaves_out_the_longer_way() -> None:
    assert ask(hops=2)["way"].tolist() == ["e > m > t", "e > o > t"]
    one = ask(hops=1)
    assert len(one) == 0
    assert "no way of at most 1 tie leads to 't'; the shortest has 2" in said(one)


@pytest.mark.parametrize(
    "between",
    [
        person("b", "firm"),
        person("b", "competitor"),
        person("b", "employee"),
        person("b", "customer", status="left"),
        person("b", "customer"),
    ],
)
def test_nobody_of_these_is_passed_through(between: Row) -> None:
    people = [person("e", "employee"), between, person("t", "customer")]
    ties = [tie("e", "KNOWS", "b", 0.9), tie("b", "KNOWS", "t", 0.9)]
    ways = ask(people, ties)["way"].tolist()
    if between["market"] == "employee":
        assert ways == ["b > t"]
    elif between == person("b", "customer"):
        assert ways == ["e > b > t"]
        hostile = [*ties, tie("b", "INFLUENCES", "e", 0.5, sign=-1)]
        assert len(ask(people, hostile)) == 0
        assert len(ask(people, ties, exclude=["b"])) == 0
    else:
        assert ways == []


def test_a_hostile_tie_leads_nowhere() -> None:
    people = [person("e", "employee"), person("t", "customer")]
    ties = [tie("e", "KNOWS", "t", 0.9, sign=-1)]
    assert len(ask(people, ties)) == 0
    assert ask(people, [*ties, tie("e", "MANAGES", "t", 0.3)])["chance"].tolist() == [0.3]


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_runs_both_ways(type_: str) -> None:
    people = [person("e", "employee"), person("m", "supplier"), person("t", "customer")]
    ties = [tie("m", type_, "e", 0.5), tie("t", type_, "m", 0.5)]
    assert ask(people, ties)["chance"].tolist() == [0.25]


def test_other_types_and_contacts_alone_are_no_way() -> None:
    people = [person("e", "employee"), person("m", "supplier"), person("t", "customer")]
    other = [tie("e", "WORKS_FOR", "t", 0.5), tie("e", "LENDS_TO", "t", 0.5)]
    assert len(ask(people, other)) == 0
    assert len(ask(people, [], contacts=[("e", "t", "2024-01-01")])) == 0


def test_the_largest_of_parallel_ties_counts_up_to_the_cap() -> None:
    people = [person("e", "employee"), person("t", "customer")]
    ties = [tie("e", "KNOWS", "t", 0.4), tie("t", "BUYS_FROM", "e", 0.7), tie("e", "MANAGES", "t")]
    assert ask(people, ties)["chance"].tolist() == [0.7]
    assert ask(people, [tie("e", "KNOWS", "t", 1.0)])["chance"].tolist() == [0.99]


def test_a_strength_is_known_by_components_or_contacts_too() -> None:
    people = [person("e", "employee"), person("t", "customer"), person("u", "customer")]
    whole = dict.fromkeys(
        ("two_way", "cooperation", "win_win", "intimacy", "control", "trust", "commitment"), 0.64
    )
    ties = [tie("e", "MANAGES", "t", **whole), tie("e", "KNOWS", "u")]
    contacts = [("e", "u", "2024-01-01")]
    assert ask(people, ties)["chance"].tolist() == pytest.approx([0.64])
    met = ask(people, ties, "u", contacts=contacts)
    assert met["chance"].tolist() == pytest.approx([1 - 2.718281828459045 ** (-1 / 6)])
    unknown = ask(people, ties, "u")
    assert len(unknown) == 0
    assert "1 of 2 ties along which one could be introduced has no known strength" in said(unknown)


def test_without_any_strength_there_are_no_ways() -> None:
    people = [person("e", "employee"), person("t", "customer")]
    nothing = ask(people, [tie("e", "KNOWS", "t")])
    assert len(nothing) == 0
    assert "of 1 tie along which one could be introduced none has a known strength" in said(nothing)
    assert list(nothing.columns) == list(ask().columns)


def test_who_knows_the_target_already_comes_first() -> None:
    people = [*PEOPLE, person("f", "employee")]
    ties = [*TIES, tie("f", "KNOWS", "t", 0.1), tie("e", "KNOWS", "t", 0.2)]
    ways = ask(people, ties)
    assert ways["way"].tolist() == ["e > t", "f > t", "e > m > t"]
    assert ways["together"][2] == pytest.approx(1 - 0.8 * 0.9 * 0.28)
    assert "already known to e, f" in said(ways)


def test_who_may_begin() -> None:
    people = [*PEOPLE, person("f", "employee"), person("gone", "employee", status="left")]
    ties = [*TIES, tie("f", "KNOWS", "o", 0.9), tie("gone", "KNOWS", "t", 0.9)]
    assert ask(people, ties, start=["f"], k=1)["way"].tolist() == ["f > o > t"]
    assert ask(people, ties, start=["n"], k=1)["way"].tolist() == ["n > t"]
    assert ask(people, ties, start=["n", "f"], k=2)["way"].tolist() == ["n > t", "f > o > t"]
    assert ask(people, ties, exclude=["e"], k=1)["way"].tolist() == ["f > o > t"]
    for wrong in ("gone", "firm", "t"):
        with pytest.raises(UsageError, match=f"'{wrong}' can't begin a way"):
            ask(people, ties, start=[wrong])
    with pytest.raises(UsageError, match="'f' can't begin a way"):
        ask(people, ties, start=["f"], exclude=["f"])


def test_the_target_is_somebody_else_than_us() -> None:
    for inside in ("e", "firm"):
        with pytest.raises(UsageError, match=f"'{inside}' is of the firm"):
            ask(target=inside)
    with pytest.raises(UsageError, match="can't be left out"):
        ask(exclude=["t"])


@pytest.mark.parametrize("change", [{"market": "competitor"}, {"status": "left"}])
def test_a_competitor_or_a_leaver_can_be_the_target(change: dict[str, str]) -> None:
    people = [*PEOPLE[:-1], {**PEOPLE[-1], **change}]
    assert ask(people, k=1)["way"].tolist() == ["e > m > t"]


def test_an_unreachable_target_names_the_parts_of_the_network() -> None:
    people = [*PEOPLE, person("u", "customer"), person("v", "customer")]
    apart = ask(people, [*TIES, tie("u", "KNOWS", "v", 0.5)], "u")
    assert len(apart) == 0
    assert (
        "no way leads to 'u': its part of the network has 2 stakeholders (u, v), that of who could "
        "begin 5 (e, m, n, o, t)" in said(apart)
    )
    nobody = ask([row for row in PEOPLE if row["market"] != "employee"], TIES[1:4])
    assert "has 3 stakeholders (m, n, t), that of who could begin 0 ()" in said(nobody)
