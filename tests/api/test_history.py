"""The snapshots of a store as rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import import_files, list_history, open_store
from relgraph.errors import NotADatabase
from relgraph.store.snapshots import Snapshots


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store with two snapshots: of one stakeholder, and of two."""
    path = tmp_path / "s.lbug"
    for number, ids in enumerate(("a", "ab", "abc")):
        file = tmp_path / f"month{number}.csv"
        file.write_text("id,name,market\n" + "".join(f"{i},{i}{number},customer\n" for i in ids))
        with open_store(path, write=True) as store:
            import_files(store, stakeholders=file)
    return path


def test_a_snapshot_is_named_by_what_opens_it(path: Path) -> None:
    with open_store(path) as store:
        listed = list_history(store)
    assert listed["snapshot"].tolist() == [f"{path}@1", f"{path}@2"]
    assert listed["changed"].tolist() == [2, 3]
    assert listed["rows"].tolist() == [1, 2]
    assert [Path(name).name for name in listed["files"]] == ["month1.csv", "month2.csv"]
    for name, rows in zip(listed["snapshot"], listed["rows"], strict=True):
        with open_store(name) as old:
            assert old.count_rows() == rows
            assert [note.key for note in list_history(old).notes] == ["snapshot.not_kept"]


def test_without_snapshots_there_is_a_note(path: Path) -> None:
    with open_store(path, write=True) as store:
        import_files(store, stakeholders=path.with_name("month0.csv"), keep=0)
        listed = list_history(store)
    assert len(listed) == 0
    assert [note.key for note in listed.notes] == ["snapshot.nothing"]


def test_unreadable_snapshots_are_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        monkeypatch.setattr(store, "read_snapshots", lambda: Snapshots(unreadable=True))
        with pytest.raises(NotADatabase, match=r"the snapshots of .* are damaged"):
            list_history(store)
