"""Write a dataset as GEXF 1.2, the format of Gephi: a directed graph with typed attributes."""

from __future__ import annotations

from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.readwrite.formats.graph_text import Attributes, GraphText, Keys
from relgraph.readwrite.formats.xml_text import check_xml, escaped

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" \
version="1.2">
<graph mode="static" defaultedgetype="directed">
"""


def write_gexf(dataset: Dataset, path: Path) -> None:
    """Write stakeholders as nodes labelled by name, relationships and interactions as edges."""
    check_xml(dataset, "GEXF")
    graph = GraphText(dataset)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEAD)
        file.writelines(_declarations(graph.node_keys, "node"))
        file.writelines(_declarations(graph.edge_keys, "edge"))
        file.write("<nodes>\n")
        for node, label, attributes in graph.nodes():
            file.write(f'<node id="{node}" label="{label}">{_values(attributes)}</node>\n')
        file.write("</nodes>\n<edges>\n")
        for number, (source, target, attributes) in enumerate(graph.edges()):
            ends = f'source="{source}" target="{target}"'
            file.write(f'<edge id="{number}" {ends}>{_values(attributes)}</edge>\n')
        file.write("</edges>\n</graph>\n</gexf>\n")


def _declarations(keys: Keys, element: str) -> list[str]:
    attributes = [
        f'<attribute id="{key}" title="{escaped(name)}" type="{kind}"/>\n'
        for (name, kind), key in keys.items()
    ]
    return [f'<attributes class="{element}">\n', *attributes, "</attributes>\n"]


def _values(attributes: Attributes) -> str:
    values = "".join(f'<attvalue for="{key}" value="{text}"/>' for key, text in attributes)
    return f"<attvalues>{values}</attvalues>"
