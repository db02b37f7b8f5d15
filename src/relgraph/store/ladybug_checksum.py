"""The checksum of an embedded store's file, kept in the file.

It lies at the end of the first page, of which the engine uses the beginning only. An engine that
writes the file writes this page anew, without it: a file that others changed has no checksum, and
one whose checksum is wrong is damaged (docs/decisions/0035-a-checksum-in-the-file.md).
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from operator import eq
from pathlib import Path
from typing import NamedTuple

PAGE = 4096
SHADOW = ".shadow"  # pages that the engine is about to change
_MARK = b"relgraph crc-32\0"
_FORM = struct.Struct("<16sQI")
_PLACE = PAGE - _FORM.size
_PART = 1 << 20


class Checksum(NamedTuple):
    """The size and the CRC-32 of a file, the place of the checksum left out."""

    size: int
    crc: int


def write_checksum(fd: int) -> None:
    """Keep the checksum of an open file in it."""
    os.pwrite(fd, _FORM.pack(_MARK, *work_out_checksum(fd)), _PLACE)


def read_checksum(fd: int) -> Checksum | None:
    """Return the checksum that is kept in an open file, if there is one."""
    kept = os.pread(fd, _FORM.size, _PLACE)
    if sum(map(eq, kept, _MARK)) <= len(_MARK) // 2:  # a mark that is damaged is one
        return None
    if len(kept) < _FORM.size:
        return Checksum(-1, 0)  # cut off within: right for no file
    return Checksum(*_FORM.unpack(kept)[1:])


def work_out_checksum(fd: int) -> Checksum:
    """Return the checksum that an open file should have."""
    crc = 0
    for part in _parts(fd):
        crc = zlib.crc32(part, crc)
    return Checksum(os.fstat(fd).st_size, crc)


def _parts(fd: int) -> Iterator[bytes]:
    yield os.pread(fd, _PLACE, 0)
    place = PAGE
    while part := os.pread(fd, _PART, place):
        yield part
        place += len(part)


def find_side_files(path: Path) -> tuple[Path, ...]:
    """Return what a writer that was killed left beside a file: work that the engine can finish."""
    beside = (path.with_name(f"{path.name}{ending}") for ending in (".wal", SHADOW))
    return tuple(file for file in beside if file.exists())
