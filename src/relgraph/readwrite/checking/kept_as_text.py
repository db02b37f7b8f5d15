"""Extra columns that are text because of a few cells: which cell decided, and what to do."""

from __future__ import annotations

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
_ALIKE = 1000  # cells that must be nearly of a type, where none is


def note_deciding_cell(cells: Cells, name: str, log: ProblemLog) -> None:
    """Note the first cell that makes a column text, if it looks as if it should not be.

    It does if half of its cells at least are of another type, or all of them nearly: `12%`,
    `31.12.2024`. Codes of digits, and what a workbook marks as text throughout, are meant so.
    """
    if cells.is_marked_throughout(name):
        return
    column, numbers = cells.column(name), cells.numbers(name)
    if not _may_be_meant(column, numbers):
        return
    filled = column.is_valid().to_numpy(zero_copy_only=False)
    fits = _fits(column, numbers)
    type = max(_TYPES, key=lambda each: int(fits[each].sum()))
    rest = np.flatnonzero(filled & ~fits[type]).tolist()
    count = int(filled.sum())
    if 2 * len(rest) > count:
        nearly = _nearly([column[row].as_py() for row in rest[:_ALIKE]])
        if nearly is None:
            return
        type = nearly
    misfits = [row for row in rest if not is_code(column[row].as_py())]
    if misfits:
        text = column[misfits[0]].as_py()
        log.note(
            Note(
                "column.text",
                place=cells.place_name(misfits[0]),
                column=shortened(name),
                value=shortened(text),
                others=_others(len(misfits) - 1),
                rest=_rest(count - len(rest), type),
                remedy=remedy(text, type) or Message(f"remedy.{type}"),
            )
        )


def _fits(column: pa.StringArray, numbers: pa.StringArray) -> dict[ColumnType, Mask]:
    """Return which cells are of each type."""
    filled = column.is_valid().to_numpy(zero_copy_only=False)
    return {
        type: filled & ~parse_extra(numbers if type == "number" else column, type).bad
        for type in _TYPES
    }


def _may_be_meant(column: pa.StringArray, numbers: pa.StringArray) -> bool:
    """Return whether the first cells leave it open that another type was meant: names don't."""
    first = np.flatnonzero(column.is_valid())[:_ALIKE]
    column, numbers = column.take(first), numbers.take(first)
    return (
        any(map(np.any, _fits(column, numbers).values())) or _nearly(column.to_pylist()) is not None
    )


def _others(count: int) -> Message | None:
    return Message("column.others", count=count) if count else None


def _rest(count: int, type: ColumnType) -> Message | None:
    if not count:
        return None
    return Message("column.rest", count=count, type=Message(f"values.{type}", count=count))


def _nearly(texts: Sequence[str]) -> ColumnType | None:
    """Return the type that all of these texts nearly are, or None."""
    given = [text for text in texts if not is_missing(text)]
    if not given:
        return None
    return next((type for type, is_nearly in _NEARLY.items() if all(map(is_nearly, given))), None)
