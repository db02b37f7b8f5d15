"""From tables as read to a checked dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from relgraph.dataset import Dataset, empty_frame, known_column
from relgraph.model import TABLES, TableName
from relgraph.readwrite.checking.cells import Cells, Part
from relgraph.readwrite.checking.columns import read_columns
from relgraph.readwrite.checking.graph_attributes import employees_in, with_fitting_names
from relgraph.readwrite.checking.headers import name_columns, note_misspellings
from relgraph.readwrite.checking.identity import check_identity
from relgraph.readwrite.checking.known import KnownIds, Stored
from relgraph.readwrite.checking.notation import PLAIN, Notation
from relgraph.readwrite.checking.order import check_above, check_tie_dates, note_late
from relgraph.readwrite.checking.repeats import merge_repeats, turn_to_stored
from relgraph.readwrite.checking.scaling import StrengthSource, take_strengths
from relgraph.readwrite.checking.validation import (
    check_ends,
    check_firm_and_owners,
    check_ids,
    check_required,
    check_types,
    note_alike,
)
from relgraph.readwrite.foreign import translate
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import Mask, RawTable


class Checked(NamedTuple):
    """The typed rows of each table, and which of them have an empty cell under a column."""

    frames: dict[TableName, pd.DataFrame]
    empty: Mapping[tuple[TableName, str], Mask]


def assemble(
    raws: Mapping[TableName, Sequence[RawTable]],
    stored: Stored,
    log: ProblemLog,
    notation: Notation = PLAIN,
    *,
    allow_change: bool = False,
    strengths: StrengthSource | None = None,
) -> Dataset:
    """Return the dataset that the tables hold, with the log's notes.

    Parameters
    ----------
    raws : mapping of table name to RawTables
        What was read of each table.
    stored : Stored
        What the store holds that the dataset goes into.
    log : ProblemLog
        The problems so far.
    allow_change : bool
        Whether a stored stakeholder may change name and market at once.
    strengths : StrengthSource, optional
        Where strengths are, if not in their own column.
    notation : Notation
        How numbers are written in text.

    Raises
    ------
    InvalidInput
        With every problem of the log.
    """
    frames, empty = check_tables(
        raws, stored, log, notation, allow_change=allow_change, strengths=strengths
    )
    log.raise_any()
    note_late(frames, log)
    ties = turn_to_stored(frames["relationships"], stored)
    return Dataset(
        frames["stakeholders"], ties, frames["interactions"], log.notes, empty_cells=empty
    )


def check_tables(
    raws: Mapping[TableName, Sequence[RawTable]],
    stored: Stored,
    log: ProblemLog,
    notation: Notation = PLAIN,
    *,
    allow_change: bool = False,
    strengths: StrengthSource | None = None,
) -> Checked:
    """Return the typed rows of each table, and tell the log what is wrong; see `assemble`."""
    if strengths is not None:
        taken = take_strengths(raws["relationships"], strengths, notation, log)
        raws = {**raws, "relationships": taken}
    cells = {
        table: Cells(table, named_parts(table, raws[table], stored, log), notation)
        for table in TABLES
    }
    frames = {table: _read_frame(cells[table], stored, log) for table in TABLES}
    people, frame = cells["stakeholders"], frames["stakeholders"]
    known = KnownIds(people, frame, stored)
    if "id" in frame:
        check_ids(people, frame, log)
        note_alike(frame, stored, log)
        check_identity(people, frame, stored, log, allow_change=allow_change)
        check_firm_and_owners(people, frame, stored, known, log)
        check_above(people, frame, stored, known, log)
    empty = _empty_cells(people, frame, np.ones(len(frame), dtype=bool))
    for table in TABLES[1:]:
        check_ends(cells[table], frames[table], known, log)
        whole = frames[table]
        frames[table], kept = merge_repeats(cells[table], whole, stored, log)
        empty |= _empty_cells(cells[table], whole, kept)
    check_tie_dates(frames["relationships"], stored, log)
    return Checked(frames, empty)


def _empty_cells(
    cells: Cells, frame: pd.DataFrame, kept: Mask
) -> dict[tuple[TableName, str], Mask]:
    """Return which of the kept rows have an empty cell under each column of their file."""
    found = {}
    for name in cells.names():
        missing = frame[name].isna().to_numpy() if name in frame else np.ones(len(cells), bool)
        if (here := missing & cells.given(name)).any():
            found[cells.table, name] = here[kept]
    return found


def named_parts(
    table: TableName, raws: Sequence[RawTable], stored: Stored, log: ProblemLog
) -> list[Part]:
    """Return the files of a table with its columns under canonical names."""
    spellings = {name.casefold(): name for name in stored.types.get(table, {})}
    people = stored.stakeholders
    employees = employees_in(
        raws if table == "stakeholders" else (), people["id"][people["market"] == "employee"]
    )
    parts = []
    for raw in raws:
        raw = translate(raw, table, spellings, stored.settings.kinds, log)
        reserved = stored.reserved_columns
        raw = with_fitting_names(raw, table, spellings, reserved, employees, log)
        named = name_columns(raw, table, spellings, stored.reserved_columns, log)
        extra = [name for name in named if known_column(table, name) is None]
        new = [name for name in extra if name.casefold() not in spellings]
        note_misspellings(table, raw.file, new, log)
        spellings |= {name.casefold(): name for name in new}
        parts.append(Part(raw, named))
    return parts


def _read_frame(cells: Cells, stored: Stored, log: ProblemLog) -> pd.DataFrame:
    """Return the typed columns of a table, and check what its rows need and may hold."""
    if not cells.parts:
        return empty_frame(cells.table)
    frame = read_columns(cells, stored.types.get(cells.table, {}), log)
    frame = stored.spell_ids(cells.table, frame)
    check_required(cells, frame, stored, log)
    if cells.table == "relationships":
        check_types(cells, frame, stored, log)
    return frame
