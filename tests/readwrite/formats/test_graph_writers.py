"""GraphML and GEXF, read again by networkx, as Gephi and igraph read them, and by relgraph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput, OutputError
from relgraph.readwrite.checking.scaling import StrengthSource
from relgraph.readwrite.formats.written import column_texts, column_values, in_written_order
from relgraph.readwrite.graph_choices import GraphChoices
from relgraph.readwrite.reading import read_files
from relgraph.readwrite.writing import write_dataset
from relgraph.resources import resource_dir
from tests.readwrite.formats.gephi import GephiGraph, read_gephi
from tests.readwrite.written_datasets import (
    HOSTILE,
    column,
    every_type,
    naughty_strings,
    stakeholders_named,
)

FORMATS = pytest.mark.parametrize("ending", [".graphml", ".gexf"])
READ_AGAIN = pytest.mark.parametrize("ending", [".graphml", ".gexf", ".gml"])
ADDED = ("weight", "distance", "mirrored")


def written(dataset: Dataset, tmp_path: Path, ending: str) -> GephiGraph:
    path = tmp_path / f"network{ending}"
    write_dataset(dataset, str(path))
    return read_gephi(path)


def stored(graph: GephiGraph) -> list[tuple[str, str, dict[str, object]]]:
    """Return the edges without what is there for other programs."""
    return [
        (e.source, e.target, {name: v for name, v in e.values.items() if name not in ADDED})
        for e in graph.edges
        if "mirrored" not in e.values
    ]


@FORMATS
def test_nodes_ties_and_attributes(tmp_path: Path, ending: str) -> None:
    graph = written(every_type(), tmp_path, ending)
    assert graph.nodes == {
        "a": {"name": "Ann", "market": "customer", "margin": -40.0, "paid": False, "visits": -3},
        "b": {
            "name": "Ben, “B”",
            "market": "customer",
            "margin": 0.1 + 0.2,
            "left_on": "2028-02-29",
            "seen": "2024-01-02T03:04:05.678000Z",
            "visits": 2**53 + 1,
        },
        "firm": {"name": "Firm", "market": "firm", "paid": True, "seen": "2024-01-02T03:04:05Z"},
    }
    mail = {"type": "CONTACTED", "at": "2024-05-06T07:08:09.000001Z", "channel": "email"}
    assert stored(graph) == [
        ("a", "b", {"type": "KNOWS", "strength": 0.25, "level": 1}),
        ("a", "b", {"type": "REFERS", "strength": 1.0}),
        ("b", "firm", {"type": "BUYS_FROM", "level": 5, "value": "much"}),
        ("a", "b", {"type": "CONTACTED", "at": "2024-05-06T00:00:00Z"}),
        ("a", "b", mail | {"value": 1.0}),
        ("a", "b", mail | {"value": 2.0}),
    ]


def ties(*rows: tuple[str, str, str, float | None]) -> Dataset:
    frame = pd.DataFrame(rows, columns=["source", "target", "type", "strength"])
    frame = frame.astype({"source": "str", "target": "str", "type": "str", "strength": "float64"})
    people = stakeholders_named(["Ann", "Ben", "Cleo"])
    people.stakeholders["id"] = column("text", ["a", "b", "c"])
    return Dataset(people.stakeholders, frame, people.interactions)


MIXED = ties(("a", "b", "KNOWS", 0.9), ("b", "c", "REFERS", 0.5), ("a", "c", "SUPPLIES", None))
BOTH_WAYS = ties(("a", "b", "KNOWS", 0.9), ("b", "c", "PARTNERS_WITH", 0.25))


def test_gexf_has_an_undirected_edge_for_a_tie_both_ways(tmp_path: Path) -> None:
    graph = written(MIXED, tmp_path, ".gexf")
    assert [(e.source, e.target, e.directed, e.weight, e.kind) for e in graph.edges] == [
        ("a", "b", False, 0.9, "KNOWS"),
        ("a", "c", True, 1, "SUPPLIES"),  # without a strength it has no weight
        ("b", "c", True, 0.5, "REFERS"),
    ]
    assert [e.values.get("distance") for e in graph.edges] == [1 / 0.9, None, 2]


def test_graphml_has_two_arcs_for_a_tie_both_ways_among_others(tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    write_dataset(MIXED, str(path))
    assert [(e.source, e.target, e.directed, e.weight) for e in read_gephi(path).edges] == [
        ("a", "b", True, 0.9),
        ("b", "a", True, 0.9),
        ("a", "c", True, 1),
        ("b", "c", True, 0.5),
    ]
    graph = nx.read_graphml(path)
    assert sorted((*ends, data.get("weight")) for *ends, data in graph.edges(data=True)) == [
        ("a", "b", 0.9),
        ("a", "c", None),
        ("b", "a", 0.9),
        ("b", "c", 0.5),
    ]
    assert nx.shortest_path_length(graph, "b", "a", weight="distance") == 1 / 0.9
    # igraph reads the direction of all edges from edgedefault and never from an edge.
    assert 'edgedefault="directed"' in path.read_text()
    assert "directed=" not in path.read_text().replace("edgedefault=", "")


@FORMATS
def test_ties_that_all_run_both_ways_are_an_undirected_graph(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"network{ending}"
    write_dataset(BOTH_WAYS, str(path))
    assert [(e.directed, e.weight) for e in read_gephi(path).edges] == [(False, 0.9), (False, 0.25)]
    graph = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    assert not graph.is_directed()
    assert nx.shortest_path_length(graph, "c", "a", weight="distance") == 1 / 0.25 + 1 / 0.9
    assert graph.degree("b", weight="weight") == 0.9 + 0.25


@READ_AGAIN
@pytest.mark.parametrize(
    "sample", ["every type", "mixed", "both ways", "six_markets", "northwind", "worked_example"]
)
def test_reading_it_again_keeps_all(tmp_path: Path, ending: str, sample: str) -> None:
    made = {"every type": every_type(), "mixed": MIXED, "both ways": BOTH_WAYS}
    folder = resource_dir("sample_data") / sample
    dataset = made[sample] if sample in made else read_files([folder]).dataset
    first = tmp_path / f"first{ending}"
    write_dataset(dataset, str(first))
    again = read_files([first])
    assert again.dataset.notes == ()
    write_dataset(again.dataset, str(tmp_path / f"second{ending}"))
    assert (tmp_path / f"second{ending}").read_bytes() == first.read_bytes()
    for name, each in (("a", dataset), ("b", again.dataset)):
        write_dataset(each, str(tmp_path / f"{name}.json"))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


@READ_AGAIN
def test_own_columns_of_these_names_stay(tmp_path: Path, ending: str) -> None:
    dataset = ties(("a", "b", "KNOWS", 0.9), ("b", "c", "REFERS", 0.5))
    for name in ADDED:
        dataset.relationships[name] = column("integer", [7, 8])
    path = tmp_path / f"network{ending}"
    write_dataset(dataset, str(path))
    found = read_files([path]).dataset.relationships
    assert [found[name].tolist() for name in ADDED] == [[7, 8]] * 3
    assert len(found) == 2


GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="market" attr.type="string"/>
<key id="label" for="node" attr.name="name" attr.type="string"/>
<key id="d1" for="edge" attr.name="type" attr.type="string"/>
<key id="d2" for="edge" attr.name="strength" attr.type="double"/>
<graph edgedefault="{default}">
<node id="a"><data key="d0">customer</data><data key="label">Ann</data></node>
<node id="b"><data key="d0">supplier</data><data key="label">Ben</data></node>
<edge source="a" target="b"><data key="d1">{type}</data><data key="d2">0.5</data></edge>
</graph></graphml>"""


