"""CSV for other programs: their headers, and values that each of them reads as they are."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from relgraph import export_store, open_store
from relgraph.dataset import Dataset
from relgraph.readwrite.formats.written import in_written_order
from relgraph.readwrite.writing import Purpose, write_dataset
from tests.api.refusing import refused
from tests.conftest import Relgraph

PEOPLE = pd.DataFrame(
    {
        "id": ["f", "a", "b"],
        "name": ["Firm", "Ann", "ann"],
        "market": ["firm", "customer", "customer"],
        "label": ["x", 'say "hi"', "=1+1"],
        "revenue": [None, 2.5, 1e6],
        "since": pd.Series([None, "2024-05-31", None]).astype("datetime64[s]"),
        "vip": pd.Series([None, True, False], dtype="boolean"),
        "a:b": pd.Series([1, None, 3], dtype="Int64"),
    }
)
TIES = pd.DataFrame(
    {
        "source": ["a", "a"],
        "target": ["b", "f"],
        "type": ["KNOWS", "BUYS_FROM"],
        "strength": [0.5, None],
        "weight": [7.0, None],
    }
)
CONTACTS = pd.DataFrame(
    {
        "source": ["a", "b"],
        "target": ["f", "f"],
        "at": pd.Series(["2024-01-02T03:04:00", "2024-01-02T03:05:00"]).astype(
            "datetime64[us, UTC]"
        ),
        "channel": ["call", "visit"],
        "occurrence": pd.Series([0, 0], dtype="Int64"),
    }
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    people = PEOPLE.astype({"id": "str", "name": "str", "market": "str", "label": "str"})
    ties = TIES.astype({"source": "str", "target": "str", "type": "str"})
    contacts = CONTACTS.astype({"source": "str", "target": "str", "channel": "str"})
    return in_written_order(Dataset(people, ties, contacts))


def written(dataset: Dataset, folder: Path, purpose: Purpose) -> dict[str, list[list[str]]]:
    write_dataset(dataset, f"{folder}/", made_for=purpose)
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.name] = list(csv.reader(file))
    return tables


def test_gephi(dataset: Dataset, tmp_path: Path) -> None:
    tables = written(dataset, tmp_path, "gephi")
    assert list(tables) == ["edges.csv", "nodes.csv"]
    header, ann, bob, firm = tables["nodes.csv"]
    assert header[:2] == ["Id", "Label"]
    assert "label_2" in header  # a property of that name isn't the label
    assert [row[:2] for row in (ann, bob, firm)] == [["a", "Ann"], ["b", "ann"], ["f", "Firm"]]
    header, *edges = tables["edges.csv"]
    assert header[:5] == ["Source", "Target", "Type", "Label", "Weight"]
    assert sorted(row[:5] for row in edges) == [
        ["a", "b", "Undirected", "KNOWS", "0.5"],
        ["a", "f", "Directed", "BUYS_FROM", ""],
        ["a", "f", "Directed", "CONTACTED", ""],
        ["b", "f", "Directed", "CONTACTED", ""],
    ]
    assert dict(zip(header, edges[-1], strict=True))["at"] == "2024-01-02T03:05:00Z"
    assert len({name.casefold() for name in header}) == len(header)


def test_kumu(dataset: Dataset, tmp_path: Path) -> None:
    tables = written(dataset, tmp_path, "kumu")
    header, *elements = tables["elements.csv"]
    assert header[:2] == ["Label", "Type"]
    # Kumu takes Ann and ann for the same.
    assert [row[:2] for row in elements] == [
        ["Ann (a)", "customer"],
        ["ann (b)", "customer"],
        ["Firm", "firm"],
    ]
    header, *connections = tables["connections.csv"]
    assert header == ["From", "To", "Type", "Direction", "strength", "weight"]
    assert [row[:4] for row in connections] == [
        ["Ann (a)", "ann (b)", "KNOWS", "undirected"],
        ["Ann (a)", "Firm", "BUYS_FROM", "directed"],
    ]
    assert "id" not in {name.casefold() for name in tables["elements.csv"][0]}
    assert "id_2" in tables["elements.csv"][0]


def test_neo4j(dataset: Dataset, tmp_path: Path) -> None:
    tables = written(dataset, tmp_path, "neo4j")
    header, *nodes = tables["nodes.csv"]
    assert header == [
        "id:ID", "name:string", "market:string", "revenue:double", "a_b:long", "label:string",
        "since:date", "vip:boolean", ":LABEL",
    ]  # fmt: skip
    assert nodes[0] == [
        "a", "Ann", "customer", "2.5", "", 'say "hi"', "2024-05-31", "true", "Stakeholder",
    ]  # fmt: skip
    assert tables["relationships.csv"][0] == [
        ":START_ID", "strength:double", "weight:double", ":END_ID", ":TYPE",
    ]  # fmt: skip
    assert tables["relationships.csv"][1] == ["a", "0.5", "7.0", "b", "KNOWS"]
    assert tables["interactions.csv"][:2] == [
        [":START_ID", "at:datetime", "channel:string", ":END_ID", ":TYPE"],
        ["a", "2024-01-02T03:04:00Z", "call", "f", "CONTACTED"],
    ]


@pytest.mark.parametrize("purpose", ["gephi", "kumu", "neo4j"])
def test_nothing_in_them_is_a_formula(dataset: Dataset, tmp_path: Path, purpose: Purpose) -> None:
    write_dataset(dataset, f"{tmp_path}/", made_for=purpose, defuse=True)
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.csv")]
    assert any("'=1+1" in text for text in texts)
    assert not any(",=1+1" in text for text in texts)


def test_an_empty_dataset_is_headers(tmp_path: Path) -> None:
    empty = in_written_order(Dataset())
    for purpose in ("gephi", "kumu", "neo4j"):
        folder = tmp_path / purpose
        tables = written(empty, folder, purpose)
        assert all(len(rows) == 1 for rows in tables.values()), tables


def test_the_command_writes_and_tells_what_is_left_out(
    relgraph: Relgraph, dataset: Dataset, tmp_path: Path
) -> None:
    write_dataset(dataset, f"{tmp_path}/data/")
    assert relgraph("import", "data").exit_code == 0
    done = relgraph("export", "-o", "out/", "--for", "kumu")
    assert done.exit_code == 0, done.stderr
    assert "2 contacts are left out" in done.stderr
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "connections.csv",
        "elements.csv",
    ]
    refusal = relgraph("export", "-o", "out.json", "--for", "gephi")
    assert refusal.exit_code == 2
    assert "--for: out.json: files for another program need a folder; end it with /" in (
        refusal.stderr
    )


def test_purposes_are_checked(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.lbug", write=True) as store, refused("made_for", "'gehpi' is"):
        export_store(store, tmp_path / "x", made_for="gehpi")
