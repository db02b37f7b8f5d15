"""`relgraph import`: files into the store, whole or not at all."""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from relgraph import api
from relgraph.api import open_store
from relgraph.cli.commands import export, import_, template
from relgraph.readwrite.formats.registry import READABLE
from relgraph.resources import resource_dir
from tests.conftest import Relgraph

PEOPLE = "id,name,market,score\nc1,Ann,customer,1\nc2,Bob,customer,2\ne1,Eve,employee,\n"
TIES = "source,target,type,strength\nc1,c2,KNOWS,0.5\nc1,c2,REFERS,\n"
CONTACTS = "source,target,at,channel\ne1,c1,2024-01-01,mail\ne1,c1,2024-01-01,mail\n"
SAMPLES = ("worked_example", "six_markets", "northwind")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder `data` with three good files, in the current folder."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "stakeholders.csv").write_text(PEOPLE)
    (data / "relationships.csv").write_text(TIES)
    (data / "interactions.csv").write_text(CONTACTS)
    return data


def counts(result: Result) -> list[list[Any]]:
    """Return the rows of an import as lists."""
    assert result.exit_code == 0, result.stderr
    return [list(row.values()) for row in json.loads(result.stdout)]


def test_a_folder(relgraph: Relgraph, folder: Path) -> None:
    result = relgraph("import", "data", "--json")
    assert result.stderr == ""
    assert counts(result) == [
        ["data/stakeholders.csv", 3, 3, 0, 0],
        ["data/relationships.csv", 2, 2, 0, 0],
        ["data/interactions.csv", 2, 2, 0, 0],
    ]


def test_the_same_files_twice_change_nothing(relgraph: Relgraph, folder: Path) -> None:
    relgraph("import", "data")
    assert [row[2:] for row in counts(relgraph("import", "data", "--json"))] == [
        *([0, 0, 3], [0, 0, 2], [0, 0, 2]),
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_data_twice(relgraph: Relgraph, name: str) -> None:
    path = resource_dir("sample_data") / name
    first = counts(relgraph("import", path, "--json"))
    assert all(row[2:] == [row[1], 0, 0] for row in first)
    second = counts(relgraph("import", path, "--json"))
    assert all(row[2:] == [0, 0, row[1]] for row in second)


def test_empty_cells_and_absent_columns_leave_what_is_stored(
    relgraph: Relgraph, folder: Path
) -> None:
    relgraph("import", "data")
    (folder / "more.csv").write_text("id,name,revenue\nc1,,5\nc2,Bea,\n")
    result = relgraph("import", "--stakeholders", "data/more.csv", "--json")
    assert counts(result) == [["data/more.csv", 2, 0, 2, 0]]
    with open_store("relgraph.lbug") as store:
        people = store.read_stakeholders(["name", "market", "score", "revenue"])
    assert list(people.rows())[:2] == [
        {"id": "c1", "name": "Ann", "market": "customer", "score": 1, "revenue": 5.0},
        {"id": "c2", "name": "Bea", "market": "customer", "score": 2, "revenue": None},
    ]


def test_replace_makes_the_store_exactly_these_files(relgraph: Relgraph, folder: Path) -> None:
    relgraph("import", "data")
    (folder / "stakeholders.csv").write_text("id,name,market,score\nc1,Ann,customer,high\n")
    arguments = ("import", "data/stakeholders.csv", "--replace", "--json")
    dry = relgraph(*arguments, "--dry-run")
    assert dry.stderr == "relgraph: note: dry run: nothing was stored\n"
    assert counts(dry) == counts(relgraph(*arguments)) == [["data/stakeholders.csv", 1, 1, 0, 0]]
    with open_store("relgraph.lbug") as store:
        assert list(store.read_stakeholders(["score"]).rows()) == [{"id": "c1", "score": "high"}]
        assert len(store.read_relationships(None, [])) == 0


def test_a_dry_run_stores_nothing(relgraph: Relgraph, folder: Path) -> None:
    result = relgraph("import", "data", "--dry-run", "--json")
    assert [row[2] for row in counts(result)] == [3, 2, 2]
    assert not Path("relgraph.lbug").exists()


def test_a_dry_run_counts_as_a_real_one(relgraph: Relgraph, folder: Path) -> None:
    relgraph("import", "data")
    (folder / "stakeholders.csv").write_text(PEOPLE.replace("Bob", "Bea") + "c3,Cid,customer,\n")
    (folder / "relationships.csv").write_text(f"{TIES}c2,c3,LENDS_TO,1\nc1,c3,KNOWS,\n")
    (folder / "interactions.csv").write_text(f"{CONTACTS}e1,c1,2024-01-01,mail\n")
    before = Path("relgraph.lbug").read_bytes()
    dry = counts(relgraph("import", "data", "--dry-run", "--json"))
    assert Path("relgraph.lbug").read_bytes() == before
    assert dry == counts(relgraph("import", "data", "--json"))
    assert [row[2:] for row in dry] == [[1, 1, 2], [2, 0, 2], [1, 0, 2]]


def test_a_tie_both_ways_is_updated_from_either_end(relgraph: Relgraph, folder: Path) -> None:
    relgraph("import", "data")
    (folder / "relationships.csv").write_text("source,target,type,strength\nc2,c1,KNOWS,0.9\n")
    result = relgraph("import", "data/relationships.csv", "--json")
    assert counts(result) == [["data/relationships.csv", 1, 0, 1, 0]]
    with open_store("relgraph.lbug") as store:
        (tie,) = store.read_relationships(["KNOWS"], ["strength"]).rows()
    assert tie == {"source": "c1", "target": "c2", "type": "KNOWS", "strength": 0.9}


@pytest.mark.parametrize("store_exists", [True, False])
def test_problems_exit_with_4_and_store_nothing(
    relgraph: Relgraph, folder: Path, store_exists: bool
) -> None:
    if store_exists:
        relgraph("import", "data")
    before = Path("relgraph.lbug").read_bytes() if store_exists else None
    (folder / "stakeholders.csv").write_text(
        "id,name,market,owner\nc9,New,refferal,\nc9,New,customer,c1\n"
    )
    result = relgraph("import", "data")
    assert result.exit_code == 4
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0].startswith(
        "relgraph: error: data/stakeholders.csv:2: market 'refferal' is not one of customer, "
    )
    assert lines[0].endswith("(did you mean 'referral'?)")
    assert lines[1].startswith("relgraph: error: data/stakeholders.csv:3: id 'c9' is already at")
    assert all(line.startswith("relgraph: error: data/") for line in lines)
    if store_exists:
        assert Path("relgraph.lbug").read_bytes() == before
    else:
        assert not Path("relgraph.lbug").exists()


