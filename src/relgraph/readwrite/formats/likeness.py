"""Which encoding bytes look most like, where no mark and no rule tells.

Several readings are compared, by how probable each makes the bytes above 127:

* GB18030, of Chinese spreadsheets: pairs of bytes, most of them among the 3,755 common
  characters, several in a row, hardly ever beside a Latin letter;
* Shift-JIS, of Japanese ones: pairs of bytes, many of them kana;
* Windows-1252, of Western ones: single bytes, most of them letters inside words;
* Windows-1251, of Russian ones: single bytes, whole words of them;
* UTF-8 with foreign bytes in it: characters that are valid UTF-8, and some that are not.

Comparing whole readings tells short files apart, where a rule about pairs of bytes would not: the
`ää` of `Käär` is a pair, too. Cells that are valid UTF-8 and far likelier so than in the reading
of the others show that a file is in two encodings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple


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
    rarity : float
        The log-probability of the encoding itself, beside the others.
    """

    classes: tuple[tuple[bytes, float], ...]
    touching: float
    joined: float
    rarity: float = 0.0


_NOT_WHOLE = math.log(0.01)  # that a file holds any byte that doesn't fit

_READINGS = {
    "gb18030": _Reading(
        (
            (rb"[\xb0-\xd7][\xa1-\xfe]", math.log(0.92 / 3755)),  # common characters
            (rb"[\xd8-\xf7][\xa1-\xfe]", math.log(0.02 / 3008)),  # less common ones
            (rb"[\xa1-\xa3][\xa1-\xfe]", math.log(0.02 / 200)),  # punctuation
            (rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", math.log(0.02 / 5000)),  # traditional, names
            (rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]", math.log(0.001 / 100_000)),
        ),
        touching=0.01,
        joined=0.7,
    ),
    "cp932": _Reading(
        (
            (rb"\x82[\x9f-\xf1]", math.log(0.3 / 83)),  # hiragana
            (rb"\x83[\x40-\x7e\x80-\x96]", math.log(0.25 / 86)),  # katakana
            (rb"[\x88-\x97][\x40-\x7e\x80-\xfc]|\x98[\x40-\x72]", math.log(0.38 / 2965)),
            (rb"\x81[\x40-\x7e\x80-\xfc]|\x82[\x4f-\x7e\x80-\x9a]", math.log(0.04 / 300)),
            (rb"[\x98-\x9f\xe0-\xea][\x40-\x7e\x80-\xfc]", math.log(0.02 / 3400)),
            (rb"[\xa6-\xdf]", math.log(0.01 / 58)),  # kana of half the width
        ),
        touching=0.02,
        joined=0.75,
        rarity=math.log(0.01),
    ),
    "cp1252": _Reading(
        (
            (rb"[\xe0-\xf6\xf8-\xff]", math.log(0.75 / 31)),  # small letters
            (rb"[\xc0-\xd6\xd8-\xdf]", math.log(0.12 / 31)),  # capitals
            (rb"[\x80\x85\x91-\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb4\xb7\xbb]", math.log(0.1 / 20)),
            (rb"[\x82-\x84\x86-\x8c\x8e\x98\x9a-\x9c\x9e-\xff]", math.log(0.03 / 50)),
        ),
        touching=0.85,
        joined=0.1,
    ),
    "cp1251": _Reading(
        (
            (rb"(?<=[\xe0-\xff])[\xc0-\xdf]", math.log(0.001 / 32)),  # a capital in a word
            (rb"(?<=[\xc0-\xdf])[\xc0-\xdf]", math.log(0.02 / 32)),  # in capitals
            (rb"[\xe0\xe2\xe4\xe5\xe8\xea-\xf3\xff]", math.log(0.68 / 16)),  # common letters
            (rb"[\xe0-\xff]", math.log(0.12 / 16)),
            (rb"[\xc0-\xdf]", math.log(0.13 / 32)),  # in front of a word
            (rb"[\xa8\xaa\xaf\xb2\xb3\xb8\xba\xbf]", math.log(0.02 / 8)),  # Ukrainian ones, ё
            (rb"[\x80-\x97\x99-\xbf]", math.log(0.02 / 50)),
        ),
        touching=0.02,
        joined=0.85,
        rarity=math.log(0.05),
    ),
    "utf-8": _Reading(
        (
            (rb"[\xc2-\xc5\xce-\xd1][\x80-\xbf]", math.log(0.4 / 200)),  # Latin, Greek, Cyrillic
            (rb"[\xe4-\xe9][\x80-\xbf]{2}", math.log(0.5 / 3755)),  # Chinese
            # punctuation, kana, Korean
            (
                rb"(?:\xe2[\x80-\x84]|\xe3[\x80-\x83]|[\xea-\xed][\x80-\xbf])[\x80-\xbf]",
                math.log(0.09 / 12_000),
            ),
            (rb"[\xe0-\xef][\x80-\xbf]{2}|[\xc2-\xdf][\x80-\xbf]", math.log(0.01 / 50_000)),
            (rb"[\xf0-\xf4][\x80-\xbf]{3}", math.log(0.001 / 10_000)),
        ),
        touching=0.75,
        joined=0.75,
        rarity=_NOT_WHOLE,
    ),
}
_BROKEN = math.log(1 / 256)  # a byte that doesn't fit
_BREAK = math.log(1e-3)  # that such bytes begin here
_SURELY = math.log(100)  # how much likelier UTF-8 must be for a cell to count as that
_SAMPLE = 1 << 16  # bytes above ASCII and beside, enough for any guess
_OTHERS = (rb"[\x80-\xff]", rb"[A-Za-z]", rb"[0-9]")  # broken bytes, letters, digits
# No byte of a character of several bytes, in any of these encodings, ends a cell.
_CELL = re.compile(rb'[^\r\n\t,;"]*[\x80-\xff][^\r\n\t,;"]*')
_LONG_ASCII = re.compile(rb"([\x00-\x7f])[\x00-\x7f]+([\x00-\x7f])")


def decodes(data: bytes, encoding: str = "utf-8") -> bool:
    """Return whether all bytes are text in an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def cells_above_ascii(data: bytes) -> list[bytes]:
    r"""Return the cells of a table that have a byte above 127.

    Examples
    --------
    >>> cells_above_ascii("c1,Zoë,Köln;".encode("cp1252"))
    [b'Zo\xeb', b'K\xf6ln']
    """
    return _CELL.findall(data)


def tell_apart(data: bytes) -> tuple[str, frozenset[bytes]]:
    r"""Return the encoding of most cells of a file that is not UTF-8, and which cells are UTF-8.

    Examples
    --------
    >>> tell_apart("Müller,Käär,José,".encode("cp1252") + "Zoë".encode())
    ('cp1252', frozenset({b'Zo\xc3\xab'}))
    """
    cells = cells_above_ascii(data)
    utf8 = frozenset(filter(decodes, set(cells)))
    others = [cell for cell in cells if cell not in utf8]
    name = guess(others)
    foreign = frozenset(cell for cell in utf8 if _is_surely_utf8(cell, name))
    if name == "utf-8" or sum(cell in foreign for cell in cells) >= len(others):
        return "utf-8", frozenset()
    return name, foreign


def guess(cells: Iterable[bytes]) -> str:
    """Return the encoding that cells which are not UTF-8 look most like.

    Examples
    --------
    >>> guess(["Käär".encode("cp1252")]), guess(["李娜".encode("gb18030")])
    ('cp1252', 'gb18030')
    """
    sample = _LONG_ASCII.sub(rb"\1\n\2", b"\n".join(cells))[:_SAMPLE]
    logs = {
        name: _log_probability(sample, reading) + reading.rarity
        for name, reading in _READINGS.items()
    }
    return max(logs, key=lambda name: logs[name])


def _is_surely_utf8(cell: bytes, name: str) -> bool:
    utf8, other = (_log_probability(cell, _READINGS[each]) for each in ("utf-8", name))
    return utf8 - other > _SURELY


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