def test_a_file_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.graphml"
    path.write_text(GRAPHML.format(default="undirected", type="knows"))
    found = read_files([path]).dataset
    assert found.stakeholders["market"].tolist() == ["customer", "supplier"]
    assert found.stakeholders["name"].tolist() == ["Ann", "Ben"]
    (tie,) = found.relationships.to_dict("records")
    assert (tie["source"], tie["type"], tie["strength"]) == ("a", "KNOWS", 0.5)
    path.write_text(GRAPHML.format(default="undirected", type="REFERS"))
    with pytest.raises(InvalidInput, match=r"graphml:9: an undirected edge has the type REFERS"):
        read_files([path])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<graphml><graph>", r"graph:1: no graph can be read: no element found"),
        ("", "graph:1: no graph can be read: no element found"),
        ('<!DOCTYPE g [<!ENTITY a "b">]><g>&a;</g>', "no graph can be read: it declares an entity"),
    ],
)
def test_what_is_no_graph(tmp_path: Path, text: str, said: str) -> None:
    for ending in (".graphml", ".gexf"):
        path = tmp_path / f"bad{ending}"
        path.write_text(text)
        with pytest.raises(InvalidInput, match=said.replace("graph:", f"{ending}:", 1)):
            read_files([path])


@FORMATS
def test_sample_data(tmp_path: Path, ending: str) -> None:
    dataset = in_written_order(read_files([resource_dir("sample_data") / "six_markets"]).dataset)
    graph = written(dataset, tmp_path, ending)
    assert graph.nodes == {row.pop("id"): row for row in rows_of(dataset.stakeholders)}
    contacts = rows_of(dataset.interactions.assign(type=column("text", ["CONTACTED"] * 2760)))
    edges = [{"source": source, "target": target} | data for source, target, data in stored(graph)]
    assert sorted(map(sorted_items, edges)) == sorted(
        map(sorted_items, rows_of(dataset.relationships) + contacts)
    )


