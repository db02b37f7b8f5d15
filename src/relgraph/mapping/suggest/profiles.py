"""Profiles: what the cells of a column look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from relgraph.mapping.value_types import SAMPLES, ValueType, read_type, read_values
from relgraph.readwrite.checking.parsing import infer_type
from relgraph.readwrite.raw_table import RawTable

EMPTY_WORDS = ("NULL", "null", "N/A", "n/a", "#N/A", "\\N", "(null)")
_DAYS = (
    *("%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%y", "%m/%d/%y"),
    *("%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y"),
)
_HOURS = (" %H:%M", " %H:%M:%S", " %I:%M %p")
DATES = ("date", *(f"date {day}" for day in _DAYS))
TIMES = ("time", *(f"time {day}{hour}" for day in _DAYS for hour in _HOURS))
NUMBERS = ("number", *(f"number {sample}" for sample in list(SAMPLES)[1:]))
_LOOKED_AT = 200  # cells that show whether a form fits before all are read
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True)
class Profile:
    """One column: its header, its cells, and the kind of value that the file itself gives them."""

    header: str
    cells: pa.StringArray
    marked: str | None = None

    @cached_property
    def values(self) -> frozenset[str]:
        """The different values."""
        return frozenset(self.cells.drop_null().unique().to_pylist())

    @property
    def filled(self) -> int:
        """How many cells are not empty."""
        return int(len(self.cells) - self.cells.null_count)

    @property
    def is_key(self) -> bool:
        """Whether every row has a value of its own."""
        return 0 < len(self.cells) == len(self.values)

    @cached_property
    def moment(self) -> tuple[str, ...]:
        """The types of dates or times that fit every cell; empty if it holds none."""
        return self._first_fitting(DATES, 2) or self._first_fitting(TIMES, 2)

    @cached_property
    def number(self) -> tuple[str, ...]:
        """The types of numbers that fit every cell; empty if it holds none."""
        return self._first_fitting(NUMBERS, 1)

    def _first_fitting(self, types: Sequence[str], most: int) -> tuple[str, ...]:
        filled = self.cells.drop_null()
        if not len(filled) or not _DIGITS.search(filled[0].as_py()):
            return ()
        found: list[str] = []
        for says in types:
            type = read_type(says)
            if isinstance(type, ValueType) and all(
                not read_values(part, type)[1].any() for part in (filled[:_LOOKED_AT], filled)
            ):
                found.append(says)
                if len(found) == most:
                    break
        return tuple(found)


@dataclass
class TableSeen:
    """A table that was given, and what is known of it.

    Parameters
    ----------
    name : str
        As a mapping calls it.
    raw : RawTable
        Its cells.
    ragged : int
        How many rows don't fit its headers.
    declared : mapping of str to (str, str)
        Columns that the database says lead to a table and its column.
    key : str or None
        The column that names its rows.
    header : int or None
        The line of its headers, if titles stand above them.
    """

    name: str
    raw: RawTable
    ragged: int = 0
    declared: dict[str, tuple[str, str]] = field(default_factory=dict)
    key: str | None = None
    header: int | None = None

    def __len__(self) -> int:
        return len(self.raw)

    @cached_property
    def columns(self) -> dict[str, Profile]:
        """Its columns by header, words for nothing left out."""
        empty = pa.array(EMPTY_WORDS, pa.string())
        found = {}
        for place, header in enumerate(self.raw.headers):
            cells = self.raw.columns[place]
            nothing = pc.is_in(pc.utf8_trim_whitespace(cells), empty)
            cells = pc.if_else(nothing, pa.scalar(None, pa.string()), cells)
            marks = None if self.raw.texts is None else self.raw.texts[place]
            typed = marks is not None and not bool(marks.any())
            if header.strip():
                kind = infer_type(cells) if typed else None
                found[header.strip()] = Profile(header.strip(), cells, kind)
        return found

    @cached_property
    def empty_words(self) -> list[str]:
        """The words for nothing that its cells have."""
        words = {
            word
            for column in self.raw.columns
            for word in pc.unique(pc.utf8_trim_whitespace(column)).to_pylist()
            if word in EMPTY_WORDS
        }
        return sorted(words)
