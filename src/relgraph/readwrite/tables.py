"""Which table a file, a sheet or a list is: as asked, else by its name, else by its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from relgraph.errors import UsageError
from relgraph.messages import Message, Note
from relgraph.model import COLUMNS, TABLES, TableName
from relgraph.readwrite.foreign import meant_columns, says_direction
from relgraph.readwrite.header_row import data_found, looks_like_data
from relgraph.readwrite.names import canonical_table
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table

# The columns that mark a table; a stakeholder also has a name or a market.
_MARKS: dict[TableName, frozenset[str]] = {
    "stakeholders": frozenset({"id"}),
    "relationships": frozenset({"source", "target", "type"}),
    "interactions": frozenset({"source", "target", "at"}),
}


def choose_tables(
    raws: Sequence[RawTable], name: str, log: ProblemLog, asked: TableName | None = None
) -> list[tuple[TableName, RawTable]]:
    """Return which table each of these is; one that is none is left out with a note.

    Parameters
    ----------
    raws : sequence of RawTable
        What one path holds: one table, the sheets of a workbook, or the files of a folder. One
        without headers could not be read, and has been reported already.
    name : str
        The path's own name, for a lone sheet whose name says nothing.
    log : ProblemLog
        Told of tables that are left out.
    asked : {"stakeholders", "relationships", "interactions"}, optional
        The table that the caller says it is.

    Raises
    ------
    UsageError
        None of them is a table.
    """
    readable = [raw for raw in raws if raw.headers]
    if asked is not None:
        return _with_headers(_choose_asked(readable, asked), log)
    named = [(canonical_table(raw.name), raw) for raw in readable]
    if len(readable) == 1 and named[0][0] is None:
        named = [(canonical_table(name), readable[0])]
    taken = {table for table, _ in named}
    chosen = []
    for table, raw in named:
        looks_like = table or _by_columns(raw.headers)
        if looks_like is None:
            log.note(Note("table.unknown", file=_name_of(raw)))
        elif table is None and looks_like in taken:
            log.note(Note("table.another", file=_name_of(raw), table=looks_like))
        else:
            chosen.append((looks_like, raw))
    if readable and not chosen:
        raise _none_known(readable)
    return _with_headers(chosen, log)


def _with_headers(
    chosen: Sequence[tuple[TableName, RawTable]], log: ProblemLog
) -> list[tuple[TableName, RawTable]]:
    """Report tables whose headers are data, and return them without what they hold."""
    kept = []
    for table, raw in chosen:
        if looks_like_data(raw):
            names = tuple(name for name, spec in COLUMNS[table].items() if spec.required)
            found = data_found(raw.headers)
            log.add(Message("heading.none", found=found, names=names), raw.file, raw.header_line)
            raw = empty_table(raw.file, raw.name)
        kept.append((table, raw))
    return kept


def _choose_asked(raws: Sequence[RawTable], asked: TableName) -> list[tuple[TableName, RawTable]]:
    """Return the tables that are the one asked for by name, else by columns, else the first."""
    named = [raw for raw in raws if canonical_table(raw.name) == asked]
    found = named or [raw for raw in raws if _by_columns(raw.headers) == asked] or raws[:1]
    return [(asked, raw) for raw in found]


def _name_of(raw: RawTable) -> str:
    """Return the file, and the name of the table in it where the file doesn't tell it."""
    named = raw.file.endswith(f"#{raw.name}") or PurePath(raw.file).stem == raw.name
    return raw.file if named else f"{raw.file}: {shortened(raw.name)!r}"


def _by_columns(headers: Iterable[str]) -> TableName | None:
    """Return the table that has the marks of these headers, and most of them; None if in doubt."""
    headers = tuple(headers)
    known = {table: {*meant_columns(table, headers)} - {None} for table in TABLES}
    if any(map(says_direction, headers)):
        known["relationships"].add("type")
    fits = [table for table in TABLES if _MARKS[table] <= known[table]]
    fits = [table for table in fits if table != "stakeholders" or known[table] & {"name", "market"}]
    if "relationships" in fits and "stakeholders" in fits:
        fits.remove("stakeholders")  # edges have ids and labels, too; nodes have no ends
    most = max((len(known[table]) for table in fits), default=0)
    best = [table for table in fits if len(known[table]) == most]
    return best[0] if len(best) == 1 else None


def _none_known(raws: Sequence[RawTable]) -> UsageError:
    required = (
        f"{table} ({', '.join(spec.name for spec in COLUMNS[table].values() if spec.required)})"
        for table in TABLES
    )
    files = (*(raw.file for raw in raws[:5]), *(["…"] if len(raws) > 5 else []))
    data = next((data_found(raw.headers) for raw in raws if looks_like_data(raw)), None)
    columns = tuple(repr(shortened(header)) for header in raws[0].headers[:20])
    told = Message("table.columns", columns=columns) if data is None else data
    return UsageError(
        "table.none_known",
        files=files,
        found=Message("table.found", found=told),
        tables="; ".join(required),
    )
