"""Engine: one open handle of the LadybugDB driver; nothing of the driver leaves this module."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import ladybug

from relgraph.errors import (
    NotADatabase,
    QueryFailed,
    RelgraphError,
    StoreLocked,
    StoreUnavailable,
    UnsupportedVersion,
)
from relgraph.held import decoded
from relgraph.model import ColumnType
from relgraph.store.columns import Column, to_column, to_plain
from relgraph.store.interruptible import interruptible
from relgraph.store.ladybug_files import find_side_files
from relgraph.store.schema import check_columns, one_line
from relgraph.store.unknown_names import UnknownName, syntax_error

# The types of the engine that a column can have.
KINDS: dict[str, ColumnType] = {
    "STRING": "text",
    "INT64": "integer",
    "DOUBLE": "number",
    "BOOL": "boolean",
    "DATE": "date",
    "TIMESTAMP": "time",
}
TYPE_NAMES = {kind: name for name, kind in KINDS.items()}

_INTERNAL = frozenset({"_ID", "_LABEL", "_SRC", "_DST"})

# What the engine says of a file that it may not open, and when memory is short or a log damaged.
_NO_ACCESS = ("Cannot open", "Permission denied")
_NO_MEMORY = ("Buffer manager", "bad_alloc")
_PROBE = "import sys, ladybug; ladybug.Database(sys.argv[1], read_only=True)"
_PATIENCE = 10  # seconds; the engine saves its log away before it grows to what takes so long

# By default the engine may take 80 % of the memory, too much for a planner's laptop.
_BUFFER = min(4 << 30, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2)
_LARGE = 10_000  # rows from which importing pyarrow (0.15 s) is worth its speed
# In a smaller file there is too little work to share: waiting for threads doubles the time of a
# statement.
_SHARED_FROM = 16 << 20
_ALL_CORES = 0  # as the engine spells it
_M_PERTURB = -6  # as malloc.h numbers it


@contextlib.contextmanager
def wiped_memory() -> Iterator[None]:
    """Have memory overwritten when it is given out and when it is freed.

    The engine writes whole pages, of which it fills a part; the rest is what this process had in
    memory, such as data that is being removed. Takes half as long again. macOS empties what is
    freed by itself.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # of the GNU C library
    if mallopt is None:
        yield
        return
    mallopt(_M_PERTURB, 0xFF)  # the complement of what new memory is filled with
    try:
        yield
    finally:
        mallopt(_M_PERTURB, 0)


