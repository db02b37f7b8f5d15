"""Write a dataset as JSON: the type of each column, then one object a row, one row a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.readwrite.formats.written import column_texts, column_values

_AS_TEXT = ("date", "time")


def write_json(dataset: Dataset, path: Path) -> None:
    """Write `{"columns": {table: {column: type}}, "settings": TOML, table: [row, …], …}`.

    A value that is missing is left out of its row; dates and times are ISO 8601.
    """
    columns = {table: dataset.types(table) for table in dataset.tables()}
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f'{{\n"columns": {_json(columns)}')
        if dataset.settings:
            file.write(f',\n"settings": {_json(dataset.settings)}')
        for table, frame in dataset.tables().items():
            file.write(f',\n"{table}": [')
            _write_rows(frame, file)
            file.write("]")
        file.write("\n}\n")


def _write_rows(frame: pd.DataFrame, file: TextIO) -> None:
    between = "\n"
    for row in rows_of(frame):
        file.write(between + _json(row))
        between = ",\n"


def rows_of(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as JSON has them, without the values that are missing."""
    names = [str(name) for name in frame.columns]
    columns = [
        column_texts(frame[name])
        if column_type(frame[name]) in _AS_TEXT
        else column_values(frame[name])
        for name in names
    ]
    for values in zip(*columns, strict=True):
        yield {name: v for name, v in zip(names, values, strict=True) if v is not None}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
