"""Headers: which column of a table each one names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, get_args

import numpy as np

from relgraph.errors import did_you_mean
from relgraph.messages import Message, Note
from relgraph.model import COLUMNS, OCCURRENCE, ColumnType, TableName
from relgraph.readwrite.names import canonical_column, folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

_COMPARED = 100  # extra columns that are looked at for misspellings


class Heading(NamedTuple):
    """What a header says: the name of its column, and the type if it names one."""

    name: str
    type: ColumnType | None = None


def split_type(header: str) -> Heading:
    """Return a header as name and type; `code:text` is the column `code`, which holds text.

    Examples
    --------
    >>> split_type("code:text"), split_type("ratio: net")
    (Heading(name='code', type='text'), Heading(name='ratio: net', type=None))
    """
    name, _, last = header.strip().rpartition(":")
    for type in get_args(ColumnType):
        if name and last == type:
            return Heading(name, type)
    return Heading(header.strip())


def name_columns(
    raw: RawTable,
    table: TableName,
    spellings: Mapping[str, str],
    reserved: Collection[str],
    log: ProblemLog,
) -> dict[str, int]:
    """Return the place of each column of a table by its canonical name.

    An extra column keeps the spelling of its header. An empty column without a header is
    skipped.

    Parameters
    ----------
    raw : RawTable
        The table as read.
    table : {"stakeholders", "relationships", "interactions"}
        Which one it is.
    spellings : mapping of str to str
        Extra columns that exist already: their names in lower case, and as they are spelt.
    reserved : collection of str
        Names in lower case that no column may have.
    log : ProblemLog
        Told of headers that can't be used.
    """
    places: dict[str, int] = {}
    taken: dict[str, int] = {}
    for place, header in enumerate(raw.headers):
        name = canonical_name(raw, table, header, spellings)
        problem = problem_of(raw, table, place, name, reserved)
        if problem is None and name:
            first = taken.setdefault(name.casefold(), place)
            places.setdefault(name, place)
            if first != place:
                problem = _twice(raw.headers[first], header, name)
        if problem is not None:
            log.add(problem, raw.file, raw.header_line)
    return places


def canonical_name(
    raw: RawTable, table: TableName, header: str, spellings: Mapping[str, str]
) -> str:
    """Return the name of the column that a header stands for; an extra one's own spelling."""
    name = header.strip() if raw.types else split_type(header).name
    return canonical_column(table, name) or spellings.get(name.casefold(), name)


def problem_of(
    raw: RawTable, table: TableName, place: int, name: str, reserved: Collection[str]
) -> Message | None:
    """Return why a column can't have its header or its name, or None."""
    return _unfit(raw, place) or _kept_back(table, name, reserved)


def declared_type(raw: RawTable, place: int) -> ColumnType | None:
    """Return the type that a file declares for a column, in its header or beside the table."""
    header = raw.headers[place]
    return raw.types.get(header) if raw.types else split_type(header).type


def _unfit(raw: RawTable, place: int) -> Message | None:
    """Return why a header can't be used, or None."""
    header = raw.headers[place].strip()
    if not header:
        column = raw.columns[place]
        empty = column.null_count == len(column)
        if empty:
            return None
        line = int(raw.lines[np.flatnonzero(column.is_valid())[0]])
        return Message("heading.missing", column=raw.label(place), line=str(line))
    if any(character in header for character in "\r\n\0"):
        return Message("heading.line_break", header=shortened(header))
    return None


def _kept_back(table: TableName, name: str, reserved: Collection[str]) -> Message | None:
    """Return why a column can't have a name, or None."""
    if table == "interactions" and folded(name) == OCCURRENCE:
        return Message("heading.occurrence", header=name)
    if name.lower() in reserved:
        return Message("heading.reserved", header=shortened(name))
    return None


def _twice(first: str, second: str, name: str) -> Message:
    one, other = shortened(first), shortened(second)
    if first == second:
        return Message("heading.twice", header=one)
    if first.strip().casefold() == second.strip().casefold():
        return Message("heading.case", first=one, second=other)
    return Message("heading.same", first=one, second=other, name=name)


def note_misspellings(table: TableName, file: str, names: Sequence[str], log: ProblemLog) -> None:
    """Note each extra column whose name looks like a known one."""
    for name in names[:_COMPARED]:
        if meant := did_you_mean(folded(name), COLUMNS[table], 0.85):
            log.note(Note("heading.extra", file=file, header=shortened(name), meant=meant))
