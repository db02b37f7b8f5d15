"""Dataset: stakeholders, relationships and interactions as three frames with canonical columns.

Readers make it, stores take it and give it back, writers write it. Types are carried by the
frames' dtypes: text `str`, integer `Int64`, number `float64`, boolean `boolean`, date
`datetime64[s]`, time `datetime64[us, UTC]`. Missing is NaN, NA or NaT.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from relgraph.messages import Note
from relgraph.model import COLUMNS, KEYS, OCCURRENCE, TABLES, ColumnSpec, ColumnType, TableName

DTYPES: dict[ColumnType, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "time": "datetime64[us, UTC]",
}
_TYPES: dict[str, ColumnType] = {dtype: name for name, dtype in DTYPES.items()}

ORIGIN = ["file", "line"]  # the names of the index levels that tell where a row was read


def column_type(series: pd.Series) -> ColumnType:
    """Return the type that a canonical column's dtype stands for.

    Examples
    --------
    >>> column_type(pd.Series([1, None], dtype="Int64"))
    'integer'
    """
    return _TYPES[str(series.dtype)]


def known_column(table: TableName, name: str) -> ColumnSpec | None:
    """Return the specification of a canonical column, or None for an extra one."""
    if table == "interactions" and name == OCCURRENCE:
        return ColumnSpec(OCCURRENCE, "integer")
    return COLUMNS[table].get(name)


def empty_frame(table: TableName) -> pd.DataFrame:
    """Return a frame without rows that has the key columns of a table."""
    columns = {
        name: pd.Series([], dtype=DTYPES[spec.type])
        for name in KEYS[table]
        if (spec := known_column(table, name)) is not None
    }
    return pd.DataFrame(columns)


@dataclass(frozen=True, eq=False)
class Dataset:
    """The three tables; a table's frame holds only the columns that were given.

    Parameters
    ----------
    stakeholders, relationships, interactions : DataFrame
        Canonical columns in the dtypes of `DTYPES`. A frame that was read from files has the
        index levels `file` and `line`; one that was read from a store has a plain range.
        Interactions also have `occurrence`, counting equal rows (source, target, at, channel)
        within their file from 0.
    notes : tuple of Note
        What was guessed or left out on reading.
    settings : str, optional
        What the store carries along beside the data (`relgraph.store_settings`), as TOML; None
        where nothing is said of it.
    empty_cells : mapping of (table, column) to ndarray of bool
        Which rows were read with an empty cell under a column that their file has.
    """

    stakeholders: pd.DataFrame = field(default_factory=lambda: empty_frame("stakeholders"))
    relationships: pd.DataFrame = field(default_factory=lambda: empty_frame("relationships"))
    interactions: pd.DataFrame = field(default_factory=lambda: empty_frame("interactions"))
    notes: tuple[Note, ...] = ()
    settings: str | None = None
    empty_cells: Mapping[tuple[TableName, str], npt.NDArray[np.bool_]] = field(default_factory=dict)

    def tables(self) -> Mapping[TableName, pd.DataFrame]:
        """Return the three frames by table name, in import order."""
        return {name: getattr(self, name) for name in TABLES}

    def with_tables(self, tables: Mapping[TableName, pd.DataFrame]) -> Dataset:
        """Return a dataset with other frames in place of these."""
        frames = {**self.tables(), **tables}
        return replace(
            self,
            stakeholders=frames["stakeholders"],
            relationships=frames["relationships"],
            interactions=frames["interactions"],
        )

    def types(self, table: TableName) -> dict[str, ColumnType]:
        """Return the type of each column of a table."""
        frame = self.tables()[table]
        return {str(name): column_type(frame[name]) for name in frame.columns}
