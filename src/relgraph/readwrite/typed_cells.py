"""Cells that a file itself gives a type, as JSON and workbooks do, turned into text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np

from relgraph.readwrite.problems import ProblemLog, quoted
from relgraph.readwrite.raw_table import RawTable, text_column

_UNFIT_CHARACTER = re.compile("[\0\ud800-\udfff]")
_TEXT_OF: dict[type, Callable[..., str]] = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def typed_table(
    file: str,
    name: str,
    headers: Sequence[str],
    header_line: int,
    columns: Sequence[Sequence[object]],
    lines: Sequence[int],
    log: ProblemLog,
    *,
    whole: bool = True,
) -> RawTable:
    """Return typed cells as a raw table that remembers which of them were text.

    Parameters
    ----------
    file, name, headers, header_line, lines, whole :
        As in `RawTable`.
    columns : sequence of sequences
        The values under each header; None is an empty cell.
    log : ProblemLog
        Told of values that no cell can hold.
    """
    texts = []
    for header, values in zip(headers, columns, strict=True):
        cells: list[str | None] = []
        for line, value in zip(lines, values, strict=True):
            text = None if value is None else _text(value)
            if text is None and value is not None:
                log.add(f"{quoted(header)} {_unfit(value)}", file, line)
            cells.append(text)
        texts.append(text_column(cells))
    return RawTable(
        file,
        name,
        tuple(headers),
        header_line,
        tuple(texts),
        np.array(lines, dtype=np.int64),
        tuple(
            np.fromiter((isinstance(value, str) for value in values), bool, len(lines))
            for values in columns
        ),
        whole=whole,
    ).without_blank_rows()


def _text(value: object) -> str | None:
    """Return a value as text, or None if no cell can hold it."""
    write = _TEXT_OF.get(type(value))
    if write is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    text = write(value)
    return None if _UNFIT_CHARACTER.search(text) else text


def _unfit(value: object) -> str:
    if isinstance(value, float):
        return f"{value} is not a finite number; leave the cell empty if it is unknown"
    if isinstance(value, str):
        return f"{quoted(value)} holds a NUL or half a character, which no text may hold"
    kind = "an object" if isinstance(value, dict) else "a list"
    return f"{quoted(value)} is {kind}; text, a number, true or false was expected"
