"""What all writers share: the order of columns and rows, values as text, and names of rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from relgraph.dataset import Dataset, column_type, known_column
from relgraph.messages import Message
from relgraph.model import COLUMNS, KEYS, OCCURRENCE, ColumnType, TableName
from relgraph.readwrite.checking.headers import Heading, split_type
from relgraph.readwrite.checking.parsing import infer_type

_TEXT_OF: dict[ColumnType, Callable[[Any], str]] = {
    "text": str,
    "integer": str,
    "number": repr,
    "boolean": lambda value: "true" if value else "false",
    "date": lambda value: str(value.isoformat()),
    "time": lambda value: f"{value.isoformat()}Z",
}


def in_written_order(dataset: Dataset) -> Dataset:
    """Return a dataset as it is written: the same content always in the same order.

    Known columns come first, in the model's order, then the others by name; rows are ordered by
    key. A column without a value is left out, unless every row needs one. `occurrence` is left
    out too: it is the place among equal rows, and that is kept.
    """
    return Dataset(
        _arranged("stakeholders", dataset.stakeholders),
        _arranged("relationships", dataset.relationships),
        _arranged("interactions", dataset.interactions),
        settings=dataset.settings,
    )


def _arranged(table: TableName, frame: pd.DataFrame) -> pd.DataFrame:
    known = COLUMNS[table]
    held = {name for name in frame.columns if frame[name].notna().any()} - {OCCURRENCE}
    first = [name for name, spec in known.items() if name in held or spec.required]
    others = sorted(name for name in held if name not in known)
    keys = [name for name in KEYS[table] if name in frame.columns]
    rows = frame.sort_values(keys, kind="stable", ignore_index=True)
    return rows.reindex(columns=[*first, *others])


def column_values(series: pd.Series) -> list[Any]:
    """Return a column as plain Python values: None for missing, times without a zone, in UTC.

    Examples
    --------
    >>> column_values(pd.Series([1, None], dtype="Int64"))
    [1, None]
    """
    kind = column_type(series)
    values: Any = series.astype(object).where(series.notna(), None)
    if kind == "date":
        values = series.to_numpy().astype("datetime64[D]")
    elif kind == "time":
        values = series.dt.tz_localize(None).to_numpy().astype("datetime64[us]")
    return list(values.tolist())


def column_texts(series: pd.Series) -> list[str | None]:
    """Return a column as the text that reads back as the same values; None for missing.

    Examples
    --------
    >>> column_texts(pd.Series([0.1, 4.0, None]))
    ['0.1', '4.0', None]
    >>> column_texts(pd.Series(["2024-01-02T03:04"]).astype("datetime64[us, UTC]"))
    ['2024-01-02T03:04:00Z']
    """
    text_of = _TEXT_OF[column_type(series)]
    return [None if value is None else text_of(value) for value in column_values(series)]


def column_header(table: TableName, series: pd.Series, *, text_is_marked: bool = False) -> str:
    """Return a column's header: its name, and its type where reading would find another.

    Parameters
    ----------
    table : {"stakeholders", "relationships", "interactions"}
        The table of the column.
    series : Series
        The column.
    text_is_marked : bool
        Whether the format tells text from numbers, as workbooks do.

    Examples
    --------
    >>> column_header("stakeholders", pd.Series(["1.50"], name="code", dtype="str"))
    'code:text'
    """
    name, kind = str(series.name), column_type(series)
    if known_column(table, name) is not None:
        return name
    marks = np.ones(len(series), dtype=bool) if text_is_marked and kind == "text" else None
    found = infer_type(pa.array(column_texts(series), pa.string()), marks)
    return name if found == kind and split_type(name) == Heading(name) else f"{name}:{kind}"


def row_label(frame: pd.DataFrame, row: Hashable) -> Message:
    """Return what a message calls a row: the stakeholders that it is about.

    Examples
    --------
    >>> str(row_label(pd.DataFrame({"source": ["a"], "target": ["b"]}), 0))
    "the tie of stakeholders 'a' and 'b'"
    """
    if "id" in frame.columns:
        return Message("write.stakeholder", id=frame.at[row, "id"])
    if "source" not in frame.columns:
        return Message("write.row", row=int(str(row)) + 1)
    return Message("write.tie", source=frame.at[row, "source"], target=frame.at[row, "target"])