def test_a_later_file_that_does_not_fit_the_stored_type(relgraph: Relgraph, folder: Path) -> None:
    relgraph("import", "data")
    (folder / "stakeholders.csv").write_text("id,SCORE\nc1,high\n")
    result = relgraph("import", "data/stakeholders.csv")
    assert result.exit_code == 4
    assert result.stderr == (
        "relgraph: error: data/stakeholders.csv:2: 'score' 'high' is not a whole number, as "
        "the column is in the store\n"
    )


def test_names_that_the_store_keeps_for_itself(relgraph: Relgraph, folder: Path) -> None:
    (folder / "stakeholders.csv").write_text("id,name,market,_ID\nc1,A,customer,1\n")
    (folder / "relationships.csv").write_text("source,target,type\nc1,c1,Stakeholder\n")
    (folder / "interactions.csv").unlink()
    result = relgraph("import", "data")
    assert result.exit_code == 4
    assert [line.split(": ")[2] for line in result.stderr.splitlines()] == [
        *("data/stakeholders.csv:1", "data/relationships.csv:2"),
    ]


def test_files_by_option(relgraph: Relgraph, folder: Path) -> None:
    for table in ("stakeholders", "relationships", "interactions"):
        (folder / f"{table}.csv").rename(folder / f"{table[0]}.csv")
    result = relgraph(
        *("import", "--json", "--stakeholders", "data/s.csv"),
        *("--relationships", "data/r.csv", "--interactions", "data/i.csv"),
    )
    assert [row[0] for row in counts(result)] == ["data/s.csv", "data/r.csv", "data/i.csv"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to import; give a folder or files"),
        (["none.csv"], "none.csv: no such file or folder"),
        (["data/notes.txt"], "data/notes.txt: ending '.txt' can't be read; these can: "),
        (["data/x.csv"], "data/x.csv: neither name nor columns say which table this is"),
        (["data", "--encoding", "klingon"], "--encoding: 'klingon' is not a known encoding"),
        (["--stakeholders", "data"], "data: is a folder; give a file that ends in"),
    ],
)
def test_bad_usage_exits_with_2(
    relgraph: Relgraph, folder: Path, arguments: list[str], message: str
) -> None:
    (folder / "notes.txt").touch()
    (folder / "x.csv").write_text("a,b\n")
    result = relgraph("import", *arguments)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"relgraph: error: {message}")
    assert all(ending in line for ending in READABLE) == ("end" in message)


