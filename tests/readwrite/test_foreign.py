"""Other tools' tables: what their columns are taken for, and what is only said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput, UsageError
from relgraph.readwrite.checking.notation import Notation
from relgraph.readwrite.checking.scaling import StrengthSource
from relgraph.readwrite.reading import read_files
from tests.conftest import Relgraph
from tests.readwrite.reading import PEOPLE, problems, read, write_files
from tests.readwrite.test_reading import column, stored
from tests.told import told

NODES = "Id,Label,timeset,market\n1,Ann,,customer\n2,Bob,,customer\n3,Cid,,supplier\n"
EDGES = (
    "Source,Target,Type,Id,Label,timeset,Weight\n"
    "1,2,Undirected,0,,,3\n2,3,Directed,1,,,12\n1,3,Mutual,2,,,6\n"
)
KUMU = "From,To,Type,Direction,Label\nc1,c2,REFERS,mutual,x\nc2,e1,KNOWS,undirected,y\n"


def rows(dataset: Dataset, *names: str) -> list[tuple[object, ...]]:
    columns = [column(dataset.relationships, name) for name in names]
    return list(zip(*columns, strict=True))


def taken(folder: Path, text: str, source: str | None = None, scale: str | None = None) -> Dataset:
    """Return what is read of ties whose strengths are a column of another name."""
    paths = write_files(folder, {"stakeholders.csv": PEOPLE, "relationships.csv": text})
    return read_files(paths, strengths=StrengthSource.asked(source, scale)).dataset


def test_nodes_and_edges_of_gephi(tmp_path: Path) -> None:
    found = read(tmp_path, {"nodes.csv": NODES, "edges.csv": EDGES})
    assert column(found.stakeholders, "name") == ["Ann", "Bob", "Cid"]
    assert rows(found, "source", "target", "type", "Weight") == [
        ("1", "2", "KNOWS", 3),
        ("2", "3", "LINKED_TO", 12),
        ("1", "3", "KNOWS", 6),
    ]
    assert "strength" not in found.relationships
    direction, weight, new = (line.replace(f"{tmp_path}/", "") for line in told(found.notes))
    assert direction == (
        "edges.csv: column 'Type' says direction, not type: 2 ties both ways are KNOWS, 1 one way "
        "is LINKED_TO; a column 'Type' of other words is the type"
    )
    assert weight == (
        "edges.csv: column 'Weight' is kept as a property of its own, not as strength; "
        "strength_from 'Weight' takes it as strength, divided by its largest value, or with "
        "strength_scale by that of its scale"
    )
    assert new.startswith("new types of relationship: LINKED_TO (1)")


def test_what_gephi_makes_of_an_export_of_ours(tmp_path: Path) -> None:
    edges = (
        "Source,Target,Type,Id,Label,Weight,type,strength\n"
        "c1,c2,Undirected,0,,0.5,KNOWS,0.5\nc2,c1,Directed,1,,0.25,REFERS,0.25\n"
    )
    found = read(tmp_path, {"stakeholders.csv": PEOPLE, "edges.csv": edges})
    assert rows(found, "source", "target", "type", "strength") == [
        ("c1", "c2", "KNOWS", 0.5),
        ("c2", "c1", "REFERS", 0.25),
    ]
    assert found.notes == ()


def test_from_to_and_direction_of_kumu(tmp_path: Path) -> None:
    found = read(tmp_path, {"stakeholders.csv": PEOPLE, "connections.csv": KUMU})
    assert rows(found, "source", "target", "type", "Label") == [
        ("c1", "c2", "REFERS", "x"),
        ("c2", "e1", "KNOWS", "y"),
        ("c2", "c1", "REFERS", "x"),
    ]
    (note,) = told(found.notes)
    assert "column 'Direction' calls 1 tie of one-way types mutual or undirected; it is" in note


def test_headers_of_other_tools_below_a_title(tmp_path: Path) -> None:
    text = "Who knows whom\nFrom,To,Type\nc1,c2,KNOWS\n"
    found = read(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": text})
    assert rows(found, "source", "target", "type") == [("c1", "c2", "KNOWS")]


def test_contacts_from_and_to(tmp_path: Path) -> None:
    text = "From,To,at\nc1,c2,2026-01-01\n"
    found = read(tmp_path, {"stakeholders.csv": PEOPLE, "mails.csv": text})
    assert column(found.interactions, "source") == ["c1"]


def test_columns_of_ours_come_first(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "stakeholders.csv": "id,name,label,market\na,Ann,L,customer\n",
        "relationships.csv": "source,target,type,from,to,direction\na,a,KNOWS,x,y,north\n",
    }
    found = read(tmp_path, files)
    assert column(found.stakeholders, "label") == ["L"]
    assert rows(found, "from", "to", "direction") == [("x", "y", "north")]


def test_a_stored_property_keeps_its_meaning(tmp_path: Path) -> None:
    store = stored([("a", "customer", None)], types={"stakeholders": {"label": "text"}})
    found = read(tmp_path, {"stakeholders.csv": "id,label\na,L\n"}, store)
    assert column(found.stakeholders, "label") == ["L"]
    assert "name" not in found.stakeholders


@pytest.mark.parametrize(
    "header",
    ["weight", "Weight", "value", "tie_strength", "tie strength", "strength (1-5)", "权重"],
)
def test_a_foreign_weight_is_named(tmp_path: Path, header: str) -> None:
    text = f"source,target,type,{header}\nc1,c2,KNOWS,4\nc2,e1,KNOWS,2\n"
    files = {"stakeholders.csv": PEOPLE, "relationships.csv": text}
    (note,) = told(read(tmp_path, files).notes)
    assert f"column {header!r} is kept as a property of its own, not as strength" in note
    found = taken(tmp_path, text, header)
    assert rows(found, "strength", header) == [(1.0, 4), (0.5, 2)]
    assert told(found.notes) == (f"strength is {header!r} divided by 4",)
    assert rows(taken(tmp_path, text, header.upper(), "1-5"), "strength") == [(0.8,), (0.4,)]


def test_strengths_of_several_files_have_one_maximum(tmp_path: Path) -> None:
    files = {
        "stakeholders.csv": PEOPLE,
        "a.csv": "source,target,type,w\nc1,c2,KNOWS,8\n",
        "b.csv": "source,target,type,W\nc2,e1,KNOWS,2\nc1,e1,KNOWS,\n",
        "c.csv": "source,target,type,strength\nc1,f,KNOWS,0.3\n",
    }
    paths = write_files(tmp_path, files)
    found = read_files(paths, strengths=StrengthSource.asked("w", None)).dataset
    assert rows(found, "strength") == [(1.0,), (0.25,), (None,), (0.3,)]


def test_strengths_in_another_notation(tmp_path: Path) -> None:
    text = "source;target;type;w\nc1;c2;KNOWS;1.000,5\nc2;e1;KNOWS;500,25\n"
    paths = write_files(tmp_path, {"stakeholders.csv": PEOPLE, "relationships.csv": text})
    source, notation = StrengthSource.asked("w", None), Notation(",", ".")
    found = read_files(paths, strengths=source, notation=notation).dataset
    assert rows(found, "strength") == [(1.0,), (0.5,)]


def test_the_column_strength_itself_on_a_scale(tmp_path: Path) -> None:
    text = "source,target,type,strength\nc1,c2,KNOWS,4\n"
    files = {"stakeholders.csv": PEOPLE, "relationships.csv": text}
    assert problems(tmp_path, files)[0].endswith("; on another scale, give strength_from strength")
    assert rows(taken(tmp_path, text, "strength", "1-5"), "strength") == [(0.8,)]


@pytest.mark.parametrize(
    ("cell", "scale", "problem"),
    [
        ("0", None, "w '0' is not above 0"),
        ("-1", None, "w '-1' is not above 0"),
        ("strong", None, "w 'strong' is not a number; write it like 1234.5"),
        ("6", "1-5", "w '6' is not on the scale from 1 to 5, or not above 0"),
        ("0.5", "1 - 5", "w '0.5' is not on the scale from 1 to 5, or not above 0"),
        ("0", "0-10", "w '0' is not on the scale from 0 to 10, or not above 0"),
    ],
)
def test_what_is_no_strength(tmp_path: Path, cell: str, scale: str | None, problem: str) -> None:
    text = f"source,target,type,w\nc1,c2,KNOWS,{cell}\n"
    with pytest.raises(InvalidInput) as caught:
        taken(tmp_path, text, "w", scale)
    assert str(caught.value) == f"{tmp_path}/relationships.csv:2: {problem}"


def test_an_empty_column_of_strength_says_nothing(tmp_path: Path) -> None:
    text = "source,target,type,strength,w\nc1,c2,KNOWS,,4\nc2,e1,KNOWS,,2\n"
    files = {"stakeholders.csv": PEOPLE, "relationships.csv": text.replace(",w", ",weight")}
    assert "column 'weight' is kept" in told(read(tmp_path, files).notes)[0]
    assert rows(taken(tmp_path, text, "w"), "strength") == [(1.0,), (0.5,)]


def test_two_columns_of_strength(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="'w' would be strength, but there is a column strength"):
        taken(tmp_path, "source,target,type,w,strength\nc1,c2,KNOWS,3,0.5\n", "w")


@pytest.mark.parametrize("scale", ["5", "5-1", "a-b", "1-1", "-1-5", ""])
def test_what_is_no_scale(scale: str) -> None:
    with pytest.raises(UsageError, match="is not a scale like 1-5"):
        StrengthSource.asked("w", scale)


def test_options(relgraph: Relgraph) -> None:
    Path("nodes.csv").write_text(NODES)
    Path("edges.csv").write_text(EDGES)
    result = relgraph("import", "nodes.csv", "edges.csv", "--strength-from", "Weight")
    assert "--strength-from" not in result.stderr
    degrees = json.loads(relgraph("centrality", "--measure", "weighted_degree", "--json").stdout)
    assert {row["id"]: row["weighted_degree"] for row in degrees} == {
        "1": 0.75,
        "2": 1.25,
        "3": 1.5,
    }
    wrong = relgraph("import", "nodes.csv", "edges.csv", "--strength-from", "Wieght")
    assert (wrong.exit_code, "(did you mean 'Weight'?)" in wrong.stderr) == (2, True)
    assert relgraph("import", "nodes.csv", "--strength-from", "Weight").exit_code == 2
    assert relgraph("import", "edges.csv", "--strength-scale", "1-5").stderr == (
        "relgraph: error: --strength-scale: a scale belongs to a column; name it with "
        "--strength-from\n"
    )
