"""Attributes of graphs that are called like a column of ours, in each format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.errors import InvalidInput
from relgraph.readwrite.checking.known import Stored
from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import Reading, read_files
from tests.readwrite.reading import write_files

NODES = [
    {"id": "a", "label": "Ann", "kind": "protein", "power": 7, "owner": "lab"},
    {"id": "b", "label": "Bob", "kind": "person", "power": 0.5, "owner": ""},
]
GRAPHML = """<graphml><key id="d0" for="node" attr.name="kind" attr.type="string"/>
<key id="d1" for="node" attr.name="power" attr.type="double"/>
<key id="d2" for="node" attr.name="owner" attr.type="string"/>
<key id="d3" for="node" attr.name="label" attr.type="string"/>
<graph edgedefault="directed">
<node id="a"><data key="d3">Ann</data><data key="d0">protein</data><data key="d1">7</data>
<data key="d2">lab</data></node>
<node id="b"><data key="d3">Bob</data><data key="d0">person</data><data key="d1">0.5</data></node>
<edge source="a" target="b"/></graph></graphml>"""
GEXF = """<gexf><graph><attributes class="node"><attribute id="0" title="kind" type="string"/>
<attribute id="1" title="power" type="double"/><attribute id="2" title="owner" type="string"/>
</attributes><nodes>
<node id="a" label="Ann"><attvalues><attvalue for="0" value="protein"/>
<attvalue for="1" value="7"/><attvalue for="2" value="lab"/></attvalues></node>
<node id="b" label="Bob"><attvalues><attvalue for="0" value="person"/>
<attvalue for="1" value="0.5"/></attvalues></node>
</nodes><edges><edge source="a" target="b"/></edges></graph></gexf>"""
GML = """graph [ directed 1
node [ id a label "Ann" kind "protein" power 7 owner "lab" ]
node [ id b label "Bob" kind "person" power 0.5 ]
edge [ source a target b ] ]"""
KUMU = {
    "elements": [
        {"_id": node["id"], "attributes": {k: v for k, v in node.items() if k != "id"}}
        for node in NODES
    ],
    "connections": [{"from": "a", "to": "b", "direction": "directed"}],
}
GEPHI = "Id,Label,kind,power,owner\na,Ann,protein,7,lab\nb,Bob,person,0.5,\n"
VNA = """*Node data
ID label kind power owner
a Ann protein 7 lab
b Bob person 0.5 lab
*Tie data
from to
a b
"""
FILES = {
    "g.graphml": GRAPHML,
    "g.gexf": GEXF,
    "g.gml": GML,
    "links.json": json.dumps({"nodes": NODES, "links": [{"source": "a", "target": "b"}]}),
    "kumu.json": json.dumps(KUMU),
    "nodes.csv": GEPHI,
    "g.vna": VNA,
}


def read(folder: Path, files: dict[str, str], stored: Stored | None = None) -> Reading:
    return read_files(
        write_files(folder, files), choices=GraphChoices(market="customer"), stored=stored
    )


@pytest.mark.parametrize("name", FILES)
def test_values_that_do_not_fit_our_columns_are_kept(tmp_path: Path, name: str) -> None:
    dataset = read(tmp_path, {name: FILES[name]}).dataset
    people = dataset.stakeholders.set_index("name")
    assert people["kind_as_read"].to_dict() == {"Ann": "protein", "Bob": "person"}
    assert people["power_as_read"].to_dict() == {"Ann": 7, "Bob": 0.5}
    assert people.loc["Ann", "owner_as_read"] == "lab"
    assert not {"kind", "power", "owner"} & set(people.columns)
    notes = [str(note) for note in dataset.notes if "_as_read" in str(note)]
    assert len(notes) == 3
    assert "power is kept as power_as_read: 1 value can't stand in our column power" in notes[1]


def test_values_that_fit_are_our_columns(tmp_path: Path) -> None:
    dataset = read(tmp_path, {"g.gml": GML.replace("protein", "group").replace("7", "1")}).dataset
    people = dataset.stakeholders.set_index("id")
    assert people.loc["a", "power"] == 1
    assert people.loc["a", "owner_as_read"] == "lab"


def test_pajeks_vectors(tmp_path: Path) -> None:
    text = '*Vertices 2\n1 "A"\n2 "B"\n*Edges\n1 2\n*Vector power\n*Vertices 2\n3\n4\n'
    people = read(tmp_path, {"g.paj": text}).dataset.stakeholders
    assert people["power_as_read"].tolist() == [3, 4]


def test_attributes_of_edges(tmp_path: Path) -> None:
    text = GML.replace("target b", 'target b strength 5 since "long ago" level 2')
    ties = read(tmp_path, {"g.gml": text}).dataset.relationships
    assert ties["strength_as_read"].tolist() == [5]
    assert ties["since_as_read"].tolist() == ["long ago"]
    assert ties["level"].tolist() == [2]


def test_an_attribute_market_without_markets(tmp_path: Path) -> None:
    text = GML.replace("kind", "market")
    dataset = read(tmp_path, {"g.gml": text}).dataset
    assert dataset.stakeholders["market"].tolist() == ["customer", "customer"]
    assert dataset.stakeholders["market_as_read"].tolist() == ["protein", "person"]


def test_names_that_are_reserved_or_taken(tmp_path: Path) -> None:
    text = GML.replace("kind", "_label").replace("owner", "Power")
    stored = Stored(reserved_columns=frozenset({"_id", "_label"}))
    dataset = read(tmp_path, {"g.gml": text}, stored).dataset
    assert dataset.stakeholders["label_as_read"].tolist() == ["protein", "person"]
    assert {"Power_as_read", "power_as_read"} & set(dataset.stakeholders.columns)
    assert "attribute '_label' is kept as label_as_read" in " ".join(map(str, dataset.notes))


def test_tables_of_our_own_stay_strict(tmp_path: Path) -> None:
    text = "id,name,power\na,Ann,7\n"
    with pytest.raises(InvalidInput, match=r"stakeholders.csv:2: power '7' is not from 0 to 1"):
        read(tmp_path, {"stakeholders.csv": text})
