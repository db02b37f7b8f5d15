"""Reading CSV and TSV: every record with the line on which it starts.

Lines may end in LF, CRLF or CR, quoted cells may contain line breaks, and the first rows show
what separates cells (a European spreadsheet's semicolons) and which of them has the headers. Text
without quotes goes through Arrow's reader, some twenty times faster; everything else, and
whatever Arrow refuses, through Python's, which knows the lines.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from relgraph.messages import Message, Note
from relgraph.readwrite.header_row import LOOKED_AT, count_known, find_headers, note_skipped
from relgraph.readwrite.problems import ProblemLog, first_lines
from relgraph.readwrite.raw_table import RawTable, empty_table, transposed

_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR = re.compile(r'"?sep=(.)"?(?=[\r\n])', re.IGNORECASE)  # a line for Excel
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_BLOCK = 1 << 20
_LARGE = 1 << 20  # bytes of a file that is worth reading without making text of it
_HEAD = 1 << 16  # bytes that are enough to find the headers
_PART = 1000  # rows held as Python objects at a time
# What Python's reader says of a broken record, and our sentence; any other is told as it is.
_REASONS = {
    "unexpected end of data": "csv.open_quote",
    "expected after": "csv.after_quote",
    "field limit": "csv.long_cell",
}


class Layout(NamedTuple):
    """What is known of a file before it is read; nothing by default.

    Parameters
    ----------
    separator : str or None
        The character between cells.
    header : int or None
        The line of the headers.
    columns : tuple of str
        The headers, where the file has none.
    cut : bool
        Whether a row that doesn't fit the headers is cut or filled up, and noted, not refused.
    wanted : callable, optional
        Whether the cells under a header are needed; others may be left empty.
    """

    separator: str | None = None
    header: int | None = None
    columns: tuple[str, ...] = ()
    cut: bool = False
    wanted: Callable[[str], bool] | None = None


_UNKNOWN = Layout()


class _Record(NamedTuple):
    """A record that isn't blank, the line where it starts, and the lines up to its end."""

    cells: list[str]
    line: int = 1
    end: int = 0


class _Header(NamedTuple):
    """The record of the headers, and the one before that was skipped, if any."""

    delimiter: str
    cells: list[str]
    line: int
    end: int
    skipped: list[str]


