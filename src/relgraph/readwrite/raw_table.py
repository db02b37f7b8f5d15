"""RawTable: one table as a file holds it, its cells as text and not yet understood."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.messages import Message
from relgraph.model import ColumnType
from relgraph.readwrite.problems import ProblemLog, shortened

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class RawTable:
    """The headers and cells of one table, and the line of each row.

    Parameters
    ----------
    file : str
        The file as the user named it, with `#sheet` for a sheet of a workbook.
    name : str
        What may tell which table it is: the name of the file, sheet or key.
    headers : tuple of str
        As the file spells them.
    header_line : int
        Their line.
    columns : tuple of pyarrow.StringArray
        The cells under each header; null is an empty cell.
    lines : ndarray of int
        Where each row starts.
    texts : tuple of ndarray of bool, optional
        For each column, which cells the file itself marks as text (strings of JSON and of
        workbooks); None where there are no such marks (CSV).
    labels : tuple of str, optional
        What the program that wrote the file calls each column (the letters of a workbook); their
        numbers if left out.
    types : mapping of str to {"text", "integer", "number", "boolean", "date", "time"}
        The types that the file itself says its columns have.
    ragged : tuple of tuple of str
        Rows with more or fewer cells than headers; they are not in `columns`.
    whole : bool
        False when rows may be missing here, because the file could not be read in full.
    is_graph : bool
        Whether it holds nodes or edges of another tool, whose attributes may only be called like
        our columns.
    """

    file: str
    name: str
    headers: tuple[str, ...]
    header_line: int
    columns: tuple[pa.StringArray, ...]
    lines: npt.NDArray[np.int64]
    texts: tuple[Mask, ...] | None = None
    labels: tuple[str, ...] = ()
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    ragged: tuple[tuple[str, ...], ...] = ()
    whole: bool = True
    is_graph: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    def label(self, place: int) -> str:
        """Return what to call a column that has no header."""
        return self.labels[place] if self.labels else str(place + 1)

    def emptied(self, missing: Sequence[str] = ()) -> RawTable:
        """Return the table with cells empty as `with_missing` does, and without blank rows."""
        return self.with_missing(missing).without_blank_rows()

    def with_missing(self, missing: Sequence[str] = ()) -> RawTable:
        """Return the table with cells empty that hold blanks only, or a text that means missing."""
        columns, texts = [], pa.array(missing, pa.string())
        for column in self.columns:
            if column.null_count == len(column):
                columns.append(column)
                continue
            empty = pc.utf8_is_space(column)
            if missing:
                empty = pc.or_(empty, pc.is_in(pc.utf8_trim_whitespace(column), texts))
            if pc.any(empty).as_py():
                column = pc.if_else(empty, pa.scalar(None, pa.string()), column)
            columns.append(column)
        return replace(self, columns=tuple(columns))

    def without_blank_rows(self) -> RawTable:
        """Return the table without the rows in which every cell is empty."""
        filled = np.zeros(len(self), dtype=bool)
        for column in self.columns:
            if column.null_count == 0:
                return self
            filled |= column.is_valid().to_numpy(zero_copy_only=False)
        texts = None if self.texts is None else tuple(marks[filled] for marks in self.texts)
        columns = tuple(column.filter(pa.array(filled)) for column in self.columns)
        return replace(self, columns=columns, lines=self.lines[filled], texts=texts)

    def take(self, rows: npt.NDArray[np.integer]) -> RawTable:
        """Return the rows at these positions, in that order."""
        places = pa.array(rows)
        texts = None if self.texts is None else tuple(marks[rows] for marks in self.texts)
        columns = tuple(column.take(places) for column in self.columns)
        return replace(self, columns=columns, lines=self.lines[rows], texts=texts)

    def with_column(self, place: int, header: str, column: pa.StringArray) -> RawTable:
        """Return the table with another header and other cells in one place."""
        headers, columns = list(self.headers), list(self.columns)
        headers[place], columns[place] = header, column
        texts = self.texts
        if texts is not None:
            unmarked = np.zeros(len(self), dtype=bool)
            texts = (*texts[:place], unmarked, *texts[place + 1 :])
        return replace(self, headers=tuple(headers), columns=tuple(columns), texts=texts)

    def with_another(self, header: str, column: pa.StringArray) -> RawTable:
        """Return the table with a column more."""
        texts = self.texts
        return replace(
            self,
            headers=(*self.headers, header),
            columns=(*self.columns, column),
            texts=None if texts is None else (*texts, np.ones(len(self), dtype=bool)),
            labels=(*map(self.label, range(len(self.headers))), header),
        )

    def without_column(self, place: int) -> RawTable:
        """Return the table without one column."""
        texts = self.texts
        return replace(
            self,
            headers=(*self.headers[:place], *self.headers[place + 1 :]),
            columns=(*self.columns[:place], *self.columns[place + 1 :]),
            texts=None if texts is None else (*texts[:place], *texts[place + 1 :]),
            labels=tuple(self.label(each) for each in range(len(self.headers)) if each != place),
        )


def text_column(cells: Iterable[str | None]) -> pa.StringArray:
    """Return cells as a column in which empty ones are null."""
    column = pa.array(cells, pa.string())
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def transposed(rows: Sequence[Sequence[str | None]], width: int) -> tuple[pa.StringArray, ...]:
    """Return rows of equal width as columns."""
    if not rows:
        return (pa.array([], pa.string()),) * width
    return tuple(map(text_column, zip(*rows, strict=True)))


def empty_table(file: str, name: str) -> RawTable:
    """Return the table of a file in which nothing could be read."""
    return RawTable(file, name, (), 1, (), np.array([], dtype=np.int64), whole=False)


_UNFIT_CHARACTER = re.compile("[\0\ud800-\udfff]")
_TEXT_OF: dict[type, Callable[..., str]] = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: lambda value: _duration(value),
}


def typed_table(
    file: str,
    name: str,
    headers: Sequence[str],
    header_line: int,
    columns: Sequence[Sequence[object]],
    lines: Sequence[int],
    log: ProblemLog,
    labels: Sequence[str] = (),
    *,
    nested: bool = False,
) -> RawTable:
    """Return typed cells as a raw table that remembers which of them were text.

    Parameters
    ----------
    file, name, headers, header_line, lines, labels :
        As in `RawTable`.
    columns : sequence of sequences
        The values under each header; None is an empty cell.
    log : ProblemLog
        Told of values that no cell can hold.
    nested : bool
        Whether lists and objects are cells, too: as the text of their JSON.
    """
    cells = [
        typed_cells(header, values, file, lines, log, nested=nested)
        for header, values in zip(headers, columns, strict=True)
    ]
    return RawTable(
        file,
        name,
        tuple(headers),
        header_line,
        tuple(column for column, _ in cells),
        np.array(lines, dtype=np.int64),
        tuple(marks for _, marks in cells),
        tuple(labels),
    ).without_blank_rows()


def typed_cells(
    header: str,
    values: Sequence[object],
    file: str,
    lines: Sequence[int],
    log: ProblemLog,
    *,
    nested: bool = False,
) -> tuple[pa.StringArray, Mask]:
    """Return the values of a column as text, and which of them were text; see `typed_table`."""
    flat = [_flat(value) for value in values] if nested else values
    cells = [None if value is None else cell_text(value) for value in flat]
    for line, value, cell in zip(lines, flat, cells, strict=True):
        if cell is None and value is not None:
            log.add(_unfit(shortened(header), value), file, line)
    marks = np.fromiter((isinstance(value, str) for value in values), bool, len(lines))
    return text_column(cells), marks


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def cell_text(value: object) -> str | None:
    """Return a value as text, or None if no cell can hold it."""
    write = _TEXT_OF.get(type(value))
    if write is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    text = write(value)
    return None if _UNFIT_CHARACTER.search(text) else text


def _duration(value: timedelta) -> str:
    """Return a duration in hours, minutes and seconds, however many hours it has.

    Examples
    --------
    >>> _duration(timedelta(hours=30, seconds=1.5)), _duration(timedelta(minutes=-90))
    ('30:00:01.500', '-1:30:00')
    """
    milliseconds = round(abs(value) / timedelta(milliseconds=1))
    seconds, rest = divmod(milliseconds, 1000)
    sign = "-" if value < timedelta(0) else ""
    text = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{rest:03}" if rest else text


def _unfit(column: str, value: object) -> Message:
    if isinstance(value, float):
        return Message("cell.not_finite", column=column, value=value)
    shown = shortened(value)
    if isinstance(value, str):
        return Message("cell.characters", column=column, value=shown)
    if isinstance(value, dict):
        return Message("cell.object", column=column, value=shown)
    return Message("cell.list", column=column, value=shown)
