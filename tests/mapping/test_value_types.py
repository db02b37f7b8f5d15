"""Value types: what `types` says of a column."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from relgraph.mapping.value_types import ValueType, read_type, read_values
from relgraph.messages import Message


def values(says: str, *cells: str | None) -> list[Any]:
    type = read_type(says)
    assert isinstance(type, ValueType), type
    found, bad = read_values(pa.array(cells, pa.string()), type)
    return ["?" if wrong else value for value, wrong in zip(found.to_pylist(), bad, strict=True)]


@pytest.mark.parametrize(
    ("says", "cell", "expected"),
    [
        ("number", "1234.5", 1234.5),
        ("number", " -3 ", -3.0),
        ("number", "1026x", "?"),
        ("number", "1,234.5", "?"),
        ("number", "€ 12.5", 12.5),
        ("number", "12 EUR", 12.0),
        ("number 1,234.56", "1,234.5", 1234.5),
        ("number 1.234,56", "1.234,5", 1234.5),
        ("number 1.234,56", "1234,5", 1234.5),
        ("number 1.234,56", "1.2", "?"),
        ("number 1 234,56", "1\u202f234,5", 1234.5),
        ("number 1'234.56", "1’234.50", 1234.5),
        ("money 1.234,56", "-1.234,50 €", -1234.5),
        ("money 1,234.56", "($1,234.50)", -1234.5),
        ("money", "NaN", "?"),
        ("money 1 234,56", "-1\u00a0234,50\u00a0€", -1234.5),
        ("money 1,234.56", "CHF 12.50", 12.5),
        ("money", "US$ 12.50", "?"),
        ("money", "12 apples", "?"),
        ("number", "EUR", "?"),
        ("percent", "45 %", 0.45),
        ("percent 1234,56", "12,5\u00a0%", 0.125),
        ("percent 1234,56", "12,5%", 0.125),
        ("percent", "7", 0.07),
        ("integer", "007", 7),
        ("integer", "7.0", "?"),
        ("boolean", "TRUE", True),
        ("boolean ja/nein", "Nein", False),
        ("boolean ja/nein", "vielleicht", "?"),
        ("date", "2024-05-31", date(2024, 5, 31)),
        ("date %d.%m.%Y", "31.5.2024", date(2024, 5, 31)),
        ("date %d.%m.%Y", "31.02.2024", "?"),
        ("date %m/%d/%Y", "3/9/20I7", "?"),
        ("time %d.%m.%Y %H:%M", "31.05.2024 14:30", datetime(2024, 5, 31, 14, 30)),
        ("time %Y-%m-%d %H:%M%z", "2024-05-31 01:00+0200", datetime(2024, 5, 30, 23)),
        ("time", "2024-05-31T08:00+08:00", datetime(2024, 5, 31)),
        ("text", "007", "007"),
        ("number", None, None),
        ("date %d.%m.%Y", None, None),
    ],
)
def test_a_cell(says: str, cell: str | None, expected: object) -> None:
    assert values(says, cell, None) == [expected, None]


@pytest.mark.parametrize(
    "says",
    [
        "numbr",
        "number 1;234",
        "date heute",
        "date %Q",
        "date %",
        "time %H:%",
        "boolean ja",
        "boolean x/x",
        "text x",
        "",
    ],
)
def test_what_says_nothing(says: str) -> None:
    assert isinstance(read_type(says), Message)
