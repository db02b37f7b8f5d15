"""Charts of a plan: lengths and places by hand, and labels that are text."""

from __future__ import annotations

import re

import pytest

from relgraph.render.charts import LEFT, RIGHT, WIDTH, Bar, bars, intervals, steps

ROOM = WIDTH - LEFT - RIGHT


def test_bars_are_as_long_as_their_values() -> None:
    drawn = bars([Bar("a", 200), Bar("b", 50), Bar("c", 0)])
    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', drawn)]
    assert widths == [pytest.approx(ROOM, abs=0.1), pytest.approx(ROOM / 4, abs=0.1), 1]
    assert ">200<" in drawn


def test_an_interval_holds_its_dot_and_zero_is_marked() -> None:
    drawn = intervals([Bar("a", 50, -100, 100), Bar("b", 0)])
    [zero] = re.findall(r'class="zero" x1="([\d.]+)"', drawn)
    dots = [float(place) for place in re.findall(r'cx="([\d.]+)"', drawn)]
    [ends] = re.findall(r'class="interval" x1="([\d.]+)" x2="([\d.]+)"', drawn)
    assert float(zero) == pytest.approx(LEFT + ROOM / 2, abs=0.1)
    assert [float(end) for end in ends] == pytest.approx([LEFT, LEFT + ROOM], abs=0.1)
    assert dots == pytest.approx([LEFT + 0.75 * ROOM, LEFT + ROOM / 2], abs=0.1)


def test_labels_are_text_and_cut_where_they_are_long() -> None:
    drawn = bars([Bar("<script>&", 1), Bar("顾客" * 20, 1), Bar("x" * 99, 1)])
    assert "<script>" not in drawn
    assert "&lt;script&gt;&amp;" in drawn
    assert "顾客顾客顾客顾客…" in drawn
    assert f"{'x' * 16}…" in drawn


def test_steps_rise_at_their_budgets() -> None:
    drawn = steps([(0, 0), (10, 100), (20, 150)], "<budget>", "net")
    assert ">150<" in drawn
    assert ">20<" in drawn
    assert "&lt;budget&gt;" in drawn
    assert 'class="step"' in drawn
