"""Reading GML: `node [ id 1 label "Ann" ]` and `edge [ source 1 target 2 ]` in a `graph [ … ]`.

Parts inside nodes and edges, such as where they are drawn, are left out, and so are values that
are no number: NaN and infinity.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from relgraph.messages import Message
from relgraph.model import CONTACTED, ColumnType
from relgraph.readwrite.foreign import DIRECTED, UNDIRECTED
from relgraph.readwrite.formats.gml_writer import CREATOR
from relgraph.readwrite.formats.graph_parser import Element, Key
from relgraph.readwrite.formats.graph_reader import element_table, sound_elements
from relgraph.readwrite.formats.graph_text import MIRRORED
from relgraph.readwrite.names import canonical_type
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, empty_table

_TOKEN = re.compile(r'(?m:^\s*#[^\n]*)|"([^"]*)"|(\[)|(\])|([^\s\[\]"]+)|(")')
_NO_NUMBER = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_GRAPH = re.compile(r"\bgraph\s*\[", re.IGNORECASE)
_DEEPEST = 100  # brackets inside brackets


class _Pair(NamedTuple):
    """A key with its value, a text or further pairs."""

    key: str
    value: str | list[_Pair]
    line: int
    quoted: bool = False


class _NotGml(Exception):
    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


def read_gml(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a GML file."""
    try:
        if not _GRAPH.search(text):
            raise _NotGml("graph.none", 1)
        top = _pairs(_tokens(text), 1, depth=0)
        graphs = [pair for pair in top if pair.key.lower() == "graph"]
        if not graphs or isinstance(graphs[0].value, str):
            raise _NotGml("graph.none", 1)
    except _NotGml as error:
        log.add(Message(error.key), file, error.line)
        return [empty_table(file, name)]
    parts = graphs[0].value
    directed = any(pair.key.lower() == "directed" and pair.value == "1" for pair in parts)
    nodes = [_node(pair) for pair in parts if pair.key.lower() == "node"]
    edges = [_edge(pair, directed) for pair in parts if pair.key.lower() == "edge"]
    nodes, edges = sound_elements(nodes, edges, file, log)
    if any(pair.key == "Creator" and pair.value == CREATOR for pair in top):
        keys = _keys(top)
        edges = _as_exported(nodes, edges, keys["edge"])
    else:
        keys = {"node": {}, "edge": {}}
    contacts = [edge for edge in edges if canonical_type(edge.values.get("type", "")) == CONTACTED]
    ties = [edge for edge in edges if edge not in contacts] if contacts else edges
    tables = (
        element_table(file, "stakeholders", nodes, keys["node"]),
        element_table(file, "relationships", ties, keys["edge"]),
        element_table(file, "interactions", contacts, keys["edge"], left_out="type"),
    )
    return [table for table in tables if len(table)] or [empty_table(file, name)]


def _keys(top: list[_Pair]) -> dict[str, dict[str, Key]]:
    """Return what an export says of its attributes: their own names and types."""
    found: dict[str, dict[str, Key]] = {"node": {}, "edge": {}}
    for pair in (inner for part in top if part.key == CREATOR for inner in _parts(part)):
        said = _values(pair)
        kinds: tuple[ColumnType, ...] = get_args(ColumnType)
        kind: ColumnType = next((each for each in kinds if each == said.get("type")), "text")
        if pair.key in found and "key" in said:
            found[pair.key][said["key"]] = Key(said.get("name", said["key"]), kind)
    return found


def _as_exported(
    nodes: list[Element], edges: list[Element], keys: Mapping[str, Key]
) -> list[Element]:
    """Give nodes their ids again, and return the edges without what was added for others."""
    ids = {node.fixed["id"]: node.fixed["name"] for node in nodes}
    for node in nodes:
        node.fixed = {"id": node.fixed["name"]}
    edges = [edge for edge in edges if MIRRORED not in edge.values]
    for edge in edges:
        for end in ("source", "target"):
            edge.fixed[end] = ids.get(edge.fixed[end], edge.fixed[end])
        edge.values = {key: text for key, text in edge.values.items() if key in keys}
    return edges


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield what stands in a text: its kind (text, word, [ or ]), itself, and its line."""
    line, start = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", start, match.start())
        start = match.start()
        quoted, opening, closing, word, unclosed = match.groups()
        if quoted is not None:
            yield "text", html.unescape(quoted), line
        elif opening or closing:
            yield opening or closing, "", line
        elif word is not None:
            yield "word", word, line
        elif unclosed:
            raise _NotGml("graph.open_text", line)


def _pairs(tokens: Iterator[tuple[str, str, int]], line: int, depth: int) -> list[_Pair]:
    """Return the pairs up to the end of a bracket, or of the file."""
    if depth > _DEEPEST:
        raise _NotGml("graph.deep", line)
    pairs: list[_Pair] = []
    for kind, key, at in tokens:
        if kind == "]" and depth:
            return pairs
        if kind != "word":
            raise _NotGml("graph.no_key", at)
        kind, value, _ = next(tokens, ("", "", at))
        if kind == "[":
            pairs.append(_Pair(key, _pairs(tokens, at, depth + 1), at))
        elif kind in ("word", "text"):
            pairs.append(_Pair(key, value, at, kind == "text"))
        else:
            raise _NotGml("graph.no_value", at)
    if depth:
        raise _NotGml("graph.open", line)
    return pairs


def _parts(pair: _Pair) -> list[_Pair]:
    return [] if isinstance(pair.value, str) else pair.value


def _values(pair: _Pair) -> dict[str, str]:
    parts = _parts(pair)
    return {
        part.key: part.value
        for part in parts
        if isinstance(part.value, str) and (part.quoted or not _NO_NUMBER.fullmatch(part.value))
    }


def _node(pair: _Pair) -> Element:
    values = _values(pair)
    fixed = {"id": values.pop("id", "")}
    fixed["name"] = values.pop("label", "")
    return Element(pair.line, fixed, values=values)


def _edge(pair: _Pair, directed: bool) -> Element:
    values = _values(pair)
    fixed = {end: values.pop(end, "") for end in ("source", "target")}
    fixed["type"] = DIRECTED if directed else UNDIRECTED
    return Element(pair.line, fixed, undirected=not directed, values=values)