class Engine:
    """An open database; `path` None is one in memory.

    Parameters
    ----------
    path : Path or None
        The file.
    write : bool
        Open for writing, which takes the engine's lock and replays its log.

    Raises
    ------
    StoreLocked, NotADatabase, UnsupportedVersion, StoreUnavailable
    """

    def __init__(self, path: Path | None, *, write: bool = False) -> None:
        self._path = path
        if path is not None and find_side_files(path):
            _probe(path)
        size = path.stat().st_size if path is not None and path.exists() else 0
        try:
            self._database = ladybug.Database(
                path,
                read_only=path is not None and not write,
                buffer_pool_size=_BUFFER,
            )
            self._connection = ladybug.Connection(self._database)
            self.is_large = size >= _SHARED_FROM
            threads = _ALL_CORES if self.is_large else 1
            self._connection.set_max_threads_for_exec(threads)
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            raise _opening_error(path, str(error)) from error

    def close(self) -> None:
        """Close the handle; a second call does nothing."""
        self._connection.close()
        self._database.close()

    def expect_rows(self, count: int) -> None:
        """Prepare for that many rows: from now on, many are shared out to all cores."""
        if count >= _LARGE:
            self._connection.set_max_threads_for_exec(_ALL_CORES)

    def run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Column]:
        """Run one statement and return its rows as columns.

        Raises
        ------
        QueryFailed
            The engine refused it, or it failed.
        """
        found = self.read(cypher, parameters)
        return {name: decoded(column) for name, column in found.items()}

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Run one statement as `run` does; of many rows, texts and dates are held.

        Raises
        ------
        QueryFailed
            The engine refused it, or it failed.
        """
        try:
            execute = partial(self._connection.execute, cypher, dict(parameters or {}))
            result = interruptible(execute, self._cancel)
            if isinstance(result, list):
                raise QueryFailed("query.one_statement")
            with result:
                if result.get_num_tuples() < _LARGE:
                    return _columns(result)
                return interruptible(partial(_columns, result), self._cancel)
        except (RuntimeError, ValueError, TypeError, OverflowError) as error:
            if isinstance(error, UnicodeDecodeError) or "Storage exception" in str(error):
                raise NotADatabase("store.unreadable", url=self._path) from error
            raise _query_error(_reason(str(error)), cypher) from error

    def _cancel(self) -> None:
        with contextlib.suppress(RuntimeError):
            self._connection.interrupt()


def _opening_error(path: Path | None, message: str) -> RelgraphError:
    if "Could not set lock" in message:
        return StoreLocked("store.locked", url=path)
    if "different version" in message:
        return UnsupportedVersion("store.engine_version", url=path, reason=_reason(message))
    excuses = _NO_ACCESS if path and find_side_files(path) else (*_NO_ACCESS, *_NO_MEMORY)
    if path is None or any(sign in message for sign in excuses):
        return StoreUnavailable("store.not_opened", url=path, reason=_reason(message))
    return _damage(path)


def _damage(path: Path) -> NotADatabase:
    if beside := find_side_files(path):
        return NotADatabase("store.side_file", url=path, beside=beside)
    return NotADatabase("store.unreadable", url=path)


def _probe(path: Path) -> None:
    """Let another process try what could end this one, or never end: a damaged log.

    Raises
    ------
    NotADatabase
        The other process was ended so.
    """
    try:
        process = subprocess.run(  # noqa: S603 a path is an argument of its own
            [sys.executable, "-c", _PROBE, path], capture_output=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise _damage(path) from error
    if process.returncode < 0:
        raise _damage(path)


def _reason(message: str) -> str:
    return re.sub(r"^[A-Z][a-z]+ exception: ", "", one_line(message))


def _query_error(reason: str, cypher: str) -> QueryFailed:
    if match := re.search(r"Table (\S+) does not exist", reason):
        in_brackets = re.search(rf"\[[^\]]*[:|]\s*`?{re.escape(match[1])}\b", cypher)
        return UnknownName(match[1], "type" if in_brackets else "label")
    if match := re.search(r"Cannot find property (.+) for (\S+?)\.?$", reason):
        return UnknownName(match[1], "property", match[2])
    return QueryFailed("query.failed", reason=syntax_error(reason) or reason)


def _columns(result: ladybug.QueryResult) -> dict[str, Any]:
    names = result.get_column_names()
    check_columns(names)
    kinds = [KINDS.get(name) for name in result.get_column_data_types()]
    if result.get_num_tuples() >= _LARGE and None not in kinds:
        from relgraph.store.arrow_columns import from_arrow

        table = result.get_as_arrow()
        columns: list[Any] = [from_arrow(table.column(i), kind) for i, kind in enumerate(kinds)]
    else:
        rows = result.get_all()
        values = zip(*rows, strict=True) if rows else ((),) * len(names)
        columns = [
            to_column([_to_plain(value) for value in column] if kind is None else column, kind)
            for column, kind in zip(values, kinds, strict=True)
        ]
    return dict(zip(names, columns, strict=True))


def _to_plain(value: Any) -> Any:
    """Return a node or relationship as its properties, other values as `to_plain` does."""
    if isinstance(value, list):
        return [_to_plain(item) for item in value]
    if isinstance(value, dict) and "_LABEL" in value:
        held = {name: item for name, item in value.items() if item is not None}
        return to_plain({name: item for name, item in held.items() if name not in _INTERNAL})
    return to_plain(value)
