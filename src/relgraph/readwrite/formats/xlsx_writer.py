"""Write a dataset as an Excel workbook of three sheets.

Written directly, because openpyxl cuts numbers to 16 digits and puts the time of day into the
file: here every number is exact, and the same data gives the same bytes. Every cell has a type,
so text that looks like a number, a date or a formula stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.errors import OutputError
from relgraph.model import ColumnType
from relgraph.readwrite.formats.written import column_header, column_texts, column_values, row_label
from relgraph.readwrite.formats.xlsx_cells import column_letters
from relgraph.readwrite.formats.xlsx_parts import (
    DATE,
    DECLARATION,
    HEADER,
    MAIN,
    TEXT,
    TIME,
    sheet_path,
    workbook_parts,
)
from relgraph.readwrite.formats.xml_text import check_xml, escaped
from relgraph.readwrite.settings_lines import COLUMN, NAME

MAX_ROWS, MAX_COLUMNS, MAX_CHARACTERS = 1_048_576, 16_384, 32_767
_NUMBERED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what workbooks read as a character's number
_DAY_0, _DAY_61 = datetime(1899, 12, 30), datetime(1900, 3, 1)  # before, Excel counts otherwise


def write_xlsx(dataset: Dataset, path: Path) -> None:
    """Write one sheet a table, and one of the settings, a row a line."""
    check_xml(dataset, "XLSX")
    headed: dict[str, pd.DataFrame] = {}
    for table, frame in dataset.tables().items():
        names = [column_header(table, frame[name], text_is_marked=True) for name in frame.columns]
        headed[table] = frame.set_axis(names, axis="columns")
    if dataset.settings:
        lines = pd.Series(dataset.settings.splitlines(), dtype="str")
        headed[NAME] = pd.DataFrame({COLUMN: lines})
    write_sheets(headed, path)


def write_sheets(frames: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write frames, each as the sheet of its name, with the dtypes of `dataset.DTYPES`.

    Raises
    ------
    OutputError
        A sheet or a cell can't hold so much.
    """
    for name, frame in frames.items():
        _check_size(name, frame)
    with ZipFile(path, "w") as archive:
        for name, text in workbook_parts(list(frames)).items():
            archive.writestr(_entry(name), text)
        for number, frame in enumerate(frames.values(), 1):
            with archive.open(_entry(sheet_path(number)), "w") as sheet:
                for text in _sheet(frame):
                    sheet.write(text.encode())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # dated 1980, whenever it is written
    entry.compress_type = ZIP_DEFLATED
    return entry


def _check_size(table: str, frame: pd.DataFrame) -> None:
    rows, columns = frame.shape
    if rows >= MAX_ROWS or columns > MAX_COLUMNS:
        raise OutputError(
            "write.large_sheet",
            table=table,
            rows=rows,
            columns=columns,
            most_rows=MAX_ROWS - 1,
            most_columns=MAX_COLUMNS,
        )
    for name in frame.columns:
        if column_type(frame[name]) == "text":
            _check_lengths(frame, str(name))


def _check_lengths(frame: pd.DataFrame, name: str) -> None:
    for row, text in frame[name].dropna().items():
        # Excel counts UTF-16 units: a character beyond U+FFFF is two.
        if len(text) > MAX_CHARACTERS // 2 and len(text.encode("utf-16-le")) > 2 * MAX_CHARACTERS:
            raise OutputError(
                "write.long_text",
                row=row_label(frame, row),
                column=name,
                count=len(text),
                most=MAX_CHARACTERS,
            )


def _sheet(frame: pd.DataFrame) -> Iterator[str]:
    letters = [column_letters(number) for number in range(1, len(frame.columns) + 1)]
    yield (
        f'{DECLARATION}<worksheet xmlns="{MAIN}">'
        f'<dimension ref="A1:{letters[-1]}{len(frame) + 1}"/>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>\n'
    )
    header = [_text(str(name), HEADER) for name in frame.columns]
    columns = [_cells(frame[name]) for name in frame.columns]
    for number, cells in enumerate((header, *zip(*columns, strict=True)), 1):
        filled = zip(letters, cells, strict=True)
        row = "".join(f'<c r="{letter}{number}"{cell}</c>' for letter, cell in filled if cell)
        yield f'<row r="{number}">{row}</row>\n'
    yield "</sheetData></worksheet>\n"


def _cells(series: pd.Series) -> list[str | None]:
    """Return the inside of each cell, from its style on; None for an empty one."""
    kind = column_type(series)
    values = column_values(series)
    cell = _CELLS.get(kind, _text)
    if kind in ("date", "time") and not all(map(_fits_excel, values)):
        values, cell = column_texts(series), _text
    return [None if value is None else cell(value) for value in values]


def _fits_excel(value: date | datetime | None) -> bool:
    """Return whether Excel's count of days, kept to the millisecond, gives the value back."""
    if value is None:
        return True
    moment = _moment(value)
    return moment >= _DAY_61 and moment.microsecond % 1000 == 0


def _moment(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _days(value: date | datetime) -> float:
    return (_moment(value) - _DAY_0) / timedelta(days=1)


def _text(text: str, style: int = TEXT) -> str:
    inside = f'<is><t xml:space="preserve">{escaped(_NUMBERED.sub("_x005F_", text))}</t></is>'
    return f' s="{style}" t="inlineStr">{inside}'


_CELLS: dict[ColumnType, Callable[[Any], str]] = {
    "integer": lambda value: f"><v>{value}</v>",
    "number": lambda value: f"><v>{value!r}</v>",
    "boolean": lambda value: f' t="b"><v>{value:d}</v>',
    "date": lambda value: f' s="{DATE}"><v>{_days(value):.0f}</v>',
    "time": lambda value: f' s="{TIME}"><v>{_days(value)!r}</v>',
}
