"""The file of an embedded store: held while it is written, replaced whole or not at all.

A write never touches the file in place. Its copy is built beside it and moved over it by one
`os.replace`, so whoever opens the path finds the old store or the new one
(docs/decisions/0030-whole-or-not-at-all.md gives the measurements).

The checksum of a file lies at the end of its first page, of which the engine uses the beginning
only. An engine that writes the file writes this page anew, without it: a file that others changed
has no checksum, and one whose checksum is wrong is damaged
(docs/decisions/0035-a-checksum-in-the-file.md).
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import secrets
import shutil
import struct
import zlib
from collections.abc import Iterator
from operator import eq
from pathlib import Path
from typing import NamedTuple

from relgraph.errors import (
    NotADatabase,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    WriteFailed,
    reason_of,
)
from relgraph.messages import Message
from relgraph.store.ladybug_tail import is_tail, write_tail
from relgraph.store.records import NOTHING_STORED, telling

MAGIC = b"LBUG"
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
BUILDING = ".building"  # the ending of a store that is being built
PAGE = 4096
SHADOW = ".shadow"  # pages that the engine is about to change
_MARK = b"relgraph crc-32\0"
_FORM = struct.Struct("<16sQI")
_PLACE = PAGE - _FORM.size
_USED = 64  # bytes of the first page, at most, that the engine uses
_PART = 1 << 20


class Checksum(NamedTuple):
    """The size and the CRC-32 of the engine's part of a file, the checksum's place left out."""

    size: int
    crc: int


def write_checksum(fd: int) -> None:
    """Keep the checksum of an open file in it.

    The rest of the first page is emptied: the engine leaves there what was in memory.
    """
    os.pwrite(fd, bytes(_PLACE - _USED), _USED)
    os.pwrite(fd, _FORM.pack(_MARK, *work_out_checksum(fd)), _PLACE)


def read_checksum(fd: int) -> Checksum | None:
    """Return the checksum that is kept in an open file, if there is one."""
    kept = os.pread(fd, _FORM.size, _PLACE)
    if sum(map(eq, kept, _MARK)) <= len(_MARK) // 2:  # a mark that is damaged is one
        return None
    if len(kept) < _FORM.size:
        return Checksum(-1, 0)  # cut off within: right for no file
    return Checksum(*_FORM.unpack(kept)[1:])


def find_end(fd: int) -> int | None:
    """Return where the engine's part of an open file ends, or None if no checksum tells."""
    kept = read_checksum(fd)
    return None if kept is None else kept.size


def stamp_of(path: Path) -> str | None:
    """Return what tells the state of a file from every other one; None where nothing does.

    It is the file's identity, its size, when it was changed, and the checksum in it, which every
    write by relgraph renews and every other engine drops. Beside the files of such an engine,
    nothing tells what has been written.
    """
    try:
        with path.open("rb") as file:
            kept, status = read_checksum(file.fileno()), os.fstat(file.fileno())
    except OSError:
        return None
    if kept is None or find_side_files(path):
        return None
    times = status.st_mtime_ns, status.st_ctime_ns
    return "-".join(map(str, (status.st_ino, status.st_size, *times, *kept)))


def work_out_checksum(fd: int, end: int | None = None) -> Checksum:
    """Return the checksum that an open file should have; `end` is that of the engine's part.

    What lies behind it is the engine's too, unless it is a tail.
    """
    if end is None or not is_tail(fd, end):
        end = os.fstat(fd).st_size
    crc = zlib.crc32(os.pread(fd, _PLACE, 0))
    place = PAGE
    while place < end and (part := os.pread(fd, min(_PART, end - place), place)):
        crc = zlib.crc32(part, crc)
        place += len(part)
    return Checksum(end, crc)


def find_side_files(path: Path) -> tuple[Path, ...]:
    """Return what a writer that was killed left beside a file: work that the engine can finish."""
    beside = (path.with_name(f"{path.name}{ending}") for ending in (".wal", SHADOW))
    return tuple(file for file in beside if file.exists())


class FileLock:
    """An open file that no other writer can have, relgraph or not.

    Two locks, because each holds where the other doesn't: the engine's writers respect the
    POSIX lock, which this process loses when it closes any other handle of the same file;
    `flock` survives that, and also keeps two writers of one process apart.

    Parameters
    ----------
    path : Path
        The file.

    Attributes
    ----------
    seen : tuple of int
        Modification time and size of the file when the locks were last taken.

    Raises
    ------
    StoreLocked
        Another writer has it.
    StoreUnavailable
        It can't be opened for writing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with _refused("store.not_writable", path):
            self.fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        try:
            self.take()
            if not _is_at(self.fd, path):  # replaced or removed between opening and locking
                raise StoreLocked("store.locked", url=path)
        except BaseException:
            self.release()
            raise

    def take(self) -> None:
        """Take both locks, again if they are held already."""
        with _refused("store.not_lockable", self.path):
            try:
                fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.lockf(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError) as error:  # EAGAIN or EACCES
                raise StoreLocked("store.locked", url=self.path) from error
        status = os.fstat(self.fd)
        self.seen = (status.st_mtime_ns, status.st_size)

    def release(self) -> None:
        """Let go of the file; a second call does nothing."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


