"""The rule of 250: Girard's arithmetic, the presets, and unique people against simulation."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph.analysis.word_of_mouth.rule250 import (
    PRESETS,
    hearing_share,
    rule_of_250,
    unique_people,
)
from relgraph.errors import UsageError
from tests.told import told


def test_two_unhappy_a_week_are_the_three_published_totals() -> None:
    rows = rule_of_250()
    assert rows["preset"].tolist() == ["literal", "girard", "survey"]
    assert rows["week"].tolist() == pytest.approx([500, 5000 / 52, 20], rel=1e-12)
    assert rows["year"].tolist() == pytest.approx([26_000, 5_000, 1_040], rel=1e-12)


def test_without_a_population_unique_people_are_bounded_but_not_estimated() -> None:
    rows = rule_of_250()
    assert rows["unique_at_least"].tolist() == pytest.approx([250, 250 * 5000 / 26000, 10])
    assert rows["unique_at_most"].tolist() == pytest.approx(rows["year"].tolist())
    assert np.isnan(rows["unique"]).all()
    assert told(rows.notes) == ("unique people need the size of the market: give population",)


def test_unique_people_follow_random_mixing() -> None:
    rows = rule_of_250(unhappy=3, circle=150, weeks=50, population=20_000)
    for share, low, unique, high in zip(
        PRESETS.values(),
        rows["unique_at_least"],
        rows["unique"],
        rows["unique_at_most"],
        strict=True,
    ):
        m = 150 * share
        assert low == pytest.approx(m)
        assert unique == pytest.approx(20_000 * (1 - (1 - m / 20_000) ** 150))
        assert high == pytest.approx(min(20_000, 150 * m))
    assert rows.notes == ()


def test_unique_people_agree_with_drawn_circles() -> None:
    rng = np.random.default_rng(5)
    drawn = [
        len(np.unique(np.concatenate([rng.choice(400, 30, replace=False) for _ in range(12)])))
        for _ in range(400)
    ]
    _, unique, _ = unique_people(30, 12, 400)
    assert abs(np.mean(drawn) - unique) < 4 * np.std(drawn) / np.sqrt(400)


@pytest.mark.parametrize("population", [1, 10, 250, 26_000, 1e9])
@pytest.mark.parametrize("tellers", [0, 0.5, 1, 104])
@pytest.mark.parametrize("hearers", [0, 10, 250])
def test_the_estimate_stays_within_its_bounds(
    hearers: float, tellers: float, population: float
) -> None:
    low, unique, high = unique_people(hearers, tellers, population)
    assert 0 <= low <= unique <= high <= population
    assert high <= hearers * tellers


def test_a_circle_larger_than_the_market_reaches_all_of_it() -> None:
    assert unique_people(250, 2, 100) == (100, 100, 100)


def test_girard_keeps_its_share() -> None:
    assert round(hearing_share("girard"), 4) == 0.1923
    with pytest.raises(UsageError, match="'dunbar' is not one of literal, girard, survey"):
        hearing_share("dunbar")  # type: ignore[arg-type]


@pytest.mark.parametrize("option", ["unhappy", "circle", "weeks"])
@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_a_figure_that_makes_no_sense_is_refused(option: str, value: float) -> None:
    with pytest.raises(UsageError, match=f"{option}: "):
        rule_of_250(**{option: value})


@pytest.mark.parametrize("population", [0.0, -5.0, np.nan, np.inf])
def test_a_population_must_be_above_0(population: float) -> None:
    with pytest.raises(UsageError, match=r"population: .* is not (above 0|a (finite )?number)"):
        rule_of_250(population=population)
