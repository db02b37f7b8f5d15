"""Parsing GraphML and GEXF into nodes and edges with their values by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from relgraph.model import ColumnType
from relgraph.readwrite.formats.graph_text import DATED, WEIGHT

_TYPES: dict[str, ColumnType] = {
    **dict.fromkeys(("int", "integer", "long", "short", "byte", "biginteger"), "integer"),
    **dict.fromkeys(("float", "double", "bigdecimal"), "number"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
}


class Key(NamedTuple):
    """An attribute that nodes or edges have."""

    name: str
    type: ColumnType


@dataclass
class Element:
    """A node or an edge.

    Parameters
    ----------
    line : int
        Where it starts.
    fixed : dict of str to str
        The id of a node, and its label as `name`; the ends of an edge.
    undirected : bool
        Whether an edge runs both ways.
    values : dict of str to str
        Its attributes, by key.
    """

    line: int
    fixed: dict[str, str]
    undirected: bool = False
    values: dict[str, str] = field(default_factory=dict)


class Graph:
    """What a file holds; `error` says why it can't be read, and `line` where."""

    def __init__(self) -> None:
        self.node_keys: dict[str, Key] = {}
        self.edge_keys: dict[str, Key] = {}
        self.nodes: list[Element] = []
        self.edges: list[Element] = []
        self.error = ""
        self.line = 1


def parse_graph(content: bytes) -> Graph:
    """Return the graph in a file."""
    return _Parser().parse(content)


class _Parser:
    def __init__(self) -> None:
        self.graph = Graph()
        self.undirected = False  # edges that say nothing else
        self.place = ""  # what the attributes that are declared belong to
        self.open: Element | None = None
        self.key = ""
        self.text: list[str] = []
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self.text.append
        self.expat.EntityDeclHandler = _refuse_entity
        self.starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "graph": self._start_graph,
            "attributes": self._start_declarations,
            "attribute": self._declare,
            "key": self._declare,
            "node": self._start_node,
            "edge": self._start_edge,
            "data": self._start_data,
            "attvalue": self._take_value,
        }

    def parse(self, content: bytes) -> Graph:
        try:
            self.expat.Parse(content, True)
        except expat.ExpatError as error:
            self.graph.error = expat.ErrorString(error.code)
        except _EntityDeclared as error:
            self.graph.error = str(error)
        self.graph.line = self.expat.CurrentLineNumber
        return self.graph

    def _start(self, name: str, given: dict[str, str]) -> None:
        if start := self.starts.get(name.rpartition(":")[2]):
            start(given)

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "data" and self.open is not None:
            self.open.values[self.key] = "".join(self.text)

    def _start_graph(self, given: Mapping[str, str]) -> None:
        said = given.get("edgedefault") or given.get("defaultedgetype")
        self.undirected = said == "undirected"

    def _start_declarations(self, given: Mapping[str, str]) -> None:
        self.place = given.get("class", "node")

    def _declare(self, given: Mapping[str, str]) -> None:
        key = given.get("id", "")
        said = given.get("attr.type") or given.get("type") or "string"
        kind = _TYPES.get(said, "text")
        for dated in DATED:
            if kind == "text" and key.endswith(f"-{dated}"):
                kind = dated
        declared = Key(given.get("attr.name") or given.get("title") or key, kind)
        place = given.get("for") or self.place
        if place in ("node", "all"):
            self.graph.node_keys[key] = declared
        if place in ("edge", "all"):
            self.graph.edge_keys[key] = declared

    def _start_node(self, given: Mapping[str, str]) -> None:
        fixed = {"id": given.get("id", "")}
        if label := given.get("label"):
            fixed["name"] = label  # unless it has a property of this name
        self.open = Element(self.expat.CurrentLineNumber, fixed)
        self.graph.nodes.append(self.open)

    def _start_edge(self, given: Mapping[str, str]) -> None:
        fixed = {name: given.get(name, "") for name in ("source", "target")}
        said = given.get("type") or {"true": "directed", "false": "undirected"}.get(
            given.get("directed", "")
        )
        undirected = said in ("undirected", "mutual") if said else self.undirected
        self.open = Element(self.expat.CurrentLineNumber, fixed, undirected)
        if WEIGHT in given:
            self.open.values[WEIGHT] = given[WEIGHT]
        self.graph.edges.append(self.open)

    def _start_data(self, given: Mapping[str, str]) -> None:
        self.key = given.get("key", "")
        self.text.clear()

    def _take_value(self, given: Mapping[str, str]) -> None:
        if self.open is not None:
            key = given.get("for") or given.get("id") or ""
            self.open.values[key] = given.get("value", "")


class _EntityDeclared(Exception):
    """The file declares an entity, which can blow a small file up to any size."""


def _refuse_entity(*declaration: object) -> None:
    raise _EntityDeclared("it declares an entity")
