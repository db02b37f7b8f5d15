"""Extra columns that are text because of a few cells: which cell decided, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from relgraph.messages import Message, Note
from relgraph.model import ColumnType
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.near_misses import (
    is_code,
    is_missing,
    is_nearly_date,
    is_nearly_number,
    remedy,
)
from relgraph.readwrite.checking.parsing import parse_extra
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask

_TYPES: tuple[ColumnType, ...] = ("number", "boolean", "time")  # integers and dates are of these
_NEARLY: dict[ColumnType, Callable[[str], bool]] = {
    "time": is_nearly_date,
    "number": is_nearly_number,
}
_PLAIN = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")  # text only where a file marks it so
_ALIKE = 1000  # cells that must be nearly of a type, where none is


def note_deciding_cell(cells: Cells, name: str, log: ProblemLog) -> None:
    """Note the first cell that makes a column text, if it looks as if it should not be.

    It does if half of its cells at least are of another type, or all of them nearly: `12%`,
    `31.12.2024`. Codes of digits, and what a workbook marks as text throughout, are meant so.
    """
    if cells.is_marked_throughout(name) or not _may_be_meant(cells.column(name)):
        return
    column, fits = cells.column(name), _fits(cells, name)
    filled = column.is_valid().to_numpy(zero_copy_only=False)
    type = max(_TYPES, key=lambda each: int(fits[each].sum()))
    rest = np.flatnonzero(filled & ~fits[type]).tolist()
    count = int(filled.sum())
    if 2 * len(rest) > count:
        nearly = _nearly([column[row].as_py() for row in rest[:_ALIKE]])
        if nearly is None:
            return
        type = nearly
    texts = {row: column[row].as_py() for row in rest}
    misfits = [row for row, text in texts.items() if not is_code(text) or _PLAIN.fullmatch(text)]
    if misfits:
        text = texts[misfits[0]]
        what = remedy(text, type) or Message(f"remedy.{type}")
        if type == "number" and _PLAIN.fullmatch(text):
            what = Message("remedy.marked")
        log.note(
            Note(
                "file_column.text",
                place=cells.place_name(misfits[0]),
                column=shortened(name),
                value=shortened(text),
                others=_others(len(misfits) - 1),
                rest=_rest(count - len(rest), type),
                remedy=what,
            )
        )


def _fits(cells: Cells, name: str) -> dict[ColumnType, Mask]:
    """Return which cells are of each type; a number that a workbook keeps as text is none."""
    column, numbers = cells.column(name), cells.numbers(name)
    filled = column.is_valid().to_numpy(zero_copy_only=False)
    fits = {
        type: filled & ~parse_extra(numbers if type == "number" else column, type).bad
        for type in _TYPES
    }
    fits["number"] &= ~cells.marked(name)
    return fits


def _may_be_meant(column: pa.StringArray) -> bool:
    """Return whether the first cells leave it open that another type was meant: names don't."""
    first = column.drop_null()[:_ALIKE]
    return any(not parse_extra(first, type).bad.all() for type in _TYPES) or bool(
        _nearly(first.to_pylist())
    )


def _others(count: int) -> Message | None:
    return Message("file_column.others", count=count) if count else None


def _rest(count: int, type: ColumnType) -> Message | None:
    if not count:
        return None
    return Message("file_column.rest", count=count, type=Message(f"values.{type}", count=count))


def _nearly(texts: Sequence[str]) -> ColumnType | None:
    """Return the type that all of these texts nearly are, or None."""
    given = [text for text in texts if not is_missing(text)]
    if not given:
        return None
    return next((type for type, is_nearly in _NEARLY.items() if all(map(is_nearly, given))), None)
