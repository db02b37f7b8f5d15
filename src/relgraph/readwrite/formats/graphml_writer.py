"""Write a dataset as GraphML: a directed multigraph with typed attributes."""

from __future__ import annotations

from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.readwrite.formats.graph_text import Attributes, GraphText, Keys
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
    # An edge needs no id, but networkx takes an attribute called `key` for one.
    numbered = any(name == "key" for name, _ in graph.edge_keys)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEAD)
        file.writelines(_declarations(graph.node_keys, "node"))
        file.writelines(_declarations(graph.edge_keys, "edge"))
        file.write('<graph edgedefault="directed">\n')
        for node, _, attributes in graph.nodes():
            file.write(f'<node id="{node}">{_data(attributes)}</node>\n')
        for number, (source, target, attributes) in enumerate(graph.edges()):
            edge_id = f' id="{number}"' if numbered else ""
            ends = f'source="{source}" target="{target}"'
            file.write(f"<edge{edge_id} {ends}>{_data(attributes)}</edge>\n")
        file.write("</graph>\n</graphml>\n")


def _declarations(keys: Keys, element: str) -> list[str]:
    return [
        f'<key id="{key}" for="{element}" attr.name="{escaped(name)}" attr.type="{kind}"/>\n'
        for (name, kind), key in keys.items()
    ]


def _data(attributes: Attributes) -> str:
    return "".join(f'<data key="{key}">{text}</data>' for key, text in attributes)
