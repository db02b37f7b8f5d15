"""GraphML and GEXF, read again by networkx."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from relgraph.dataset import Dataset
from relgraph.errors import OutputError
from relgraph.readwrite.formats.written import column_texts, column_values, in_written_order
from relgraph.readwrite.reading import read_files
from relgraph.readwrite.writing import write_dataset
from relgraph.resources import resource_dir
from tests.readwrite.written_datasets import (
    HOSTILE,
    column,
    every_type,
    naughty_strings,
    stakeholders_named,
)

Read = Callable[[Path], nx.Graph]
FORMATS = pytest.mark.parametrize(
    ("ending", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)]
)


def written(dataset: Dataset, tmp_path: Path, ending: str, read: Read) -> nx.Graph:
    path = tmp_path / f"network{ending}"
    write_dataset(dataset, str(path))
    return read(path)


def of_reader(data: dict[str, object]) -> dict[str, object]:
    """Leave out what networkx adds to every node or edge of GEXF."""
    return {name: value for name, value in data.items() if name not in ("label", "id")}


@FORMATS
def test_nodes_ties_and_attributes(tmp_path: Path, ending: str, read: Read) -> None:
    graph = written(every_type(), tmp_path, ending, read)
    assert isinstance(graph, nx.MultiDiGraph)
    assert {node: of_reader(data) for node, data in graph.nodes(data=True)} == {
        "a": {"name": "Ann", "market": "customer", "margin": -40.0, "paid": False, "visits": -3},
        "b": {
            "name": "Ben, “B”",
            "market": "customer",
            "margin": 0.1 + 0.2,
            "left_on": "2024-02-29",
            "seen": "2024-01-02T03:04:05.678000Z",
            "visits": 2**53 + 1,
        },
        "firm": {"name": "Firm", "market": "firm", "paid": True, "seen": "2024-01-02T03:04:05Z"},
    }
    mail = {"type": "CONTACTED", "at": "2024-05-06T07:08:09.000001Z", "channel": "email"}
    assert [(s, t, of_reader(data)) for s, t, data in graph.edges(data=True)] == [
        ("a", "b", {"type": "KNOWS", "strength": 0.25, "level": 1}),
        ("a", "b", {"type": "REFERS", "strength": 1.0}),
        ("a", "b", {"type": "CONTACTED", "at": "2024-05-06T00:00:00Z"}),
        ("a", "b", mail | {"value": 1.0}),
        ("a", "b", mail | {"value": 2.0}),
        ("b", "firm", {"type": "BUYS_FROM", "level": 5, "value": "much"}),
    ]


@FORMATS
def test_sample_data(tmp_path: Path, ending: str, read: Read) -> None:
    dataset = in_written_order(read_files([resource_dir("sample_data") / "six_markets"]).dataset)
    graph = written(dataset, tmp_path, ending, read)
    nodes = {key: of_reader(data) for key, data in graph.nodes(data=True)}
    assert nodes == {row.pop("id"): row for row in rows_of(dataset.stakeholders)}
    contacts = rows_of(dataset.interactions.assign(type=column("text", ["CONTACTED"] * 2760)))
    edges = [
        {"source": source, "target": target} | of_reader(data)
        for source, target, data in graph.edges(data=True)
    ]
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
def test_no_ties(tmp_path: Path, ending: str, read: Read) -> None:
    graph = written(stakeholders_named(["Ann"]), tmp_path, ending, read)
    assert (graph.is_directed(), list(graph), graph.size()) == (True, ["s0000"], 0)


@FORMATS
@pytest.mark.parametrize("names", [HOSTILE, naughty_strings()], ids=["hostile", "naughty"])
def test_text_survives(tmp_path: Path, ending: str, read: Read, names: list[str]) -> None:
    held = [name for name in names if name != "\ufffe"]
    held = [name for name in held if not any(ord(c) < 32 and c not in "\t\r\n" for c in name)]
    dataset = stakeholders_named(held)
    dataset.stakeholders["id"] = dataset.stakeholders["name"]
    graph = written(dataset, tmp_path, ending, read)
    assert {node: data["name"] for node, data in graph.nodes(data=True)} == dict(
        zip(held, held, strict=True)
    )


@FORMATS
@pytest.mark.parametrize("text", ["bell\x07", "\ufffe"])
def test_a_forbidden_character_names_the_stakeholder(
    tmp_path: Path, ending: str, read: Read, text: str
) -> None:
    dataset = every_type()
    dataset.stakeholders.loc[1, "name"] = text
    with pytest.raises(OutputError, match=r"stakeholder 'b': name has the character U\+"):
        written(dataset, tmp_path, ending, read)
    dataset = every_type()
    dataset.interactions.loc[0, "channel"] = text
    with pytest.raises(OutputError, match="the tie of stakeholders 'a' and 'b': channel has"):
        written(dataset, tmp_path, ending, read)
    dataset = every_type()
    dataset.relationships[text] = column("integer", [1, 2, 3])
    with pytest.raises(OutputError, match=r"relationships: column '.*' has the character U\+"):
        written(dataset, tmp_path, ending, read)
    assert list(tmp_path.iterdir()) == []


@FORMATS
def test_awkward_names_of_columns(tmp_path: Path, ending: str, read: Read) -> None:
    names = ["weight", "start", "label", 'a<b>&"c"', "名"]
    dataset = every_type()
    for name in names:
        dataset.relationships[name] = column("integer", [7, 7, 7])
        dataset.stakeholders[name] = column("text", ["7", "7", "7"])
    graph = written(dataset, tmp_path, ending, read)
    assert [graph.nodes["a"][name] for name in names] == ["7"] * 5
    for _, _, data in graph.edges(data=True):
        if data["type"] != "CONTACTED":
            assert [data[name] for name in names] == [7] * 5


def test_an_attribute_called_key_is_not_the_key_of_an_edge(tmp_path: Path) -> None:
    dataset = every_type()
    dataset.relationships["key"] = column("integer", [7, 7, 7])
    graph = written(dataset, tmp_path, ".graphml", nx.read_graphml)
    assert sorted(data.get("key", 0) for _, _, data in graph.edges(data=True)) == [0] * 3 + [7] * 3
