"""Write a dataset as GEXF 1.3, the format of Gephi: a graph with typed attributes.

A tie that runs both ways is an undirected edge, beside directed ones if need be: Gephi reads both.
Its `kind` keeps ties of several types between the same two apart, which Gephi would merge.
"""

from __future__ import annotations

from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.readwrite.formats.graph_text import DISTANCE, TYPE_NAMES, Attributes, GraphText, Keys
from relgraph.readwrite.formats.xml_text import check_xml, escaped

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" \
version="1.3">
"""


def write_gexf(dataset: Dataset, path: Path) -> None:
    """Write stakeholders as nodes labelled by name, relationships and interactions as edges."""
    check_xml(dataset, "GEXF")
    graph = GraphText(dataset)
    default = "undirected" if graph.is_undirected else "directed"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f'{_HEAD}<graph mode="static" defaultedgetype="{default}">\n')
        file.writelines(_declarations(graph.node_keys, "node"))
        added: Keys = {(DISTANCE, "number"): DISTANCE} if DISTANCE in graph.added else {}
        file.writelines(_declarations(graph.edge_keys | added, "edge"))
        file.write("<nodes>\n")
        for node, label, attributes in graph.nodes():
            file.write(f'<node id="{node}" label="{label}">{_values(attributes)}</node>\n')
        file.write("</nodes>\n<edges>\n")
        for number, edge in enumerate(graph.edges()):
            said = f'id="{number}" source="{edge.source}" target="{edge.target}" kind="{edge.type}"'
            if edge.both_ways:
                said += ' type="undirected"'
            if edge.weight:
                said += f' weight="{edge.weight}"'
            distance = [(DISTANCE, edge.distance)] if edge.distance else []
            file.write(f"<edge {said}>{_values([*edge.attributes, *distance])}</edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")


def _declarations(keys: Keys, element: str) -> list[str]:
    attributes = [
        f'<attribute id="{key}" title="{escaped(name)}" type="{TYPE_NAMES[kind]}"/>\n'
        for (name, kind), key in keys.items()
    ]
    return [f'<attributes class="{element}">\n', *attributes, "</attributes>\n"]


def _values(attributes: Attributes) -> str:
    values = "".join(f'<attvalue for="{key}" value="{text}"/>' for key, text in attributes)
    return f"<attvalues>{values}</attvalues>"
