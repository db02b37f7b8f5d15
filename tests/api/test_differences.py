"""What has changed between stores, dates, and before and after an import."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from relgraph import open_store
from relgraph.api import compare_stores, export_store, import_files, preview_import
from relgraph.errors import InvalidInput, UsageError
from relgraph.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stakeholders.csv"
    path.write_text("id,name,market,margin\nC1,,,5\nnew,New,customer,7\n", encoding="utf-8")
    return path


def test_a_store_is_like_itself(acme: Store) -> None:
    assert len(compare_stores(acme)) == 0
    assert len(compare_stores(acme, acme, before_as_of="2026-06-01", data_only=True)) == 0


def test_two_stores(worked: Store, writable: Store, file: Path) -> None:
    import_files(writable, file)
    rows = [
        (row["kind"], row["what"], row["id"], row["field"])
        for row in compare_stores(worked, writable, data_only=True).rows()
    ]
    assert rows == [
        ("stakeholder", "added", "new", None),
        ("property", "added", "C1", "margin"),
    ]


def test_the_files_of_an_import(worked: Store, writable: Store, file: Path) -> None:
    """They make of a store what importing them does."""
    before = list(compare_stores(worked, files=file).rows())
    import_files(writable, file)
    assert list(compare_stores(worked, writable).rows()) == before
    assert {row["kind"] for row in before} == {"stakeholder", "property", "measure"}
    assert list(preview_import(worked, file).rows()) == [
        {name: row[name] for name in row if not name.startswith("rank")}
        for row in before
        if row["kind"] != "measure"
    ]


def test_files_with_problems(worked: Store, tmp_path: Path) -> None:
    path = tmp_path / "stakeholders.csv"
    path.write_text("id,name,market\nx,X,elsewhere\n", encoding="utf-8")
    with pytest.raises(InvalidInput):
        compare_stores(worked, files=path)


def test_two_dates(acme: Store) -> None:
    result = compare_stores(acme, before_as_of="2026-01-31", after_as_of="2026-06-30")
    contacts = [row for row in result.rows() if row["kind"] == "interaction"]
    assert [(row["id"], row["before"], row["after"]) for row in contacts] == [
        ("e CONTACTED a", 2, 3),
        ("h CONTACTED b", 0, 1),
    ]
    assert [note.key for note in result.notes] == ["diff.no_history"]
    with pytest.raises(UsageError, match="before_as_of"):
        compare_stores(acme, before_as_of="yesterday")


def test_an_export_changes_nothing(acme: Store, tmp_path: Path) -> None:
    export_store(acme, tmp_path / "all.json")
    assert len(compare_stores(acme, files=tmp_path / "all.json")) == 0


def test_a_copy_of_the_file(worked_file: Path, tmp_path: Path) -> None:
    with (
        open_store(worked_file) as one,
        open_store(shutil.copy(worked_file, tmp_path / "copy.lbug")) as other,
    ):
        assert len(compare_stores(one, other)) == 0
