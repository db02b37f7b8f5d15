"""Cells: what all files of an import say about one table, under canonical names, still as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.dataset import ORIGIN
from relgraph.model import ColumnType, TableName
from relgraph.readwrite.checking.headers import said_type
from relgraph.readwrite.raw_table import Mask, RawTable


@dataclass(frozen=True, eq=False)
class Cells:
    """The rows of all files of one table.

    Parameters
    ----------
    table : {"stakeholders", "relationships", "interactions"}
        Which one.
    parts : tuple of RawTable
        The files, in the order read.
    places : tuple of mapping
        For each file, where each column stands in it by its canonical name.
    part : ndarray of int
        The file of each row, by number.
    lines : ndarray of int
        The line of each row.
    """

    table: TableName
    parts: tuple[RawTable, ...]
    places: tuple[Mapping[str, int], ...]
    part: npt.NDArray[np.int32]
    lines: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lines)

    def names(self) -> list[str]:
        """Return the columns that any file has, each once."""
        return list(dict.fromkeys(name for places in self.places for name in places))

    def column(self, name: str) -> pa.StringArray:
        """Return the cells of a column; null where empty or where a file doesn't have it."""
        parts = zip(self.parts, self.places, strict=True)
        return pa.concat_arrays([_column(raw, places, name) for raw, places in parts])

    def text(self, name: str) -> pa.StringArray:
        """Return the same as text: a whole number that a workbook keeps as 7.0 is the id 7."""
        columns = []
        for raw, places in zip(self.parts, self.places, strict=True):
            column = _column(raw, places, name)
            if raw.texts is not None and name in places:
                whole = pc.replace_substring_regex(column, r"^(-?\d+)\.0$", r"\1")
                column = pc.if_else(pa.array(raw.texts[places[name]]), column, whole)
            columns.append(column)
        return pa.concat_arrays(columns)

    def marked(self, name: str) -> Mask:
        """Return which cells of a column their file marks as text."""
        return np.concatenate(
            [
                np.zeros(len(raw), dtype=bool)
                if raw.texts is None or name not in places
                else raw.texts[places[name]]
                for raw, places in zip(self.parts, self.places, strict=True)
            ]
        )

    def said_type(self, name: str) -> ColumnType | None:
        """Return the type that the files say a column has, if each that has it says the same."""
        said = {
            said_type(raw, places[name])
            for raw, places in zip(self.parts, self.places, strict=True)
            if name in places
        }
        return said.pop() if len(said) == 1 else None

    def given(self, name: str) -> Mask:
        """Return which rows are of a file that has a column."""
        return np.array([name in places for places in self.places], dtype=bool)[self.part]

    def place(self, row: int) -> tuple[str, int]:
        """Return the file and the line of a row."""
        return self.parts[self.part[row]].file, int(self.lines[row])

    def spelt_place(self, row: int) -> str:
        """Return the same in one word, for a message about another row."""
        file, line = self.place(row)
        return f"{file}:{line}"

    def index(self) -> pd.MultiIndex:
        """Return the rows' origin as an index, files by name and lines by number."""
        levels: Any = [
            pd.Index([raw.file for raw in self.parts], dtype="str"),
            pd.RangeIndex(int(self.lines.max(initial=0)) + 1),
        ]
        codes: Any = [self.part, self.lines]
        return pd.MultiIndex(levels, codes, names=ORIGIN, verify_integrity=False)

    def torn_ids(self, name: str) -> set[str]:
        """Return what stands where an id would, in rows that were left out as torn."""
        return {
            row[places[name]]
            for raw, places in zip(self.parts, self.places, strict=True)
            if name in places
            for row in raw.torn
            if places[name] < len(row)
        }


def _column(raw: RawTable, places: Mapping[str, int], name: str) -> pa.StringArray:
    return raw.columns[places[name]] if name in places else pa.nulls(len(raw), pa.string())


def gather(
    table: TableName, parts: Sequence[RawTable], places: Sequence[Mapping[str, int]]
) -> Cells:
    """Return the rows of several files of one table, one after another."""
    sizes = [len(raw) for raw in parts]
    lines = [raw.lines for raw in parts]
    return Cells(
        table,
        tuple(parts),
        tuple(places),
        np.repeat(np.arange(len(parts), dtype=np.int32), sizes),
        np.concatenate(lines) if lines else np.array([], dtype=np.int64),
    )
