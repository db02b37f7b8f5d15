"""`import_files`: whole or not at all, from one path or several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relgraph import (
    describe_store,
    import_files,
    open_store,
    preview_import,
    suggest_mapping,
)
from relgraph.errors import InvalidInput, UsageError, WriteFailed
from relgraph.result import Result
from relgraph.store import Store
from tests.api.refusing import refused
from tests.worked import FOLDER


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "new.lbug", write=True) as store:
        yield store


def changes(result: Result) -> list[list[int]]:
    names = ("rows", "created", "updated", "unchanged")
    return [[row[name] for name in names] for row in result.rows()]


def test_a_folder(empty: Store) -> None:
    result = import_files(empty, FOLDER)
    assert [Path(file).name for file in result["file"]] == ["stakeholders.csv", "relationships.csv"]
    assert changes(result) == [[10, 10, 0, 0], [12, 12, 0, 0]]
    assert changes(import_files(empty, FOLDER)) == [[10, 0, 0, 10], [12, 0, 0, 12]]


@pytest.mark.parametrize("paths", [str(FOLDER), [FOLDER], (path for path in [FOLDER])])
def test_one_path_or_several(worked: Store, paths: Any) -> None:
    result = import_files(worked, paths, dry_run=True)
    assert changes(result) == [[10, 0, 0, 10], [12, 0, 0, 12]]


def test_tables_can_be_said(empty: Store, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,market\nS1,Sue,supplier\n", encoding="utf-8")
    assert changes(import_files(empty, stakeholders=people)) == [[1, 1, 0, 0]]
    ties = import_files(
        empty, FOLDER / "stakeholders.csv", relationships=FOLDER / "relationships.csv"
    )
    assert changes(ties) == [[10, 9, 1, 0], [12, 12, 0, 0]]


def test_a_dry_run_stores_nothing_and_replacing_leaves_nothing_else(
    writable: Store, tmp_path: Path
) -> None:
    people = tmp_path / "stakeholders.csv"
    people.write_text("id,name,market\nS1,Supplier One,supplier\n", encoding="utf-8")
    assert changes(import_files(writable, people, replace=True, dry_run=True)) == [[1, 1, 0, 0]]
    assert describe_store(writable)["count"][0] == 10
    import_files(writable, people, replace=True)
    assert describe_store(writable)["count"][0] == 1


def test_every_problem_is_told_and_nothing_stored(empty: Store, tmp_path: Path) -> None:
    people = tmp_path / "stakeholders.csv"
    people.write_text("id,name,market\na,Ann,custard\nb,Bob,supplyer\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        import_files(empty, people)
    assert [(problem.file, problem.line) for problem in caught.value.problems] == [
        (str(people), 2),
        (str(people), 3),
    ]
    assert describe_store(empty)["count"][0] == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "nowhere: no such file or folder"),
        ("notes.md", "notes.md: ending '.md' can't be read"),
        ("empty", "empty: no file here ends in .csv"),
    ],
)
def test_bad_paths(
    empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.md").touch()
    Path("empty").mkdir()
    with pytest.raises(UsageError, match=f"^{said}"):
        import_files(empty, path)


def test_wrong_arguments(empty: Store, worked: Store) -> None:
    with pytest.raises(UsageError, match="nothing to import"):
        import_files(empty)
    with refused("paths", "3 is not a list"):
        import_files(empty, 3)
    with refused("relationships", "3 is not text or a Path"):
        import_files(empty, relationships=[3])
    with refused("encoding", "'utf-9' is not a known encoding"):
        import_files(empty, FOLDER, encoding="utf-9")
    with pytest.raises(WriteFailed, match="was opened for reading; open it with write=True"):
        import_files(worked, FOLDER)


def test_a_preview(worked: Store, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,market\nS1,Sue,\nC9,Cy,customer\n", encoding="utf-8")
    found = [
        (row["kind"], row["what"], row["id"], row["before"], row["after"])
        for row in preview_import(worked, stakeholders=people).rows()
    ]
    assert found == [
        ("stakeholder", "added", "C9", None, None),
        ("property", "changed", "S1", "Supplier One", "Sue"),
    ]
    removed = preview_import(worked, FOLDER / "stakeholders.csv", replace=True)
    assert {(row["kind"], row["what"]) for row in removed.rows()} == {("relationship", "removed")}


def test_a_draft_is_a_mapping_that_imports(empty: Store, tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("id,name\nc1,Ann\nc2,Bob\n", encoding="utf-8")
    text, notes = suggest_mapping(tmp_path)
    assert notes == ()
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    result = import_files(
        empty, tmp_path, mapping=tmp_path / "m.toml", ledger=tmp_path / "ledger.csv"
    )
    assert changes(result) == [[1, 1, 0, 0], [2, 2, 0, 0]]
    assert (tmp_path / "ledger.csv").read_text(encoding="utf-8").count("used") == 2
    changed = preview_import(empty, tmp_path, mapping=tmp_path / "m.toml")
    assert len(changed) == 0
