"""Cells: values as people read them, in tables of a terminal, of a page and of a notebook."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any, NamedTuple

from relgraph.messages import Message, Speaker

# Columns of money, whose digits are grouped in tables.
MONEY = frozenset(
    (
        *("revenue", "margin", "clv", "clv_low", "clv_high", "received", "given", "network_value"),
        *("at_stake", "saves", "margin_cut_off", "crv"),
        *("loss", "loss_low", "loss_high", "direct", "chained", "held", "referrals", "budget"),
        *("only", "cover_saves", "profit", "save"),
        *("gain", "cost", "net", "net_expected", "net_low", "net_high"),
        *("keep", "chain", "refer", "fragility", "worth"),
    )
)
# Columns that hold figures of several kinds: large numbers are grouped, whatever the others are.
MIXED = frozenset(("before", "after", "change"))
# Columns of sentences, which a table wraps where it shortens other texts.
SENTENCES = frozenset(("question", "step", "formula", "from", "meaning", "explanation", "names"))
_VALUED = frozenset(("loss", "contacts"))
_LARGE = 1000  # money from which cents don't matter
_ZERO = datetime.resolution * 0

# C0 and C1 controls, delete, line and paragraph separators, the marks that reorder what
# follows (a name must not rewrite its own line), and lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNPRINTABLE_IN_TEXT = re.compile(_UNPRINTABLE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


class TextColumn(NamedTuple):
    """A column as cells of text, without line breaks."""

    name: str
    cells: list[str]
    is_number: bool
    is_sentence: bool = False
    heading: str = ""

    @property
    def head(self) -> str:
        """What stands above the cells: the heading, or else the name."""
        return self.heading or self.name


def told_rows(rows: Iterable[dict[str, Any]], say: Speaker) -> Iterator[dict[str, Any]]:
    """Yield rows with their messages said, and ranks as whole numbers, though gaps make floats."""
    for row in rows:
        sentences = {name: say(value) for name, value in row.items() if isinstance(value, Message)}
        rank = row.get("rank")
        yield row | sentences | ({} if rank is None else {"rank": int(rank)})


def read_columns(columns: Mapping[str, Sequence[Any]]) -> list[TextColumn]:
    """Return columns of plain values as people read them."""
    return [
        TextColumn(
            printable(name), cells(name, values, columns), are_numbers(values), name in SENTENCES
        )
        for name, values in columns.items()
    ]


def cells(name: str, values: Sequence[Any], columns: Collection[str] = ()) -> list[str]:
    """Return the cells of a column among others; money is grouped, with cents if it is little."""
    if name in MIXED:
        return [_mixed(value) for value in values]
    if not is_money(name, columns) or not are_numbers(values):
        return [cell(value) for value in values]
    largest = max(abs(value) for value in values if value is not None)
    decimals = 0 if largest >= _LARGE else 2
    return ["" if value is None else f"{value:z,.{decimals}f}" for value in values]


def is_money(name: str, columns: Collection[str] = ()) -> bool:
    """Return whether a column among these holds money; a value beside losses or contacts does."""
    return name in MONEY or (name == "value" and not _VALUED.isdisjoint(columns))


def are_numbers(values: Iterable[Any]) -> bool:
    """Return whether the known values are numbers, and there are some."""
    known = [value for value in values if value is not None]
    return bool(known) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in known
    )


def cell(value: Any) -> str:
    """Return a value as people read it, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:z.4f}"
    if isinstance(value, date):
        return moment(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{printable(str(key))}: {cell(item)}" for key, item in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(cell, value))
    return printable(str(value))


def _mixed(value: Any) -> str:
    """Return a value of a column that holds figures of several kinds."""
    large = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _LARGE
    return f"{value:z,.0f}" if large else cell(value)


def moment(value: date) -> str:
    """Return a date or a point in time, in UTC unless it has another zone."""
    text = value.isoformat()
    if isinstance(value, datetime):
        return text.removesuffix("+00:00") + "Z" if value.utcoffset() in (None, _ZERO) else text
    return text


def html_table(columns: Sequence[TextColumn], number: str = 'class="number"') -> str:
    """Return columns as the head and body of an HTML table; cells of numbers have an attribute."""
    sides = [f" {number}" if column.is_number else "" for column in columns]

    def line(texts: Iterable[str], tag: str) -> str:
        inside = zip(sides, texts, strict=True)
        return (
            f"<tr>{''.join(f'<{tag}{side}>{escape(text)}</{tag}>' for side, text in inside)}</tr>\n"
        )

    head = line((column.head for column in columns), "th")
    body = zip(*(column.cells for column in columns), strict=True)
    return f"<thead>\n{head}</thead>\n<tbody>\n{''.join(line(row, 'td') for row in body)}</tbody>\n"


def printable(text: str) -> str:
    r"""Return text on one line, with what could steer a terminal shown as an escape.

    Examples
    --------
    >>> print(printable("two\nlines \x1b[31mred"))
    two\nlines \x1b[31mred
    """
    return _UNPRINTABLE.sub(_escape, text)


def printable_lines(text: str) -> str:
    """Return text as `printable` does, but keep its line breaks and tabs."""
    return _UNPRINTABLE_IN_TEXT.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