@contextlib.contextmanager
def _refused(key: str, path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into an error of ours."""
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(key, url=path, reason=reason_of(error)) from error


def _is_at(fd: int, path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(fd), path.stat())
    return False


def check_file(path: Path) -> None:
    """Raise a StoreError if a path can't hold a store, before the engine sees it.

    The engine crashes, hangs or answers wrongly on a damaged file, so the checksum comes first.
    """
    with _refused("store.not_readable", path):
        try:
            if path.is_dir():
                raise NotADatabase("store.folder", url=path)
            if path.exists() and not path.is_file():  # a pipe would be waited for
                raise NotADatabase("store.unreadable", url=path)
            with path.open("rb") as file:
                verify_file(file.fileno(), path)
                start = file.read(len(MAGIC))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise StoreNotFound("store.none", url=path) from error
    if start != MAGIC:
        raise NotADatabase("store.unreadable" if start else "store.empty_file", url=path)


def verify_file(fd: int, path: Path) -> bool:
    """Return whether an open file has a checksum, or raise NotADatabase if it is wrong."""
    kept = read_checksum(fd)
    if kept is None or kept == work_out_checksum(fd, kept.size):
        return kept is not None
    # Beside a shadow file, the engine of another program has changed some pages, or all.
    if any(file.suffix == SHADOW for file in find_side_files(path)):
        return False
    raise NotADatabase("store.damaged", url=path)


def check_folder(path: Path) -> None:
    """Raise StoreUnavailable if no new store can be made at a path."""
    folder = path.parent
    if not folder.is_dir():
        raise StoreUnavailable("store.no_folder", url=path, folder=folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreUnavailable("store.closed_folder", url=path, folder=folder)


@contextlib.contextmanager
def building(path: Path, old: FileLock | None, *, copy: bool) -> Iterator[FileLock]:
    """Give the locked file that will replace `path`: empty, or a copy of the old one.

    It is removed on the way out, unless `replace_file` or `place_new_file` moved it.

    Raises
    ------
    WriteFailed
        It can't be made: no room, or a folder that can't be written.
    """
    remove_leftovers(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}{BUILDING}")
    with _refused("store.not_writable", path.parent):
        draft.touch(exist_ok=False)
    held = FileLock(draft)
    try:
        with refused_file(path):
            if old is not None:
                _copy_owner(old.fd, held.fd)
                if copy:
                    _copy_content(old.fd, held.fd)
            yield held
    finally:
        if held.path == draft:
            held.release()
            _remove_store(draft)


@contextlib.contextmanager
def refused_file(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses before a store is replaced into a WriteFailed."""
    try:
        yield
    except OSError as error:
        reason = Message("write.file_failed", path=path, reason=reason_of(error))
        raise WriteFailed("write.failed", reason=reason, left=NOTHING_STORED) from error


def _copy_owner(source: int, target: int) -> None:
    status = os.fstat(source)
    os.fchmod(target, status.st_mode)
    with contextlib.suppress(PermissionError):
        os.fchown(target, status.st_uid, status.st_gid)


def _copy_content(source: int, target: int) -> None:
    """Copy the engine's part by descriptor: another handle of the source would drop its lock."""
    end = find_end(source)
    os.lseek(source, 0, os.SEEK_SET)
    with (
        os.fdopen(source, "rb", closefd=False) as reader,
        os.fdopen(target, "wb", closefd=False) as writer,
    ):
        shutil.copyfileobj(reader, writer, 1 << 22)
        if end is not None:
            writer.truncate(end)


def replace_file(draft: FileLock, old: FileLock, tail: bytes = b"") -> None:
    """Move the draft over the file that `old` holds, which the engine has let go of.

    The tail goes behind the engine's part.

    Raises
    ------
    StoreLocked
        Another program is writing the old file.
    WriteFailed
        The draft isn't complete, or another program wrote the old file meanwhile.
    """
    _finish(draft, tail)
    seen = old.seen
    with telling(NOTHING_STORED):
        old.take()
    if old.seen != seen or find_side_files(old.path):
        raise _failed("write.changed_meanwhile", old.path)
    draft.path.replace(old.path)
    draft.path = old.path
    old.release()
    _sync_folder(draft.path)


def place_new_file(draft: FileLock, path: Path, tail: bytes = b"") -> None:
    """Move the draft, with this tail, to a path where nothing may be yet.

    Raises
    ------
    StoreLocked
        Another program made a store there meanwhile.
    WriteFailed
        The draft isn't complete.
    """
    _finish(draft, tail)
    try:
        _link(draft.path, path)
    except FileExistsError as error:
        raise StoreLocked("store.made_meanwhile", url=path) from error
    draft.path.unlink(missing_ok=True)
    draft.path = path
    _sync_folder(path)


def _link(draft: Path, path: Path) -> None:
    """Give the draft this name too; unlike a rename, a link never overwrites."""
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from error
        draft.rename(path)  # memory sticks and some shares have no links


def _finish(draft: FileLock, tail: bytes) -> None:
    if find_side_files(draft.path):
        raise _failed("write.unfinished", draft.path)
    write_checksum(draft.fd)
    write_tail(draft.fd, tail)
    os.fsync(draft.fd)
    draft.take()


def _failed(key: str, path: Path) -> WriteFailed:
    return WriteFailed("write.failed", reason=Message(key, path=path), left=NOTHING_STORED)


def _sync_folder(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_leftovers(path: Path) -> None:
    """Remove what killed writers of this store left beside it; one that lives keeps its own."""
    name = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{16}}{re.escape(BUILDING)}")
    found = [match[0] for entry in path.parent.iterdir() if (match := name.match(entry.name))]
    for draft in map(path.with_name, dict.fromkeys(found)):
        with contextlib.suppress(StoreLocked):
            if draft.exists():
                FileLock(draft).release()
            _remove_store(draft)


def _remove_store(draft: Path) -> None:
    for entry in list(draft.parent.iterdir()):
        if entry.name.startswith(draft.name):
            entry.unlink(missing_ok=True)
