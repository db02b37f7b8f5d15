"""Write a dataset as GML: a multigraph whose nodes are numbers labelled by ids, as GML wants them.

GML has one direction for all edges: where both kinds of tie stand in one file, one that runs both
ways is two arcs, the second marked as mirrored. What the attributes are called and which types
they have stands in a part that other programs skip.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from relgraph.dataset import Dataset
from relgraph.model import ColumnType
from relgraph.readwrite.formats.graph_text import DISTANCE, MIRRORED, WEIGHT, GraphText, Keys
from relgraph.readwrite.formats.xml_text import escaped

CREATOR = "relgraph"
_NOT_IN_KEYS = re.compile(r"[^A-Za-z0-9_]+")
_TAKEN = {"id", "label", "source", "target", "key", "graphics", WEIGHT, DISTANCE, MIRRORED}
_INTEGER = 2**31  # GML's own integers end before it; larger ones stand in quotes


class _Ascii(dict[int, str]):
    """Characters as GML has them: those beyond ASCII as references that read back the same."""

    def __missing__(self, code: int) -> str:
        reference = f"&#{code};"
        kept = code < 128 or html.unescape(reference) != chr(code)
        self[code] = chr(code) if kept else reference
        return self[code]


_ASCII = _Ascii()


def write_gml(dataset: Dataset, path: Path) -> None:
    """Write stakeholders as nodes, relationships and interactions as edges."""
    graph = GraphText(dataset)
    node_names, edge_names = _named(graph.node_keys), _named(graph.edge_keys)
    mirrors = bool(graph.undirected) and not graph.is_undirected
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f'Creator "{CREATOR}"\n{CREATOR} [\n')
        file.writelines(_declarations("node", graph.node_keys, node_names))
        file.writelines(_declarations("edge", graph.edge_keys, edge_names))
        file.write(f"]\ngraph [\ndirected {int(not graph.is_undirected)}\nmultigraph 1\n")
        places: dict[str, int] = {}
        kinds = {key: kind for (_, kind), key in graph.node_keys.items()}
        for node, _, attributes in graph.nodes():
            place = places.setdefault(node, len(places))
            values = [_pair(node_names[key], text, kinds[key]) for key, text in attributes]
            file.write(f'node [ id {place} label "{_ascii(node)}" {" ".join(values)} ]\n')
        kinds = {key: kind for (_, kind), key in graph.edge_keys.items()}
        for edge in graph.edges():
            values = [_pair(edge_names[key], text, kinds[key]) for key, text in edge.attributes]
            for name, text in ((WEIGHT, edge.weight), (DISTANCE, edge.distance)):
                values += [_pair(name, text, "number")] if text else []
            ends = [(edge.source, edge.target, values)]
            if mirrors and edge.both_ways and edge.source != edge.target:
                ends.append((edge.target, edge.source, [*values, f"{MIRRORED} 1"]))
            for source, target, said in ends:
                one, other = places[source], places[target]
                file.write(f"edge [ source {one} target {other} {' '.join(said)} ]\n")
        file.write("]\n")


def _named(keys: Keys) -> dict[str, str]:
    """Return what GML calls each key: the name, as far as GML allows it."""
    names: dict[str, str] = {}
    taken = {name.casefold() for name in _TAKEN}
    for (name, _), key in keys.items():
        fitting = _NOT_IN_KEYS.sub("_", name).strip("_")
        fitting = fitting if fitting[:1].isalpha() else f"p_{fitting}"
        number, free = 1, fitting
        while free.casefold() in taken:
            number += 1
            free = f"{fitting}_{number}"
        taken.add(free.casefold())
        names[key] = free
    return names


def _declarations(element: str, keys: Keys, names: dict[str, str]) -> Iterator[str]:
    for (name, kind), key in keys.items():
        said = f'name "{_ascii(escaped(name))}" type "{kind}"'
        yield f'{element} [ key "{names[key]}" {said} ]\n'


def _pair(name: str, text: str, kind: ColumnType) -> str:
    if kind == "integer" and abs(int(text)) < _INTEGER:
        return f"{name} {text}"
    if kind == "number":
        mantissa, e, power = text.partition("e")
        return f"{name} {mantissa}{'' if '.' in mantissa else '.0'}{e}{power}"
    return f'{name} "{_ascii(text)}"'


def _ascii(text: str) -> str:
    return text.translate(_ASCII)
