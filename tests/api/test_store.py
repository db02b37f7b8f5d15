"""`open_store`: a store by its path or address, and one that was closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relgraph import describe_store, import_files, open_store, rank_centrality, remove_stakeholders
from relgraph.errors import (
    NotADatabase,
    StoreError,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    UsageError,
)
from tests.api.refusing import refused
from tests.worked import FOLDER


def test_a_missing_store_is_made_by_the_first_write(tmp_path: Path) -> None:
    path = tmp_path / "new.lbug"
    with pytest.raises(StoreNotFound, match="no store"):
        open_store(path)
    with open_store(str(path), write=True) as store:
        assert describe_store(store)["count"][0] == 0
    assert not path.exists()


def test_one_writes_at_a_time_and_others_read(worked_file: Path) -> None:
    with open_store(worked_file, write=True):
        with pytest.raises(StoreLocked):
            open_store(worked_file, write=True)
        with open_store(worked_file) as reader:
            assert len(rank_centrality(reader)) == 10


@pytest.mark.parametrize("write", [False, True])
def test_a_closed_store_answers_nothing(worked_file: Path, *, write: bool) -> None:
    with open_store(worked_file, write=write) as store:
        pass
    calls: list[Any] = [
        lambda: rank_centrality(store),
        lambda: describe_store(store),
        lambda: import_files(store, FOLDER),
        lambda: remove_stakeholders(store, "S1"),
    ]
    for call in calls:
        with pytest.raises(StoreUnavailable, match="is closed; open it again"):
            call()


def test_bad_places(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a store")
    bad: list[tuple[Path, bool, type[StoreError]]] = [
        (tmp_path, False, NotADatabase),
        (tmp_path / "notes.txt", False, NotADatabase),
        (tmp_path / "notes.txt", True, NotADatabase),
        (tmp_path / "nowhere" / "new.lbug", True, StoreUnavailable),
    ]
    for path, write, kind in bad:
        with pytest.raises(kind):
            open_store(path, write=write)
    with pytest.raises(UsageError, match="URL has no host"):
        open_store("bolt://")


@pytest.mark.parametrize("wrong", [None, 3, b"relgraph.lbug"])
def test_a_place_is_text_or_a_path(wrong: Any) -> None:
    with refused("url", f"{wrong!r} is not text or a PathLike"):
        open_store(wrong)
    with refused("write", "'w' is not True or False"):
        open_store("relgraph.lbug", write="w")
