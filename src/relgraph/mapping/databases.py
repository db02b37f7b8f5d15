"""Databases that hold source tables: files of SQLite, and servers of PostgreSQL."""

from __future__ import annotations

from relgraph.mapping.files import File
from relgraph.readwrite.formats import postgres_reader, sqlite_reader
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable


def table_names(file: File, log: ProblemLog) -> list[str]:
    """Return the names of its tables and views."""
    if file.url is not None:
        return postgres_reader.table_names(file.url)
    return sqlite_reader.table_names(file.path, file.name, log)


def find_keys(file: File, table: str) -> tuple[str | None, dict[str, tuple[str, str]]]:
    """Return the declared key of a table, if it is one column, and what its columns lead to."""
    if file.url is not None:
        return postgres_reader.find_keys(file.url, table)
    return sqlite_reader.find_keys(file.path, table)


def read_table(file: File, name: str, log: ProblemLog) -> RawTable:
    """Read one of its tables."""
    place = f"{file.name}#{name}"
    if file.url is not None:
        return postgres_reader.read_postgres(file.url, place, name, log)
    return sqlite_reader.read_sqlite(file.path, place, name, log)


def run_query(file: File, query: str, name: str, log: ProblemLog) -> RawTable:
    """Read what a query of the database's own gives."""
    if file.url is not None:
        return postgres_reader.read_postgres(file.url, f"{file.name}#{name}", name, log, query)
    return sqlite_reader.read_sqlite(file.path, file.name, name, log, query)
