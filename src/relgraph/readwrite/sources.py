"""Which files an import reads: those given, and the readable ones in folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from relgraph.errors import UsageError, reason_of
from relgraph.model import TableName
from relgraph.readwrite.formats.postgres_reader import is_url, shown_url
from relgraph.readwrite.formats.registry import READABLE
from relgraph.store_settings import SETTINGS_FILE


class Source(NamedTuple):
    """A path that an import was given, and its files.

    Parameters
    ----------
    name : str
        The name of the path without its ending, which may tell which table it is.
    files : tuple of (str, Path)
        Each file, as messages call it and where it is.
    asked : {"stakeholders", "relationships", "interactions"} or None
        The table that the caller says it is.
    """

    name: str
    files: tuple[tuple[str, Path], ...]
    asked: TableName | None


def find_sources(
    paths: Iterable[str | Path], asked: Mapping[TableName, Iterable[str | Path]]
) -> list[Source]:
    """Return what to read, each file once; where its table is asked for, that counts.

    Parameters
    ----------
    paths : iterable of str or Path
        Folders and files.
    asked : mapping of table name to paths
        Files whose table is given.

    Raises
    ------
    UsageError
        A path doesn't exist or can't be read, or there is none.
    """
    given: list[tuple[str, TableName | None]] = [
        (str(path), table) for table, files in asked.items() for path in files
    ]
    given += [(str(path), None) for path in paths]
    if not given:
        raise UsageError("path.none")
    sources = []
    read: set[tuple[Path, TableName | None]] = set()
    for path, table in given:
        source = _source(path, table)
        new = [(name, file) for name, file in source.files if (file.resolve(), table) not in read]
        read |= {(file.resolve(), as_table) for _, file in new for as_table in (table, None)}
        if new:
            sources.append(source._replace(files=tuple(new)))
    return sources


def _source(given: str, asked: TableName | None) -> Source:
    if is_url(given):
        raise UsageError("path.needs_mapping", path=shown_url(given))
    path = Path(given)
    if not path.exists():
        raise UsageError("path.missing", path=given)
    if path.is_dir() and asked is None:
        return Source(path.resolve().name, _files_of(path), None)
    if path.is_dir():
        raise UsageError("path.folder", path=given, endings=READABLE)
    if not _is_readable(path):
        raise UsageError("path.ending", path=given, ending=path.suffix, endings=READABLE)
    return Source(path.stem, ((given, path),), asked)


def _files_of(folder: Path) -> tuple[tuple[str, Path], ...]:
    try:
        found = sorted(path for path in folder.iterdir() if _is_readable(path))
    except OSError as error:
        raise UsageError("path.failed", path=folder, reason=reason_of(error)) from error
    if not found:
        raise UsageError("path.empty_folder", path=folder, endings=READABLE)
    return tuple((str(path), path) for path in found)


def _is_readable(path: Path) -> bool:
    """Return whether a file can be read, and isn't a spreadsheet's own lock file."""
    if path.name == SETTINGS_FILE:
        return True
    hidden = path.name.startswith((".", "~$"))
    return path.suffix.lower() in READABLE and not path.is_dir() and not hidden


def read_bytes(name: str, path: Path) -> bytes:
    """Return the content of a file.

    Raises
    ------
    UsageError
        It can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError("path.failed", path=name, reason=reason_of(error)) from error
