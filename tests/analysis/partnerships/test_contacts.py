"""Contact history against sums written out, and its edges in time."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest

from relgraph.analysis.partnerships.contacts import (
    Contacts,
    contact_history,
    contact_strength,
    trend,
)

MARKETS = np.array(["firm", "employee", "customer", "supplier", "employee", "customer"], object)
T = datetime(2024, 6, 30, 12)


def contacts(*rows: tuple[int, int, float]) -> Contacts:
    """Return contacts given as source, target and days before T."""
    return Contacts(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.array([T - timedelta(days=row[2]) for row in rows], "datetime64[us]"),
        np.ones(len(rows)),
    )


@pytest.mark.parametrize(
    ("source", "target", "half_life"),
    [(1, 2, 90), (2, 1, 90), (0, 2, 90), (1, 3, 180), (3, 0, 180), (1, 4, 180), (2, 3, 90)],
)
def test_a_contact_halves_in_the_half_life_of_its_market(
    source: int, target: int, half_life: float
) -> None:
    days = [0.0, 10.5, 90.0, 200.0]
    history = contact_history(
        contacts(*((source, target, day) for day in days)), MARKETS, np.datetime64(T)
    )
    assert history.keys.tolist() == [source * 6 + target]
    expected = sum(2 ** (-day / half_life) for day in days)
    assert history.activity.tolist() == pytest.approx([expected])


def test_windows_are_open_behind_and_closed_in_front() -> None:
    days = [0.0, 89.999, 90.0, 179.999, 180.0, 300.0]
    history = contact_history(contacts(*((1, 2, day) for day in days)), MARKETS, np.datetime64(T))
    assert (history.now.tolist(), history.before.tolist()) == ([2], [2])


def test_later_contacts_and_those_with_oneself_are_passed_over() -> None:
    history = contact_history(contacts((1, 2, -0.001), (2, 2, 5)), MARKETS, np.datetime64(T))
    assert len(history.keys) == 0
    assert history.activity_of(np.array([8])).tolist() == [0.0]


def test_directions_are_apart() -> None:
    history = contact_history(contacts((1, 2, 0), (1, 2, 0), (2, 1, 0)), MARKETS, np.datetime64(T))
    keys = np.array([1 * 6 + 2, 2 * 6 + 1, 3 * 6 + 1])
    assert history.activity_of(keys).tolist() == [2.0, 1.0, 0.0]


def test_a_contact_counts_what_it_is_given() -> None:
    two = contacts((1, 2, 0), (1, 2, 90))
    valued = Contacts(two.source, two.target, two.at, np.array([10.0, 4.0]))
    history = contact_history(valued, MARKETS, np.datetime64(T))
    assert history.activity.tolist() == pytest.approx([12.0])
    assert history.now.tolist() == [1]


def test_strength_saturates() -> None:
    strengths = contact_strength(np.array([0, 1e-12, 3, 6, 600]))
    assert strengths.tolist() == pytest.approx([0, 1e-12 / 6, 1 - np.exp(-0.5), 1 - np.exp(-1), 1])


def test_trend_is_relative_to_the_larger_period() -> None:
    now, before = np.array([4, 2, 1, 0, 0, 3]), np.array([2, 4, 1, 5, 0, 0])
    values = trend(now, before)
    assert values[[0, 1, 2, 3, 5]].tolist() == [0.5, -0.5, 0.0, -1.0, 1.0]
    assert np.isnan(values[4])
