"""Reading graphs in JSON: Kumu's, Gephi's, node-link as networkx writes it, Cytoscape's, APOC's.

All list nodes and edges as objects, which keep what they have beside ids and ends under
`attributes`, `data`, `properties` or `v`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from relgraph.messages import Message
from relgraph.readwrite.foreign import DIRECTED, UNDIRECTED
from relgraph.readwrite.formats.json_text import JsonText
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table, typed_table

NODES = ("nodes", "elements")
EDGES = ("edges", "links", "connections")
_INNER = ("attributes", "data", "properties", "v")  # where the rest of a row is
_IDS = ("id", "_id", "key")
_NAMES = ("name", "label", "n")
_ENDS = {"source": ("source", "from", "s", "start"), "target": ("target", "to", "t", "end")}
_TYPES = ("type", "connection type", "interaction", "i")
_MUTUAL = ("undirected", "mutual", "bidirectional")
_SHOWN = ("position", "selected", "x", "y", "z", "viz")  # how a node is drawn

Row = tuple[dict[str, Any], int]  # with its line


def looks_like_graph(text: str) -> bool:
    """Return whether JSON has the keys of a graph."""
    nodes = any(f'"{key}"' in text for key in NODES)
    return nodes and any(f'"{key}"' in text for key in EDGES) and '"stakeholders"' not in text


def read_graph_json(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a graph in JSON."""
    source = JsonText(text)
    try:
        found = _parts(source)
        if source.place < len(text):
            source.refuse()
    except json.JSONDecodeError as error:
        log.add(Message("json.invalid", reason=error.msg), file, error.lineno)
        return [empty_table(file, name)]
    except (RecursionError, ValueError) as error:
        log.add(Message("json.unreadable", reason=str(error)), file, source.line())
        return [empty_table(file, name)]
    return _tables(_graph(found, file, log), file, name, log)