def read_csv(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the text of a CSV file, which holds one table."""
    return [_read(text, file, name, log, ",")]


def read_tsv(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the same with tabs between cells, unless the header makes more sense without."""
    return [_read(text, file, name, log, "\t")]


def read_laid_out(
    text: str, file: str, name: str, log: ProblemLog, layout: Layout
) -> list[RawTable]:
    """Read a file of which something is known."""
    return [_read(text, file, name, log, ",", layout)]


def _read(
    text: str, file: str, name: str, log: ProblemLog, delimiter: str, layout: Layout = _UNKNOWN
) -> RawTable:
    if "\0" in text:
        _report_nuls(text, file, log)
    delimiters = [delimiter, *(each for each in _DELIMITERS if each != delimiter)]
    if said := _SEPARATOR.match(text):
        delimiters = [said[1]]
        text = text[said.end() :]  # from the end of that line on, so that the others keep theirs
    if layout.separator is not None:
        delimiters = [layout.separator]
    header = _header(text, delimiters, layout)
    if not header.cells:
        log.add(Message("csv.no_header"), file, 1)
        return empty_table(file, name)
    if header.skipped:
        note_skipped(file, header.line, header.skipped, log)
    # Whether every line that ends in LF or CRLF is a record.
    has_a_line_each = '"' not in text and (
        "\r" not in text or text.count("\r") == text.count("\r\n")
    )
    table = None
    if has_a_line_each:
        table = _read_fast(text.encode(), header, file, name, layout.wanted)
    if table is None:
        table = _read_exactly(text, header, file, name, log, cut=layout.cut)
    return table.without_blank_rows()


def read_large(
    data: bytes, file: str, name: str, log: ProblemLog, layout: Layout
) -> list[RawTable] | None:
    """Read a large file of ASCII without making text of it; None if it is none, or not regular.

    The table is that of `read_laid_out`, and half of the memory is spared.
    """
    head = data[:_HEAD].rpartition(b"\n")[0].replace(b"\r\n", b"\n")
    filled = sum(map(bool, head.split(b"\n")))
    if len(data) < _LARGE or filled <= LOOKED_AT + (layout.header or 1) or not data.isascii():
        return None
    if any(sign in data for sign in (b'"', b"\0")) or head[:5].lower().startswith(b"sep="):
        return None
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    separators = _DELIMITERS if layout.separator is None else [layout.separator]
    header = _header(head.decode(), separators, layout)
    table = _read_fast(data, header, file, name, layout.wanted)
    if table is None:
        return None
    if header.skipped:
        note_skipped(file, header.line, header.skipped, log)
    return [table.without_blank_rows()]


def _report_nuls(text: str, file: str, log: ProblemLog) -> None:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if "\0" in line:
            log.add(Message("csv.nul"), file, number)


def _header(text: str, delimiters: Sequence[str], layout: Layout = _UNKNOWN) -> _Header:
    """Return the headers, read with the delimiter that names the most known columns.

    If none does, it is the one by which the most rows have as many cells as the headers.
    """
    start = 0
    for _ in range((layout.header or 1) - 1):
        line = _LINE.match(text, start)
        start = line.end() if line else len(text)
    readings = {delimiter: _first_records(text[start:], delimiter) for delimiter in delimiters}
    fitness = {delimiter: _fitness(records) for delimiter, records in readings.items()}
    delimiter = max(fitness, key=fitness.__getitem__)
    records = readings[delimiter]
    if layout.columns:
        return _Header(delimiter, list(layout.columns), 1, (layout.header or 1) - 1, [])
    if layout.header:
        first = records[0]
        above = layout.header - 1
        return _Header(delimiter, first.cells, first.line + above, first.end + above, [])
    at = find_headers([record.cells for record in records])
    header = records[at]
    return _Header(delimiter, *header, records[0].cells if at else [])


def _fitness(records: Sequence[_Record]) -> tuple[int, int, int]:
    rows = [record.cells for record in records]
    headers = rows[find_headers(rows)]
    fitting = sum(len(row) == len(headers) > 1 for row in rows)
    return count_known(headers), fitting, len(headers) if fitting else 0


def _first_records(text: str, delimiter: str) -> list[_Record]:
    """Return the first records that are not blank; one without cells if there are none."""
    lines = (match[0] for match in _LINE.finditer(text))  # only as many as are needed
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records: list[_Record] = []
    end = 0
    try:
        for row in reader:
            if any(row):
                records.append(_Record(row, end + 1, reader.line_num))
            end = reader.line_num
            if len(records) == LOOKED_AT:
                break
    except csv.Error:
        pass
    return records or [_Record([])]


def _read_fast(
    data: bytes, header: _Header, file: str, name: str, wanted: Callable[[str], bool] | None = None
) -> RawTable | None:
    """Read UTF-8 in which every line is a record, or return None if it isn't as regular as that.

    Columns that nobody wants are left empty, unless they may tell which rows are blank.
    """
    start = 0
    for _ in range(header.end):
        start = data.find(b"\n", start) + 1 or len(data)
    if data.startswith(codecs.BOM_UTF8, start):
        return None  # Arrow would take it for a byte-order mark
    names = list(map(str, range(len(header.cells))))
    cells = zip(names, header.cells, strict=True)
    kept = [name for name, cell in cells if wanted is None or wanted(cell)] or names[:1]
    # A copy of Arrow's own: its threads let go of a file after it has been read, maybe when Python
    # is ending already, and one that lets go of a Python object then aborts the process.
    pool = pa.system_memory_pool()  # Arrow's own asks for huge pages: seconds, where memory is full
    copy = pa.allocate_buffer(len(data) - start, memory_pool=pool)
    pa.FixedSizeBufferWriter(copy).write(memoryview(data)[start:])
    try:
        rows = arrow_csv.read_csv(
            pa.BufferReader(copy),
            # One thread: several take up to five times the CPU and no less time.
            arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=False),
            arrow_csv.ParseOptions(
                delimiter=header.delimiter, quote_char=False, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=kept,
                null_values=[""],
                strings_can_be_null=True,
            ),
            pool,
        )
    except pa.ArrowInvalid:
        return None
    if len(kept) < len(names) and all(column.null_count for column in rows.columns):
        return _read_fast(data, header, file, name)
    nothing = pa.nulls(len(rows), pa.string())
    columns = tuple(
        pa.concat_arrays(rows[each].chunks, pool) if each in rows.column_names else nothing
        for each in names
    )
    lines = header.end + 1 + np.arange(len(rows), dtype=np.int64)
    return RawTable(file, name, tuple(header.cells), header.line, columns, lines)


def _read_exactly(
    text: str, header: _Header, file: str, name: str, log: ProblemLog, *, cut: bool = False
) -> RawTable:
    """Read any text; rows that don't fit are reported and left out, or cut."""
    width = len(header.cells)
    parts = [transposed([], width)]
    rows: list[list[str]] = []
    lines: list[int] = []
    ragged: list[tuple[str, ...]] = []
    cut_at: list[int] = []
    before = len(log)
    for line, row in _records(text, header, file, log):
        if cut and len(row) != width and any(row):
            cut_at.append(line)
            row = [*row[:width], *[""] * (width - len(row))]
        if len(row) == width:
            rows.append(row)
            lines.append(line)
            if len(rows) == _PART:
                parts.append(transposed(rows, width))
                rows.clear()
        elif any(row):
            ragged.append(tuple(row))
            log.add(Message("csv.ragged", cells=len(row), width=width), file, line)
    if cut_at:
        log.note(Note("csv.cut", file=file, count=len(cut_at), lines=first_lines(cut_at)))
    parts.append(transposed(rows, width))
    return RawTable(
        file,
        name,
        tuple(header.cells),
        header.line,
        tuple(map(pa.concat_arrays, zip(*parts, strict=True))),
        np.array(lines, dtype=np.int64),
        ragged=tuple(ragged),
        whole=len(log) == before + len(ragged),
    )


def _records(
    text: str, header: _Header, file: str, log: ProblemLog
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record after the header with its line; past a broken one, go on a line later."""
    lines = list(io.StringIO(text, newline=""))
    start = header.end
    while start < len(lines):
        rest = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(rest, delimiter=header.delimiter, strict=True)
        first = start
        try:
            for row in reader:
                yield start + 1, row
                start = first + reader.line_num
        except csv.Error as error:
            reason = str(error)
            key = next((key for part, key in _REASONS.items() if part in reason), reason)
            log.add(Message(key), file, start + 1)
            start += 1
