"""From text to values, and the types of columns that have none yet."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.dataset import column_type
from relgraph.model import ColumnType
from relgraph.readwrite.checking.parsing import (
    infer_type,
    parse_dates,
    parse_extra,
    parse_numbers,
    parse_times,
)


def cells(*texts: str | None) -> pa.StringArray:
    return pa.array(texts, pa.string())


@pytest.mark.parametrize(
    ("texts", "type"),
    [
        (["1", "-20", "0"], "integer"),
        (["123456789012345678"], "integer"),
        (["1234567890123456789"], "text"),
        (["1", "2.50"], "number"),
        ([".5", "-.25", "1e-07", "1e+16", "2.5E3"], "number"),
        (["1234567890123456", "0.5"], "text"),
        (["007"], "text"),
        (["00.5"], "text"),
        (["+4412345"], "text"),
        (["1E5"], "text"),
        (["1,5"], "text"),
        (["1_000"], "text"),
        ([" 1", "2 "], "integer"),
        (["NaN"], "text"),
        (["1.5", "inf"], "text"),
        (["true", "FALSE", "True"], "boolean"),
        (["yes", "no"], "text"),
        (["2024-02-29", "1999-12-31"], "date"),
        (["2023-02-29"], "text"),
        (["20240229"], "integer"),
        (["2024-02-29", "2024-02-29T10:00"], "time"),
        (["2024-02-29 10:00:00.5+08:00", "2024-02-29T10:00Z"], "time"),
        (["9999-12-31T23:59:59-05:00"], "text"),
        (["NULL"], "text"),
        (["NA"], "text"),
        (["1", "x"], "text"),
    ],
)
def test_the_type_of_an_extra_column(texts: list[str], type: ColumnType) -> None:
    assert infer_type(cells(*texts, None)) == type
    assert column_type(parse_extra(cells(*texts, None), type).values) == type


def test_cells_that_are_marked_as_text_are_no_numbers() -> None:
    assert infer_type(cells("1", None, "2"), np.array([True, True, False])) == "text"
    assert infer_type(cells("1", None, "2"), np.array([False, True, False])) == "integer"
    assert infer_type(cells("true"), np.array([True])) == "text"
    assert infer_type(cells("2024-01-02"), np.array([True])) == "date"


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_numbers_read_back_exactly(numbers: list[float]) -> None:
    texts = cells(*map(repr, numbers))
    assert infer_type(texts) == "number"
    for parsed in (parse_numbers(texts), parse_extra(texts, "number")):
        assert parsed.values.tolist() == numbers
        assert not parsed.bad.any()


@settings(deadline=None)
@given(st.lists(st.integers(-(10**18) + 1, 10**18 - 1), min_size=1))
def test_integers_read_back_exactly(numbers: list[int]) -> None:
    texts = cells(*map(str, numbers))
    assert infer_type(texts) == "integer"
    assert parse_extra(texts, "integer").values.tolist() == numbers


@settings(deadline=None)
@given(st.lists(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)), min_size=1))
def test_times_read_back_exactly(times: list[datetime]) -> None:
    texts = cells(*(f"{time.isoformat()}Z" for time in times))
    assert infer_type(texts) == "time"
    parsed = parse_times(texts)
    expected = pd.Series(np.array(times, "datetime64[us]")).dt.tz_localize("UTC")
    assert parsed.values.equals(expected)


@settings(deadline=None)
@given(st.lists(st.dates(), min_size=1))
def test_dates_read_back_exactly(days: list[object]) -> None:
    texts = cells(*map(str, days))
    assert infer_type(texts) == "date"
    assert parse_dates(texts).values.dt.date.tolist() == days


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_text_reads_or_does_not_fit(text: str) -> None:
    column = cells(text.encode("utf-8", "replace").decode())
    for parsed in (parse_numbers(column), parse_dates(column), parse_times(column)):
        assert parsed.bad.tolist() == parsed.values.isna().tolist()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("1.", 1.0), (" 2 ", 2.0), ("+3", 3.0), ("−4", -4.0), ("5e1", 50.0), ("007", 7.0)),
        *((text, None) for text in ("", "x", "1,5", "6,718", "50%", "€5", "1_0", "0x10", "nan")),
        *((text, None) for text in ("inf", "-Infinity", "1e999", "1 000", "--1", "١")),
    ],
)
def test_numbers_of_known_columns(text: str, number: float | None) -> None:
    alone, mixed = parse_numbers(cells(text)), parse_numbers(cells("0.5", text, None))
    assert alone.bad.tolist() == [number is None]
    assert mixed.bad.tolist() == [False, number is None, False]
    assert math.isnan(alone.values[0]) if number is None else alone.values[0] == number


@pytest.mark.parametrize(
    ("text", "good"),
    [
        *((text, True) for text in ("2024-02-29", " 2024-02-29 ", "2024-02-29T00:00:00")),
        *((text, False) for text in ("2023-02-29", "2024-2-9", "29.02.2024", "20240229", "now")),
        *((text, False) for text in ("2024-02-29T10:00", "2024", "0000-01-01", "2024-02-29x")),
    ],
)
def test_dates(text: str, good: bool) -> None:
    assert parse_dates(cells(text)).bad.tolist() == [not good]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-05-01", "2024-05-01T00:00:00"),
        ("2024-05-01T08:00", "2024-05-01T08:00:00"),
        ("2024-05-01 08:00:30.25", "2024-05-01T08:00:30.250000"),
        ("2024-05-01T08:00Z", "2024-05-01T08:00:00"),
        ("2024-05-01T08:00+08:00", "2024-05-01T00:00:00"),
        ("2024-05-01T08:00-0530", "2024-05-01T13:30:00"),
        ("2024-05-01T08:00+08", "2024-05-01T00:00:00"),
        ("2024-05-01T08:00:00.1234567Z", "2024-05-01T08:00:00.123456"),
        *((text, None) for text in ("2024-05-32", "08:00", "now", "today", "2024-05-01T24:00")),
        *((text, None) for text in ("2024-05-01T08:00+99:00", "2024-05-01T8", "1 May 2024")),
    ],
)
def test_times(text: str, utc: str | None) -> None:
    parsed = parse_times(cells(text))
    assert parsed.bad.tolist() == [utc is None]
    if utc is not None:
        assert parsed.values[0].tz_localize(None).isoformat() == utc
