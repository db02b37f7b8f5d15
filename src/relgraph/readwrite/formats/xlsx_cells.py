"""The cells of one sheet of a workbook: where each is, and its value as a spreadsheet shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import IO, Any, NamedTuple

from relgraph.readwrite.formats.number_formats import shown_as
from relgraph.readwrite.formats.xlsx_book import Book, unescaped
from relgraph.readwrite.formats.xml_reading import parse_xml

_PLACE = re.compile(r"([A-Z]+)(\d+)")
_WHOLE = re.compile(r"-?\d+")
_FIRST_DAYS = 60  # a workbook counts a 29 February 1900
_DAYS = 2_958_466  # to the end of the year 9999
_HALF_SECOND = 0.5 / 86_400


class CellError(NamedTuple):
    """A cell with an error instead of a value: `#N/A`, or None for a formula without its value."""

    text: str | None


class Sheet:
    """What a sheet holds.

    Attributes
    ----------
    rows : dict of int to dict of int to value
        The cells that are not empty, by the numbers of their row and their column, from 1 on;
        only these take room, however far apart they are.
    merged : list of str
        The ranges of merged cells.
    """

    def __init__(self, stream: IO[bytes], book: Book) -> None:
        self.rows: dict[int, dict[int, Any]] = {}
        self.merged: list[str] = []
        self._book = book
        self._row = self._column = 0
        self._cell: Mapping[str, str] = {}
        self._inside = ""
        self._pieces: dict[str, list[str]] = {}
        self._pronounced = False
        parse_xml(stream, self._start, self._end, self._text)

    def _start(self, name: str, values: Mapping[str, str]) -> None:
        self._inside = name
        if name == "c":
            self._cell = values
            self._pieces = {}
            place = _PLACE.fullmatch(values.get("r", ""))
            self._column = column_number(place[1]) if place else self._column + 1
        elif name in ("f", "v", "t"):
            self._pieces.setdefault(name, [])
        elif name == "row":
            self._row = int(values.get("r", self._row + 1))
            self._column = 0
        elif name == "rPh":
            self._pronounced = True
        elif name == "mergeCell":
            self.merged.append(values["ref"])

    def _text(self, piece: str) -> None:
        if self._inside in self._pieces and not self._pronounced:
            self._pieces[self._inside].append(piece)

    def _end(self, name: str) -> None:
        self._inside = ""
        if name == "rPh":
            self._pronounced = False
        elif name == "c":
            value = self._value()
            if value is not None and not (isinstance(value, str) and not value.strip()):
                self.rows.setdefault(self._row, {})[self._column] = value

    def _value(self) -> Any:
        kind = self._cell.get("t", "n")
        if kind == "inlineStr":
            return unescaped("".join(self._pieces.get("t", ())))
        text = "".join(self._pieces.get("v", ()))
        if kind == "str":
            return unescaped(text)
        if not text:
            return CellError(None) if "f" in self._pieces else None
        if kind == "s":
            return self._book.texts[int(text)]
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return CellError(text)
        style = int(self._cell.get("s", 0))
        format = self._book.formats[style] if style < len(self._book.formats) else ""
        if kind == "d":
            return _from_iso(text, format)
        return number_value(text, format, from_1904=self._book.from_1904)


def number_value(text: str, format: str, *, from_1904: bool = False) -> Any:
    """Return a number as its format shows it: a number, a day, a time or a duration.

    Examples
    --------
    >>> number_value("45443.5", "[$-409]d-mmm-yy h:mm AM/PM")
    datetime.datetime(2024, 5, 31, 12, 0)
    >>> number_value("45443", "[Red]yyyy/mm/dd"), number_value("45443", "0.00")
    (datetime.date(2024, 5, 31), 45443)
    """
    number = float(text)
    shown = shown_as(format, number) if format else "number"
    if shown == "duration" and abs(number) < _DAYS:
        return timedelta(milliseconds=round(number * 86_400_000))
    if shown == "clock" and 0 <= number < 1:
        return (datetime.min + timedelta(milliseconds=round(number * 86_400_000))).time()
    # A day 0 is what Excel shows of an empty cell; before 1900, and after 9999, it shows none.
    days = number + 1462 if from_1904 else number + (number < _FIRST_DAYS)
    if (
        shown in ("number", "duration")
        or number < (0 if from_1904 else 1)
        or not days < _DAYS - _HALF_SECOND
    ):
        return int(text) if _WHOLE.fullmatch(text) else number
    moment = datetime(1899, 12, 30) + timedelta(milliseconds=round(days * 86_400_000))
    return _as_shown(moment, shown)


def _as_shown(moment: datetime, shown: str) -> date | datetime:
    is_day = shown == "date" or (shown == "clock" and moment.time() == time())
    return moment.date() if is_day else moment


def _from_iso(text: str, format: str) -> date | time | str:
    """Return a day or a time that a workbook writes as text, as its other standard does."""
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    shown = shown_as(format, 1)
    return _as_shown(moment, "date" if shown == "number" and "T" not in text else shown)


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA.

    Examples
    --------
    >>> column_letters(27), column_letters(16384), column_number("XFD")
    ('AA', 'XFD', 16384)
    """
    before, place = divmod(number - 1, 26)
    return (column_letters(before) if before else "") + chr(ord("A") + place)
