"""Tables of Arrow and Parquet: the same cells, whether read by column or one by one."""

from __future__ import annotations

import io
import math
from datetime import date

import pyarrow as pa
import pytest
from pyarrow import parquet

from relgraph.readwrite.formats.arrow_tables import arrow_table, read_parquet
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import typed_cells

COLUMNS = {
    "text": pa.array(["a", "", None, "007"]),
    "integer": pa.array([1, -2, None, 2**53 + 1]),
    "small": pa.array([1, -2, None, 3], pa.int8()),
    "number": pa.array([7.0, 0.1, None, -1234567.5]),
    "single": pa.array([0.1, 2.0, None, 3.5], pa.float32()),
    "truth": pa.array([True, False, None, True]),
    "day": pa.array([date(2024, 2, 29), None, date(1, 1, 1), date(9999, 12, 31)]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_read_like_single_cells(name: str) -> None:
    column = COLUMNS[name]
    table = pa.table({"x": column, "full": ["f"] * 4})
    raw = arrow_table(table, "f", "f", ProblemLog())
    cells, marks = typed_cells("x", column.to_pylist(), "f", range(1, 5), ProblemLog())
    assert raw.columns[0].to_pylist() == cells.to_pylist()
    assert raw.texts is not None
    assert raw.texts[0].tolist() == marks.tolist()


def test_numbers_that_are_none_are_empty_or_problems() -> None:
    log = ProblemLog()
    raw = arrow_table(pa.table({"x": [math.nan, 1e300]}), "f", "f", log)
    assert [float(cell) for cell in raw.columns[0].to_pylist()] == [1e300]
    assert not log.problems
    arrow_table(pa.table({"x": [math.inf]}), "f", "f", log)
    assert len(log.problems) == 1
    arrow_table(pa.table({"x": ["a\0b"]}), "f", "f", log)
    assert len(log.problems) == 2


def test_parquet_reads_what_is_wanted_and_keeps_blank_rows_out() -> None:
    buffer = io.BytesIO()
    table = pa.table({"a": [1, None, None], "b": ["x", None, "y"], "c": [1.5, None, None]})
    parquet.write_table(table, buffer)
    (raw,) = read_parquet(buffer.getvalue(), "f", "f", ProblemLog(), lambda header: header == "a")
    assert raw.headers == ("a", "b", "c")
    assert raw.lines.tolist() == [1, 3]  # column a alone can't tell which rows are blank
    assert dict(raw.types) == {"a": "integer", "b": "text", "c": "number"}
    parquet.write_table(table.slice(0, 1), full := io.BytesIO())
    (raw,) = read_parquet(full.getvalue(), "f", "f", ProblemLog(), lambda header: header == "a")
    assert [column.to_pylist() for column in raw.columns] == [["1"], [None], [None]]
