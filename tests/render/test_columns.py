"""Values that JSON can hold, and columns that read back as they were."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.render.columns import column, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        (float("-inf"), None),
        (pd.NaT, None),
        (np.datetime64("NaT"), None),
        (np.float32(0.5), 0.5),
        (2.0, 2),
        (np.bool_(True), True),
        (np.int64(2**40), 2**40),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), "2024-02-29T12:00:00+00:00"),
        (pd.Timestamp("2024-02-29 12:00"), "2024-02-29T12:00:00"),
        (np.datetime64("2024-02-29T12:00:00"), "2024-02-29T12:00:00"),
        (["a", 1], "['a', 1]"),
        ("\ud83d broken", "? broken"),
        ("", ""),
    ],
)
def test_plain(value: Any, expected: Any) -> None:
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)
    json.dumps(found, allow_nan=False).encode()


values = st.lists(st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text(max_size=2)))


@given(values)
def test_a_column_reads_back(listed: list[Any]) -> None:
    found = column(listed)
    if isinstance(found, dict):
        found = (
            [found["all"]] * len(listed)
            if "all" in found
            else [found["of"][place] for place in found["at"]]
        )
    assert [(type(value), value) for value in found] == [(type(value), value) for value in listed]


def test_few_values_are_written_once() -> None:
    long = ["customer"] * 50 + ["supplier"] * 50
    assert len(json.dumps(column(long))) < len(json.dumps(long)) / 3
