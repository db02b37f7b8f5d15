"""Rows in a file: text as it would be on stdout, or a workbook or Parquet with typed columns."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from relgraph.cli import formats
from relgraph.model import ColumnType
from relgraph.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from relgraph.result import Result

_KINDS: tuple[tuple[type | tuple[type, ...], ColumnType], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    ((int, float), "number"),
    (datetime, "time"),
    (date, "date"),
)


def write_file(result: Result, path: str, format: str) -> None:
    """Write rows to a file, which is replaced when all is written."""
    write = {"xlsx": _write_xlsx, "parquet": _write_parquet}.get(format)
    text = "" if write else formats.FORMATS[format](result)
    with replacing(path) as beside:
        if write:
            write(result, beside)
        else:
            beside.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")


def _typed(values: list[Any]) -> tuple[ColumnType, list[Any]]:
    """Return a column's values with the type that all of them have; text where they differ."""
    known = [value for value in values if value is not None]
    for types, kind in _KINDS:
        if known and all(isinstance(value, types) for value in known):
            if kind != "boolean" and any(isinstance(value, bool) for value in known):
                break
            return kind, values
    return "text", [None if value is None else _text(value) for value in values]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else formats.to_json(value)


def _write_xlsx(result: Result, path: Path) -> None:
    import pandas as pd

    from relgraph.dataset import DTYPES
    from relgraph.readwrite.formats.xlsx_writer import write_sheets
    from relgraph.readwrite.formats.xml_text import with_escapes

    frame = pd.DataFrame(index=range(len(result)))
    for name, column in formats.plain_columns(result).items():
        kind, values = _typed(column)
        if kind == "number" and not _all_finite(values):  # a workbook has no infinity
            kind, values = "text", [None if value is None else repr(value) for value in values]
        if kind == "text":
            values = [None if value is None else with_escapes(value) for value in values]
        if kind == "time":
            values = [value if value is None else value.replace(tzinfo=None) for value in values]
        series = pd.Series(values, index=frame.index, dtype=DTYPES[kind])
        frame[with_escapes(name)] = series
    write_sheets({"rows": frame}, path)


def _all_finite(values: Iterable[Any]) -> bool:
    return all(value is None or math.isfinite(value) for value in values)


def _write_parquet(result: Result, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[ColumnType, pa.DataType] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "time": pa.timestamp("us", "UTC"),
    }
    columns = {}
    for name, column in formats.plain_columns(result).items():
        kind, values = _typed(column)
        columns[name] = pa.array(values, types[kind])
    pq.write_table(pa.table(columns), path)
