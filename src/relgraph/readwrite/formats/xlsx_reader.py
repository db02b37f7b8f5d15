"""Reading workbooks (.xlsx): each sheet is a table; formulas give their stored values."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from itertools import repeat
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from relgraph.messages import Message
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, empty_table, typed_table

_UNPACKED_LIMIT = 1 << 30  # bytes; larger tables are better off as CSV
_OLD_OR_ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1")
_TIME_OF_DAY = re.compile("[hs]", re.IGNORECASE)  # in the format of a cell that shows one
_Row = list[Any]


def read_xlsx(data: bytes, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the sheets of a workbook, each named by its title; those without values are left out."""
    unreadable = _why_unreadable(data)
    if unreadable:
        log.add(unreadable, file)
        return [empty_table(file, name)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are not read
            return _read_sheets(data, file, log)
    except Exception as error:  # a damaged file fails in openpyxl in any way it likes
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


def _read_sheets(data: bytes, file: str, log: ProblemLog) -> list[RawTable]:
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(data), read_only=True) if _has_formulas(data) else None
    tables = []
    for sheet in values.worksheets:
        sheet.reset_dimensions()  # a stated size may be wrong
        if formulas is None:
            formula_rows: Iterator[Any] = repeat(())
        else:
            formulas[sheet.title].reset_dimensions()
            formula_rows = formulas[sheet.title].iter_rows()
        rows = zip(sheet.iter_rows(), formula_rows, strict=formulas is not None)
        table = _read_sheet(rows, f"{file}#{sheet.title}", sheet.title, log)
        tables += [] if table is None else [table]
    if not tables:
        log.add(Message("xlsx.empty"), file, 1)
    return tables or [empty_table(file, file)]


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(part) for part in sheets)


def _read_sheet(
    rows: Iterator[tuple[Any, Any]], file: str, title: str, log: ProblemLog
) -> RawTable | None:
    headers: list[str] = []
    header_line = 1
    body: list[_Row] = []
    lines: list[int] = []
    for line, (cells, formulas) in enumerate(rows, 1):
        row = _row(cells, formulas, file, line, log)
        if not row:
            continue
        if headers:
            body.append(row)
            lines.append(line)
        else:
            headers = ["" if value is None else str(value) for value in row]
            header_line = line
    if not headers:
        return None
    width = max(len(headers), *map(len, body)) if body else len(headers)
    headers += [""] * (width - len(headers))
    columns = [[row[at] if at < len(row) else None for row in body] for at in range(width)]
    return typed_table(file, title, headers, header_line, columns, lines, log)


def _row(cells: Any, formulas: Any, file: str, line: int, log: ProblemLog) -> _Row:
    """Return the values of a row up to the last that isn't empty."""
    row: _Row = []
    for at, cell in enumerate(cells):
        value = cell.value
        if cell.data_type == "e":
            error = Message("xlsx.error", column=get_column_letter(at + 1), value=value)
            log.add(error, file, line)
            value = None
        elif isinstance(value, datetime) and not _TIME_OF_DAY.search(cell.number_format):
            value = value.date()
        row.append(value if value != "" else None)
    for at, formula in enumerate(formulas):
        if formula.data_type == "f" and cells[at].value is None and cells[at].data_type == "n":
            log.add(Message("xlsx.no_value", column=get_column_letter(at + 1)), file, line)
    while row and row[-1] is None:
        row.pop()
    return row