@pytest.mark.parametrize(
    ("command", "function"),
    [
        (import_.command, api.import_files),
        (export.command, api.export_store),
        (template.command, api.write_template),
    ],
)
def test_options_are_named_as_the_arguments_in_python(
    command: click.Command, function: Callable[..., Any]
) -> None:
    arguments = set(inspect.signature(function).parameters) - {"store", "progress"}
    assert arguments <= {option.name for option in command.params}


def test_guesses_are_said(relgraph: Relgraph, tmp_path: Path) -> None:
    path = tmp_path / "stakeholders.csv"
    path.write_bytes("id,name,market\nc1,Müller,customer\n".encode("cp1252"))
    result = relgraph("import", "stakeholders.csv")
    assert result.stderr == (
        "relgraph: note: stakeholders.csv is not UTF-8 and was read as Windows-1252; if that is "
        "wrong, give --encoding\n"
    )
    quiet = relgraph("import", "stakeholders.csv", "--encoding", "cp1252")
    assert quiet.stderr == ""


def test_the_import_is_recorded(relgraph: Relgraph, folder: Path) -> None:
    relgraph("import", "data")
    with open_store("relgraph.lbug") as store:
        record = store.read_import_record()
    assert record is not None
    assert [(file.name, file.rows, len(file.sha256)) for file in record.files] == [
        ("data/interactions.csv", 2, 64),
        ("data/relationships.csv", 2, 64),
        ("data/stakeholders.csv", 3, 64),
    ]


@pytest.mark.parametrize("ending", ["/", ".xlsx", ".json"])
def test_what_is_exported_is_imported(relgraph: Relgraph, ending: str) -> None:
    relgraph("import", resource_dir("sample_data") / "six_markets")
    relgraph("export", "-o", f"first{ending}")
    assert relgraph("import", "-d", "other.lbug", f"first{ending}").exit_code == 0
    relgraph("export", "-d", "other.lbug", "-o", f"second{ending}")
    first, second = Path(f"first{ending}"), Path(f"second{ending}")
    for path in first.iterdir() if first.is_dir() else [first]:
        other = second / path.name if second.is_dir() else second
        assert other.read_bytes() == path.read_bytes()


def test_hostile_names_are_stored_as_they_are_or_refused(
    relgraph: Relgraph, tmp_path: Path
) -> None:
    texts = ["`", "a`) DETACH DELETE n //", "'; DROP", "$x", "\\", "x" * 10_000, "😀", "‮rtl"]
    people = [{"id": t, "name": t, "market": "customer", t or "x": t} for t in texts]
    ties = [{"source": t, "target": t, "type": "KNOWS", t: 1} for t in texts]
    (tmp_path / "all.json").write_text(
        json.dumps({"stakeholders": people, "relationships": ties}), encoding="utf-8"
    )
    result = relgraph("import", "all.json", "--json")
    assert counts(result) == [["all.json", 16, 16, 0, 0]]
    with open_store("relgraph.lbug") as store:
        stored = store.read_stakeholders(["name", *texts])
        assert set(stored["id"]) == {*texts[:-1], "rtl"}
        assert set(stored["name"]) == set(texts)
        assert [sum(cell is not None for cell in stored[text]) for text in texts] == [1] * len(
            texts
        )


AWKWARD_COLUMNS = {
    "stakeholders": {"id": "a", "name": "A", "market": "customer"},
    "relationships": {"source": "a", "target": "a", "type": "KNOWS"},
    "interactions": {"source": "a", "target": "a", "at": "2024-01-01T00:00:00Z"},
}
AWKWARD_NAMES = [
    "from",
    "to",
    "source",
    "target",
    "id",
    "type",
    "name",
    "label",
    "count",
    "match",
    "MATCH(n)",
    "n.name",
    ":x",
    "ß",
    "_x",
]


def test_columns_with_awkward_names_come_back(relgraph: Relgraph) -> None:
    tables = {
        table: [known | {name: f"my {name}" for name in AWKWARD_NAMES if name not in known}]
        for table, known in AWKWARD_COLUMNS.items()
    }
    Path("all.json").write_text(json.dumps(tables))
    assert counts(relgraph("import", "all.json", "--json")) == [["all.json", 3, 3, 0, 0]]
    assert counts(relgraph("import", "all.json", "--json")) == [["all.json", 3, 0, 0, 3]]
    relgraph("export", "-o", "again.json")
    again = json.loads(Path("again.json").read_text())
    assert {table: again[table] for table in tables} == tables


def test_a_folder_with_more_than_data(relgraph: Relgraph, folder: Path) -> None:
    shutil.copy(folder / "stakeholders.csv", folder / "answers.csv")
    result = relgraph("import", "data")
    assert result.exit_code == 0
    assert result.stderr == (
        "relgraph: note: data/answers.csv was not read: another file is named stakeholders\n"
    )
