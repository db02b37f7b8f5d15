"""The end of an embedded store's file, where its snapshots lie, behind all that the engine uses.

The engine reads and writes pages by their places, and leaves what lies behind them. Its part ends
where the checksum says; after another program wrote the file, the tail is somewhere between its
pages, and is found by its mark.
"""

from __future__ import annotations

import mmap
import os
import struct
from operator import eq

PAGE = 4096
_MARK = b"relgraph history"
_FORM = struct.Struct("<16sQ")


def is_tail(fd: int, place: int) -> bool:
    """Return whether a tail begins at a place of an open file, even if its mark is damaged."""
    if not 0 <= place < os.fstat(fd).st_size:
        return False
    alike: int = sum(map(eq, os.pread(fd, len(_MARK), place), _MARK))
    return alike > len(_MARK) // 2


def read_tail(fd: int, place: int | None) -> bytes:
    """Return what lies behind the engine's part of an open file; None is a place to be found."""
    if place is None:
        place = _find(fd)
    if not is_tail(fd, place):
        return b""
    start = os.pread(fd, _FORM.size, place).ljust(_FORM.size, b"\0")
    length = min(_FORM.unpack(start)[1], os.fstat(fd).st_size)
    return os.pread(fd, length, place + _FORM.size) or b"cut off"


def write_tail(fd: int, content: bytes) -> None:
    """Append what is not the engine's to an open file; nothing for no content."""
    if content:
        os.lseek(fd, 0, os.SEEK_END)
        with os.fdopen(fd, "wb", closefd=False) as file:
            file.write(_FORM.pack(_MARK, len(content)))
            file.write(content)


def _find(fd: int) -> int:
    """Return the last place where a page begins with the mark, else the end of the file."""
    size = os.fstat(fd).st_size
    if not size:
        return 0
    with mmap.mmap(fd, size, access=mmap.ACCESS_READ) as content:
        place = content.rfind(_MARK)
        while place >= 0 and place % PAGE:
            place = content.rfind(_MARK, 0, place)
    return size if place < 0 else place