def read_json_lines(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the nodes and relationships that Neo4j's APOC exports, one a line."""
    nodes: list[Row] = []
    edges: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            log.add(Message("json.invalid", reason=str(error).partition(":")[0]), file, number)
            continue
        kind = row.get("type") if isinstance(row, dict) else None
        if kind == "node":
            labels = row.get("labels")
            labelled = {"labels": ";".join(map(str, labels))} if isinstance(labels, list) else {}
            nodes.append(
                ({"id": row.get("id"), **labelled, **_dict(row.get("properties"))}, number)
            )
            nodes[-1][0]["id"] = row.get("id")
        elif kind == "relationship":
            ends = {end: _dict(row.get(end)).get("id") for end in ("start", "end")}
            edges.append(
                ({**_dict(row.get("properties")), **ends, "type": row.get("label")}, number)
            )
        else:
            log.add(Message("apoc.neither", value=shortened(line)), file, number)
    return _tables((nodes, edges, True), file, name, log)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _parts(source: JsonText) -> list[dict[str, Any]]:
    """Return the objects in a file, one or a list (cx2 has one of aspects)."""
    if source.take("["):
        return [_part(source) for _ in source.items("]")]
    return [_part(source)]


def _part(source: JsonText, inner: bool = True) -> dict[str, Any]:
    """Return an object with the rows of its lists, each with its line."""
    found: dict[str, Any] = {}
    if not source.take("{"):
        source.value()
        return found
    for _ in source.items("}"):
        key = source.value()
        source.expect(":")
        if not isinstance(key, str):
            source.refuse()
        if key in (*NODES, *EDGES) and source.take("["):
            found[key] = [(source.line(), source.value()) for _ in source.items("]")]
        elif inner and key in NODES and source.text.startswith("{", source.place):
            found[key] = _part(source, inner=False)  # Cytoscape's elements
        else:
            found[key] = source.value()
    return found


def _graph(
    parts: list[dict[str, Any]], file: str, log: ProblemLog
) -> tuple[list[Row], list[Row], bool]:
    """Return the nodes, the edges, and whether edges that say nothing are directed."""
    nodes: list[Row] = []
    edges: list[Row] = []
    directed = True
    for part in parts:
        if part.get("directed") is False or _dict(part.get("options")).get("type") == "undirected":
            directed = False
        for each in (part, _dict(part.get("elements"))):
            nodes += [row for key in NODES for row in _rows(each.get(key), file, log)]
            edges += [row for key in EDGES for row in _rows(each.get(key), file, log)]
    return nodes, edges, directed


def _rows(value: Any, file: str, log: ProblemLog) -> Iterator[Row]:
    for line, row in value if isinstance(value, list) else ():
        if isinstance(row, dict):
            inner = {k: v for key in _INNER for k, v in _dict(row.get(key)).items()}
            outer = {k: v for k, v in row.items() if not (k in _INNER and isinstance(v, dict))}
            both = {**inner, **outer} if "data" not in row else {**outer, **inner}
            yield both, line
        else:
            log.add(Message("json.not_row", value=shortened(row)), file, line)


def _tables(
    parts: tuple[list[Row], list[Row], bool], file: str, name: str, log: ProblemLog
) -> list[RawTable]:
    nodes, edges, directed = parts
    if not nodes and not edges and not log.problems:
        log.add(Message("graph.nothing"), file, 1)
    people = [(_node(row), line) for row, line in nodes]
    ties = [(_edge(row, directed=directed), line) for row, line in edges]
    if all(row["id"] is None for row, _ in people):  # as in Kumu's, whose ties name labels
        people = [({**row, "id": row["name"]}, line) for row, line in people]
        ties = _by_place(people, ties)
    _check(people, ties, file, log)
    ids = {row["id"]: (row, line) for row, line in reversed(people) if row["id"] is not None}
    named = [*ids.values()][::-1]
    between = [(row, line) for row, line in ties if not people or {*_ends(row)} <= ids.keys()]
    tables = [
        _table(file, "stakeholders", named, log),
        _table(file, "relationships", between, log),
    ]
    found = [replace(each, is_graph=True) for each in tables if len(each)]
    return found or [empty_table(file, name)]


def _first(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    """Take the first of these keys that a row has."""
    found = next((key for key in row if key.lower() in names and row[key] not in (None, "")), None)
    return None if found is None else row.pop(found)


def _id(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)


def _node(row: dict[str, Any]) -> dict[str, Any]:
    row = {key: value for key, value in row.items() if key not in _SHOWN}
    node = _id(_first(row, _IDS))
    label = _first(row, _NAMES)
    return {"id": node, "name": None if label is None else str(label), **row}


def _edge(row: dict[str, Any], *, directed: bool) -> dict[str, Any]:
    row = {"id" if key == "_id" else key: value for key, value in row.items()}
    source, target = (_id(_first(row, names)) for names in _ENDS.values())
    said = row.pop("direction", None)
    mutual = said in _MUTUAL if said else row.pop("undirected", not directed) is True
    if row.pop("reversed", False) is True:
        source, target = target, source
    kind = _first(row, _TYPES) or (UNDIRECTED if mutual else DIRECTED)
    direction = "undirected" if mutual else "directed"
    return {"source": source, "target": target, "type": str(kind), "direction": direction, **row}


def _by_place(people: list[Row], ties: list[Row]) -> list[Row]:
    """Return ties between ids, where they count the nodes from 0, as D3's old files do."""
    ids = [row["id"] for row, _ in people]
    places = {str(place): node for place, node in enumerate(ids)}
    ends = {end for row, _ in ties for end in _ends(row)}
    if not ends <= places.keys() or ends & set(ids):
        return ties
    return [
        ({**row, **{end: places[row[end]] for end in ("source", "target")}}, line)
        for row, line in ties
    ]


def _ends(row: dict[str, Any]) -> tuple[str | None, str | None]:
    return row["source"], row["target"]


def _table(file: str, name: str, rows: list[Row], log: ProblemLog) -> RawTable:
    headers = list(dict.fromkeys(key for row, _ in rows for key in row if key.strip()))
    columns = [[row.get(header) for row, _ in rows] for header in headers]
    lines = [line for _, line in rows]
    return typed_table(f"{file}#{name}", name, headers, 1, columns, lines, log, nested=True)


def _check(people: list[Row], ties: list[Row], file: str, log: ProblemLog) -> None:
    """Report nodes without an id or with one twice, and edges whose ends are no nodes."""
    ids: set[str] = set()
    for row, line in people:
        node: str | None = row["id"]
        if node is None:
            log.add(Message("graph.no_id"), file, line)
        elif node in ids:
            log.add(Message("graph.node_twice", value=shortened(node)), file, line)
        ids.add(node or "")
    for row, line in ties:
        for end, node in zip(("source", "target"), _ends(row), strict=True):
            if people and node is None:
                log.add(Message("graph.no_end", end=end), file, line)
            elif people and node not in ids:
                log.add(Message("graph.no_node", end=end, value=shortened(node)), file, line)
