"""From bytes to text: which encoding a file is in.

A byte-order mark decides. UTF-16 without one shows its ASCII characters by NULs at either the
even or the odd places (and is looked for first, because such text may be valid UTF-8 full of
NULs). Then strict UTF-8. What is left is a guess between three readings, by how probable each
makes the bytes above 127:

* GB18030, of Chinese spreadsheets: pairs of bytes, most of them among the 3,755 common
  characters, several in a row, hardly ever beside a Latin letter;
* Windows-1252, of Western ones: single bytes, most of them letters inside words;
* UTF-8 with foreign bytes in it: characters that are valid UTF-8, and some that are not.

Comparing whole readings tells short files apart, where a rule about pairs of bytes would not: the
`ää` of `Käär` is a pair, too. The likeliest reading then decodes strictly, and what doesn't fit is
reported with its line.
"""

from __future__ import annotations

import codecs
import math
import re
from typing import NamedTuple

from relgraph.errors import UsageError
from relgraph.messages import Message, Note
from relgraph.readwrite.problems import ProblemLog

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16's, with which it begins
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NAMES = {"gb18030": "GB18030", "cp1252": "Windows-1252", "utf-8": "UTF-8"}
_SAMPLE = 1 << 16  # bytes from the first one above 127 on, enough for any guess


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
    title = _NAMES.get(name, name.upper())
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        unfit = Message("encoding.unfit", encoding=title, why=Message(f"encoding.{why}"))
        for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
            if "\ufffd" in line:
                log.add(unfit, file, number)
    else:
        if why in ("by_nuls", "by_most"):
            log.note(Note("encoding.guessed", file=file, encoding=title))
    return text.removeprefix("\ufeff")


def _choose(data: bytes, asked: str | None) -> tuple[str, str]:
    """Return the encoding to read with, and what chose it."""
    if asked is not None:
        return asked, "by_request"
    for mark, name in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return name, "by_mark"
    if utf16 := _utf16_by_nuls(data):
        return utf16, "by_nuls"
    return ("utf-8", "by_all") if _decodes(data, "utf-8") else (guess(data), "by_most")


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
    return None if few or _is_plain(data.replace(b"\0", b"")) or not _decodes(data, name) else name


def _is_plain(data: bytes) -> bool:
    return _decodes(data, "utf-8") and not _CONTROL.search(data)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class _Reading(NamedTuple):
    """How text in one encoding looks above ASCII.

    Parameters
    ----------
    classes : tuple of (pattern, log-probability)
        Classes of characters, and how probable each single character of a class is: the share
        of the class in ordinary tables, over the number of characters in it. Bytes that fit none
        of them are broken.
    touching : float
        How often such a character stands beside a Latin letter.
    joined : float
        How often such a character is followed by another.
    """

    classes: tuple[tuple[bytes, float], ...]
    touching: float
    joined: float


_READINGS = {
    "gb18030": _Reading(
        (
            (rb"[\xb0-\xd7][\xa1-\xfe]", math.log(0.92 / 3755)),  # common characters
            (rb"[\xd8-\xf7][\xa1-\xfe]", math.log(0.04 / 3008)),  # less common ones
            (rb"[\xa1-\xa3][\xa1-\xfe]", math.log(0.02 / 200)),  # punctuation
            (rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", math.log(0.02 / 5000)),  # traditional, names
            (rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]", math.log(0.001 / 100_000)),
        ),
        touching=0.01,
        joined=0.7,
    ),
    "cp1252": _Reading(
        (
            (rb"[\xe0-\xf6\xf8-\xff]", math.log(0.75 / 31)),  # small letters
            (rb"[\xc0-\xd6\xd8-\xdf]", math.log(0.12 / 31)),  # capitals
            (rb"[\x80\x85\x91-\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb4\xb7\xbb]", math.log(0.1 / 20)),
            (rb"[\x82-\x84\x86-\x8c\x8e\x98\x9a-\x9c\x9e-\xff]", math.log(0.03 / 50)),
        ),
        touching=0.85,
        joined=0.05,
    ),
    "utf-8": _Reading(
        (
            (rb"[\xc2-\xc5\xce-\xd1][\x80-\xbf]", math.log(0.4 / 200)),  # Latin, Greek, Cyrillic
            (rb"[\xe4-\xe9][\x80-\xbf]{2}", math.log(0.5 / 3755)),  # Chinese
            (rb"[\xe0-\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]", math.log(0.1 / 10_000)),
            (rb"[\xf0-\xf4][\x80-\xbf]{3}", math.log(0.001 / 10_000)),
        ),
        touching=0.75,
        joined=0.75,
    ),
}
_BROKEN = math.log(1 / 256)  # a byte that doesn't fit
_BREAK = math.log(1e-3)  # that such bytes begin here
_NOT_WHOLE = math.log(0.01)  # that a file holds any such byte, where that is not known already
_OTHERS = (rb"[\x80-\xff]", rb"[A-Za-z]", rb"[0-9]")  # broken bytes, letters, digits
_FIRST_HIGH = re.compile(rb"[\x80-\xff]")
_LONG_ASCII = re.compile(rb"([\x00-\x7f])[\x00-\x7f]+([\x00-\x7f])")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def guess(data: bytes) -> str:
    """Return the likeliest of gb18030, cp1252 and utf-8 for bytes that are not UTF-8 throughout.

    Examples
    --------
    >>> guess("Käär".encode("cp1252")), guess("李娜".encode("gb18030"))
    ('cp1252', 'gb18030')
    """
    first = _FIRST_HIGH.search(data)
    start = max(0, first.start() - 1) if first else 0
    sample = _LONG_ASCII.sub(rb"\1\n\2", data[start : start + _SAMPLE])
    logs = {name: _log_probability(sample, reading) for name, reading in _READINGS.items()}
    logs["utf-8"] -= _NOT_WHOLE
    return max(logs, key=lambda name: logs[name])


def _log_probability(sample: bytes, reading: _Reading) -> float:
    """Return the log-probability of what stands above ASCII in a sample."""
    broken = len(reading.classes) + 1
    high, letter = b"[1-%d]" % broken, b"%d" % (broken + 1)
    patterns = (*(pattern for pattern, _ in reading.classes), *_OTHERS)
    tokens = re.compile(b"|".join(b"(%s)" % pattern for pattern in patterns))
    shape = tokens.sub(lambda token: b"%d" % (token.lastindex or 0), sample)
    characters = len(re.findall(high, shape))
    runs = len(re.findall(high + b"+", shape))
    touching = len(re.findall(b"%b(?=%b)|%b(?=%b)" % (letter, high, high, letter), shape))
    counts = [shape.count(b"%d" % number) for number in range(1, broken + 1)]
    return (
        sum(count * log for count, (_, log) in zip(counts, reading.classes, strict=False))
        + counts[-1] * _BROKEN
        + len(re.findall(b"%d+" % broken, shape)) * _BREAK
        + (_NOT_WHOLE if counts[-1] else 0)
        + touching * math.log(reading.touching)
        + (2 * runs - touching) * math.log(1 - reading.touching)
        + (characters - runs) * math.log(reading.joined)
        + runs * math.log(1 - reading.joined)
    )
