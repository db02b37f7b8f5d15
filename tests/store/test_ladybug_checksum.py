"""A damaged file of an embedded store: told before the engine sees it, whatever was damaged."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import ladybug
import pytest

from relgraph import check_store
from relgraph.errors import NotADatabase
from relgraph.store import fetch_dataset, ladybug_engine, open_store
from relgraph.store.ladybug_files import PAGE, verify_file
from tests.store.datasets import dataset, same, stakeholder, tie

DATA = dataset([stakeholder("a"), stakeholder("b")], [tie("a", "b")])
HEADER = 64  # bytes of the first page that the engine uses


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.lbug"
    with open_store(path, write=True) as store:
        store.write(DATA)
    return path


def is_told(content: bytes | bytearray, path: Path) -> bool:
    path.write_bytes(content)
    with path.open("rb") as file:
        try:
            return not verify_file(file.fileno(), path)
        except NotADatabase:
            return True


def test_a_bit_that_is_flipped_anywhere_is_told(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    rng = random.Random(4)
    pages = [page + rng.randrange(PAGE) for page in range(PAGE, len(whole), PAGE)]
    for place in (*range(HEADER), *range(HEADER, PAGE, 16), *range(PAGE - 12, PAGE), *pages):
        content = bytearray(whole)
        content[place] ^= 1 << rng.randrange(8)
        in_mark = PAGE - 28 <= place < PAGE - 12  # says that there is a checksum, which is right
        assert is_told(content, tmp_path / "flipped.lbug") is not in_mark, place


def test_the_mark_is_known_though_it_is_damaged(path: Path, tmp_path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in (PAGE - 28, 5 * PAGE):
        content[place] ^= 1
    assert is_told(content, tmp_path / "flipped.lbug")


@pytest.mark.parametrize("size", [PAGE - 12, PAGE - 1, PAGE, 3 * PAGE + 7, -PAGE, -1])
def test_a_file_that_was_cut_off_is_told(path: Path, tmp_path: Path, size: int) -> None:
    assert is_told(path.read_bytes()[:size], tmp_path / "cut.lbug")


@pytest.mark.parametrize("more", [b"\0", b"x" * PAGE])
def test_a_file_that_goes_on_is_told(path: Path, tmp_path: Path, more: bytes) -> None:
    assert is_told(path.read_bytes() + more, tmp_path / "longer.lbug")


@pytest.mark.parametrize("write", [False, True])
def test_a_damaged_store_is_refused_and_left(path: Path, write: bool) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(NotADatabase, match=r"store\.lbug is damaged: .* restore a copy"):
        open_store(path, write=write)
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_damage_is_told_of_a_store_that_is_open(path: Path) -> None:
    for write in (False, True):
        with open_store(path, write=write) as store:
            assert check_store(store).key == "check.right"
            content = bytearray(path.read_bytes())
            content[-1] ^= 1
            path.write_bytes(content)
            with pytest.raises(NotADatabase, match="is damaged"):
                check_store(store)
            content[-1] ^= 1
            path.write_bytes(content)


def test_every_write_renews_the_checksum(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.write(dataset([stakeholder("c")]))
        assert check_store(store).key == "check.right"
        store.remove(["a"])
        assert check_store(store).key == "check.right"
        store.write(dataset([stakeholder("d")]), replace=True)
        assert check_store(store).key == "check.right"
    with open_store(path) as store:
        assert check_store(store).key == "check.right"


def test_what_another_program_wrote_is_no_damage(path: Path) -> None:
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE (:Stakeholder {id: 'c', name: 'C', market: 'customer'})")
    with open_store(path) as store:
        assert check_store(store).key == "check.none"
        assert fetch_dataset(store).stakeholders["id"].tolist() == ["a", "b", "c"]
    with open_store(path, write=True) as store:
        store.write(dataset([stakeholder("d")]))
        assert check_store(store).key == "check.right"


def test_a_store_that_is_not_written_yet_has_no_checksum(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.lbug", write=True) as store:
        assert check_store(store).key == "check.none"


KILLED_WRITER = """
import ladybug, os, sys
connection = ladybug.Connection(ladybug.Database(sys.argv[1]))
connection.execute("CREATE (:Stakeholder {id: 'c', name: 'C', market: 'customer'})")
os._exit(0)
"""


@pytest.fixture
def log(path: Path) -> Path:
    """Return the log that another program left, which was killed."""
    subprocess.run([sys.executable, "-c", KILLED_WRITER, path], check=True)
    return path.with_name("store.lbug.wal")


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("place", [0, 33, 81, 105, 200, -1])
def test_a_damaged_log_is_told(path: Path, log: Path, place: int, write: bool) -> None:
    content = bytearray(log.read_bytes())
    content[place] ^= 0xFF
    log.write_bytes(content)
    with pytest.raises(NotADatabase, match=r"store\.lbug\.wal, which .* is damaged"):
        open_store(path, write=write)


def test_a_log_that_is_gone_leaves_what_the_file_holds(path: Path, log: Path) -> None:
    log.unlink()
    with open_store(path) as store:
        assert check_store(store).key == "check.right"
        same(fetch_dataset(store).stakeholders, DATA.stakeholders)
        same(fetch_dataset(store).relationships, DATA.relationships)


@pytest.mark.parametrize("code", ["import os; os.abort()", "import time; time.sleep(60)"])
def test_a_log_on_which_the_engine_crashes_or_hangs(
    path: Path, log: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladybug_engine, "_PROBE", code)
    monkeypatch.setattr(ladybug_engine, "_PATIENCE", 0.5)
    with pytest.raises(NotADatabase, match=rf"{log.name}, which .* is damaged"):
        open_store(path)


@pytest.mark.parametrize("written", [False, True])
def test_a_file_without_a_checksum_whose_record_is_damaged(path: Path, written: bool) -> None:
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        record = '{"at"' if written else "{}"
        connection.execute("MATCH (i:Import) SET i.record = $record", {"record": record})
    with open_store(path) as store, pytest.raises(NotADatabase, match="or is damaged"):
        store.read_import_record()
