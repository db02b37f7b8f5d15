"""Grades by margin, in one world and in many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.planning.grades import GRADES, grade_codes, grades

MARGINS = st.lists(st.integers(-5, 12), min_size=1, max_size=12)


def by_hand(margins: list[int]) -> list[str | None]:
    """Return grades by the definition, one at a time, in whole numbers."""
    if len(margins) < 5:
        return [None] * len(margins)
    total = sum(max(each, 0) for each in margins)
    found: list[str | None] = []
    for each in margins:
        before = sum(max(other, 0) for other in margins if other > each)
        if each < 0:
            found.append("D")
        elif total == 0 or before * 100 >= 95 * total:
            found.append("C")
        else:
            found.append("A" if before * 100 < 80 * total else "B")
    return found


@given(MARGINS, MARGINS)
def test_grades_follow_the_definition(one: list[int], other: list[int]) -> None:
    margin = np.array([*one, *other], np.float64)
    market = np.repeat([0, 1], [len(one), len(other)])
    assert grades(margin, market).tolist() == by_hand(one) + by_hand(other)


@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.tuples(*[st.integers(-3, 9)] * n))))
def test_many_worlds_are_graded_as_each_is(worlds: list[tuple[int, ...]]) -> None:
    if not worlds:
        return
    margin = np.array(worlds, np.float64)
    codes = grade_codes(margin, np.zeros(margin.shape[1], np.int64))
    for row, alone in zip(codes.tolist(), worlds, strict=True):
        told = [GRADES[code] if code >= 0 else None for code in row]
        assert told == by_hand(list(alone))


@pytest.mark.parametrize("known", [4, 5])
def test_a_missing_margin_has_no_grade_and_doesn_t_count(known: int) -> None:
    margin = np.array([10.0] * known + [np.nan] * 3)
    found = grades(margin, np.zeros(known + 3, np.int64)).tolist()
    assert found == (["A"] * 5 if known == 5 else [None] * 4) + [None] * 3
