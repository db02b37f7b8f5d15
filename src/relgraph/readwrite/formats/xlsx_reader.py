"""Reading workbooks (.xlsx): each sheet is a table; formulas give their stored values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from relgraph.messages import Message, Note
from relgraph.model import COLUMNS, TABLES
from relgraph.readwrite.formats.xlsx_book import read_book
from relgraph.readwrite.formats.xlsx_cells import CellError, Sheet, column_letters
from relgraph.readwrite.header_row import LOOKED_AT, find_headers, note_skipped
from relgraph.readwrite.names import canonical_column
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, cell_text, empty_table, typed_table

_UNPACKED_LIMIT = 1 << 30  # bytes; larger tables are better off as CSV
_OLD_OR_ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1")
_EXACT_DIGITS = 15  # of a number in Excel


def read_xlsx(
    data: bytes, file: str, name: str, log: ProblemLog, header: int | None = None
) -> list[RawTable]:
    """Read the sheets of a workbook, each named by its title; those without values are left out.

    The headers are in the row `header`, if it is given and a sheet has it.
    """
    unreadable = _why_unreadable(data)
    if unreadable:
        log.add(unreadable, file)
        return [empty_table(file, name)]
    try:
        return _read_sheets(data, file, log, header)
    except Exception as error:  # a damaged file fails in any way it likes
        reason = str(error).partition("\n")[0]
        log.add(Message("xlsx.damaged", error=type(error).__name__, reason=reason), file)
        return [empty_table(file, name)]


def _why_unreadable(data: bytes) -> Message | None:
    if data.startswith(_OLD_OR_ENCRYPTED):
        return Message("xlsx.old_or_encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        return Message("xlsx.not_one", reason=str(error))
    if size > _UNPACKED_LIMIT:
        return Message("xlsx.too_large", size=size)
    return None


def _read_sheets(data: bytes, file: str, log: ProblemLog, header: int | None) -> list[RawTable]:
    tables = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = read_book(archive)
        for title, part in book.sheets.items():
            with archive.open(part) as stream:
                sheet = Sheet(stream, book)
            _report_errors(sheet, f"{file}#{title}", log)
            if sheet.rows:
                tables.append(_read_sheet(sheet, f"{file}#{title}", title, log, header))
    if not tables:
        log.add(Message("xlsx.empty"), file, 1)
    return tables or [empty_table(file, file)]


def _report_errors(sheet: Sheet, file: str, log: ProblemLog) -> None:
    """Report the cells that hold an error instead of a value, and empty them."""
    for line, row in sorted(sheet.rows.items()):
        errors = {at: value for at, value in row.items() if isinstance(value, CellError)}
        for at, (text,) in sorted(errors.items()):
            column = column_letters(at)
            key = "xlsx.no_value" if text is None else "xlsx.error"
            log.add(Message(key, column=column, value=text), file, line)
            del row[at]
        if not row:
            del sheet.rows[line]


def _read_sheet(
    sheet: Sheet, file: str, title: str, log: ProblemLog, asked: int | None
) -> RawTable:
    numbers = sorted(sheet.rows)
    if asked in numbers:
        above = numbers.index(asked)
    else:
        above = find_headers([_texts(sheet.rows[number]) for number in numbers[:LOOKED_AT]])
    if above and asked not in numbers:
        note_skipped(file, numbers[above], _texts(sheet.rows[numbers[0]]), log)
    header_line, *lines = numbers[above:]
    header = sheet.rows[header_line]
    lines = _without_strays(sheet, header, lines, file, log)
    places = sorted({at for line in (header_line, *lines) for at in sheet.rows[line]})
    headers = [cell_text(header.get(at, "")) or "" for at in places]
    body = [sheet.rows[line] for line in lines]
    columns = [[row.get(at) for row in body] for at in places]
    for name, values in zip(headers, columns, strict=True):
        _check_digits(name, values, lines, file, log)
    _note_merged(sheet, file, header_line, log)
    letters = list(map(column_letters, places))
    return typed_table(file, title, headers, header_line, columns, lines, log, letters)


def _without_strays(
    sheet: Sheet, header: Mapping[int, Any], lines: Sequence[int], file: str, log: ProblemLog
) -> list[int]:
    """Return the lines that have a cell under a header, and note those that have none."""
    kept = [line for line in lines if not header.keys().isdisjoint(sheet.rows[line])]
    if strays := sorted(set(lines) - set(kept)):
        cells = tuple(f"{column_letters(min(sheet.rows[line]))}{line}" for line in strays[:3])
        log.note(Note("xlsx.stray", file=file, count=len(strays), cells=cells))
    return kept


def _texts(row: Mapping[int, Any]) -> list[str]:
    return [cell_text(value) or "" for value in row.values()]


def _check_digits(
    header: str, values: list[Any], lines: Sequence[int], file: str, log: ProblemLog
) -> None:
    """Report numbers of which Excel has not kept all digits: problems where they are names."""
    rounded = [at for at, value in enumerate(values) if _is_rounded(value)]
    if not rounded:
        return
    found = {"column": shortened(header), "value": f"{values[rounded[0]]:.0f}"}
    known = {COLUMNS[table].get(canonical_column(table, header) or "") for table in TABLES}
    if any(spec is not None and spec.type == "text" for spec in known):
        for at in rounded:
            found["value"] = f"{values[at]:.0f}"
            log.add(Message("xlsx.digits", **found), file, lines[at])
            values[at] = int(values[at])
    elif not any(known):
        place = f"{file}:{lines[rounded[0]]}"
        log.note(Note("xlsx.digits_lost", place=place, count=len(rounded), **found))


def _is_rounded(value: Any) -> bool:
    """Return whether a number has more digits than Excel keeps; those it lost are zeros."""
    if type(value) not in (int, float) or not 10**_EXACT_DIGITS <= abs(value) < 1e300:
        return False
    digits = f"{abs(value):.0f}"
    return isinstance(value, float) or not digits[_EXACT_DIGITS:].strip("0")


def _note_merged(sheet: Sheet, file: str, header_line: int, log: ProblemLog) -> None:
    """Note merged cells below the headers: only the first of them holds the value."""
    below = [
        name for name in sheet.merged if int(name.rpartition(":")[2].strip(_LETTERS)) > header_line
    ]
    if below:
        more = Message("xlsx.more_merged", count=len(below) - 3) if len(below) > 3 else None
        log.note(Note("xlsx.merged", file=file, ranges=tuple(below[:3]), more=more))


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"
