"""Tables in memory, of Arrow, pandas or what exchanges data with Arrow, as raw tables."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pandas as pd
import pyarrow as pa

from relgraph.errors import UsageError
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, typed_table


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


def arrow_table(table: pa.Table, file: str, name: str, log: ProblemLog) -> RawTable:
    """Return a table in memory as a source table; bytes are empty cells."""
    columns = [_plain(column) for column in table.columns]
    lines = range(1, table.num_rows + 1)
    headers = list(table.column_names)
    return typed_table(file, name, headers, 0, columns, lines, log, nested=True)


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