def rows_of(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a frame as networkx would hold them: what is missing is left out."""
    columns = {
        str(name): column_texts(frame[name])
        if str(frame[name].dtype).startswith("datetime")
        else column_values(frame[name])
        for name in frame.columns
    }
    rows = zip(*columns.values(), strict=True)
    return [{k: v for k, v in zip(columns, row, strict=True) if v is not None} for row in rows]


def sorted_items(row: dict[str, object]) -> str:
    return repr(sorted(row.items()))


@FORMATS
def test_no_ties(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"network{ending}"
    write_dataset(stakeholders_named(["Ann"]), str(path))
    graph = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    assert (graph.is_directed(), list(graph), graph.size()) == (True, ["s0000"], 0)


@FORMATS
@pytest.mark.parametrize("names", [HOSTILE, naughty_strings()], ids=["hostile", "naughty"])
def test_text_survives(tmp_path: Path, ending: str, names: list[str]) -> None:
    held = [name for name in names if name != "\ufffe"]
    held = [name for name in held if not any(ord(c) < 32 and c not in "\t\r\n" for c in name)]
    dataset = stakeholders_named(held)
    dataset.stakeholders["id"] = dataset.stakeholders["name"]
    graph = written(dataset, tmp_path, ending)
    assert {node: data["name"] for node, data in graph.nodes.items()} == dict(
        zip(held, held, strict=True)
    )


@FORMATS
@pytest.mark.parametrize("text", ["bell\x07", "\ufffe"])
def test_a_forbidden_character_names_the_stakeholder(
    tmp_path: Path, ending: str, text: str
) -> None:
    dataset = every_type()
    dataset.stakeholders.loc[1, "name"] = text
    with pytest.raises(OutputError, match=r"stakeholder 'b': name has the character U\+"):
        written(dataset, tmp_path, ending)
    dataset = every_type()
    dataset.interactions.loc[0, "channel"] = text
    with pytest.raises(OutputError, match="the tie of stakeholders 'a' and 'b': channel has"):
        written(dataset, tmp_path, ending)
    dataset = every_type()
    dataset.relationships[text] = column("integer", [1, 2, 3])
    with pytest.raises(OutputError, match=r"relationships: column '.*' has the character U\+"):
        written(dataset, tmp_path, ending)
    assert list(tmp_path.iterdir()) == []


@FORMATS
def test_awkward_names_of_columns(tmp_path: Path, ending: str) -> None:
    names = ["weight", "start", "label", 'a<b>&"c"', "名"]
    dataset = every_type()
    for name in names:
        dataset.relationships[name] = column("integer", [7, 7, 7])
        dataset.stakeholders[name] = column("text", ["7", "7", "7"])
    graph = written(dataset, tmp_path, ending)
    assert [graph.nodes["a"][name] for name in names] == ["7"] * 5
    for data in (edge.values for edge in graph.edges):
        if data["type"] != "CONTACTED":
            assert [data[name] for name in names] == [7] * 5


def test_an_attribute_called_key_is_not_the_key_of_an_edge(tmp_path: Path) -> None:
    dataset = every_type()
    dataset.relationships["key"] = column("integer", [7, 7, 7])
    written(dataset, tmp_path, ".graphml")
    graph = nx.read_graphml(tmp_path / "network.graphml")
    found = sorted(data.get("key", 0) for _, _, data in graph.edges(data=True))
    assert found == [0] * 3 + [7] * 4  # one of them runs both ways


def test_gml_in_networkx(tmp_path: Path) -> None:
    path = tmp_path / "network.gml"
    write_dataset(MIXED, str(path))
    graph = nx.read_gml(path)
    assert dict(graph.nodes(data="name")) == {"a": "Ann", "b": "Ben", "c": "Cleo"}
    assert sorted(
        (*ends, data["type"], data.get("weight")) for *ends, data in graph.edges(data=True)
    ) == [
        ("a", "b", "KNOWS", 0.9),
        ("a", "c", "SUPPLIES", None),
        ("b", "a", "KNOWS", 0.9),
        ("b", "c", "REFERS", 0.5),
    ]
    assert nx.shortest_path_length(graph, "b", "a", weight="distance") == 1 / 0.9
    write_dataset(BOTH_WAYS, str(path))
    assert not nx.read_gml(path).is_directed()


@pytest.mark.parametrize("names", [HOSTILE, naughty_strings()], ids=["hostile", "naughty"])
def test_gml_keeps_text(tmp_path: Path, names: list[str]) -> None:
    held = [name.strip() for name in names if name.strip()]
    dataset = stakeholders_named(held)
    dataset.stakeholders["a b"] = dataset.stakeholders["name"]
    path = tmp_path / "network.gml"
    write_dataset(dataset, str(path))
    found = read_files([path]).dataset.stakeholders
    assert found["name"].tolist() == found["a b"].tolist() == held


def test_pajek(tmp_path: Path) -> None:
    path = tmp_path / "network.net"
    write_dataset(MIXED, str(path))
    assert path.read_text() == (
        '*Vertices 3\n1 "Ann"\n2 "Ben"\n3 "Cleo"\n*Edges :1 "KNOWS"\n1 2 0.9\n'
        '*Arcs :2 "REFERS"\n2 3 0.5\n*Arcs :3 "SUPPLIES"\n1 3\n'
    )
    choices = GraphChoices(market="customer")
    strengths = StrengthSource("weight", 0, 1)
    again = read_files([path], choices=choices, strengths=strengths).dataset
    names = dict(zip(again.stakeholders["id"], again.stakeholders["name"], strict=True))
    rows = again.relationships[["source", "target", "type", "strength"]].values.tolist()
    assert sorted((names[a], names[b], kind, s) for a, b, kind, s in rows if s == s) == [
        ("Ann", "Ben", "KNOWS", 0.9),
        ("Ben", "Cleo", "REFERS", 0.5),
    ]
    assert sorted((a, b, kind) for a, b, kind, s in rows if s != s) == [("1", "3", "SUPPLIES")]
