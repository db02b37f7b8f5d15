"""Headers as Neo4j's importer has them: `personId:ID`, `:LABEL`, `:START_ID`, `born:int`."""

from __future__ import annotations

import re
from dataclasses import replace

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


def without_neo4j_headers(raw: RawTable) -> RawTable:
    """Return a table with our headers if it has Neo4j's, else as it is."""
    marks = [_MARK.fullmatch(header.strip()) for header in raw.headers]
    if not any(mark and mark[2] in ("ID", "START_ID") for mark in marks):
        return raw
    headers = []
    for header, mark in zip(raw.headers, marks, strict=True):
        typed = _TYPED.fullmatch(header.strip())
        if mark:
            header = _NAMES.get(mark[2], "ignored")
        elif typed:
            kind = None if typed[3] else _TYPES.get(typed[2].lower())
            header = f"{typed[1]}:{kind}" if kind else typed[1]
        headers.append(header)
    raw = replace(raw, headers=tuple(headers))
    for place in reversed([p for p, mark in enumerate(marks) if mark and mark[2] == "IGNORE"]):
        raw = raw.without_column(place)
    return raw
