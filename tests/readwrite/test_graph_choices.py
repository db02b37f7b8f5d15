"""Where a graph tells markets and types, and what becomes of words that can't name a type."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.errors import InvalidInput, UsageError
from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import Reading, read_files
from tests.readwrite.reading import write_files

GRAPHML = """<graphml><key id="k" for="node" attr.name="kin" attr.type="string"/>
<key id="l" for="node" attr.name="label" attr.type="string"/>
<key id="r" for="edge" attr.name="relation" attr.type="string"><default>friend</default></key>
<graph edgedefault="undirected"><node id="1"><data key="k">Person</data></node>
<node id="2"><data key="k">supplier</data><data key="l">Two</data></node>
<edge source="1" target="2"><data key="r">R&amp;D</data></edge>
<edge source="1" target="1"/></graph></graphml>"""


def read(folder: Path, files: dict[str, str | bytes], choices: GraphChoices) -> Reading:
    return read_files(write_files(folder, files), choices=choices)


def test_markets_and_types_from_attributes(tmp_path: Path) -> None:
    choices = GraphChoices(None, "kin", {"person": "influencer"}, "relation")
    dataset = read(tmp_path, {"g.graphml": GRAPHML.replace('target="1"', 'target="2"')}, choices)
    people, ties = dataset.dataset.stakeholders, dataset.dataset.relationships
    assert people[["id", "name", "market", "kin"]].to_numpy().tolist() == [
        *(["1", "1", "influencer", "Person"], ["2", "Two", "supplier", "supplier"]),
    ]
    found = ties[["source", "target", "type"]].to_numpy().tolist()
    assert sorted(found) == [  # undirected edges of types that run one way run both
        *(["1", "2", "FRIEND"], ["1", "2", "R_D"], ["2", "1", "FRIEND"], ["2", "1", "R_D"]),
    ]


def test_direction_without_a_type(tmp_path: Path) -> None:
    dataset = read(tmp_path, {"g.graphml": GRAPHML}, GraphChoices("customer")).dataset
    assert dataset.relationships["type"].tolist() == ["KNOWS", "KNOWS"]
    assert len(dataset.stakeholders) == 2


def test_words_that_name_no_type_stay(tmp_path: Path) -> None:
    text = "From,To,Type\na,b,Employee/Founder\nb,c,\nc,d,テスト\n"
    reading = read(tmp_path, {"connections.csv": text}, GraphChoices("customer"))
    ties = reading.dataset.relationships
    assert ties["type"].tolist() == ["EMPLOYEE_FOUNDER", "LINKED_TO", "LINKED_TO"]
    assert ties["relation"].tolist()[::2] == ["Employee/Founder", "テスト"]


def test_parallel_edges_are_one_tie(tmp_path: Path) -> None:
    text = "Source,Target,Type,Id\n1,2,Directed,a\n1,2,Directed,b\n2,1,Directed,c\n"
    reading = read(tmp_path, {"edges.csv": text}, GraphChoices("customer"))
    assert len(reading.dataset.relationships) == 2
    assert any("1 edge is parallel" in str(note) for note in reading.dataset.notes)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (GraphChoices(None, "kind"), "'kind' is not one of"),
        (GraphChoices("customer", type_from="kin"), "'kin' is not one of"),
        (
            GraphChoices("customer", market_map={"a": "customer"}),
            "values of an attribute are given markets",
        ),
        (GraphChoices(None, "kin", {"a": "friend"}), "'friend' is not one of"),
    ],
)
def test_choices_that_cannot_be(choices: GraphChoices, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        read(tmp_path, {"g.graphml": GRAPHML}, choices)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE g [<!ENTITY a "b">]><g/>', "it declares an entity"),
        ('<!DOCTYPE g [<!ENTITY a SYSTEM "file:///etc/passwd">]><g>&a;</g>', "declares an entity"),
        ("<g>" * 300, "elements inside elements"),
        ("<graphml><graph><node", "no graph can be read"),
    ],
)
def test_hostile_xml(text: str, reason: str, tmp_path: Path) -> None:
    for name in ("g.graphml", "g.gexf"):
        with pytest.raises(InvalidInput, match=reason):
            read(tmp_path, {name: text}, GraphChoices("customer"))
