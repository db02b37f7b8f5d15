"""Headers: which column of a table each one names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple, get_args

from relgraph.model import COLUMNS, OCCURRENCE, ColumnType, TableName
from relgraph.readwrite.names import canonical_column, folded
from relgraph.readwrite.problems import ProblemLog, quoted
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

    An extra column keeps the spelling of its header. A column without a header is passed over
    when it is empty.

    Parameters
    ----------
    raw : RawTable
        The table as read.
    table : {"stakeholders", "relationships", "interactions"}
        Which one it is.
    spellings : mapping of str to str
        Extra columns that exist already: their names in small letters, and as they are spelt.
    reserved : collection of str
        Names, in small letters, that no column may have.
    log : ProblemLog
        Told of headers that can't stand.
    """
    places: dict[str, int] = {}
    taken: dict[str, int] = {}
    for place, header in enumerate(raw.headers):
        name = _canonical(raw, table, header, spellings)
        problem = _unfit(raw, place) or _kept_back(table, name, reserved)
        if problem is None and name:
            first = taken.setdefault(name.casefold(), place)
            places.setdefault(name, place)
            if first != place:
                problem = _twice(raw.headers[first], header, name)
        if problem is not None:
            log.add(problem, raw.file, raw.header_line)
    return places


def _canonical(raw: RawTable, table: TableName, header: str, spellings: Mapping[str, str]) -> str:
    name = header.strip() if raw.types else split_type(header).name
    return canonical_column(table, name) or spellings.get(name.casefold(), name)


def said_type(raw: RawTable, place: int) -> ColumnType | None:
    """Return the type that a file says a column has, by its header or beside the table."""
    header = raw.headers[place]
    return raw.types.get(header) if raw.types else split_type(header).type


def _unfit(raw: RawTable, place: int) -> str | None:
    """Return why a header can't stand, or None."""
    header = raw.headers[place].strip()
    if not header:
        column = raw.columns[place]
        empty = column.null_count == len(column)
        return None if empty else f"column {place + 1} holds values but has no header"
    if any(character in header for character in "\r\n\0"):
        return f"header {quoted(header)} holds a line break or a NUL; write it on one line"
    return None


def _kept_back(table: TableName, name: str, reserved: Collection[str]) -> str | None:
    """Return why a column can't have a name, or None."""
    if table == "interactions" and folded(name) == OCCURRENCE:
        return f"header {quoted(name)} is relgraph's own count of equal rows; rename the column"
    if name.lower() in reserved:
        return f"header {quoted(name)} is a name that the store keeps for itself; use another"
    return None


def _twice(first: str, second: str, name: str) -> str:
    if first == second:
        return f"header {quoted(first)} stands twice"
    if first.strip().casefold() == second.strip().casefold():
        return f"headers {quoted(first)} and {quoted(second)} differ only in case"
    return f"headers {quoted(first)} and {quoted(second)} both mean {name}"


def misspelling_notes(table: TableName, file: str, names: Sequence[str]) -> list[str]:
    """Return a note for each extra column whose name looks like a known one."""
    notes = []
    for name in names[:_COMPARED]:
        close = get_close_matches(folded(name), COLUMNS[table], 1, 0.85)
        notes += [
            f"{file}: column {quoted(name)} is kept as a property of its own "
            f"(did you mean {meant!r}?)"
            for meant in close
        ]
    return notes
