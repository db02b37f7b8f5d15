"""`rank_partnerships`: strengths, trends and risks that pencil and paper give."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import Any

import pytest

from relgraph import RankingSettings, rank_partnerships
from relgraph.errors import UnknownStakeholder
from relgraph.planning.tie_risks import RiskLimits
from relgraph.result import Result
from relgraph.store import Store
from tests.api.refusing import refused


def by_pair(result: Result) -> dict[str, dict[str, Any]]:
    return {row["source"] + row["target"]: row for row in result.rows()}


def test_a_pair_has_the_geometric_mean_of_its_directions(acme: Store) -> None:
    rows = by_pair(rank_partnerships(acme))
    strengths = {pair: row["strength"] for pair, row in rows.items()}
    assert strengths == {
        "ef": 1,
        "gf": 1,
        "hf": 1,
        "ea": 0.9,
        "sf": 0.5,
        "ab": pytest.approx(math.sqrt(0.8 * 0.2)),
        "hb": pytest.approx(1 - math.exp(-1 / 6)),
    }
    assert list(strengths) == ["ef", "gf", "hf", "ea", "sf", "ab", "hb"]
    assert [row["rank"] for row in rows.values()] == [1, 1, 1, 4, 5, 6, 7]
    assert rows["ab"]["imbalance"] == pytest.approx((0.8 - 0.2) / (0.8 + 0.2))
    assert (rows["ab"]["basis"], rows["hb"]["basis"]) == ("given", "contact")


def test_each_direction_can_have_its_row(acme: Store) -> None:
    rows = by_pair(rank_partnerships(acme, "a", directed=True))
    assert {pair: row["strength"] for pair, row in rows.items()} == {
        "ea": 0.9,
        "ab": 0.8,
        "ba": 0.2,
    }


def test_contacts_count_alike_or_by_value(acme: Store) -> None:
    def contact_strength(**choices: Any) -> float:
        return float(by_pair(rank_partnerships(acme, ["h", "b"], **choices))["hb"]["strength"])

    assert contact_strength(saturation=1) == pytest.approx(1 - math.exp(-1))
    assert contact_strength(count_value=True) == pytest.approx(1 - math.exp(-5 / 6))


@pytest.mark.parametrize(
    ("named", "pairs"),
    [
        ((), 7),
        ("a", 2),
        ("Ann", 2),
        (["a"], 2),
        (["a", "Bob"], 1),
        (["g", "s"], 0),
        ((name for name in "ab"), 1),
    ],
)
def test_one_is_for_its_own_and_two_for_what_is_between(
    acme: Store, named: Any, pairs: int
) -> None:
    assert len(rank_partnerships(acme, named)) == pairs


@pytest.mark.parametrize(
    "moment",
    [
        " 2026-01-31T00:00:00 ",
        "2026-01-31T08:00:00+08:00",
        datetime(2026, 1, 31),
        datetime(2026, 1, 31, tzinfo=UTC),
    ],
)
def test_later_contacts_do_not_count(acme: Store, moment: Any) -> None:
    latest = by_pair(rank_partnerships(acme))["ea"]
    # One contact in the 90 days up to the first of June, two in those before.
    assert latest["trend"] == (1 - 2) / 2
    result = rank_partnerships(acme, as_of=moment)
    assert by_pair(result)["ea"]["trend"] == 1
    assert "hb" not in by_pair(result)
    assert "2 contacts after 2026-01-31T00:00:00Z are left out" in map(str, result.notes)


@pytest.mark.parametrize("day", ["2026-01-31", " 20260131 ", date(2026, 1, 31)])
def test_contacts_of_the_day_itself_count(acme: Store, day: Any) -> None:
    result = rank_partnerships(acme, as_of=day)
    assert "2 contacts after 2026-01-31T23:59:59Z are left out" in map(str, result.notes)


def test_limits_say_what_is_at_risk(acme: Store) -> None:
    def at_risk(limits: RiskLimits | None = None) -> set[str]:
        rows = by_pair(rank_partnerships(acme, limits=limits))
        return {pair for pair, row in rows.items() if row["at_risk"]}

    # Ann is content to 0.4 (and Eve calls less often, but hardly ever did); nobody looks after
    # Bob and Sol. The tie between Ann and Bob isn't the firm's own.
    assert at_risk() == {"ea", "hb", "sf"}
    assert at_risk(RiskLimits(satisfaction=0.3)) == {"hb", "sf"}


def test_confidence_adds_the_interval_of_each_rank(acme: Store) -> None:
    result = rank_partnerships(acme, confidence=True)
    ranked = result["strength"] == result["strength"]
    rank = result["rank"][ranked].astype(float)
    low, high = result["rank_low"][ranked], result["rank_high"][ranked]
    assert ((low <= rank) & (rank <= high)).all()
    assert (low < high).any()  # a given strength is a judgement


def test_wrong_stakeholders(acme: Store) -> None:
    with refused("stakeholders", "at most two stakeholders can be named, not 3"):
        rank_partnerships(acme, ["a", "b", "e"])
    with refused("stakeholders", "5 is not a list"):
        rank_partnerships(acme, 5)
    with refused("stakeholders", "'Anne' is neither an id nor a name", UnknownStakeholder):
        rank_partnerships(acme, "Anne")


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("saturation", 0, "0 is not above 0"),
        ("saturation", math.nan, "that is not a number"),
        ("saturation", "six", "'six' is not a number"),
        ("limits", {"trend": 0}, "{'trend': 0} is not a RiskLimits"),
        ("strength", "strong", "'strong' is not one of given, index"),
        ("as_of", "1 June", "'1 June' is not a date or a time"),
        ("as_of", 20260131, "20260131 is not a datetime or a date or text"),
        ("as_of", "0001-01-01T00:00+08:00", "'0001-01-01T00:00+08:00' is not a date"),
        ("confidence", "yes", "'yes' is not True or False"),
        ("projection", "REFERS", "'REFERS' is not a Projection"),
        ("progress", print, ""),
    ],
)
def test_wrong_arguments(acme: Store, name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        rank_partnerships(acme, **{name: wrong})


@pytest.mark.parametrize(
    ("name", "wrong"), [("trend", -1.5), ("trend", math.nan), ("satisfaction", 2), ("trend", "low")]
)
def test_limits_are_in_range(name: str, wrong: Any) -> None:
    with refused(name):
        RiskLimits(**{name: wrong})


def test_settings_go_with_single_changes(acme: Store) -> None:
    settings = RankingSettings(as_of="2026-01-31")
    assert by_pair(rank_partnerships(acme, (), settings))["ea"]["trend"] == 1
    changed = rank_partnerships(acme, (), settings, as_of=None)
    assert by_pair(changed)["ea"]["trend"] == -0.5
