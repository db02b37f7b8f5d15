"""Headers as Neo4j's importer has them: `personId:ID`, `:LABEL`, `:START_ID`, `born:int`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from relgraph.messages import Note
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

_MARK = re.compile(r"(.*?):(ID|START_ID|END_ID|LABEL|TYPE|IGNORE)(\([^)]*\))?(\{.*\})?")
_TYPED = re.compile(r"(.+?):([a-zA-Z]+)(\[\])?(\{.*\})?")
_NAMES = {"ID": "id", "START_ID": "source", "END_ID": "target", "LABEL": "labels", "TYPE": "type"}
_TYPES = {
    **dict.fromkeys(("int", "long", "short", "byte"), "integer"),
    **dict.fromkeys(("float", "double"), "number"),
    "boolean": "boolean",
    "string": "text",
    "char": "text",
    "date": "date",
    **dict.fromkeys(("datetime", "localdatetime"), "time"),
}


def _marks(raw: RawTable) -> list[re.Match[str] | None]:
    """Return what each header marks; nothing for a table that isn't Neo4j's."""
    marks = [_MARK.fullmatch(header.strip()) for header in raw.headers]
    return marks if any(mark and mark[2] in ("ID", "START_ID") for mark in marks) else []


def _spaces(
    raw: RawTable, columns: tuple[str, ...] = ("ID", "START_ID", "END_ID")
) -> Iterator[tuple[int, str]]:
    """Yield the columns of a table whose ids stand in an id space, as `:ID(Person)`."""
    for place, mark in enumerate(_marks(raw)):
        if mark and mark[3] and mark[2] in columns:
            yield place, mark[3][1:-1]


def share_ids(raws: Iterable[RawTable], log: ProblemLog) -> bool:
    """Return whether an id stands in two id spaces, for two different nodes; note it."""
    space_of: dict[str, str] = {}
    for raw in raws:
        for place, space in _spaces(raw, ("ID",)):
            for node in raw.columns[place].drop_null().to_pylist():
                other = space_of.setdefault(node, space)
                if other != space:
                    said = {"one": other, "other": space, "value": shortened(node)}
                    log.note(Note("neo4j.spaces", file=raw.file, **said))
                    return True
    return False


def without_neo4j_headers(raw: RawTable, *, prefixed: bool = False) -> RawTable:
    """Return a table with our headers if it has Neo4j's, else as it is.

    With `prefixed`, ids have their id space before them: `Person:7`.
    """
    marks = _marks(raw)
    if not marks:
        return raw
    for place, space in _spaces(raw) if prefixed else ():
        before = pa.scalar(f"{space}:")
        cells = pc.binary_join_element_wise(before, raw.columns[place], "")
        raw = raw.with_column(place, raw.headers[place], cells)
    headers = []
    for header, mark in zip(raw.headers, marks, strict=True):
        typed = _TYPED.fullmatch(header.strip())
        if mark:
            header = _NAMES.get(mark[2], "ignored")
        elif typed:
            kind = None if typed[3] else _TYPES.get(typed[2].lower())
            header = f"{typed[1]}:{kind}" if kind else typed[1]
        headers.append(header)
    raw = replace(raw, headers=tuple(headers), is_graph=True)
    for place in reversed([p for p, mark in enumerate(marks) if mark and mark[2] == "IGNORE"]):
        raw = raw.without_column(place)
    return raw
