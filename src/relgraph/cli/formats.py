"""Rows as text: table, csv, tsv, json, jsonl, markdown, html."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from relgraph.cells import (
    TextColumn,
    cell,
    cells,
    html_table,
    is_money,
    moment,
    read_columns,
    told_rows,
)
from relgraph.cli import speech, words
from relgraph.cli.table import table
from relgraph.readwrite.formats.csv_text import defused, record

if TYPE_CHECKING:
    from relgraph.result import Result

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
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
_END = "</table>\n</body>\n</html>\n"
_MARKDOWN = re.compile(r"([\\`*_~<>\[\]|&])")
# Legal inside JSON, but they steer terminals: C1 controls, delete and reordering marks.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text_columns(result: Result) -> list[TextColumn]:
    """Return the columns as people read them."""
    return [words.worded(column) for column in read_columns(plain_columns(result))]


def plain_columns(result: Result) -> dict[str, list[Any]]:
    """Return the columns as plain values: sentences told, a rank as a whole number."""
    columns: dict[str, list[Any]] = {name: [] for name in result.columns}
    for row in _rows(result):
        for name, value in row.items():
            columns[name].append(value)
    return columns


def read_figures(figures: Mapping[str, Any]) -> dict[str, str]:
    """Return the known figures of one row as people read them, money alike."""
    known = {name: value for name, value in figures.items() if value is not None}
    money = [name for name in known if is_money(name)]
    amounts = cells("margin", [known[name] for name in money]) if money else []
    return {name: cell(value) for name, value in known.items()} | dict(
        zip(money, amounts, strict=True)
    )


def _rows(result: Result) -> Iterator[dict[str, Any]]:
    return told_rows(result.rows(), speech.speaker())


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
        return moment(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)


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
    return moment(value) if isinstance(value, date) else to_json(value)


def _table(result: Result) -> str:
    return "".join(f"{line}\n" for block in table(text_columns(result)) for line in block)


def _markdown(result: Result) -> str:
    columns = text_columns(result)
    head = [_escaped(column.head) for column in columns]
    rule = ["---:" if column.is_number else "---" for column in columns]
    body = zip(*([_escaped(cell) for cell in column.cells] for column in columns), strict=True)
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, rule, *body))


def _html(result: Result) -> str:
    page = _PAGE.replace("{language}", speech.language(), 1)
    return f"{page}{html_table(text_columns(result))}{_END}"


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
