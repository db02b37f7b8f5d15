"""Reading TOML: the tables, name and assumptions of a scenario; other parts are left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from relgraph.errors import did_you_mean
from relgraph.messages import Message, Note
from relgraph.model import TABLES, TableName
from relgraph.readwrite.names import canonical_table
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, typed_table

NAME, ASSUMPTIONS = "name", "assumptions"
PLAN, ACTION, NEXT = OF_A_PLAN = "plan", "action", "next"  # what a saved plan says of itself
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


class TomlScenario(NamedTuple):
    """What a scenario file says, its cells not yet understood."""

    name: str | None = None
    tables: tuple[tuple[TableName, RawTable], ...] = ()
    assumptions: Mapping[str, Any] = {}


def parse_toml(text: str, file: str, log: ProblemLog) -> dict[str, Any]:
    """Return what a TOML file holds; one that can't be understood is a problem, and holds nothing.

    Beside what isn't TOML that is a number of too many digits, and what is nested too deeply.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = _AT_LINE.search(str(error))
        reason = _AT_LINE.sub("", str(error))
        log.add(Message("settings.not_toml", reason=reason), file, int(line[1]) if line else None)
        return {}


def read_toml(text: str, file: str, log: ProblemLog) -> TomlScenario:
    """Read a scenario: `name`, `[assumptions]`, and `[[TABLE]]` for each row of a table.

    Problems give the number of a row, since TOML doesn't tell lines. What else the file holds is
    noted and left out, unless it is what a saved plan says of itself, or a misspelling of these.
    """
    content = parse_toml(text, file, log)
    name, assumed = content.pop(NAME, None), content.pop(ASSUMPTIONS, {})
    if name is not None and not isinstance(name, str):
        log.add(Message("scenario.not_text", name=NAME, value=shortened(name)), file)
        name = None
    if not isinstance(assumed, dict):
        log.add(Message("scenario.not_section", name=ASSUMPTIONS), file)
        assumed = {}
    tables, others = [], []
    for key, value in content.items():
        table = canonical_table(key)
        if table is not None:
            tables.append((table, _read_rows(value, key, file, log)))
        elif meant := did_you_mean(key, (*TABLES, NAME, ASSUMPTIONS), 0.8):
            log.add(Message("scenario.section", name=key, meant=meant), file)
        elif key not in OF_A_PLAN:
            others.append(key)
    if others:
        log.note(Note("scenario.left_out", file=file, names=tuple(others)))
    return TomlScenario(name, tuple(tables), assumed)


def _read_rows(value: Any, key: str, file: str, log: ProblemLog) -> RawTable:
    """Return an array of tables as one table; its rows are numbered from 1."""
    place = f"{file}: [[{key}]]"
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        log.add(Message("scenario.not_rows", name=key), file)
        value = []
    headers = list(dict.fromkeys(header for row in value for header in row))
    columns = [[row.get(header) for row in value] for header in headers]
    return typed_table(place, key, headers, 1, columns, range(1, len(value) + 1), log)
