"""GML, as networkx writes it, as others do, and malformed."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from relgraph.errors import InvalidInput
from relgraph.readwrite.reading import Reading, read_files

SMALL = """\
# made by hand
Creator "somebody"
graph
[
  directed 0
  node [ id 1 label "Ann &amp; Bob" graphics [ x 1.5 fill "#ffffff" ] age 30 ]
  node [ id 2 label "[Cid]" age NAN ]
  node [
    id 3
  ]
  edge [ source 1 target 2 value 2.5 ]
  edge [ target 3 source 2 ]
]
"""


def read(folder: Path, text: str) -> Reading:
    path = folder / "g.gml"
    path.write_text(text, encoding="utf-8")
    return read_files([path], market="customer")


def test_nodes_and_edges(tmp_path: Path) -> None:
    dataset = read(tmp_path, SMALL).dataset
    people, ties = dataset.stakeholders, dataset.relationships
    assert people[["id", "name"]].to_numpy().tolist() == [
        *(["1", "Ann & Bob"], ["2", "[Cid]"], ["3", "3"]),
    ]
    assert people["age"].tolist()[0] == 30
    assert people["age"].isna().tolist() == [False, True, True]
    assert ties[["source", "target", "type"]].to_numpy().tolist() == [
        *(["1", "2", "KNOWS"], ["2", "3", "KNOWS"]),
    ]
    assert [line for _, line in ties.index] == [11, 12]


def test_directed_edges(tmp_path: Path) -> None:
    ties = read(tmp_path, SMALL.replace("directed 0", "directed 1")).dataset.relationships
    assert ties["type"].unique().tolist() == ["LINKED_TO"]


@pytest.mark.parametrize("directed", [False, True])
def test_what_networkx_writes(directed: bool, tmp_path: Path) -> None:
    graph = nx.gnp_random_graph(30, 0.1, seed=3, directed=directed)
    nx.set_node_attributes(graph, {node: f'q"{node} é' for node in graph}, "note")
    path = tmp_path / "g.gml"
    nx.write_gml(graph, path)
    dataset = read_files([path], market="influencer").dataset
    assert len(dataset.stakeholders) == 30
    assert dataset.stakeholders["note"].tolist() == [f'q"{node} é' for node in range(30)]
    ties = dataset.relationships
    found = {(int(a), int(b)) for a, b in zip(ties["source"], ties["target"], strict=True)}
    assert found == set(graph.edges())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "g.gml:1: no graph in it"),
        ("nothing", "g.gml:1: no graph in it"),
        ("a 1\nb 2", "g.gml:1: no graph in it"),
        ("graph [\nnode [ id 1", "g.gml:2: a bracket is opened here and never closed"),
        ('graph [\n"x" 1 ]', "g.gml:2: a value without a key before it"),
        ("graph [ node [ id ] ]", "g.gml:1: a key without a value"),
        ("graph [\n node [ label 1 ] ]", "g.gml:2: a node without an id"),
        ("graph [ node [ id 1 ]\nedge [ source 1 target 2 ] ]", "g.gml:2: target '2' is no node"),
        ("graph [ node [ id 1 ]\nnode [ id 1 ] ]", "g.gml:2: node '1' is given twice"),
        ("graph " + "[ a " * 3000, "g.gml:1: brackets inside brackets, deeper than any graph"),
    ],
)
def test_malformed(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    assert str(caught.value).replace(f"{tmp_path}/", "").startswith(problem)
