"""`copy_store`: a store that holds exactly what another holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import copy_store, open_store
from relgraph.errors import UsageError, WriteFailed
from relgraph.store import Store, fetch_dataset
from relgraph.store.frames import checksum
from tests.api.refusing import refused


def test_a_copy_holds_the_same(acme: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "copy.lbug", write=True) as target:
        result = copy_store(acme, target)
        assert list(zip(result["table"], result["created"], strict=True)) == [
            ("stakeholders", 8),
            ("relationships", 7),
            ("interactions", 4),
        ]
        same = checksum(fetch_dataset(acme))
        assert checksum(fetch_dataset(target)) == same
        assert [str(note) for note in result.notes] == [
            f"both stores hold the same data: SHA-256 {same}"
        ]


def test_what_is_there_is_replaced_only_on_request(acme: Store, writable: Store) -> None:
    with pytest.raises(UsageError, match="holds 10 stakeholders: add replace to replace them"):
        copy_store(acme, writable)
    copy_store(acme, writable, replace=True)
    assert writable.read_stakeholders([])["id"].tolist() == list("abefghsx")


def test_wrong_arguments(acme: Store, worked: Store, tmp_path: Path) -> None:
    with refused("target", f"{'a.lbug'!r} is not a Store"):
        copy_store(acme, "a.lbug")
    with refused("source", "None is not a Store"):
        copy_store(None, worked)
    with pytest.raises(WriteFailed, match="was opened for reading"):
        copy_store(acme, worked, replace=True)
