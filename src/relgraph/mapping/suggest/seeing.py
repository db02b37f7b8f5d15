"""Seeing the tables of all files that were given, as a mapping could name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from relgraph.mapping.databases import find_keys, read_table, table_names
from relgraph.mapping.files import STDIN, TEXT, File, find_files
from relgraph.mapping.form import RAGGED, Read
from relgraph.mapping.opening import open_bytes
from relgraph.mapping.suggest.profiles import TableSeen
from relgraph.messages import Note
from relgraph.readwrite.header_row import LOOKED_AT
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.sources import read_bytes

_START = 1 << 16  # bytes
_FEW = 2  # a table has as many columns, a title fewer


def see_tables(paths: Sequence[str | Path], log: ProblemLog) -> list[TableSeen]:
    """Return the tables in some files, with the keys that a database declares."""
    tables: list[TableSeen] = []
    for file in find_files(paths):
        if file.below == STDIN or not (file.ending or file.url):
            continue
        for table in _database(file, log) if file.is_database() else _file(file, log):
            table.raw = table.raw.with_missing()
            if table.raw.headers and all(table.name != other.name for other in tables):
                tables.append(table)
    return tables


def _database(file: File, log: ProblemLog) -> Iterator[TableSeen]:
    damaged = ProblemLog()
    names = table_names(file, damaged)
    for problem in damaged.problems:
        log.note(Note("suggest.not_read", file=file.name, reason=str(problem)))
    for name in names:
        raw = read_table(file, name, log)
        key, links = find_keys(file, name)
        yield TableSeen(name, raw, declared=links, key=key)


def _file(file: File, log: ProblemLog) -> Iterator[TableSeen]:
    data = read_bytes(file.name, file.path)
    strict = ProblemLog()
    raws = open_bytes(data, file.ending, file.name, file.stem, Read(file.stem), strict)
    ragged = sum(getattr(each.message, "key", "") == "csv.ragged" for each in strict.problems)
    titled = ragged or any(len(_named(each)) < _FEW for each in raws)
    header = _below_title(file, data) if titled else None
    if header is not None:
        ragged = 0
        raws = open_bytes(
            data, file.ending, file.name, file.stem, Read(file.stem, header=header), ProblemLog()
        )
    elif ragged:
        cut = Read(file.stem, ragged=RAGGED[1])
        raws = open_bytes(data, file.ending, file.name, file.stem, cut, ProblemLog())
    elif strict.problems:  # a text of another kind, or damaged
        log.note(Note("suggest.not_read", file=file.name, reason=str(strict.problems[0])))
        return
    for raw in raws:
        yield TableSeen(raw.name, raw, ragged, header=header)


def _named(raw: RawTable) -> list[str]:
    return [header for header in raw.headers if header.strip()]


def _below_title(file: File, data: bytes) -> int | None:
    """Return the line of the headers, if all rows below it have as many cells: titles stand above.

    Only the beginning of a large file is looked at.
    """
    whole = len(data) <= _START or not file.ending.endswith(TEXT)
    start = data if whole else data[: data.rfind(b"\n", 0, _START) + 1]
    for line in range(2, LOOKED_AT + 1):
        log = ProblemLog()
        read = Read(file.stem, header=line)
        raws = open_bytes(start, file.ending, file.name, file.stem, read, log)
        if not log.problems and len(raws) == 1 and len(_named(raws[0])) >= _FEW and len(raws[0]):
            return raws[0].header_line
    return None
