"""Graphs of other tools: small ones made by hand in each dialect, malformed, and damaged."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relgraph.errors import InvalidInput, RelgraphError
from relgraph.readwrite.checking.scaling import StrengthSource
from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import Reading, read_files
from tests.readwrite.reading import write_files

FULL = "dl n=3 format=fullmatrix\nlabels:\na,b c\ndata:\n0 1 0\n0 0 2\n1 0 0\n"
KUMU = {
    "attributes": [{"name": "Label", "values": []}],
    "elements": [
        {"_id": "e1", "attributes": {"label": "Ann", "element type": "Person"}},
        {"_id": "e2", "attributes": {"label": "Org", "tags": ["x", "y"]}},
    ],
    "connections": [
        {"_id": "c1", "direction": "mutual", "from": "e1", "to": "e2", "attributes": {}},
        {
            "_id": "c2",
            "direction": "directed",
            "from": "e2",
            "to": "e1",
            "attributes": {"connection type": "Pays for"},
        },
    ],
    "maps": [{"elements": [{"position": {"x": 1}}]}],
}
CX2 = [
    {"CXVersion": "2.0"},
    {"nodes": [{"id": 1, "x": 2.0, "v": {"n": "A"}}, {"id": 2, "v": {}}]},
    {"edges": [{"id": 0, "s": 1, "t": 2, "v": {"i": "binds"}}]},
]
CYJS = {
    "elements": {
        "nodes": [{"data": {"id": "1"}, "position": {"x": 1}}, {"data": {"id": "2"}}],
        "edges": [{"data": {"id": "3", "source": "1", "target": "2"}}],
    }
}
APOC = (
    '{"type":"node","id":"0","labels":["User"],"properties":{"name":"Adam"}}\n'
    '{"type":"node","id":"1","labels":["User"]}\n'
    '{"type":"relationship","label":"LENDS","start":{"id":"0"},"end":{"id":"1"}}\n'
)
# A file, how many nodes and ties it has, and a tie.
GOOD: dict[str, tuple[str, int, int, tuple[str, str, str]]] = {
    "matrix.dl": (FULL, 3, 3, ("b", "c", "LINKED_TO")),
    "embedded.dl": (
        "DL N=2\nformat = fullmatrix labels embedded\ndata:\nx y\nx 0 1\ny 0 0\n",
        *(2, 1, ("x", "y", "LINKED_TO")),
    ),
    "half.dl": ("dl n=3 format=lowerhalf\ndata:\n0\n1 0\n0 1 0\n", 3, 2, ("2", "1", "KNOWS")),
    "two.dat": (
        "DL\nN=2 NM=2\nFORMAT = FULLMATRIX DIAGONAL PRESENT\nROW LABELS:\n'A'\n'B'\n"
        "COLUMN LABELS:\n'A'\n'B'\nLEVEL LABELS:\n'LIKES'\n'HELPS'\nDATA:\n0 1\n0 0\n0 1\n1 0\n",
        *(2, 3, ("B", "A", "HELPS")),
    ),
    "upper.dl": (
        "dl n=3 format=upperhalf diagonal absent\ndata:\n1 0\n1\n",
        *(3, 2, ("2", "3", "KNOWS")),
    ),
    "labelled.dl": (
        "dl nr=2, nc=2 row labels: a,b column labels: x,y data:\n0 1\n0 0\n",
        *(4, 1, ("a", "y", "LINKED_TO")),
    ),
    "embedded-half.dl": (
        "dl n=3 format=upperhalf diagonal=absent\nlabels embedded\ndata:\n a b c\na 1 0\nb 1\nc\n",
        *(3, 2, ("b", "c", "KNOWS")),
    ),
    "embedded-absent.dl": (
        "dl n=3 diagonal=absent\nlabels embedded\ndata:\n a b c\na 1 0\nb 1 1\nc 0 1\n",
        *(3, 4, ("c", "b", "LINKED_TO")),
    ),
    "labels-kumu.json": (
        '{"elements": [{"label": "Ann"}, {"label": "Org"}],'
        ' "connections": [{"from": "Ann", "to": "Org", "type": "Pays for"}]}',
        *(2, 1, ("Ann", "Org", "PAYS_FOR")),
    ),
    "modes.dl": ("dl nr=2 nc=3\ndata:\n1 0 1\n0 1 0\n", 5, 3, ("1", "c1", "LINKED_TO")),
    "edges.dl": (
        "dl n=4 format=edgelist1 labels embedded data:\na b 2\nb c\n",
        *(4, 2, ("a", "b", "LINKED_TO")),
    ),
    "wide.dl": ("dl n=6000 format=edgelist1 data:\n1 6000\n", 6000, 1, ("1", "6000", "LINKED_TO")),
    "nodes.dl": ("dl n=3 format=nodelist1\ndata:\n1 2 3\n2 3\n", 3, 3, ("2", "3", "LINKED_TO")),
    "g.vna": (
        '*Node data\nID kin\n1 "a b"\n2 c\n*Node properties\nID x\n1 0\n'
        "*Tie data\nfrom to strength\n1 2 3\n",
        *(2, 1, ("1", "2", "LINKED_TO")),
    ),
    "g.sif": ("a b\tactsOn\tc\td\nalone\n", 4, 2, ("a b", "c", "ACTS_ON")),
    "kumu.json": (json.dumps(KUMU), 2, 2, ("e2", "e1", "PAYS_FOR")),
    "g.cx2": (json.dumps(CX2), 2, 1, ("1", "2", "BINDS")),
    "g.cyjs": (json.dumps(CYJS), 2, 1, ("1", "2", "LINKED_TO")),
    "g.jsonl": (APOC, 2, 1, ("0", "1", "LENDS")),
    "m.csv": ("sep=;\nTitle\n\n;a;b;c\na;0;1;0\nb;1;0;2\nc;0;0;0\n", 3, 3, ("b", "c", "LINKED_TO")),
    "even.csv": (",a,b,c\na,0,1,0\nb,1,0,1\nc,0,1,0\n", 3, 2, ("a", "b", "KNOWS")),
    "turned.csv": ("to,a,b\na,0,1\nb,0,0\n", 2, 1, ("b", "a", "LINKED_TO")),
    "neo.csv": (":START_ID,n:int,:END_ID,:TYPE\nk,1,l,ACTED\n", 2, 1, ("k", "l", "ACTED")),
    "y.graphml": (
        '<graphml xmlns:y="y"><key id="d" for="node" yfiles.type="nodegraphics"/>'
        '<graph edgedefault="directed"><node id="1"><data key="d"><y:ShapeNode><y:NodeLabel>Ann'
        '</y:NodeLabel></y:ShapeNode></data></node><node id="2"/><edge source="1" target="2"/>'
        "</graph></graphml>",
        *(2, 1, ("1", "2", "LINKED_TO")),
    ),
}


def read(folder: Path, files: Mapping[str, str | bytes], *, transposed: bool = False) -> Reading:
    paths = write_files(folder, dict(files))
    return read_files(paths, choices=GraphChoices("customer", transposed=transposed))


def ties(reading: Reading) -> list[tuple[str, str, str]]:
    frame = reading.dataset.relationships
    return sorted(zip(frame["source"], frame["target"], frame["type"], strict=True))


@pytest.mark.parametrize("name", GOOD)
def test_each_dialect(name: str, tmp_path: Path) -> None:
    text, nodes, count, tie = GOOD[name]
    reading = read(tmp_path, {name: text})
    assert (len(reading.dataset.stakeholders), len(ties(reading))) == (nodes, count)
    assert tie in ties(reading)


def test_names_and_properties_of_kumu_and_yed(tmp_path: Path) -> None:
    people = read(tmp_path, {"kumu.json": GOOD["kumu.json"][0]}).dataset.stakeholders
    assert people["name"].tolist() == ["Ann", "Org"]
    assert people["element type"].tolist()[0] == "Person"
    assert people["tags"].tolist()[1] == '["x", "y"]'
    edges = read(tmp_path, {"kumu.json": GOOD["kumu.json"][0]}).dataset.relationships
    assert "_id" not in edges  # stores keep that name for themselves
    assert set(edges["id"].dropna()) == {"c1", "c2"}
    drawn = read(tmp_path, {"y.graphml": GOOD["y.graphml"][0]}).dataset.stakeholders
    assert drawn["name"].tolist() == ["Ann", "2"]


def test_a_matrix_is_transposed_when_asked(tmp_path: Path) -> None:
    text = ",a,b\na,0,1\nb,0,0\n"
    assert ties(read(tmp_path, {"m.csv": text})) == [("a", "b", "LINKED_TO")]
    turned = read(tmp_path, {"m.csv": text}, transposed=True)
    assert ties(turned) == [("b", "a", "LINKED_TO")]


@pytest.mark.parametrize("edges", ["links", "edges"])
def test_node_link_as_networkx_writes_it(edges: str, tmp_path: Path) -> None:
    graph = nx.gnp_random_graph(15, 0.2, seed=4)
    text = json.dumps(nx.node_link_data(graph, edges=edges))
    found = {(int(a), int(b)) for a, b, _ in ties(read(tmp_path, {"g.json": text}))}
    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in graph.edges()}


def ucinet(marks: bytes, size: str, encoding: str, title: bytes = b"") -> bytes:
    head = marks + struct.pack("<5hBh", 15, 7, 27, 2, 3, 7, 2) + struct.pack(f"<2{size}", 2, 2)
    labels = [text.encode(encoding) for text in ("Ann", "Bo", "Ann", "Bo")]
    packed = b"".join(struct.pack("<H", len(each)) + each for each in labels)
    return head + bytes([len(title)]) + title + b"\1\1" + packed


@pytest.mark.parametrize(
    "head",
    [ucinet(b"\5DATE:", "H", "cp1252"), ucinet(b"\5V6404", "I", "utf-16-le", b"A title")],
)
def test_both_layouts_of_ucinet(head: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.##d").write_bytes(struct.pack("<4f", 0, 2.5, 1e38, 0))
    reading = read(tmp_path, {"x.##h": head})
    assert ties(reading) == [("Ann", "Bo", "LINKED_TO")]
    assert reading.dataset.relationships["weight"].tolist() == [2.5]
    for cut in range(0, len(head), 7):
        with pytest.raises(InvalidInput):
            read(tmp_path, {"x.##h": head[:cut]})


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("g.dl", "n=3", "1: no DL in it"),
        ("g.dl", "dl n=3\n", "1: it has no line data:"),
        ("g.dl", "dl data:\n1", "1: it doesn't say how many nodes"),
        ("g.dl", "dl n=99999 data:\n1", "1: n=99999 is no size from 1 to"),
        ("g.dl", "dl n=2 format=x data:\n1", "1: format 'x' is not known"),
        ("g.dl", "dl n=2 data:\n0 1\n1\n", "3: the matrix has 3 numbers, but 4 are needed"),
        ("g.dl", "dl n=2 data:\n0 1\nx 0\n", "3: 'x' is not a number"),
        ("g.dl", "dl n=2 labels:\na\ndata:\n0 1 1 0", "1: 1 label for 2 nodes"),
        ("g.dl", "dl n=2 format=edgelist1 data:\n1 3\n", "2: '3' is no vertex from 1 to 2"),
        ("g.vna", "nothing", "1: no graph in it"),
        ("g.vna", "*node data\nID\n1\n1\n", "4: node '1' is given twice"),
        ("g.vna", "*node data\nID k\n1\n", "3: "),
        ("g.sif", "a b\n", "1: 'a b' has a type but no target"),
        ("g.json", '{"nodes": [], "edges": []}', "1: no graph in it"),
        ("g.json", '{"nodes": [{"id": 1}, {"id": 1}], "edges": []}', "1: node '1' is given twice"),
        (
            "g.json",
            '{"nodes": [{"id": 1}], "links": [{"source": 1, "target": 2}]}',
            "1: target '2'",
        ),
        ("g.json", '{"nodes":\n "edges"', "2: "),
        ("g.jsonl", '{"type":"node","id":"0"}\n{"a":1}\n', "2: "),
        ("g.##h", "nothing", "1: it is no header of UCINET"),
    ],
)
def test_malformed(name: str, text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, {name: text})
    assert f"{name}:{problem}" in str(caught.value)


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(name=st.sampled_from(sorted(GOOD)), cut=st.floats(0, 1), junk=st.sampled_from('*[{"<\0 9,'))
def test_what_is_damaged_is_a_problem_or_read(
    name: str, cut: float, junk: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = GOOD[name][0]
    place = int(cut * len(text))
    for damaged in (text[:place], text[:place] + junk + text[place + 1 :]):
        with suppress(RelgraphError):
            read(tmp_path_factory.mktemp("g"), {name: damaged})


def test_what_is_wrong_in_json_is_told_once(tmp_path: Path) -> None:
    rows = [{"label": "A"}, {"label": "A"}, {"x": 1}]
    text = json.dumps({"elements": rows, "connections": [{"from": "A"}]})
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, {"g.json": text})
    told = str(caught.value).replace(f"{tmp_path}/", "").splitlines()
    assert told == [
        "g.json:1: node 'A' is given twice",
        "g.json:1: a node without an id",
        "g.json:1: an edge without a target",
    ]


def test_a_file_that_cannot_be_read_says_so_whatever_strength_is(tmp_path: Path) -> None:
    write_files(tmp_path, {"g.dl": "dl n=2 data:\n0 1\n1\n"})
    strengths = StrengthSource.asked("weight", None)
    with pytest.raises(InvalidInput, match="3: the matrix has 3 numbers, but 4 are needed"):
        read_files([tmp_path / "g.dl"], strengths=strengths)


def test_parts_that_are_no_nodes_or_edges_are_told(tmp_path: Path) -> None:
    text = """<graphml><key id="d" for="all" attr.name="colour" attr.type="string"/>
