"""`rank_reach`, `trace_reach` and `rule250` against what is known by hand."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import pytest

from relgraph import Projection, rank_reach, rule250, trace_reach
from relgraph.analysis.word_of_mouth.sentiment import Sentiment
from relgraph.errors import UnknownStakeholder
from relgraph.store import Store
from tests.api.refusing import refused


def test_reach_of_the_worked_example(worked: Store) -> None:
    rows = {row["id"]: row for row in rank_reach(worked).rows()}
    assert list(rows) == ["S1", "S2", "E1", "K1", "D1", "E2", "C1", "C2", "C3", "I1"]
    reached = [row["reached"] for row in rows.values()]
    assert reached == [7, 7, 6, 5, 4, 3, 2, 2, 1, 1]
    assert [row["expected"] for row in rows.values()] == [each + 1 for each in reached]
    assert [row["rank"] for row in rows.values()] == [1, 1, 3, 4, 5, 6, 7, 7, 9, 9]
    # I1 tells C3 for certain; I1 knows 249 more people, C3 247, who hear half as often.
    assert rows["I1"]["people"] == pytest.approx(1 + 5 / 26 * (249 + 247 / 2))


def test_strength_and_rate_make_chances(acme: Store) -> None:
    def expected(**choices: Any) -> dict[str, float]:
        rows = rank_reach(acme, by="expected", **choices)
        return dict(zip(rows["id"].tolist(), rows["expected"].tolist(), strict=True))

    assert list(expected()) == ["a", "s", "b", "e", "g", "h"]  # the firm is not ranked
    assert list(expected().values()) == pytest.approx([1.8, 1.5, 1.2, 1, 1, 1])
    assert expected(tell_rate=0.5)["a"] == pytest.approx(1.4)
    assert expected(projection=Projection(types="REFERS"))["a"] == 1


def test_reach_within_hops_of_the_worked_example(worked: Store) -> None:
    rows = rank_reach(worked, hops=2)
    assert list(rows.columns) == [
        *("rank", "id", "name", "market", "hop", "reached", "reached_std_error")
    ]
    reached = dict(zip(rows["id"].tolist(), rows["reached"].tolist(), strict=True))
    assert reached == {
        "E1": 4,
        "D1": 3,
        "K1": 3,
        "S1": 3,
        "S2": 3,
        "C1": 2,
        "C2": 2,
        "E2": 2,
        "C3": 1,
        "I1": 1,
    }
    assert list(reached) == ["E1", "D1", "K1", "S1", "S2", "C1", "C2", "E2", "C3", "I1"]
    assert set(rows["hop"].tolist()) == {2}
    with refused("hops"):
        rank_reach(worked, hops=0)
    with refused("hops"):
        rank_reach(worked, hops=2, by="people")


def test_hops_of_the_worked_example(worked: Store) -> None:
    rows = list(trace_reach(worked, "S1").rows())
    assert [row["hop"] for row in rows] == [1, 2, 3, 4, 5]
    assert [row["reached"] for row in rows] == [1, 3, 5, 6, 7]
    several = trace_reach(worked, ["Employee One", "K1", "E1"])
    assert several["id"].tolist() == ["E1"] * 4 + ["K1"] * 4
    assert several["reached"].tolist() == [2, 4, 5, 6, 1, 3, 4, 5]


def test_people_behind_a_stakeholder(acme: Store) -> None:
    def people(**choices: Any) -> list[float]:
        (row,) = trace_reach(acme, "a", preset="literal", **choices).rows()
        return [row[name] for name in ("people_at_least", "people", "people_at_most")]

    # Bob hears with 0.8; beside one another Ann and Bob know 249 people, told of half as often.
    assert people() == pytest.approx([249, 0.8 + 249 + 99.6, 0.8 + 249 + 99.6])
    assert people(hop_decay=0) == pytest.approx([249, 249.8, 249.8])
    mixed = 1000 * (1 - (1 - 0.249) * (1 - 0.0996))
    assert people(population=1000) == pytest.approx([249, mixed, 349.4])


def test_good_and_bad_word_are_told_apart(acme: Store) -> None:
    sentiment = Sentiment(share_unhappy=0.25, hearers_negative=2, impact_negative=3)
    (row,) = trace_reach(acme, "a", sentiment=sentiment).rows()
    assert row["people_positive"] == pytest.approx(0.75 * row["people"])
    assert row["people_negative"] == pytest.approx(0.5 * row["people"])
    assert row["net"] == pytest.approx((0.75 - 1.5) * row["people"])
    assert "net" in rank_reach(acme, sentiment=sentiment).columns


@pytest.mark.parametrize("reach", [rank_reach, partial(trace_reach, stakeholders="a")])
@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("tell_rate", 1.1, "1.1 is not from 0 to 1"),
        ("tell_rate", math.nan, "that is not a number"),
        ("tell_rate", None, "None is not a number"),
        ("cascades", 639, "639 is not from 640 to 1,000,000"),
        ("cascades", 1e6, "1000000.0 is not a whole number"),
        ("preset", "dunbar", "'dunbar' is not one of literal, girard, survey"),
        ("hop_decay", -0.1, "-0.1 is not from 0 to 1"),
        ("population", 0, "0 is not above 0"),
        ("population", math.inf, "inf is not a finite number"),
        ("sentiment", "east", "'east' is not a Sentiment"),
    ],
)
def test_wrong_arguments_of_both(acme: Store, reach: Any, name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        reach(acme, **{name: wrong})


def test_wrong_arguments_of_one(acme: Store) -> None:
    with refused("by", "'peple' is not one of reached, expected, people (did you mean 'people'?)"):
        rank_reach(acme, by="peple")
    with refused("stakeholders", "nobody is named; name one stakeholder at least"):
        trace_reach(acme, [])
    with refused("stakeholders", "None is not a list"):
        trace_reach(acme, None)


@pytest.mark.parametrize(("named", "said"), [("Q", "'Q' is neither an id"), ("x", "left out of")])
def test_who_is_not_there_is_named(acme: Store, named: str, said: str) -> None:
    with refused("stakeholders", said, UnknownStakeholder):
        trace_reach(acme, ["a", named])
    assert len(trace_reach(acme, "x", projection=Projection(include_left=True))) == 0


@pytest.mark.parametrize(
    "name", ["share_unhappy", "hearers_positive", "hearers_negative", "impact_negative"]
)
@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "much"])
def test_figures_of_sentiment_are_in_range(name: str, wrong: Any) -> None:
    with refused(name):
        Sentiment(**{name: wrong})


def test_the_rule_of_250() -> None:
    year = dict(zip(rule250()["preset"], rule250()["year"], strict=True))
    assert year == {"literal": 26_000, "girard": pytest.approx(5_000), "survey": 1_040}
    literal = next(rule250(unhappy=2, weeks=1, circle=100, population=1000).rows())
    assert (literal["week"], literal["year"]) == (200, 200)
    assert literal["unique"] == pytest.approx(1000 * (1 - 0.9**2))
    assert (literal["unique_at_least"], literal["unique_at_most"]) == (100, 200)


@pytest.mark.parametrize("name", ["unhappy", "circle", "weeks", "population"])
@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "two", [2], True])
def test_figures_of_the_rule_are_in_range(name: str, wrong: Any) -> None:
    with refused(name):
        rule250(**{name: wrong})
