"""Reading DOT, the language of Graphviz: `digraph { a -> b [weight=2]; }`, with subgraphs.

Of how things are drawn nothing is kept. `dir=both` and `dir=none` make an edge run both ways,
`dir=back` turns it round.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from relgraph.messages import Message
from relgraph.readwrite.formats.dot_text import DotToken, NotDot, dot_tokens
from relgraph.readwrite.formats.graph_tables import GraphTables
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table

_LINE_END = re.compile(r"\\[nlrNGEHTL]")
_DEEPEST = 100  # subgraphs inside subgraphs
# How things are drawn; `group` and `class` may be more than that, and are kept.
_DRAWN = re.compile(
    r"arrow(head|size|tail)|bgcolor|color(scheme)?|constraint|decorate|dir|distortion|fillcolor"
    r"|fixedsize|font(color|name|size)|gradientangle|(head|tail)(clip|label|port)|height"
    r"|image(pos|scale)?|label(angle|distance|float|fontcolor|fontname|fontsize|loc)|layer|len"
    r"|l(head|tail|p)|margin|minlen|nojustify|ordering|orientation|penwidth|peripheries|pin|pos"
    r"|rects|regular|root|same(head|tail)|samplepoints|shape(file)?|showboxes|sides|skew|sortv"
    r"|style|vertices|width|xlabel|xlp|z"
)


class _Edge(NamedTuple):
    source: str
    target: str
    line: int
    values: dict[str, str]


def read_dot(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a DOT file."""
    graph = GraphTables(file, name, log)
    dot = _Dot(text)
    try:
        dot.read()
    except NotDot as error:
        graph.wrong(error.line, error.key, **error.values)
        return [empty_table(file, name)]
    for node, (line, values) in dot.nodes.items():
        graph.node(node, line, _label(values), _kept(values))
    for edge in dot.edges:
        way = edge.values.get("dir", "")
        ends = (edge.target, edge.source) if way == "back" else (edge.source, edge.target)
        directed = dot.directed and way not in ("both", "none")
        values = _kept(edge.values) | {"label": _label(edge.values)}
        graph.tie(*ends, edge.line, values=_filled(values), directed=directed)
    return graph.tables()


def _label(values: dict[str, str]) -> str:
    """Return a label on one line; the name of the node itself, as Graphviz has it, is none."""
    return " ".join(_LINE_END.sub(" ", values.get("label", "")).split())


def _kept(values: dict[str, str]) -> dict[str, str]:
    return _filled(
        {key: text for key, text in values.items() if key != "label" and not _DRAWN.fullmatch(key)}
    )


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {key: text for key, text in values.items() if text.strip()}


class _Dot:
    """A text in DOT, read from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.tokens = dot_tokens(text)
        self.next = next(self.tokens)
        self.directed = False
        self.nodes: dict[str, tuple[int, dict[str, str]]] = {}
        self.edges: list[_Edge] = []

    def read(self) -> None:
        """Read the first graph."""
        if self._is_word("strict"):
            self._take()
        if not (self._is_word("graph") or self._is_word("digraph")):
            raise NotDot("dot.none", self.next.line)
        self.directed = self._take().text.lower() == "digraph"
        if self.next.kind == "id":
            self._take()
        self._statements({}, {}, 0)

    def _take(self, kind: str | None = None) -> DotToken:
        token = self.next
        if kind is not None and token.kind != kind:
            expected = Message("dot.name") if kind == "id" else kind
            key = "dot.expected" if token.kind else "dot.ends"
            raise NotDot(key, token.line, found=shortened(token.text), expected=expected)
        self.next = next(self.tokens, DotToken("", "", token.line))
        return token

    def _is_word(self, word: str) -> bool:
        return self.next.kind == "id" and self.next.text.lower() == word

    def _id(self) -> str:
        text = self._take("id").text
        while self.next.kind == "+":
            self._take()
            text += self._take("id").text
        return text

    def _statements(
        self, node_values: dict[str, str], edge_values: dict[str, str], depth: int
    ) -> list[str]:
        """Read a graph in brackets, and return the nodes that it names."""
        opened = self._take("{").line
        if depth > _DEEPEST:
            raise NotDot("graph.deep", opened)
        defaults = {"node": dict(node_values), "edge": dict(edge_values), "graph": {}}
        named: list[str] = []
        while self.next.kind != "}":
            if self.next.kind == "":
                raise NotDot("graph.open", opened)
            word = next((each for each in defaults if self._is_word(each)), None)
            if self.next.kind in (";", ","):
                self._take()
            elif word is not None:
                self._take()
                defaults[word] |= self._attributes()
            else:
                named += self._statement(defaults, depth)
        self._take()
        return list(dict.fromkeys(named))

    def _statement(self, defaults: dict[str, dict[str, str]], depth: int) -> list[str]:
        line, is_graph = self.next.line, self.next.kind == "{" or self._is_word("subgraph")
        ends = [self._end(defaults, depth)]
        if self.next.kind == "=" and not is_graph:
            self._take()
            self._id()
            del self.nodes[ends[0][0]]
            return []
        arrow = "->" if self.directed else "--"
        while self.next.kind in ("->", "--"):
            if self.next.kind != arrow:
                raise NotDot("dot.arrow", self.next.line, found=self.next.kind, expected=arrow)
            self._take()
            ends.append(self._end(defaults, depth))
        values = self._attributes()
        if len(ends) > 1:
            self.edges += [
                _Edge(source, target, line, defaults["edge"] | values)
                for sources, targets in pairwise(ends)
                for source in sources
                for target in targets
            ]
        elif not is_graph:
            self.nodes[ends[0][0]][1].update(values)
        return [node for nodes in ends for node in nodes]

    def _end(self, defaults: dict[str, dict[str, str]], depth: int) -> list[str]:
        """Read a node, with its port if any, or a subgraph, and return its nodes."""
        if self._is_word("subgraph"):
            self._take()
            if self.next.kind == "id":
                self._take()
        if self.next.kind == "{":
            return self._statements(defaults["node"], defaults["edge"], depth + 1)
        line = self.next.line
        node = self._id()
        while self.next.kind == ":":
            self._take()
            self._id()
        if self.next.kind != "=":
            self.nodes.setdefault(node, (line, dict(defaults["node"])))
        else:
            self.nodes[node] = (line, {})
        return [node]

    def _attributes(self) -> dict[str, str]:
        values: dict[str, str] = {}
        while self.next.kind == "[":
            opened = self._take().line
            while self.next.kind != "]":
                if self.next.kind == "":
                    raise NotDot("graph.open", opened)
                if self.next.kind in (";", ","):
                    self._take()
                    continue
                key = self._id()
                value = "true"
                if self.next.kind == "=":
                    self._take()
                    value = self._id()
                values[key] = value
            self._take()
        return values