<graph edgedefault="undirected">
<node id="a"><port name="p"><data key="d">red</data></port>
<graph><node id="b"><data key="d">blue</data></node></graph><data key="d">green</data></node>
<node id="c"/><edge source="a" target="c"/>
<hyperedge><endpoint node="a"/><endpoint node="b"/><data key="d">grey</data></hyperedge>
</graph></graphml>"""
    reading = read_files(
        write_files(tmp_path, {"g.graphml": text}), choices=GraphChoices(market="customer")
    )
    people = reading.dataset.stakeholders.set_index("id")["colour"]
    assert people.dropna().to_dict() == {"a": "green", "b": "blue"}
    told = " ".join(map(str, reading.dataset.notes))
    for said in ("1 hyperedge was left out", "1 port was left out", "1 graph stands inside nodes"):
        assert said in told


def problems(folder: Path, name: str, text: str, choices: GraphChoices) -> list[str]:
    with pytest.raises(RelgraphError) as caught:
        read_files(write_files(folder, {name: text}), choices=choices)
    return [line.replace(f"{folder}/", "") for line in str(caught.value).splitlines()]


def test_problems_of_json_have_their_line(tmp_path: Path) -> None:
    text = """{"nodes": [{"id": 1},
{"id": 1},
{"name": "x"}],
"links": [{"source": 1, "target": 9},
{"source": 1}]}"""
    assert problems(tmp_path, "g.json", text, GraphChoices(market="customer")) == [
        "g.json:2: node '1' is given twice",
        "g.json:3: a node without an id",
        "g.json:4: target '9' is no node of the graph",
        "g.json:5: an edge without a target",
    ]
    elements = '{"elements": {"nodes": [\n{"data": {"id": "a"}},\n{"data": {}}], "edges": []}}'
    assert problems(tmp_path, "g.cyjs", elements, GraphChoices(market="customer")) == [
        "g.cyjs:3: a node without an id"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.gml", 'graph [ node [ id 1 ] node [ id 2 label "B" ] ]'),
        ("g.json", '{"nodes": [{"id": 1}, {"id": 2, "label": "B"}], "links": []}'),
        ("g.net", '*Vertices 2\n2 "B"\n'),
        ("nodes.csv", "Id,Label\n1,\n2,B\n"),
        (
            "g.graphml",
            '<graphml><graph><node id="1"/><node id="2"><data key="label">B</data></node>'
            "</graph></graphml>",
        ),
    ],
)
def test_the_id_stands_for_a_label_that_is_missing(tmp_path: Path, name: str, text: str) -> None:
    paths = write_files(tmp_path, {name: text})
    dataset = read_files(paths, choices=GraphChoices(market="customer")).dataset
    assert dataset.stakeholders["name"].tolist() == ["1", "B"]
    assert any("1 node has no label: its id is its name" in str(note) for note in dataset.notes)


def test_edges_without_targets_lack_nothing_else(tmp_path: Path) -> None:
    (line,) = problems(
        tmp_path, "relationships.csv", "source,weight\na,1\n", GraphChoices(market="customer")
    )
    assert line.startswith("relationships.csv:1: column target is missing")


def test_edges_without_headers(tmp_path: Path) -> None:
    for text in ("a;b;3\nb;c;1\n", "a,b\nb,c\n"):
        for line in problems(tmp_path, "edges.csv", text, GraphChoices(market="customer")):
            assert "put a line with the names above it" in line
    (line,) = problems(tmp_path, "friends.csv", "a,b\nb,c\n", GraphChoices(market="customer"))
    assert "put a line with the names above it, such as source,target" in line


def test_a_market_from_attributes_that_are_not_there(tmp_path: Path) -> None:
    choices = GraphChoices(market="customer", market_from="role")
    (line,) = problems(tmp_path, "edges.csv", "source,target\na,b\n", choices)
    assert "no nodes with attributes, only edges" in line


def test_id_spaces_of_neo4j(tmp_path: Path) -> None:
    files = {
        "persons.csv": "pid:ID(Person),name,:LABEL\n1,Ann,Person\n2,Bob,Person\n",
        "orgs.csv": "oid:ID(Org),name,:LABEL\n1,Acme,Org\n7,Bolt,Org\n",
        "works.csv": ":START_ID(Person),:END_ID(Org),:TYPE,since:int\n1,1,WORKS_AT,2001\n",
    }
    choices = GraphChoices(market="customer")
    dataset = read_files(write_files(tmp_path, files), choices=choices).dataset
    assert sorted(dataset.stakeholders["id"]) == ["Org:1", "Org:7", "Person:1", "Person:2"]
    (tie,) = dataset.relationships.to_dict("records")
    assert (tie["source"], tie["target"], tie["since_as_read"]) == ("Person:1", "Org:1", 2001)
    files = {
        name: text.replace("1,Acme", "9,Acme").replace("1,1,W", "1,9,W")
        for name, text in files.items()
    }
    dataset = read_files(write_files(tmp_path, files), choices=choices).dataset
    assert sorted(dataset.stakeholders["id"]) == ["1", "2", "7", "9"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("g.graphml", "<html/>", ["1: no graph in it"]),
        ("g.graphml", "<graphml><graph/></graphml>", ["1: no graph in it"]),
        ("g.gexf", "<gexf/>", ["1: no graph in it"]),
        (
            "g.graphml",
            '<graphml><graph><node id="a"/>\n<node id="a"/>\n<node/>\n'
            '<edge source="a" target="z"/>\n<edge source="a"/></graph></graphml>',
            [
                "2: node 'a' is given twice",
                "3: a node without an id",
                "4: target 'z' is no node of the graph",
                "5: an edge without a target",
            ],
        ),
        (
            "g.gml",
            "graph [\nnode [ id 1 ]\nnode [ id 1 ]\nedge [ source 1 ]\n"
            "edge [ source 3 target 1 ] ]",
            [
                "3: node '1' is given twice",
                "4: an edge without a target",
                "5: source '3' is no node of the graph",
            ],
        ),
        (
            "g.gml",
            'graph [\nnode [ id 1 label "A ] ]',
            ["2: a text in quotes is opened here and never closed"],
        ),
        ("g.gml", "hello", ["1: no graph in it: it has no part like graph [ … ]"]),
        ("g.net", "*Arcs\n1 2\n", ["1: no network in it: it has no line *Vertices"]),
        (
            "g.json",
            '{"nodes": [1,\n{"id": "a"}], "links": []}',
            ["1: '1' is not a row object like {\"id\": …}"],
        ),
    ],
)
def test_malformed_graphs(tmp_path: Path, name: str, text: str, expected: list[str]) -> None:
    told = problems(tmp_path, name, text, GraphChoices(market="customer"))
    assert told == [f"{name}:{each}" for each in expected]


def test_links_that_count_nodes(tmp_path: Path) -> None:
    nodes = '"nodes": [{"name": "Myriel"}, {"name": "Napoleon"}]'
    text = f'{{{nodes}, "links": [{{"source": 1, "target": 0}}]}}'
    dataset = read_files(
        write_files(tmp_path, {"g.json": text}), choices=GraphChoices(market="customer")
    ).dataset
    (tie,) = dataset.relationships.to_dict("records")
    assert (tie["source"], tie["target"]) == ("Napoleon", "Myriel")
