"""Rows as text: table, csv, tsv, json, jsonl, markdown, html."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from relgraph.cli.columns import MIXED, SENTENCES, is_money
from relgraph.cli.speech import printable, say
from relgraph.cli.table import TextColumn, table
from relgraph.messages import Message
from relgraph.readwrite.formats.csv_text import defused, record

if TYPE_CHECKING:
    from relgraph.result import Result

_LARGE = 1000  # money from which cents don't matter
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>relgraph</title>
<style>
body { font: 14px/1.4 sans-serif; }
table { border-collapse: collapse; }
th, td { padding: 2px 10px; border-bottom: 1px solid #ddd; text-align: left; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
</style>
</head>
<body>
<table>
"""
_END = "</tbody>\n</table>\n</body>\n</html>\n"
_MARKDOWN = re.compile(r"([\\`*_~<>\[\]|&])")
# Legal inside JSON, but they steer terminals: C1 controls, delete and reordering marks.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text_columns(result: Result) -> list[TextColumn]:
    """Return the columns as people read them."""
    return [
        TextColumn(
            printable(name),
            _cells(name, values, result.columns),
            _are_numbers(values),
            name in SENTENCES,
        )
        for name, values in plain_columns(result).items()
    ]


def plain_columns(result: Result) -> dict[str, list[Any]]:
    """Return the columns as plain values: sentences told, a rank as a whole number."""
    columns: dict[str, list[Any]] = {name: [] for name in result.columns}
    for row in _rows(result):
        for name, value in row.items():
            columns[name].append(value)
    return columns


def _cells(name: str, values: list[Any], columns: Collection[str] = ()) -> list[str]:
    """Return the cells of a column among others; money is grouped, with cents if it is little."""
    if name in MIXED:
        return [_mixed(value) for value in values]
    if not is_money(name, columns) or not _are_numbers(values):
        return [_cell(value) for value in values]
    largest = max(abs(value) for value in values if value is not None)
    decimals = 0 if largest >= _LARGE else 2
    return ["" if value is None else f"{value:z,.{decimals}f}" for value in values]


def read_figures(figures: Mapping[str, Any]) -> dict[str, str]:
    """Return the known figures of one row as people read them, money alike."""
    known = {name: value for name, value in figures.items() if value is not None}
    money = [name for name in known if is_money(name)]
    cells = _cells("margin", [known[name] for name in money]) if money else []
    return {name: _cell(value) for name, value in known.items()} | dict(
        zip(money, cells, strict=True)
    )


def _mixed(value: Any) -> str:
    """Return a value of a column that holds figures of several kinds."""
    large = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= _LARGE
    return f"{value:z,.0f}" if large else _cell(value)


def _rows(result: Result) -> Iterator[dict[str, Any]]:
    """Yield the rows; a rank is a whole number, though a column with gaps holds floats."""
    for row in result.rows():
        sentences = {name: say(value) for name, value in row.items() if isinstance(value, Message)}
        rank = row.get("rank")
        yield row | sentences | ({} if rank is None else {"rank": int(rank)})


def _are_numbers(values: list[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in known
    )


def to_json(value: Any, indent: int | None = None) -> str:
    r"""Return a value as JSON text; NaN and infinity become null, dates ISO 8601.

    Examples
    --------
    >>> print(to_json({"name": "王伟", "margin": float("nan"), "bell": "\x7f"}))
    {"name": "王伟", "margin": null, "bell": "\u007f"}
    """
    text = json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _plain(value: Any) -> Any:
    """Return a value as one that JSON has."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return _moment(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)


def _moment(value: date) -> str:
    """Return a date or a point in time, in UTC unless it has another zone."""
    text = value.isoformat()
    if isinstance(value, datetime):
        return text.removesuffix("+00:00") + "Z" if value.utcoffset() in (None, _ZERO) else text
    return text


_ZERO = datetime.resolution * 0


def _json(result: Result) -> str:
    lines = ",\n".join(f"  {to_json(row)}" for row in _rows(result))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _jsonl(result: Result) -> str:
    return "".join(f"{to_json(row)}\n" for row in _rows(result))


def _separated(result: Result, separator: str) -> str:
    lines = [record(map(defused, result.columns), separator)]
    lines += [record(map(_field, row.values()), separator) for row in _rows(result)]
    return "".join(lines)


def _field(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value if value is None else defused(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return _moment(value) if isinstance(value, date) else to_json(value)


def _cell(value: Any) -> str:
    """Return a value as people read it, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:z.4f}"
    if isinstance(value, date):
        return _moment(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{printable(str(key))}: {_cell(item)}" for key, item in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(_cell, value))
    return printable(str(value))


def _table(result: Result) -> str:
    return "".join(f"{line}\n" for block in table(text_columns(result)) for line in block)


def _markdown(result: Result) -> str:
    columns = text_columns(result)
    head = [_escaped(column.name) for column in columns]
    rule = ["---:" if column.is_number else "---" for column in columns]
    body = zip(*([_escaped(cell) for cell in column.cells] for column in columns), strict=True)
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *body))


def _html(result: Result) -> str:
    columns = text_columns(result)
    sides = [' class="number"' if column.is_number else "" for column in columns]

    def line(cells: Iterable[str], tag: str) -> str:
        inside = zip(sides, cells, strict=True)
        return (
            f"<tr>{''.join(f'<{tag}{side}>{escape(cell)}</{tag}>' for side, cell in inside)}</tr>\n"
        )

    head = line((column.name for column in columns), "th")
    body = zip(*(column.cells for column in columns), strict=True)
    return (
        f"{_PAGE}<thead>\n{head}</thead>\n<tbody>\n{''.join(line(row, 'td') for row in body)}{_END}"
    )


def _escaped(cell: str) -> str:
    return _MARKDOWN.sub(r"\\\1", cell)


# What makes rows the text of a format, with a line end after the last line.
FORMATS: dict[str, Callable[[Result], str]] = {
    "table": _table,
    "csv": lambda result: _separated(result, ","),
    "tsv": lambda result: _separated(result, "\t"),
    "json": _json,
    "jsonl": _jsonl,
    "markdown": _markdown,
    "html": _html,
}
