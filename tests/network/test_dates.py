"""Stakeholders and ties as they were at a moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from relgraph.network import Nodes, Ties, at_moment, text_array
from tests.told import told


def graph(
    status: list[Any], left_on: list[Any], spans: list[tuple[Any, Any]]
) -> tuple[Nodes, Ties]:
    ids = text_array([f"s{number}" for number in range(len(status))])
    nodes = Nodes(ids, ids, ids, {"status": text_array(status), "left_on": text_array(left_on)})
    count = len(spans)
    ties = Ties(
        np.zeros(count, np.int64),
        np.ones(count, np.int64),
        text_array(["KNOWS"] * count),
        np.arange(1.0, count + 1) / 10,
        np.ones(count, np.int8),
        {
            "since": text_array(since for since, _ in spans),
            "until": text_array(until for _, until in spans),
        },
    )
    return nodes, ties


DAY = date(2025, 6, 30)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        (None, None, True),
        (DAY, DAY, True),  # both ends included
        (DAY + timedelta(1), None, False),
        (None, DAY - timedelta(1), False),
        (date(2000, 1, 1), DAY + timedelta(1), True),
    ],
)
def test_a_tie_counts_from_its_first_day_to_its_last(
    since: date | None, until: date | None, counts: bool
) -> None:
    nodes, ties = graph(["active"] * 2, [None] * 2, [(since, until)])
    _, kept, notes = at_moment(nodes, ties, datetime(2025, 6, 30, 23, 59))
    assert len(kept) == counts
    assert bool(notes) is not counts


def test_without_a_moment_today_counts() -> None:
    today, before = date.today(), date.today() - timedelta(2)
    nodes, ties = graph(
        ["active"] * 2,
        [None] * 2,
        [
            (None, before),
            (None, today + timedelta(2)),
            (today + timedelta(2), None),
            (before, None),
        ],
    )
    _, kept, notes = at_moment(nodes, ties)
    assert kept.strength.tolist() == [0.2, 0.4]
    assert told(notes) == (
        "1 tie has ended and is not counted",
        "1 tie has not begun and is not counted",
    )


def test_who_left_later_is_still_there() -> None:
    later, before = DAY + timedelta(1), DAY
    nodes, ties = graph(
        ["left", "left", "left", "active", None, None],
        [later, before, None, before, before, later],
        [],
    )
    found, _, notes = at_moment(nodes, ties, datetime(2025, 6, 30, 12))
    assert found.attributes["status"].tolist() == [
        "active",
        "left",
        "left",
        "active",
        "left",
        None,
    ]
    assert told(notes) == ("1 stakeholder who left later is counted as still there",)
    assert nodes.attributes["status"].tolist()[0] == "left"  # what was read is not changed
