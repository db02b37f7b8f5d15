"""Cells that are nearly a number or a date, and what to do about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from relgraph.messages import Message
from relgraph.model import ColumnType
from relgraph.readwrite.checking.parsing import NUMERIC

_MISSING = frozenset(
    "n/a|na|n.a.|#n/a|null|none|nan|nil|tbd|unknown|missing|k.a.|-|--|–|—|?|.|无|缺失".split("|")  # noqa: SIM905
)
_PERCENT = re.compile(r"([+−-]?\d+(?:[.,]\d+)?)\s*[%％]")
_CURRENCY = r"(?:[A-Z]{3}|[$€£¥￥₹])"
_BETWEEN = "[.,'’ \u00a0\u202f]"  # what stands between thousands, somewhere
_NUMBER = re.compile(
    rf"([+−(-]?\s*{_CURRENCY}?\s*[+−-]?)"
    rf"(\d{{1,3}}(?:{_BETWEEN}\d{{2,3}})*{_BETWEEN}\d{{3}}(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"\s*({_CURRENCY}|[kKmM]|mn|bn)?\)?"
)
_FACTORS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_DAY = re.compile(r"(\d{1,4})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,4})日?(?:[ T,].*)?")
_SERIAL = re.compile(r"[2-6]\d{4}")  # a day as Excel counts it, from 1954 to 2091
_FORMS = ("%Y%m%d", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y")
_MONTH_BY_NAME = re.compile(
    r"\d{1,2}[. -]+[A-Za-z]{3,9}[., -]+\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4}"
)
_CODE = re.compile(r"\+?0*\d+|\d+[eE]\d+")


def is_code(text: str) -> bool:
    """Return whether a cell is digits that are meant as text: `007`, `+49…`, 1E5."""
    return _CODE.fullmatch(text) is not None


def is_missing(text: str) -> bool:
    """Return whether a cell looks as if it said that there is no value."""
    return text.strip().casefold() in _MISSING


def is_nearly_number(text: str) -> bool:
    """Return whether a cell is a number in a notation that is not read.

    Examples
    --------
    >>> [is_nearly_number(text) for text in ("1.234,50", "5k", "12%", "€ 5", "007", "1.2.3")]
    [True, True, True, True, False, False]
    """
    text = text.strip()
    return not is_code(text) and bool(_NUMBER.fullmatch(text) or _PERCENT.fullmatch(text))


def is_nearly_date(text: str) -> bool:
    """Return whether a cell is a date in a form that is not read."""
    text = text.strip()
    in_digits = _DAY.fullmatch(text) and any(_days(text)) and re.search(r"\d{4}", text)
    return bool(in_digits or _MONTH_BY_NAME.fullmatch(text))


def remedy(text: str, wanted: ColumnType) -> Message | None:
    """Return the end of a sentence about a cell that doesn't fit, if it is plain what to do.

    Parameters
    ----------
    text : str
        The cell.
    wanted : {"number", "integer", "date", "time", "boolean"}
        What it should be.

    Examples
    --------
    >>> print(remedy("10/20/2016", "date"), remedy("12%", "number"), sep="")
    ; write it 2016-10-20; write 0.12 for it
    """
    text = text.strip()
    if is_missing(text):
        return Message("remedy.missing", value=text)
    if wanted in ("date", "time"):
        kind = wanted if ":" in text else "date"
        days = tuple(day.isoformat() for day in _days(text))
        if len(days) == 1:
            return Message(f"remedy.this_{kind}", day=days[0])
        if days:
            return Message(f"remedy.either_{kind}", one=days[0], other=days[1])
        return None
    if wanted not in NUMERIC:
        return None
    if match := _PERCENT.fullmatch(text):
        return _written(float(match[1].replace(",", ".").replace("−", "-")) / 100)
    match = _NUMBER.fullmatch(text)
    if match is None or re.fullmatch(r"[\d.]+", text):
        return _notation(match[2]) if match else None
    before, digits, unit = match.groups()
    sign = -1 if re.search("[−(-]", before) else 1
    factor = _FACTORS.get((unit or "").lower(), 1)
    return _notation(digits) or _written(sign * float(digits) * factor)


def _written(number: float) -> Message:
    return Message("remedy.written", meant=f"{number:.15g}")


def _notation(digits: str) -> Message | None:
    """Return how to read a number that has other signs than a decimal point."""
    signs = re.findall(
        r"\D", digits.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    )
    if not signs or signs == ["."]:
        return None
    *between, last = signs
    if between and last != between[-1]:
        if last == ".":
            return Message("remedy.thousands", thousands=between[0])
        return Message("remedy.notation", decimal=last, thousands=between[0])
    if not between and last == ",":
        sure = re.fullmatch(r"\d{1,3},\d{3}", digits) is None
        return Message("remedy.decimal" if sure else "remedy.comma", decimal=last)
    if last == ".":
        return Message("remedy.notation", decimal=",", thousands=".")
    return Message("remedy.thousands", thousands=last)


def _days(text: str) -> Iterator[date]:
    """Yield the days that a date may mean, by the order of its parts."""
    if match := _DAY.fullmatch(text):
        yield from _by_order(match)
    elif _SERIAL.fullmatch(text):
        yield date(1899, 12, 30) + timedelta(days=int(text))
    else:
        for form in _FORMS:
            try:
                yield datetime.strptime(text.replace(".", ""), form).date()
            except ValueError:
                continue
            return


def _by_order(match: re.Match[str]) -> Iterator[date]:
    if {len(match[1]), len(match[3])} not in ({1, 4}, {2, 4}, {2}, {1, 2}):
        return
    first, second, third = map(int, match.groups())
    orders = [(third, second, first), (third, first, second)]
    if first > 31:
        orders = [(first, second, third)]
    found: list[date] = []
    for year, month, day in orders:
        century = 2000 if year < 50 else 1900 if year < 100 else 0
        try:
            found.append(date(century + year, month, day))
        except ValueError:
            continue
    yield from dict.fromkeys(found)
