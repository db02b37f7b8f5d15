"""The engine: DuckDB in memory, locked in, evaluating expressions over tables that were read.

It can open no file, reach no network and change no setting; statements are ours, and expressions
in them were checked (`expressions`). Each statement has a bound on its time and on its memory.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

MEMORY = 1 << 30  # bytes that a statement may take beyond what the process has
SECONDS = 300.0  # that a statement may run
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
    "python_enable_replacements": False,
    "temp_directory": "",
    "memory_limit": f"{MEMORY >> 20}MiB",
    # One thread: sums of floating-point numbers come out the same every time.
    "threads": 1,
}


class SqlFailed(Exception):
    """A statement failed: the kind of error, and its first line."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


class Engine:
    """One database in memory, closed with the mapping.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        What expressions can see, by the name in statements.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        import duckdb  # late: it takes a sixth of a second

        self._errors = duckdb.Error
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect(":memory:", config=_SETTINGS)
        for name, table in tables.items():
            self._connection.register(name, table)
        self._connection.execute("SET lock_configuration = true")

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def tree(self, sql: str) -> dict[str, Any]:
        """Return the syntax of a statement; nothing in it is run or looked up."""
        rows = self.rows("SELECT json_serialize_sql($1)", [sql])
        tree: dict[str, Any] = json.loads(rows[0][0])
        return tree

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        with self._bounded():
            return self._connection.execute(sql, parameters).fetchall()

    def table(self, sql: str) -> pa.Table:
        """Return the rows of a query as columns."""
        with self._bounded():
            return self._connection.sql(sql).to_arrow_table()

    @cached_property
    def functions(self) -> dict[str, set[tuple[str, str | None]]]:
        """The functions that the engine has: by name, their kinds and how stable each is."""
        known: dict[str, set[tuple[str, str | None]]] = {}
        query = "SELECT function_name, function_type, stability FROM duckdb_functions()"
        for name, kind, stability in self.rows(query):
            known.setdefault(name, set()).add((kind, stability))
        return known

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        clock = threading.Timer(SECONDS, self._connection.interrupt)
        clock.daemon = True
        clock.start()
        try:
            with _bounded_memory():
                yield
        except (self._errors, MemoryError) as error:
            reason = str(error).partition("\n")[0]
            raise SqlFailed(type(error).__name__, reason.partition(": ")[2] or reason) from error
        finally:
            clock.cancel()


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """Bound the memory of the process: DuckDB's own limit doesn't count the text that it makes."""
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):  # not on Linux: its own limit is all there is
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = pages * resource.getpagesize() + 2 * MEMORY
    allowed = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(bound, *allowed) if allowed else bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
