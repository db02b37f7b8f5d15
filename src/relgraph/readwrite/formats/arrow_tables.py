"""Tables in memory, of Arrow, pandas or what exchanges data with Arrow, as raw tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import UsageError
from relgraph.messages import Message
from relgraph.model import ColumnType
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import Mask, RawTable, empty_table, typed_cells

_QUICK = (pa.types.is_integer, pa.types.is_boolean, pa.types.is_date32)
_TYPES: dict[ColumnType, tuple[Callable[[pa.DataType], bool], ...]] = {
    "text": (pa.types.is_string, pa.types.is_large_string),
    "integer": (pa.types.is_integer,),
    "number": (pa.types.is_floating, pa.types.is_decimal),
    "boolean": (pa.types.is_boolean,),
    "date": (pa.types.is_date,),
    "time": (pa.types.is_timestamp,),
}


def frame_table(frame: Any, name: str, log: ProblemLog) -> RawTable:
    """Return a DataFrame, Arrow table or the like as a raw table; its index is left out.

    Raises
    ------
    UsageError
        It is no table.
    """
    try:
        if isinstance(frame, pd.DataFrame):
            table = pa.Table.from_pandas(frame, preserve_index=False)
        else:
            table = pa.table(frame)
    except (TypeError, ValueError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError("frame.not_one", parameter="frames", name=name, reason=reason) from error
    return arrow_table(table, name, name, log)


def read_parquet(
    data: bytes,
    file: str,
    name: str,
    log: ProblemLog,
    wanted: Callable[[str], bool] | None = None,
) -> list[RawTable]:
    """Read a Parquet file, which holds one table; rows count from 1.

    Columns that nobody wants are left empty, unless they may tell which rows are blank.
    """
    from pyarrow import parquet

    try:
        content = parquet.ParquetFile(pa.BufferReader(data))
        schema = content.schema_arrow
        kept = [header for header in schema.names if wanted is None or wanted(header)]
        table = content.read(kept or schema.names[:1])
        if all(column.null_count for column in table.columns):
            table = content.read()
    except (pa.ArrowException, OSError) as error:
        log.add(Message("columnar.damaged", reason=str(error).partition("\n")[0]), file)
        return [empty_table(file, name)]
    for place, header in enumerate(schema.names):
        if header not in table.column_names:
            table = table.add_column(place, header, pa.nulls(len(table), pa.string()))
    types = {field.name: kind for field in schema if (kind := _type(field.type)) is not None}
    return [replace(arrow_table(table, file, name, log), types=types)]


def _type(kind: pa.DataType) -> ColumnType | None:
    """Return the type of values that a type of Arrow stands for, if it is one of ours."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return next(
        (ours for ours, holds in _TYPES.items() if any(is_one(kind) for is_one in holds)), None
    )


def arrow_table(table: pa.Table, file: str, name: str, log: ProblemLog) -> RawTable:
    """Return a table in memory as a source table; bytes are empty cells."""
    lines = range(1, table.num_rows + 1)
    cells = [
        _quick_cells(column) or typed_cells(header, _plain(column), file, lines, log, nested=True)
        for header, column in zip(table.column_names, table.columns, strict=True)
    ]
    return RawTable(
        file,
        name,
        tuple(table.column_names),
        0,
        tuple(column for column, _ in cells),
        np.array(lines, dtype=np.int64),
        tuple(marks for _, marks in cells),
    ).without_blank_rows()


def _quick_cells(column: pa.ChunkedArray) -> tuple[pa.StringArray, Mask] | None:
    """Return what `typed_cells` would, for types that Arrow writes as it does; None for others."""
    kind = column.type
    if pa.types.is_floating(kind):
        return _quick_numbers(column)
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    if not (is_text or any(is_one(kind) for is_one in _QUICK)):
        return None
    cells = column.cast(pa.string()).combine_chunks()
    if is_text:
        if pc.any(pc.match_substring(cells, "\0")).as_py():
            return None
        cells = pc.if_else(pc.equal(cells, ""), pa.scalar(None, pa.string()), cells)
    marks = column.is_valid().to_numpy() & is_text
    return cells, marks


def _quick_numbers(column: pa.ChunkedArray) -> tuple[pa.StringArray, Mask] | None:
    numbers = column.cast(pa.float64()).combine_chunks()
    if pc.any(pc.is_inf(numbers)).as_py():
        return None
    numbers = pc.if_else(pc.is_nan(numbers), pa.scalar(None, pa.float64()), numbers)
    cells = numbers.cast(pa.string())
    whole = pc.match_substring_regex(cells, r"^-?\d+$")  # 7 is written 7.0
    cells = pc.if_else(whole, pc.binary_join_element_wise(cells, ".0", ""), cells)
    return cells, np.zeros(len(cells), dtype=bool)


def _plain(column: pa.ChunkedArray) -> list[object]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [None] * len(column)
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    values: list[object] = column.to_pylist()
    if pa.types.is_floating(column.type):  # what a frame has for a missing number
        return [None if value != value else value for value in values]
    return values


def content_sha256(raw: RawTable) -> str:
    """Return the SHA-256 of a table's headers and cells, which tells two tables apart as files."""
    digest = hashlib.sha256(json.dumps(raw.headers).encode())
    for column in raw.columns:
        digest.update(json.dumps(column.to_pylist()).encode())
    return digest.hexdigest()
