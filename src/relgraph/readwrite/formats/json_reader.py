"""Reading JSON: one object of tables, or one table as a list of row objects.

Rows are decoded one at a time, so that each knows the line on which it starts.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

from relgraph.messages import Message
from relgraph.model import ColumnType
from relgraph.readwrite.formats.graph_json import looks_like_graph, read_graph_json
from relgraph.readwrite.formats.json_text import JsonRow, JsonText
from relgraph.readwrite.names import canonical_table
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table, typed_table
from relgraph.readwrite.settings_lines import COLUMN, NAME

_OWN = ("columns", NAME)  # what an export of relgraph keeps beside its tables


def read_json(
    text: str, file: str, name: str, log: ProblemLog, *, nested: bool = False
) -> list[RawTable]:
    """Read the tables of a JSON file.

    A table under a key is named by the key. A key without a list is skipped, except `columns` and
    `settings`, in which an export keeps the types and the settings.
    """
    if looks_like_graph(text) and not nested:
        return read_graph_json(text, file, name, log)
    source = JsonText(text)
    tables: list[RawTable] = []
    try:
        if source.take("["):
            tables.append(_read_table(source, file, name, log, nested=nested))
        elif source.take("{"):
            tables += _read_tables(source, file, log, nested=nested)
        else:
            source.value()
        if source.place < len(text):
            source.refuse()
        if not tables:
            log.add(Message("json.no_table"), file, 1)
    except json.JSONDecodeError as error:
        log.add(Message("json.invalid", reason=error.msg), file, error.lineno)
        tables.append(empty_table(file, name))
    except (RecursionError, ValueError) as error:
        log.add(Message("json.unreadable", reason=str(error)), file, source.line())
        tables.append(empty_table(file, name))
    return tables or [empty_table(file, name)]


def _read_tables(source: JsonText, file: str, log: ProblemLog, *, nested: bool) -> list[RawTable]:
    """Read an object of tables, and the types that its key `columns` gives them."""
    tables: list[RawTable] = []
    types: Any = None
    keys: set[str] = set()
    for _ in source.items("}"):
        line = source.line()
        key = source.value()
        source.expect(":")
        if not isinstance(key, str):
            source.refuse()
        if source.take("["):
            tables += _read_list(source, file, key, log, nested=nested)
        elif nested and key not in _OWN and source.take("{"):
            tables += _not_yet_named(_read_tables(source, file, log, nested=True), key, tables)
            continue
        else:
            value = source.value()
            if key == NAME and isinstance(value, str):
                tables.append(_settings(value, file, line, log))
            types = value if key == "columns" else types
            if canonical_table(key) is not None:
                log.add(Message("json.not_list", key=key), file, line)
        if key in keys:
            log.add(Message("json.key_again", key=shortened(key)), file, line)
        keys.update(table.name for table in tables if table.name == key)
    return [replace(table, types=_types(types, table.name)) for table in tables]


def _read_list(
    source: JsonText, file: str, key: str, log: ProblemLog, *, nested: bool
) -> list[RawTable]:
    """Read the list under a key; in a nested file one without row objects is no table."""
    apart = ProblemLog()
    table = _read_table(source, file, key, apart, nested=nested)
    if nested and not len(table) and apart.problems:
        return []
    log.problems += apart.problems
    for note in apart.notes:
        log.note(note)
    return [table]


def _not_yet_named(inner: list[RawTable], key: str, tables: list[RawTable]) -> list[RawTable]:
    """Return tables in an object, with its key before names that others have."""
    taken = {table.name for table in tables}
    return [
        replace(each, name=f"{key}.{each.name}") if each.name in taken else each for each in inner
    ]


def _settings(text: str, file: str, line: int, log: ProblemLog) -> RawTable:
    """Return the settings that an export of relgraph holds."""
    lines = text.split("\n")
    numbers = range(line + 1, line + 1 + len(lines))
    return typed_table(file, NAME, [COLUMN], line, [[cell or None for cell in lines]], numbers, log)


def _types(types: Any, table: str) -> dict[str, ColumnType]:
    """Return the types that an export of relgraph declares for a table; none in other files."""
    given = types.get(table) if isinstance(types, dict) else None
    pairs = given.items() if isinstance(given, dict) else ()
    return {name: kind for name, kind in pairs if kind in get_args(ColumnType)}


def _read_table(
    source: JsonText, file: str, name: str, log: ProblemLog, *, nested: bool
) -> RawTable:
    first = source.line()
    rows: list[JsonRow] = []
    lines: list[int] = []
    for _ in source.items("]"):
        line = source.line()
        row = source.value()
        if not isinstance(row, JsonRow):
            log.add(Message("json.not_row", value=shortened(row)), file, line)
            continue
        for key in row.twice:
            log.add(Message("json.key_twice", key=shortened(key)), file, line)
        rows.append(row)
        lines.append(line)
    headers = list(dict.fromkeys(key for row in rows for key in row))
    columns = [[row.get(header) for row in rows] for header in headers]
    line = lines[0] if lines else first
    return typed_table(file, name, headers, line, columns, lines, log, nested=nested)
