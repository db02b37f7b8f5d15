"""What a cell of a workbook shows, by its number format: a number, a day, a time or a duration.

A format has up to four sections for positive and negative numbers, zero and text, or for what
meets the conditions in front of them. In each, text stands in quotes or after a backslash, `_x`
is a gap as wide as x and `*x` fills the cell with x; brackets hold a colour, a condition, a
currency with its locale, or a duration (`[h]`). What is left are placeholders and letters of dates.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

Shown = Literal["number", "date", "time", "clock", "duration"]

# The formats that a workbook need not spell out; of those of East Asia (from 27 on) one language
# shows a day where another shows a time of day.
_DATES = ((14, 17), (27, 31), (36, 36), (50, 54), (57, 58), (71, 74), (81, 81))
_CLOCKS = ((18, 21), (32, 35), (45, 45), (47, 47), (55, 56), (75, 76), (78, 78), (80, 80))
BUILT_IN = (
    {number: "yyyy-mm-dd" for low, high in _DATES for number in range(low, high + 1)}
    | {number: "hh:mm" for low, high in _CLOCKS for number in range(low, high + 1)}
    | dict.fromkeys((22, 77), "yyyy-mm-dd hh:mm")
    | dict.fromkeys((46, 79), "[h]:mm:ss")
)

_PIECE = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?|;|[^"\\_*\[;]+', re.DOTALL)
_DURATION = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\s*\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
# Words with letters of dates in them: the general format in its languages, and exponents.
_NO_DATE = re.compile(r"General|G/\w+|Standard|E[+-]", re.IGNORECASE)
_HALF_OF_DAY = re.compile(r"AM/PM|A/P|上午/下午|午前/午後", re.IGNORECASE)
_PART_OF_SECOND = re.compile(r"(?<=s)[.,]0+", re.IGNORECASE)


class _Section(NamedTuple):
    """One part of a format: which numbers it is for, and what it shows of them."""

    condition: tuple[str, float] | None
    shown: Shown


def shown_as(format: str, number: float) -> Shown:
    """Return what a format shows of a number.

    Examples
    --------
    >>> shown_as("[$-zh-CN]yyyy-mm-dd", 45000), shown_as('[Red]0.00" days"', 45000)
    ('date', 'number')
    >>> shown_as("[<1]hh:mm;yyyy-mm-dd", 0.5), shown_as("[<1]hh:mm;yyyy-mm-dd", 45000)
    ('clock', 'date')
    """
    sections = _sections(format)
    defaults = ((">", 0.0) if len(sections) > 2 else (">=", 0.0), ("<", 0.0))
    for section, default in zip(sections[: min(len(sections) - 1, 2)], defaults, strict=False):
        sign, limit = section.condition or default
        if _COMPARE[sign](number, limit):
            return section.shown
    return sections[min(len(sections) - 1, 2)].shown


@lru_cache(1000)
def _sections(format: str) -> tuple[_Section, ...]:
    parts: list[list[str]] = [[]]
    for piece in _PIECE.findall(format):
        if piece == ";":
            parts.append([])
        else:
            parts[-1].append(piece)
    return tuple(map(_section, parts))


def _section(pieces: list[str]) -> _Section:
    conditions = [match.groups() for piece in pieces if (match := _CONDITION.fullmatch(piece))]
    condition = (conditions[0][0], float(conditions[0][1])) if conditions else None
    if any(map(_DURATION.fullmatch, pieces)):
        return _Section(condition, "duration")
    bare = [piece for piece in pieces if piece[0] not in '"\\_*[']
    return _Section(condition, _shown("".join(bare)))


def _shown(code: str) -> Shown:
    """Return what placeholders and letters show."""
    halves = bool(_HALF_OF_DAY.search(code))
    letters = _PART_OF_SECOND.sub("", _HALF_OF_DAY.sub("", _NO_DATE.sub("", code))).lower()
    if re.search(r"[0#?@]", letters):
        return "number"
    has_clock = halves or bool(re.search("[hs]", letters))
    has_day = bool(re.search("[yde]|mmm" if has_clock else "[ymde]|aaa", letters))
    if has_clock:
        return "time" if has_day else "clock"
    return "date" if has_day else "number"
