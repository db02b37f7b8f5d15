"""How Gephi reads GraphML and GEXF, by the rules of its importers (ImporterGraphML, ImporterGEXF).

An edge is directed or not as it says, else as the file does. Its weight is GEXF's attribute
`weight` or GraphML's value named `weight`, else 1. GEXF's `kind` keeps parallel edges apart. A
value is read in the type of its column; a type that Gephi doesn't know fails here.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, NamedTuple

TYPES: dict[str, Any] = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


class Edge(NamedTuple):
    source: str
    target: str
    directed: bool
    weight: float
    kind: str
    values: dict[str, object]


class GephiGraph(NamedTuple):
    nodes: dict[str, dict[str, object]]
    edges: list[Edge]


def read_gephi(path: Path) -> GephiGraph:
    root = ET.parse(path).getroot()
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return _read_gexf(root) if root.tag == "gexf" else _read_graphml(root)


def _read_gexf(root: ET.Element) -> GephiGraph:
    columns = {
        str(group.get("class")): {str(each.get("id")): each for each in group.iter("attribute")}
        for group in root.iter("attributes")
    }

    def values(element: ET.Element) -> dict[str, object]:
        found = {}
        for each in element.iter("attvalue"):
            column = columns[element.tag][str(each.get("for"))]
            found[str(column.get("title"))] = TYPES[str(column.get("type"))](each.get("value"))
        return found

    default = next(root.iter("graph")).get("defaultedgetype")
    edges = []
    for edge in root.iter("edge"):
        said = edge.get("type", default)
        assert said in ("directed", "undirected"), "Gephi knows no other"
        weight = float(edge.get("weight", "1"))
        ends = str(edge.get("source")), str(edge.get("target"))
        edges.append(Edge(*ends, said == "directed", weight, str(edge.get("kind")), values(edge)))
    return GephiGraph({str(node.get("id")): values(node) for node in root.iter("node")}, edges)


def _read_graphml(root: ET.Element) -> GephiGraph:
    columns = {(str(key.get("for")), str(key.get("id"))): key for key in root.iter("key")}

    def values(element: ET.Element) -> dict[str, Any]:
        found = {}
        for each in element.iter("data"):
            column = columns[element.tag, str(each.get("key"))]
            found[str(column.get("attr.name"))] = TYPES[str(column.get("attr.type"))](each.text)
        return found

    default = next(root.iter("graph")).get("edgedefault")
    edges = []
    for edge in root.iter("edge"):
        directed = edge.get("directed", {"directed": "true"}.get(str(default), "false")) == "true"
        held = values(edge)
        ends = str(edge.get("source")), str(edge.get("target"))
        edges.append(Edge(*ends, directed, held.get("weight", 1.0), "", held))
    return GephiGraph({str(node.get("id")): values(node) for node in root.iter("node")}, edges)
