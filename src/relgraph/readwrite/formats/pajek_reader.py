"""Reading Pajek's networks: `*Vertices`, `*Arcs` and `*Edges`, their lists, and `*Matrix`.

Of a project (.paj) the first network is read; partitions and vectors of as many vertices are
properties. What else belongs to it, and how things are drawn, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from relgraph.messages import Message, Note
from relgraph.model import relationship_type
from relgraph.readwrite.foreign import DIRECTED, UNDIRECTED
from relgraph.readwrite.formats.graph_parser import Element
from relgraph.readwrite.formats.graph_reader import element_table
from relgraph.readwrite.names import canonical_type
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table

_SECTION = re.compile(r"\*(\w+)\s*(.*)")
_RELATION = re.compile(r':\s*\d+\s*(?:"([^"]*)"|(\S.*))?')
_VERTEX = re.compile(r'(\d+)(?:\s+(?:"([^"]*)"|(\S+)))?')
_TIES = ("arcs", "edges", "arcslist", "edgeslist")
_DIGITS = 6  # of the number of vertices, which need no line each


@dataclass
class _Network:
    """What was read so far; `first` is how many vertices the first mode of two has."""

    file: str
    log: ProblemLog
    size: int = -1
    first: int = 0
    section: str = ""
    type: str = ""
    row: int = 0
    value: str = ""  # the name of the partition or vector that is open
    skips: bool = False  # another network, of which nothing is read
    nodes: dict[int, Element] = field(default_factory=dict)
    ties: list[Element] = field(default_factory=list)

    def wrong(self, line: int, key: str, **values: object) -> None:
        self.log.add(Message(key, **values), self.file, line)

    def tie(self, source: str, target: str, line: int, weight: str | None = None) -> None:
        """Add a tie, both ways if it is an edge of a type that runs one way."""
        for end in (source, target):
            if not (end.isascii() and end.isdigit() and 1 <= int(end) <= self.size):
                self.wrong(line, "pajek.no_vertex", value=shortened(end), count=self.size)
                return
        values = {} if weight is None else {"weight": weight}
        one, other = str(int(source)), str(int(target))
        fixed = {"source": one, "target": other, "type": self.type}
        self.ties.append(Element(line, fixed, values=values))
        twice = self.section.startswith("edges") and not relationship_type(self.type).both_ways
        if twice and one != other:
            back = {"source": other, "target": one, "type": self.type}
            self.ties.append(Element(line, back, values=values))


def read_pajek(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of the first network in a file."""
    network = _Network(file, log)
    lines = list(_lines(text))
    if not any(line.lower().startswith("*vertices") for _, line in lines):
        network.wrong(1, "pajek.none")
        return [empty_table(file, name)]
    for number, line in lines:
        if line.startswith("*"):
            _open(network, line, number)
        elif network.skips:
            continue
        elif network.section == "values":
            _value(network, line, number)
        elif network.section == "vertices":
            _vertex(network, line, number)
        elif network.section in _TIES:
            _ties(network, line, number)
        elif network.section == "matrix":
            _row(network, line, number)
    for vertex in range(1, network.size + 1):
        label = {"id": str(vertex), "name": ""}
        network.nodes.setdefault(vertex, Element(1, label))
    nodes = [network.nodes[vertex] for vertex in sorted(network.nodes)]
    tables = (
        element_table(file, "stakeholders", nodes, {}),
        element_table(file, "relationships", network.ties, {}),
    )
    return [table for table in tables if len(table)] or [empty_table(file, name)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither blank nor comments."""
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        line = line.strip()
        if line and not line.startswith(("%", "/*")):
            yield number, line


def _open(network: _Network, line: str, number: int) -> None:
    """Open a section; of another network nothing is read."""
    found = _SECTION.match(line)
    word, rest = (found[1].lower(), found[2]) if found else ("", "")
    network.section = word
    if word in ("partition", "vector"):
        network.value, network.skips = _name(rest, word, network), False
        return
    if network.value and word == "vertices":
        network.section, network.row = "values", 0
        if not rest.strip().isascii() or rest.split()[:1] != [str(network.size)]:
            network.skips = True  # it belongs to another network
        return
    network.value = ""
    if word in ("network", "vertices") and network.size >= 0:
        if not network.skips:
            network.log.note(Note("pajek.first", file=network.file, line=str(number)))
        network.skips = True
    if network.skips:
        return
    if word == "vertices":
        sizes = rest.split()
        if not sizes or not all(each.isascii() and each.isdigit() for each in sizes[:2]):
            network.wrong(number, "pajek.no_count")
            sizes = ["0"]
        if len(sizes[0]) > _DIGITS:
            network.wrong(number, "pajek.many", value=shortened(sizes[0]))
            sizes = ["0"]
        network.size = int(sizes[0])
        network.first = int(sizes[1]) if len(sizes) > 1 else 0
    if word in (*_TIES, "matrix"):
        relation = _RELATION.match(rest)
        named = canonical_type((relation[1] or relation[2] or "") if relation else "")
        network.type = named or (UNDIRECTED if word.startswith("edges") else DIRECTED)
        network.row = 0


def _name(rest: str, word: str, network: _Network) -> str:
    """Return the name of a partition or vector as a property: that of its file, no ending."""
    given = re.sub(r"\.(clu|vec)\b.*", "", rest.strip(), flags=re.IGNORECASE)
    name = re.sub(r"\W+", "_", given).strip("_") or word
    taken = {key for node in network.nodes.values() for key in node.values}
    return name if name not in taken else f"{name}_{word}"


def _value(network: _Network, line: str, number: int) -> None:
    """Take the value of the next vertex of a partition or vector."""
    network.row += 1
    if network.row > network.size:
        network.wrong(number, "pajek.no_vertex", value=str(network.row), count=network.size)
    elif not _is_number(line):
        network.wrong(number, "pajek.no_number", value=shortened(line))
    else:
        place = str(network.row)
        node = Element(number, {"id": place, "name": ""})
        network.nodes.setdefault(network.row, node).values[network.value] = line


def _vertex(network: _Network, line: str, number: int) -> None:
    found = _VERTEX.match(line)
    place = int(found[1]) if found else 0
    if not found or not 1 <= place <= network.size:
        value = shortened(line.split()[0])
        network.wrong(number, "pajek.no_vertex", value=value, count=network.size)
    elif place in network.nodes:
        network.wrong(number, "pajek.vertex_twice", value=str(place))
    else:
        label = (found[2] or found[3] or "").strip()
        network.nodes[place] = Element(number, {"id": str(place), "name": label})


def _ties(network: _Network, line: str, number: int) -> None:
    parts = line.split()
    if len(parts) < 2:
        network.wrong(number, "pajek.short", value=shortened(line))
    elif network.section.endswith("list"):
        for target in parts[1:]:
            network.tie(parts[0], target, number)
    else:
        weight = parts[2] if len(parts) > 2 and _is_number(parts[2]) else None
        network.tie(parts[0], parts[1], number, weight)


def _row(network: _Network, line: str, number: int) -> None:
    """Take one row of a matrix: of all vertices, or of those of the first mode."""
    network.row += 1
    before = network.first  # of two modes, columns are the vertices of the second
    cells = line.split()
    width = network.size - before
    if len(cells) != width:
        network.wrong(number, "pajek.width", cells=len(cells), width=width)
        return
    for column, weight in enumerate(cells, 1 + before):
        if not _is_number(weight):
            network.wrong(number, "pajek.no_number", value=shortened(weight))
        elif float(weight):
            network.tie(str(network.row), str(column), number, weight)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) is not None
