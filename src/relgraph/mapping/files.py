"""The files of an import by mapping: what was given, and which of them holds a source table."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import NamedTuple

from relgraph.errors import UsageError, reason_of
from relgraph.readwrite.formats.postgres_reader import is_url, shown_url
from relgraph.readwrite.formats.sqlite_reader import MAGIC

STDIN = "-"
TEXT = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson")
PACKED = tuple(f"{ending}.gz" for ending in TEXT)
DATABASES = (".sqlite", ".sqlite3", ".db")
ENDINGS = (*TEXT, *PACKED, ".zip", ".xlsx", ".parquet", ".arrow", ".feather", *DATABASES)
# A few files hold many tables; which, only reading them tells.
SEVERAL = (".json", ".json.gz", ".xlsx", ".zip", *DATABASES)


class File(NamedTuple):
    """A file: as messages call it, where it is, and its name below the folder given.

    A server with a database counts as one, and has its address.
    """

    name: str
    path: Path
    below: str
    url: str | None = None

    @classmethod
    def of_url(cls, url: str) -> File:
        """Return a server."""
        name = shown_url(url)
        return cls(name, Path(name), name, url)

    @property
    def ending(self) -> str:
        """Its ending, with that of the text in it for `.gz`; a server has none."""
        if self.url is not None:
            return ""
        lower = self.path.name.lower()
        return max((end for end in ENDINGS if lower.endswith(end)), key=len, default="")

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return self.path.name[: len(self.path.name) - len(self.ending)] or self.path.name

    def holds_several(self) -> bool:
        """Return whether only reading it tells which tables it holds."""
        return self.ending in SEVERAL or self.url is not None or self.below == STDIN

    def is_database(self) -> bool:
        """Return whether it is SQLite's, or a server."""
        if self.ending in DATABASES or self.url is not None:
            return True
        if self.below == STDIN:
            return False
        with self.path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC


def find_files(
    paths: Sequence[str | Path],
    patterns: Collection[str] = (),
    without: Collection[str | Path] = (),
) -> list[File]:
    """Return the files given, and those in the folders given.

    Parameters
    ----------
    paths : sequence of str or Path
        Files and folders.
    patterns : collection of str
        What a mapping names; in folders below only what fits one like `folder/*.csv` is found.
    without : collection of str or Path
        Files that are no sources.

    Raises
    ------
    UsageError
        A path doesn't exist, or there is none.
    """
    if not paths:
        raise UsageError("path.none")
    left_out = {Path(path).resolve() for path in without}
    files = [
        file
        for path in paths
        for file in _files(str(path), patterns)
        if file.path.resolve() not in left_out
    ]
    if not files:
        raise UsageError("path.empty_folder", path=paths[0], endings=ENDINGS)
    return files


def _files(given: str, patterns: Collection[str]) -> Iterator[File]:
    if given == STDIN:
        yield File("stdin", Path(STDIN), STDIN)
        return
    if is_url(given):
        yield File.of_url(given)
        return
    path = Path(given)
    if not path.exists():
        raise UsageError("path.missing", path=given)
    if not path.is_dir():
        yield File(given, path, path.name)
        return
    below = [each for each in patterns if "/" in each and not _leads_out(each)]
    try:
        found = {each for each in path.iterdir() if each.is_file()}
        found |= {each for pattern in below for each in path.glob(pattern) if each.is_file()}
    except OSError as error:
        raise UsageError("path.failed", path=given, reason=reason_of(error)) from error
    for each in sorted(found):
        name = each.relative_to(path)
        if not any(part.startswith((".", "~$")) for part in name.parts):
            yield File(str(each), each, name.as_posix())


def _leads_out(pattern: str) -> bool:
    """Return whether a pattern could lead out of the folder that was given."""
    path = PurePath(pattern)
    return path.is_absolute() or ".." in path.parts


def matching(files: Sequence[File], pattern: str) -> list[File]:
    """Return the files that a mapping names: one, or all that fit `*.csv`; case doesn't count."""
    wanted = pattern.removeprefix("./").casefold()
    return [
        file
        for file in files
        if wanted
        in (file.below.casefold(), file.below.casefold().rpartition("/")[2] * ("/" not in wanted))
        or fnmatchcase(file.below.casefold(), wanted)
    ]


def read_stdin() -> bytes:
    """Return what standard input holds."""
    if sys.stdin is None:
        raise UsageError("path.failed", path=STDIN, reason="closed")
    return sys.stdin.buffer.read()
