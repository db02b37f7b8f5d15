"""Values of a driver as columns of a result."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from relgraph.model import ColumnType
from relgraph.result import to_python
from relgraph.store.columns import missing_column, to_column, to_plain


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, 2], "int64"),
        ([1, None], "object"),
        ([2**60, None], "object"),
        ([2**70, 1], "object"),
        ([1.5, None], "float64"),
        ([1.5, 2], "float64"),
        ([True, False], "bool"),
        ([True, None], "object"),
        ([True, 1], "object"),
        (["a", None], "object"),
        ([date(2020, 1, 1), None], "object"),
        ([datetime(2020, 1, 1), None], "datetime64[us]"),
        ([[1, 2], [3]], "object"),
        ([[1, 2], [3, 4]], "object"),
        ([None, None], "object"),
        ([], "object"),
    ],
)
def test_the_values_tell_the_type(values: list[Any], dtype: str) -> None:
    column = to_column(values)
    assert (column.dtype.name, column.shape) == (dtype, (len(values),))
    assert to_python(column) == values


def test_times_with_a_zone_become_utc() -> None:
    east = datetime(2020, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    assert to_column([east, None])[0] == np.datetime64("2020-01-01T00:00")


@pytest.mark.parametrize("kind", ["text", "integer", "number", "boolean", "date", "time", None])
def test_missing_columns_hold_nothing(kind: ColumnType | None) -> None:
    assert to_python(missing_column(2, kind)) == [None, None]
    assert len(missing_column(0, kind)) == 0
    assert to_column([None, None], kind).dtype == missing_column(2, kind).dtype


def test_odd_values_become_plain_ones() -> None:
    odd = {
        "decimal": Decimal("1.50"),
        "uuid": UUID(int=1),
        "span": timedelta(days=1),
        "time": time(8, 30),
        "bytes": b"\x01\xff",
        "kept": [1, "x", None, date(2020, 1, 1), datetime(2020, 1, 1, tzinfo=UTC)],
        "other": 1j,
    }
    assert to_plain(odd) == {
        "decimal": 1.5,
        "uuid": "00000000-0000-0000-0000-000000000001",
        "span": "1 day, 0:00:00",
        "time": "08:30:00",
        "bytes": "01ff",
        "kept": odd["kept"],
        "other": "1j",
    }
