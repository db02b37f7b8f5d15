"""Reading SQLite: its tables, or one query, from a file that stays as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

from relgraph.messages import Message
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, empty_table, typed_table

MAGIC = b"SQLite format 3\0"
_LONGEST = 1 << 24  # bytes of a cell
_STEP, _STEPS = 1_000_000, 4000  # of SQLite's machine; some minutes
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


def table_names(path: Path, file: str, log: ProblemLog) -> list[str]:
    """Return the names of the tables and views in a file; one that is damaged is a problem."""
    try:
        with _opened(path) as connection:
            found = connection.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
                " AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            return [name for (name,) in found]
    except sqlite3.Error as error:
        log.add(Message("sqlite.failed", reason=str(error)), file)
        return []


def count_rows(path: Path, table: str) -> int:
    """Return how many rows a table has."""
    with _opened(path) as connection:
        quoted = _quoted(table)
        return int(connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # noqa: S608


def find_keys(path: Path, table: str) -> tuple[str | None, dict[str, tuple[str, str]]]:
    """Return the declared key of a table, if it is one column, and what its columns lead to."""
    with _opened(path) as connection:
        columns = connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
        leads = connection.execute(f"PRAGMA foreign_key_list({_quoted(table)})").fetchall()
    keys = [name for _, name, *_, place in columns if place]
    links = {here: (to, there or here) for _, _, to, here, there, *_ in leads}
    return keys[0] if len(keys) == 1 else None, links


def read_sqlite(
    path: Path, file: str, name: str, log: ProblemLog, query: str | None = None
) -> RawTable:
    """Read one table, or what a query gives; pictures and other bytes are empty cells.

    A query may select and nothing else: it can open no other file and change nothing.
    """
    sql = query or f"SELECT * FROM {_quoted(name)}"  # noqa: S608 the authorizer lets it only read
    try:
        with _opened(path) as connection:
            connection.set_authorizer(_authorize)
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            steps = count()
            connection.set_progress_handler(lambda: next(steps) > _STEPS, _STEP)
            cursor = connection.execute(sql)
            headers = [each[0] for each in cursor.description or ()]
            rows = cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        log.add(Message("sqlite.failed", reason=str(error)), file)
        return empty_table(file, name)
    columns = [
        [None if isinstance(value, bytes) else value for value in column]
        for column in zip(*rows, strict=True)
    ] or [[] for _ in headers]
    return typed_table(file, name, headers, 0, columns, range(1, len(rows) + 1), log)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        yield connection


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _authorize(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
