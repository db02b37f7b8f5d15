"""Which table a file, a sheet or a list is: by option, else by its name, else by its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from relgraph.errors import UsageError
from relgraph.model import COLUMNS, TABLES, TableName
from relgraph.readwrite.names import canonical_column, canonical_table
from relgraph.readwrite.problems import quoted
from relgraph.readwrite.raw_table import RawTable

# What a table must have to be known by its columns; a stakeholder also has a name or a market.
_MARKS: dict[TableName, frozenset[str]] = {
    "stakeholders": frozenset({"id"}),
    "relationships": frozenset({"source", "target", "type"}),
    "interactions": frozenset({"source", "target", "at"}),
}


class Choice(NamedTuple):
    """The tables found in one place, and a note on each one that was passed over."""

    chosen: list[tuple[TableName, RawTable]]
    notes: list[str]


def choose_tables(raws: Sequence[RawTable], name: str, asked: TableName | None = None) -> Choice:
    """Return which table each of these is.

    Parameters
    ----------
    raws : sequence of RawTable
        What one path holds: one table, or the sheets of a workbook, or the files of a folder.
        Those that have no header, because nothing could be read, have been reported already.
    name : str
        The path's own name, for a lone sheet that says nothing by its own.
    asked : {"stakeholders", "relationships", "interactions"}, optional
        The table that an option says it is.

    Raises
    ------
    UsageError
        None of them is a table.
    """
    readable = [raw for raw in raws if raw.headers]
    if asked is not None:
        return _choose_asked(readable, asked)
    named = [(canonical_table(raw.name), raw) for raw in readable]
    if len(readable) == 1 and named[0][0] is None:
        named = [(canonical_table(name), readable[0])]
    taken = {table for table, _ in named}
    choice = Choice([], [])
    for table, raw in named:
        looks_like = table or _by_columns(raw.headers)
        if looks_like is None:
            choice.notes.append(f"{_spelt(raw)} was not read: it doesn't look like a table of ours")
        elif table is None and looks_like in taken:
            message = f"was not read: {looks_like} are another one by name"
            choice.notes.append(f"{_spelt(raw)} {message}")
        else:
            choice.chosen.append((looks_like, raw))
    if readable and not choice.chosen:
        raise UsageError(_unknown(readable))
    return choice


def _choose_asked(raws: Sequence[RawTable], asked: TableName) -> Choice:
    """Return the tables that are the one asked for by name, else by columns, else the first."""
    named = [raw for raw in raws if canonical_table(raw.name) == asked]
    found = named or [raw for raw in raws if _by_columns(raw.headers) == asked] or raws[:1]
    return Choice([(asked, raw) for raw in found], [])


def _spelt(raw: RawTable) -> str:
    named = raw.file.endswith(f"#{raw.name}") or PurePath(raw.file).stem == raw.name
    return raw.file if named else f"{raw.file}: {quoted(raw.name)}"


def _by_columns(headers: Iterable[str]) -> TableName | None:
    """Return the table that has the marks of these headers, and most of them; None if in doubt."""
    known = {
        table: {canonical_column(table, header) for header in headers} - {None} for table in TABLES
    }
    fits = [table for table in TABLES if _MARKS[table] <= known[table]]
    fits = [table for table in fits if table != "stakeholders" or known[table] & {"name", "market"}]
    most = max((len(known[table]) for table in fits), default=0)
    best = [table for table in fits if len(known[table]) == most]
    return best[0] if len(best) == 1 else None


def _unknown(raws: Sequence[RawTable]) -> str:
    files = ", ".join(raw.file for raw in raws[:5]) + (", …" if len(raws) > 5 else "")
    expected = "; ".join(
        f"{table} ({', '.join(spec.name for spec in COLUMNS[table].values() if spec.required)})"
        for table in TABLES
    )
    return (
        f"{files}: neither name nor columns tell which table this is of {expected}; "
        "say it with --stakeholders, --relationships or --interactions"
    )
