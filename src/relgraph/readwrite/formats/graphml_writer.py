"""Write a dataset as GraphML: a multigraph with typed attributes.

Most programs read all edges of a GraphML file as directed, or all as undirected: where both kinds
of tie stand in one file, one that runs both ways is two arcs, the second marked as mirrored.
"""

from __future__ import annotations

from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.readwrite.formats.graph_text import (
    DISTANCE,
    MIRRORED,
    TYPE_NAMES,
    WEIGHT,
    Attributes,
    GraphText,
    Keys,
)
from relgraph.readwrite.formats.xml_text import check_xml, escaped

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(dataset: Dataset, path: Path) -> None:
    """Write stakeholders as nodes, relationships and interactions as edges."""
    check_xml(dataset, "GraphML")
    graph = GraphText(dataset)
    mirrors = bool(graph.undirected) and not graph.is_undirected
    # An edge needs no id, but networkx takes an attribute called `key` for one.
    numbered = any(name == "key" for name, _ in graph.edge_keys)
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEAD)
        file.writelines(_declarations(graph.node_keys, "node"))
        file.writelines(_declarations(graph.edge_keys, "edge"))
        file.writelines(_declaration(name, "edge", name, "double") for name in graph.added)
        if mirrors:
            file.write(_declaration(MIRRORED, "edge", MIRRORED, "boolean"))
        default = "undirected" if graph.is_undirected else "directed"
        file.write(f'<graph edgedefault="{default}">\n')
        for node, _, attributes in graph.nodes():
            file.write(f'<node id="{node}">{_data(attributes)}</node>\n')
        for edge in graph.edges():
            added = ((WEIGHT, edge.weight), (DISTANCE, edge.distance))
            attributes = [*edge.attributes, *(pair for pair in added if pair[1])]
            arcs = [(edge.source, edge.target, attributes)]
            if mirrors and edge.both_ways and edge.source != edge.target:
                arcs.append((edge.target, edge.source, [*attributes, (MIRRORED, "true")]))
            for source, target, data in arcs:
                edge_id = f' id="{number}"' if numbered else ""
                number += 1
                file.write(
                    f'<edge{edge_id} source="{source}" target="{target}">{_data(data)}</edge>\n'
                )
        file.write("</graph>\n</graphml>\n")


def _declarations(keys: Keys, element: str) -> list[str]:
    return [
        _declaration(key, element, name, TYPE_NAMES[kind]) for (name, kind), key in keys.items()
    ]


def _declaration(key: str, element: str, name: str, kind: str) -> str:
    return f'<key id="{key}" for="{element}" attr.name="{escaped(name)}" attr.type="{kind}"/>\n'


def _data(attributes: Attributes) -> str:
    return "".join(f'<data key="{key}">{text}</data>' for key, text in attributes)
