"""`Projection` and `RankingSettings`: wrong values are refused where they are given."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from relgraph import PlanningSettings, Projection, RankingSettings
from relgraph.settings import settle
from tests.api.refusing import refused


def test_one_text_is_one_name() -> None:
    assert Projection(types="REFERS").types == ("REFERS",)
    assert Projection(within="customer").within == ("customer",)
    assert Projection(types=["REFERS", "KNOWS"], within=["supplier"]) == Projection(
        types=("REFERS", "KNOWS"), within=("supplier",)
    )


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("types", 3, "3 is not a list"),
        ("types", [None], "None is not text"),
        ("within", "custard", "'custard' is not one of customer, supplier, distributor"),
        ("within", None, "None is not a list"),
        ("undirected", "yes", "'yes' is not True or False"),
        ("weighted", 1, "1 is not True or False"),
        ("include_left", None, "None is not True or False"),
        ("without_firm", "", "'' is not True or False"),
    ],
)
def test_wrong_projections(name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        Projection(**{name: wrong})


@pytest.mark.parametrize(
    "moment",
    [
        "2026-01-01T00:00",
        "2026-01-01T08:00+08:00",
        datetime(2026, 1, 1),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2025, 12, 31, 19, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_a_moment_is_kept_in_utc(moment: Any) -> None:
    assert RankingSettings(as_of=moment).as_of == datetime(2026, 1, 1)


@pytest.mark.parametrize("day", ["2026-01-01", " 2026-01-01 ", "20260101", date(2026, 1, 1)])
def test_a_date_is_the_end_of_its_day(day: Any) -> None:
    assert RankingSettings(as_of=day).as_of == datetime(2026, 1, 1, 23, 59, 59, 999999)


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("projection", {"undirected": True}, "{'undirected': True} is not a Projection"),
        ("strength", "Index", "'Index' is not one of given, index (did you mean 'index'?)"),
        ("strength", None, "'None' is not one of given, index"),
        ("as_of", "31.12.2025", "'31.12.2025' is not a date or a time like 2026-06-30"),
        ("as_of", "9999-12-31T23:00-08:00", "'9999-12-31T23:00-08:00' is not a date"),
        ("as_of", 2026, "2026 is not a datetime or a date or text"),
        ("confidence", 0.95, "0.95 is not True or False"),
        ("seed", -1, "-1 is not from 0 to 9,223,372,036,854,775,807"),
        ("seed", 2**63, "9,223,372,036,854,775,808 is not from 0 to"),
        ("seed", math.nan, "nan is not a whole number"),
        ("progress", None, "None is not a Progress"),
    ],
)
def test_wrong_settings(name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        RankingSettings(**{name: wrong})
    with refused(name, said):
        settle(RankingSettings(), {name: wrong})  # type: ignore[misc]


def test_changes_leave_the_rest() -> None:
    settings = RankingSettings(Projection(undirected=True), "index", seed=2)
    changed = settle(settings, {"seed": 3, "projection": None})
    assert changed == RankingSettings(Projection(undirected=True), "index", seed=3)
    assert settle(None, {}) == RankingSettings()


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("assume", ["discount"], "['discount'] is not a mapping"),
        ("years", 0, "0 is not above 0"),
        ("years", "ten", "'ten' is not a number"),
        ("draws", -1, "-1 is not from 0 to 100,000"),
        ("draws", 10**9, "1,000,000,000 is not from 0 to 100,000"),
        ("seed", -1, "-1 is not from 0"),
        ("as_of", "soon", "'soon'"),
    ],
)
def test_wrong_planning_settings(name: str, wrong: Any, said: str) -> None:
    with refused(name, said):
        PlanningSettings(**{name: wrong})


def test_planning_settings_as_of_is_the_end_of_a_day() -> None:
    assert PlanningSettings(as_of=date(2026, 1, 1)).as_of == datetime(
        2026, 1, 1, 23, 59, 59, 999999
    )
