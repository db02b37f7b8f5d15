"""Pajek's networks, in all their sections, as networkx writes them, and malformed."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from relgraph.errors import InvalidInput
from relgraph.readwrite.reading import Reading, read_files

Tie = tuple[str, str, str]


def read(folder: Path, text: str, name: str = "g.net") -> Reading:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_files([path], market="customer")


def ties(reading: Reading) -> list[Tie]:
    frame = reading.dataset.relationships
    return sorted(zip(frame["source"], frame["target"], frame["type"], strict=True))


def test_vertices_arcs_and_edges(tmp_path: Path) -> None:
    text = """\
% a comment
*Network friends
*Vertices 4
 1 "Ann Lee"   0.1 0.2 0.5 ellipse x_fact 1
 3 Cid
*Arcs
1 2 2.5 c Blue
*Edges :2 "lends to"
2 3
*edges
3 4 1
"""
    reading = read(tmp_path, text)
    assert reading.dataset.stakeholders["name"].tolist() == ["Ann Lee", "2", "Cid", "4"]
    assert ties(reading) == [
        *(("1", "2", "LINKED_TO"), ("2", "3", "LENDS_TO")),
        *(("3", "2", "LENDS_TO"), ("3", "4", "KNOWS")),
    ]
    assert [line for _, line in reading.dataset.relationships.index] == [7, 9, 9, 11]


def test_lists_and_arcs_of_several_relations_agree(tmp_path: Path) -> None:
    arcs = '*Vertices 3\n*Arcs :1 "LIKES"\n1 2 1\n1 3 1\n*Arcs :2 "HELPS"\n3 1 2\n'
    lists = '*Vertices 3\n*Arcslist :1 "LIKES"\n1 2 3\n*Arcslist :2 "HELPS"\n3 1\n'
    expected = [("1", "2", "LIKES"), ("1", "3", "LIKES"), ("3", "1", "HELPS")]
    assert ties(read(tmp_path, arcs)) == ties(read(tmp_path, lists)) == expected


def test_matrices_of_one_and_of_two_modes(tmp_path: Path) -> None:
    one = read(tmp_path, "*Vertices 2\n*Matrix\n0 1\n2 0\n")
    assert ties(one) == [("1", "2", "LINKED_TO"), ("2", "1", "LINKED_TO")]
    two = read(tmp_path, "*Vertices 5 2\n*Matrix\n1 0 1\n0 1 0\n")
    assert [tie[:2] for tie in ties(two)] == [("1", "3"), ("1", "5"), ("2", "4")]


def test_a_project_gives_its_first_network(tmp_path: Path) -> None:
    text = "*Network a\n*Vertices 2\n*Edges\n1 2\n\n*Network b\n*Vertices 3\n*Edges\n1 3\n"
    text += "*Partition my kin.clu\n*Vertices 2\n1\n2\n*Vector v\n*Vertices 3\n1\n2\n3\n"
    reading = read(tmp_path, text, "g.paj")
    assert ties(reading) == [("1", "2", "KNOWS")]
    assert reading.dataset.stakeholders["my_kin"].tolist() == [1, 2]
    assert "v" not in reading.dataset.stakeholders
    assert any("another network begins in line 6" in str(note) for note in reading.dataset.notes)


@pytest.mark.parametrize("directed", [False, True])
def test_what_networkx_writes(directed: bool, tmp_path: Path) -> None:
    graph = nx.gnp_random_graph(20, 0.2, seed=5, directed=directed)
    path = tmp_path / "g.net"
    nx.write_pajek(nx.relabel_nodes(graph, {node: f"node {node}" for node in graph}), path)
    dataset = read_files([path], market="influencer").dataset
    names = dataset.stakeholders.set_index("id")["name"]
    frame = dataset.relationships
    found = {(names[a], names[b]) for a, b in zip(frame["source"], frame["target"], strict=True)}
    assert found == {(f"node {a}", f"node {b}") for a, b in graph.edges()}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "g.net:1: no network in it"),
        ("*Vertices x\n", "g.net:1: *Vertices needs how many there are"),
        ("*Vertices 100000000\n", "g.net:1: 100000000 vertices are more than"),
        ("*Vertices 2\n3 a\n", "g.net:2: '3' is no vertex from 1 to 2"),
        ("*Vertices 2\n1 a\n1 b\n", "g.net:3: vertex 1 is given twice"),
        ("*Vertices 2\n*Arcs\n1 3\n", "g.net:3: '3' is no vertex from 1 to 2"),
        ("*Vertices 2\n*Arcs\n1\n", "g.net:3: '1' is no tie: two vertices are needed"),
        ("*Vertices 2\n*Matrix\n1\n", "g.net:3: the row of the matrix has 1 number, but 2 are"),
        ("*Vertices 2\n*Matrix\n1 x\n", "g.net:3: 'x' is not a number"),
        ("*Vertices 2\n*Matrix\n1 0\n0 1\n1 1\n", "g.net:5: '3' is no vertex from 1 to 2"),
    ],
)
def test_malformed(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    assert str(caught.value).replace(f"{tmp_path}/", "").startswith(problem)
