"""From bytes to text: which encoding a file is in.

A byte-order mark decides. UTF-16 without one shows its ASCII characters by NULs at either the
even or the odd places (and is looked for first, because such text may be valid UTF-8 full of
NULs). Then strict UTF-8. What is left is a guess
(`likeness`), which decodes strictly: what doesn't fit is reported with its line, and so are the
lines in UTF-8 amid others.
"""

from __future__ import annotations

import codecs
import re

from relgraph.errors import UsageError
from relgraph.messages import Message, Note
from relgraph.readwrite.formats.likeness import cells_above_ascii, decodes, tell_apart
from relgraph.readwrite.problems import ProblemLog

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16's, with which it begins
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NAMES = {
    "gb18030": "GB18030",
    "cp932": "Shift-JIS",
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "utf-8": "UTF-8",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def check_encoding(name: str) -> None:
    """Refuse an encoding that Python doesn't know or that isn't one of text.

    Raises
    ------
    UsageError
        The name is unknown.
    """
    try:
        b"\xff".decode(name, "replace")
    except (LookupError, ValueError):
        raise UsageError("encoding.unknown", parameter="encoding", value=name) from None


def decode(data: bytes, file: str, log: ProblemLog, encoding: str | None = None) -> str:
    r"""Return the text of a file, without a byte-order mark; bytes that don't fit are U+FFFD.

    Parameters
    ----------
    data : bytes
        All of the file.
    file : str
        Its name, for problems and notes.
    log : ProblemLog
        Told of an encoding that was guessed, and of the lines with bytes that don't fit.
    encoding : str, optional
        The encoding that the user says it is in.

    Examples
    --------
    >>> log = ProblemLog()
    >>> decode("id,name\nc1,Müller\n".encode("cp1252"), "a.csv", log)
    'id,name\nc1,Müller\n'
    >>> str(log.notes[0])
    'a.csv is not UTF-8 and was read as Windows-1252; if that is wrong, give encoding'
    """
    name, why = _choose(data, encoding)
    foreign: frozenset[bytes] = frozenset()
    if name is None:
        if (text := _in_utf8(data)) is not None:
            return text
        name, foreign = tell_apart(data)
        why = "by_most" if name == "utf-8" else "by_likeness"
    title = _NAMES.get(name, name.upper())
    unfit = Message("encoding.unfit", encoding=title, why=Message(f"encoding.{why}"))
    mixed = Message("encoding.mixed", encoding=title)
    in_utf8 = _lines_with(foreign, data)
    for number in in_utf8:
        log.add(mixed, file, number)
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
            if "\ufffd" in line and number not in in_utf8:
                log.add(unfit, file, number)
    else:
        if why in ("by_nuls", "by_likeness") and not in_utf8:
            log.note(Note("encoding.guessed", file=file, encoding=title))
    return text.removeprefix("\ufeff")


def _in_utf8(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _lines_with(foreign: frozenset[bytes], data: bytes) -> dict[int, None]:
    """Return the numbers of the lines that have any of these cells, in order."""
    lines = enumerate(re.split(rb"\r\n|\r|\n", data), 1) if foreign else ()
    return {n: None for n, line in lines if not foreign.isdisjoint(cells_above_ascii(line))}


def _choose(data: bytes, asked: str | None) -> tuple[str | None, str]:
    """Return the encoding to read with, and what chose it; None for UTF-8, else a guess."""
    if asked is not None:
        return asked, "by_request"
    for mark, name in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return name, "by_mark"
    if utf16 := _utf16_by_nuls(data):
        return utf16, "by_nuls"
    return None, "by_all"


def _utf16_by_nuls(data: bytes) -> str | None:
    """Return the UTF-16 that a file without a mark is in, or None.

    The NULs beside ASCII characters are at even places (big-endian) or at odd ones (little-
    endian); a few at the others belong to characters like U+4E00. A stray NUL or two in another
    encoding are too few, and leave plain text when removed.
    """
    if b"\0" not in data or len(data) % 2:
        return None
    nuls = data.count(0)
    even = data[::2].count(0)
    if max(even, nuls - even) * 3 < nuls * 2:
        return None
    name = "utf-16-be" if even * 2 > nuls else "utf-16-le"
    if nuls * 4 >= len(data):
        return name
    few = nuls < 3 or nuls * 50 < len(data)
    return None if few or _is_plain(data.replace(b"\0", b"")) or not decodes(data, name) else name


def _is_plain(data: bytes) -> bool:
    return decodes(data) and not _CONTROL.search(data)
