"""Parsing GraphML and GEXF into nodes and edges with their values by key."""

from __future__ import annotations

import re
from collections import Counter
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


_NO_NUMBER = re.compile(r"null|[+-]?(nan|inf|infinity)", re.IGNORECASE)
_LABELS = ("NodeLabel", "EdgeLabel", "Label.Text")
_ELEMENTS = ("node", "edge", "hyperedge", "port")
_DEEPEST = 200  # elements inside elements


class Key(NamedTuple):
    """An attribute that nodes or edges have."""

    name: str
    type: ColumnType
    drawn: bool = False  # how something is drawn: of no meaning here


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
        self.left_out = 0  # values that are no number, such as infinity
        self.parts: Counter[str] = Counter()  # hyperedges, ports, graphs in nodes: by their names
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
        self.inside: list[Element | None] = []  # elements that are open; None is one left out
        self.key = ""
        self.text: list[str] = []
        self.depth = 0
        self.declared: tuple[str, str] = ("", "")  # the place and key of a declaration
        self.defaults: dict[tuple[str, str], str] = {}
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
            "hyperedge": self._leave_out("hyperedge"),
            "port": self._leave_out("port"),
            "data": self._start_data,
            "default": self._start_text,
            "NodeLabel": self._start_text,  # yEd
            "EdgeLabel": self._start_text,
            "Label.Text": self._start_text,  # yFiles
            "attvalue": self._take_value,
        }

    def parse(self, content: bytes) -> Graph:
        try:
            self.expat.Parse(content, True)
        except expat.ExpatError as error:
            self.graph.error = expat.ErrorString(error.code)
        except _Refused as error:
            self.graph.error = str(error)
        self.graph.line = self.expat.CurrentLineNumber
        self._complete(self.graph.nodes, self.graph.node_keys, "node")
        self._complete(self.graph.edges, self.graph.edge_keys, "edge")
        return self.graph

    def _complete(self, elements: list[Element], keys: dict[str, Key], place: str) -> None:
        """Give elements their defaults, and leave out what is drawn and what is no number."""
        defaults = {key: text for (of, key), text in self.defaults.items() if of in (place, "all")}
        for element in elements:
            values = defaults | element.values
            for key, text in list(values.items()):
                declared = keys.get(key)
                if declared is None or declared.type == "text":
                    cleaned = "" if declared is not None and declared.drawn else text
                else:
                    cleaned = _cleaned(text, declared.type)
                    self.graph.left_out += bool(text.strip()) and not cleaned
                values[key] = cleaned
            element.values = {key: text for key, text in values.items() if text}

    def _start(self, name: str, given: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Refused("elements inside elements, deeper than any graph has them")
        if start := self.starts.get(name.rpartition(":")[2]):
            start(given)

    def _end(self, name: str) -> None:
        self.depth -= 1
        name = name.rpartition(":")[2]
        if name in _ELEMENTS and self.inside:
            self.inside.pop()
            return
        said = "".join(self.text)
        if name == "default":
            self.defaults[self.declared] = said
        elif name in _LABELS and self.open is not None and said.strip():
            self.open.fixed.setdefault(
                "label" if "source" in self.open.fixed else "name", said.strip()
            )
        elif name == "data" and self.open is not None:
            self.open.values[self.key] = said

    @property
    def open(self) -> Element | None:
        """The node or edge that the next value belongs to."""
        return self.inside[-1] if self.inside else None

    def _leave_out(self, name: str) -> Callable[[Mapping[str, str]], None]:
        def start(_: Mapping[str, str]) -> None:
            self.graph.parts[name] += 1
            self.inside.append(None)

        return start

    def _start_graph(self, given: Mapping[str, str]) -> None:
        if self.inside:
            self.graph.parts["graph"] += 1
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
        drawn = "yfiles.type" in given or "y:attr.uri" in given
        declared = Key(given.get("attr.name") or given.get("title") or key, kind, drawn)
        place = given.get("for") or self.place or "all"
        self.declared = (place, key)
        if place in ("node", "all"):
            self.graph.node_keys[key] = declared
        if place in ("edge", "all"):
            self.graph.edge_keys[key] = declared

    def _start_node(self, given: Mapping[str, str]) -> None:
        fixed = {"id": given.get("id", "")}
        if label := given.get("label"):
            fixed["name"] = label  # unless it has a property of this name
        node = Element(self.expat.CurrentLineNumber, fixed)
        self.inside.append(node)
        self.graph.nodes.append(node)

    def _start_edge(self, given: Mapping[str, str]) -> None:
        fixed = {name: given.get(name, "") for name in ("source", "target")}
        said = given.get("type") or {"true": "directed", "false": "undirected"}.get(
            given.get("directed", "")
        )
        undirected = said in ("undirected", "mutual") if said else self.undirected
        edge = Element(self.expat.CurrentLineNumber, fixed, undirected)
        if WEIGHT in given:
            edge.values[WEIGHT] = given[WEIGHT]
        self.inside.append(edge)
        self.graph.edges.append(edge)

    def _start_data(self, given: Mapping[str, str]) -> None:
        self.key = given.get("key", "")
        self.text.clear()

    def _start_text(self, _: Mapping[str, str]) -> None:
        self.text.clear()

    def _take_value(self, given: Mapping[str, str]) -> None:
        if self.open is not None:
            key = given.get("for") or given.get("id") or ""
            self.open.values[key] = given.get("value", "")


def _cleaned(text: str, kind: ColumnType) -> str:
    """Return a number, true or false as it is read here; "" for null, infinity and no number."""
    text = text.strip()
    if kind == "boolean":
        return {"0": "false", "1": "true"}.get(text, text.lower())
    return "" if _NO_NUMBER.fullmatch(text) else text


class _Refused(Exception):
    """The file declares an entity, which can blow it up to any size, or is too deep."""


def _refuse_entity(*declaration: object) -> None:
    raise _Refused("it declares an entity")
