"""Seeing the tables of all files that were given, as a mapping could name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from relgraph.mapping.databases import find_keys, read_table, table_names
from relgraph.mapping.files import STDIN, File, find_files
from relgraph.mapping.form import RAGGED, Read
from relgraph.mapping.opening import open_bytes
from relgraph.mapping.suggest.profiles import TableSeen
from relgraph.messages import Note
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.sources import read_bytes


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
    for name in table_names(file):
        raw = read_table(file, name, log)
        key, links = find_keys(file, name)
        yield TableSeen(name, raw, declared=links, key=key)


def _file(file: File, log: ProblemLog) -> Iterator[TableSeen]:
    data = read_bytes(file.name, file.path)
    strict = ProblemLog()
    raws = open_bytes(data, file.ending, file.name, file.stem, Read(file.stem), strict)
    ragged = sum(getattr(each.message, "key", "") == "csv.ragged" for each in strict.problems)
    if ragged:
        cut = Read(file.stem, ragged=RAGGED[1])
        raws = open_bytes(data, file.ending, file.name, file.stem, cut, ProblemLog())
    elif strict.problems:  # a text of another kind, or damaged
        log.note(Note("suggest.not_read", file=file.name, reason=str(strict.problems[0])))
        return
    for raw in raws:
        yield TableSeen(raw.name, raw, ragged)
