"""Reading GraphML and GEXF: nodes as stakeholders, edges as relationships and interactions.

An export of relgraph gives back what was stored: what it added for other programs is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from relgraph.messages import Message, Note
from relgraph.model import CONTACTED, relationship_type
from relgraph.readwrite.foreign import DIRECTED, UNDIRECTED
from relgraph.readwrite.formats.graph_parser import Element, Key, parse_graph
from relgraph.readwrite.formats.graph_text import DISTANCE, MIRRORED, WEIGHT
from relgraph.readwrite.names import canonical_type
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable, empty_table, text_column

_ADDED = frozenset({WEIGHT, DISTANCE, MIRRORED})  # keys that an export adds
_OWN_KEY = re.compile(r"e\d+(-date|-time)?")

Keys = Mapping[str, Key]


def read_graph(content: bytes, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders, relationships and interactions of a GraphML or GEXF file."""
    graph = parse_graph(content)
    if graph.error:
        log.add(Message("graph.invalid", reason=graph.error), file, graph.line)
        return [empty_table(file, name)]
    ties: list[Element] = []
    contacts: list[Element] = []
    nodes, edges = sound_elements(graph.nodes, graph.edges, file, log)
    for edge in _without_added(edges, graph.edge_keys):
        said = _value(edge, "type", graph.edge_keys)
        kind = canonical_type(said)
        if not said:
            edge.fixed["type"] = UNDIRECTED if edge.undirected else DIRECTED
        if edge.undirected and kind and not relationship_type(kind).both_ways:
            log.add(Message("graph.undirected", type=kind), file, edge.line)
        (contacts if kind == CONTACTED else ties).append(edge)
    if graph.left_out:
        log.note(Note("graph.left_out", file=file, count=graph.left_out))
    for part, count in graph.parts.items():
        log.note(Note(f"graph.part.{part}", file=file, count=count))
    tables = (
        element_table(file, "stakeholders", nodes, graph.node_keys),
        element_table(file, "relationships", ties, graph.edge_keys),
        element_table(file, "interactions", contacts, graph.edge_keys, left_out="type"),
    )
    return [table for table in tables if len(table)] or [empty_table(file, name)]


def sound_elements(
    nodes: Sequence[Element], edges: Sequence[Element], file: str, log: ProblemLog
) -> tuple[list[Element], list[Element]]:
    """Return the nodes with an id of their own, and the edges between nodes; report the others.

    A file of edges alone may name nodes that others describe.
    """
    if not nodes and not edges:
        log.add(Message("graph.nothing"), file, 1)
    ids: dict[str, Element] = {}
    for node in nodes:
        name = node.fixed["id"]
        if not name.strip():
            log.add(Message("graph.no_id"), file, node.line)
        elif ids.setdefault(name, node) is not node:
            log.add(Message("graph.node_twice", value=shortened(name)), file, node.line)
    sound = []
    for edge in edges:
        before = len(log)
        for end in ("source", "target"):
            name = edge.fixed[end]
            if not name.strip():
                log.add(Message("graph.no_end", end=end), file, edge.line)
            elif nodes and name not in ids:
                log.add(Message("graph.no_node", end=end, value=shortened(name)), file, edge.line)
        if len(log) == before:
            sound.append(edge)
    return list(ids.values()), sound


def _value(element: Element, name: str, keys: Keys) -> str:
    found = (text for key, text in element.values.items() if _name(key, keys) == name)
    return next(found, "")


def _name(key: str, keys: Keys) -> str:
    return keys[key].name if key in keys else key


def _without_added(edges: Sequence[Element], keys: Keys) -> list[Element]:
    """Return the edges of an export without what it added for other programs."""
    own = [key for key in keys if key not in _ADDED]
    if not own or not all(map(_OWN_KEY.fullmatch, own)):
        return list(edges)
    kept = [edge for edge in edges if MIRRORED not in edge.values]
    for edge in kept:
        for key in _ADDED & edge.values.keys():
            del edge.values[key]
    return kept


def element_table(
    file: str, name: str, elements: Sequence[Element], keys: Keys, left_out: str | None = None
) -> RawTable:
    """Return nodes or edges as a table; only what one of them has is a column."""
    used = dict.fromkeys(key for element in elements for key in element.values)
    types = {keys[key].name: keys[key].type for key in reversed(used) if key in keys}
    rows = [
        element.fixed | {_name(key, keys): text for key, text in element.values.items()}
        for element in elements
    ]
    headers = [key for key in dict.fromkeys(key for row in rows for key in row) if key != left_out]
    return RawTable(
        f"{file}#{name}",
        name,
        tuple(headers),
        1,
        tuple(text_column([row.get(header) for row in rows]) for header in headers),
        np.array([element.line for element in elements], dtype=np.int64),
        types={header: types[header] for header in headers if header in types},
    )
