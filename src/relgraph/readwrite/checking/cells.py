"""Cells: what all files of an import say about one table, under canonical names, still as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.dataset import ORIGIN
from relgraph.errors import Problem, place_name
from relgraph.messages import Message
from relgraph.model import ColumnType, TableName
from relgraph.readwrite.checking.headers import declared_type
from relgraph.readwrite.checking.notation import PLAIN, Notation
from relgraph.readwrite.ids import clean_id
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import Mask, RawTable


class Part(NamedTuple):
    """The rows of one file, and the place of each column in it by its canonical name."""

    raw: RawTable
    places: Mapping[str, int]

    def column(self, name: str) -> pa.StringArray:
        """Return the cells of a column; null where empty or where the file doesn't have it."""
        if name not in self.places:
            return pa.nulls(len(self.raw), pa.string())
        return self.raw.columns[self.places[name]]

    def marked(self, name: str) -> Mask:
        """Return which cells of a column the file marks as text."""
        if self.raw.texts is None or name not in self.places:
            return np.zeros(len(self.raw), dtype=bool)
        return self.raw.texts[self.places[name]]

    def text(self, name: str) -> pa.StringArray:
        """Return a column as text: a whole number that a workbook keeps as 7.0 is the id 7."""
        column = self.column(name)
        if self.raw.texts is None:
            return column
        whole = pc.replace_substring_regex(column, r"^(-?\d+)\.0$", r"\1")
        return pc.if_else(pa.array(self.marked(name)), column, whole)


class Cells:
    """The rows of all files of one table, one file after another.

    Parameters
    ----------
    table : {"stakeholders", "relationships", "interactions"}
        Which one.
    parts : sequence of Part
        The files, in the order read.
    notation : Notation
        How numbers are written in text.

    Attributes
    ----------
    part : ndarray of int
        The file of each row, by number.
    lines : ndarray of int
        The line of each row.
    """

    def __init__(self, table: TableName, parts: Sequence[Part], notation: Notation = PLAIN) -> None:
        self.table: TableName = table
        self.notation = notation
        self.parts = tuple(parts)
        sizes = [len(part.raw) for part in parts]
        self.part = np.repeat(np.arange(len(parts), dtype=np.int32), sizes)
        self.lines = np.concatenate([np.array([], np.int64), *(part.raw.lines for part in parts)])

    def __len__(self) -> int:
        return len(self.lines)

    def names(self) -> list[str]:
        """Return the columns that any file has, each once."""
        return list(dict.fromkeys(name for part in self.parts for name in part.places))

    def column(self, name: str) -> pa.StringArray:
        """Return the cells of a column; null where empty or where a file doesn't have it."""
        return pa.concat_arrays([part.column(name) for part in self.parts])

    def text(self, name: str) -> pa.StringArray:
        """Return a column as text, as `Part.text` does."""
        return pa.concat_arrays([part.text(name) for part in self.parts])

    def text_of(self, name: str, row: int) -> str:
        """Return one cell of a column as text, as it was given."""
        part = self.parts[self.part[row]]
        place = row - int(np.searchsorted(self.part, self.part[row]))
        return str(part.text(name)[place])

    def marked(self, name: str) -> Mask:
        """Return which cells of a column their file marks as text."""
        return np.concatenate([part.marked(name) for part in self.parts])

    def is_marked_throughout(self, name: str) -> bool:
        """Return whether the files themselves mark every cell of a column as text."""
        return bool(self.marked(name)[self.column(name).is_valid().to_numpy(False)].all())

    def numbers(self, name: str) -> pa.StringArray:
        """Return the cells of a column, numbers that are written as text in plain notation."""
        column = self.column(name)
        if self.notation == PLAIN:
            return column
        is_text = [part.raw.texts is None for part in self.parts]
        text = np.array(is_text, dtype=bool)[self.part] | self.marked(name)
        return pc.if_else(pa.array(text), self.notation.in_plain(column), column)

    def declared_type(self, name: str) -> ColumnType | None:
        """Return the type that all files with a column declare for it, or None."""
        having = [part for part in self.parts if name in part.places]
        types = {declared_type(part.raw, part.places[name]) for part in having}
        return types.pop() if len(types) == 1 else None

    def given(self, name: str) -> Mask:
        """Return which rows are from files that have a column."""
        return np.array([name in part.places for part in self.parts], dtype=bool)[self.part]

    def place(self, row: int) -> tuple[str, int]:
        """Return the file and the line of a row."""
        return self.parts[self.part[row]].raw.file, int(self.lines[row])

    def place_name(self, row: int) -> str:
        """Return the same as one text, for a message about another row."""
        return place_name(*self.place(row))

    def report(self, rows: Mask, message: Callable[[int], Message], log: ProblemLog) -> None:
        """Add the problem of each of these rows to the log; past its limit they are counted."""
        log.add_each(np.flatnonzero(rows), lambda row: Problem(message(row), *self.place(row)))

    def index(self) -> pd.MultiIndex:
        """Return the rows' origin as an index, files by name and lines by number."""
        levels: Any = [
            pd.Index([part.raw.file for part in self.parts], dtype="str"),
            pd.RangeIndex(int(self.lines.max(initial=0)) + 1),
        ]
        codes: Any = [self.part, self.lines]
        return pd.MultiIndex(levels, codes, names=ORIGIN, verify_integrity=False)

    def ragged_ids(self) -> set[str]:
        """Return the ids of ragged rows, which were left out."""
        having = [part for part in self.parts if "id" in part.places]
        rows = ((row, part.places["id"]) for part in having for row in part.raw.ragged)
        return {clean_id(row[place]) for row, place in rows if place < len(row)}
