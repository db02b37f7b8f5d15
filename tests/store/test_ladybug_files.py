"""An embedded store's file: opened, held, refused, and replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import ladybug
import pytest

from relgraph.dataset import Dataset
from relgraph.errors import (
    NotADatabase,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    UnsupportedVersion,
    WriteFailed,
)
from relgraph.store import fetch_dataset, fetch_nodes, open_store
from relgraph.store.ladybug_files import building, write_checksum
from tests.store.datasets import dataset, same, stakeholder, tie

ONE = dataset([stakeholder("a")])
TWO = dataset([stakeholder("a"), stakeholder("b")], [tie("a", "b")])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.lbug"


@pytest.fixture
def filled(path: Path) -> Path:
    with open_store(str(path), write=True) as store:
        store.write(ONE)
    return path


def ids(path: Path) -> list[str]:
    with open_store(str(path)) as store:
        found: list[str] = fetch_nodes(store).ids.tolist()
    return found


def run_python(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


# Another program that uses the engine on our file: it says when it is open, and waits.
FOREIGN_WRITER = """
import ladybug, sys
connection = ladybug.Connection(ladybug.Database(sys.argv[1]))
connection.execute("CREATE (:Stakeholder {id: 'foreign', name: 'F', market: 'customer'})")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_store_is_one_file(filled: Path) -> None:
    assert [entry.name for entry in filled.parent.iterdir()] == ["store.lbug"]


def test_reading_what_is_missing_makes_nothing(path: Path) -> None:
    with pytest.raises(StoreNotFound, match="run `relgraph import` first"):
        open_store(str(path))
    with pytest.raises(StoreNotFound):
        open_store(str(path / "deeper"))
    assert list(path.parent.iterdir()) == []


def test_opening_for_writing_makes_nothing_before_a_write(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        assert len(fetch_nodes(store)) == 0
        assert list(path.parent.iterdir()) == []
    assert list(path.parent.iterdir()) == []


def test_a_failed_first_write_leaves_nothing(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        with pytest.raises(WriteFailed):
            store.write(dataset([stakeholder("a")], [tie("a", "nobody")]))
        assert list(path.parent.iterdir()) == []
        store.write(ONE)
    assert ids(path) == ["a"]


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"h",
        b"id,name,market\n" * 2000,
        b"LBUG",
        b"LBUG\x31\0\0\0\0\0\0\0" + bytes(range(256)) * 64,
    ],
    ids=["empty", "tiny", "text", "magic only", "junk behind the magic"],
)
def test_what_is_not_a_database_is_refused_and_left(
    path: Path, content: bytes, write: bool
) -> None:
    path.write_bytes(content)
    with pytest.raises(NotADatabase, match="not a relgraph database") as refusal:
        open_store(str(path), write=write)
    assert "\n" not in str(refusal.value)
    assert path.read_bytes() == content
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("keep", [16, 5000, 100_000, -5000])
def test_a_cut_file_is_refused(filled: Path, keep: int) -> None:
    content = filled.read_bytes()[:keep]
    filled.write_bytes(content)
    with pytest.raises(NotADatabase, match="damaged"):
        open_store(str(filled))


@pytest.mark.parametrize("write", [False, True])
def test_a_database_that_is_not_relgraphs_is_refused(path: Path, write: bool) -> None:
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Person(id STRING PRIMARY KEY)")
    before = path.read_bytes()
    with pytest.raises(NotADatabase, match="not relgraph's"):
        open_store(str(path), write=write)
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_an_unknown_layout_is_refused(filled: Path, write: bool) -> None:
    with ladybug.Database(filled) as database, ladybug.Connection(database) as connection:
        connection.execute("MATCH (i:Import) DELETE i")
        connection.execute("CREATE (:Import {version: 99})")
    with pytest.raises(UnsupportedVersion, match="another version of relgraph"):
        open_store(str(filled), write=write)


@pytest.mark.parametrize("write", [False, True])
def test_an_unknown_engine_version_is_refused(filled: Path, write: bool) -> None:
    with filled.open("r+b") as file:
        os.pwrite(file.fileno(), bytes([250]), 4)
        write_checksum(file.fileno())
    with pytest.raises(UnsupportedVersion, match="250"):
        open_store(str(filled), write=write)


@pytest.mark.parametrize("write", [False, True])
def test_a_folder_is_not_a_store(tmp_path: Path, write: bool) -> None:
    with pytest.raises(NotADatabase, match="is a folder"):
        open_store(str(tmp_path), write=write)


def test_a_missing_folder_is_said(path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="is not a folder; make it first"):
        open_store(str(path / "store.lbug"), write=True)


def test_a_folder_that_can_not_be_written_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(StoreUnavailable, match="not writable"):
        open_store(str(path), write=True)


def test_a_file_that_can_not_be_written_can_be_read(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open = os.open

    def read_only(name: Path, flags: int, *rest: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(30, "Read-only file system")
        return real_open(name, flags, *rest)

    monkeypatch.setattr(os, "open", read_only)
    with pytest.raises(StoreUnavailable, match="can't be written: Read-only file system"):
        open_store(str(filled), write=True)
    assert ids(filled) == ["a"]


def test_a_link_keeps_pointing_at_the_store(filled: Path) -> None:
    link = filled.with_name("link.lbug")
    link.symlink_to(filled)
    with open_store(str(link), write=True) as store:
        store.write(TWO)
    assert link.is_symlink()
    assert ids(filled) == ["a", "b"]


def test_the_files_mode_is_kept(filled: Path) -> None:
    filled.chmod(0o640)
    for replace in (False, True):
        with open_store(str(filled), write=True) as store:
            store.write(TWO, replace=replace)
        assert filled.stat().st_mode & 0o777 == 0o640


def test_two_writers_of_one_process_are_kept_apart(filled: Path) -> None:
    with open_store(str(filled), write=True) as store:
        with pytest.raises(StoreLocked, match="another process"):
            open_store(str(filled), write=True)
        assert ids(filled) == ["a"]  # closing this handle drops the engine's kind of lock
        with pytest.raises(StoreLocked):
            open_store(str(filled), write=True)
        store.write(TWO)
        with pytest.raises(StoreLocked):
            open_store(str(filled), write=True)
    assert ids(filled) == ["a", "b"]


def test_a_foreign_writer_keeps_relgraph_out_and_readers_in(filled: Path) -> None:
    with run_python(FOREIGN_WRITER, filled) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked):
            open_store(str(filled), write=True)
        assert ids(filled) == ["a", "foreign"]
        writer.communicate("")
    with open_store(str(filled), write=True) as store:
        store.write(TWO)
    assert ids(filled) == ["a", "b", "foreign"]


def test_relgraph_keeps_a_foreign_writer_out(filled: Path) -> None:
    with open_store(str(filled), write=True) as store:
        with pytest.raises(RuntimeError, match="lock"):
            subprocess_open(filled)
        store.write(TWO)
        with pytest.raises(RuntimeError, match="lock"):
            subprocess_open(filled)
    subprocess_open(filled)


def subprocess_open(path: Path) -> None:
    code = "import ladybug, sys; ladybug.Database(sys.argv[1]).close()"
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def test_what_a_killed_foreign_writer_committed_is_kept(filled: Path) -> None:
    with run_python(FOREIGN_WRITER, filled) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.kill()
    assert filled.with_name("store.lbug.wal").exists()
    assert ids(filled) == ["a", "foreign"]
    with open_store(str(filled), write=True) as store:
        store.write(TWO)
        assert fetch_nodes(store).ids.tolist() == ["a", "b", "foreign"]
    assert ids(filled) == ["a", "b", "foreign"]
    assert [entry.name for entry in filled.parent.iterdir()] == ["store.lbug"]


def test_a_foreign_change_during_a_write_is_not_overwritten(filled: Path) -> None:
    with open_store(str(filled), write=True) as store:
        assert ids(filled) == ["a"]  # from here the engine's kind of lock is gone
        with ladybug.Database(filled) as database, ladybug.Connection(database) as connection:
            connection.execute("CREATE (:Stakeholder {id: 'foreign'})")
        with pytest.raises(WriteFailed, match="written by another program"):
            store.write(TWO)
    assert ids(filled) == ["a", "foreign"]


def test_a_reader_keeps_its_store_while_it_is_replaced(filled: Path) -> None:
    with open_store(str(filled)) as reader:
        with open_store(str(filled), write=True) as writer:
            writer.write(TWO, replace=True)
        assert fetch_nodes(reader).ids.tolist() == ["a"]
    assert ids(filled) == ["a", "b"]


def test_a_first_write_never_overwrites_another(path: Path) -> None:
    with open_store(str(path), write=True) as late:
        with open_store(str(path), write=True) as early:
            early.write(ONE)
        with pytest.raises(StoreLocked, match="created by another process in the meantime"):
            late.write(TWO)
    assert ids(path) == ["a"]
    assert [entry.name for entry in path.parent.iterdir()] == ["store.lbug"]


def test_a_folder_without_links_holds_a_store_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), source)

    monkeypatch.setattr(os, "link", refuse)
    with open_store(path, write=True) as store:
        store.write(dataset([stakeholder("a")]))
        assert fetch_nodes(store).ids.tolist() == ["a"]
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_leftovers_of_the_dead_are_removed_and_those_of_the_living_stay(filled: Path) -> None:
    dead = filled.with_name(".store.lbug.0123456789abcdef.building")
    dead.write_bytes(b"half")
    dead.with_name(dead.name + ".wal").write_bytes(b"half")
    orphan = filled.with_name(".store.lbug.00000000000000ff.building.shadow")
    orphan.touch()
    alive = filled.with_name(".store.lbug.fedcba9876543210.building")
    alive.write_bytes(b"growing")
    other = filled.with_name(".other.lbug.0123456789abcdef.building")
    other.touch()
    with alive.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with open_store(str(filled), write=True) as store:
            store.write(TWO)
        assert {entry.name for entry in filled.parent.iterdir()} == {
            "store.lbug",
            alive.name,
            other.name,
        }


def test_a_file_that_is_replaced_while_it_is_opened_is_not_written(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = fcntl.lockf

    def replaced_meanwhile(fd: int, how: int) -> None:
        copy = filled.with_name("copy")
        copy.write_bytes(filled.read_bytes())
        copy.replace(filled)
        take(fd, how)

    monkeypatch.setattr(fcntl, "lockf", replaced_meanwhile)
    with pytest.raises(StoreLocked):
        open_store(str(filled), write=True)


def test_no_room_is_said_and_changes_nothing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = filled.read_bytes()
    with open_store(str(filled), write=True) as store:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(WriteFailed, match="No space left on device; nothing was stored"):
            store.write(TWO)
        monkeypatch.undo()
        assert fetch_nodes(store).ids.tolist() == ["a"]
    assert filled.read_bytes() == before
    assert [entry.name for entry in filled.parent.iterdir()] == ["store.lbug"]


def test_a_folder_that_turns_read_only_is_said(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuse)
    with (
        open_store(str(filled), write=True) as store,
        pytest.raises(StoreUnavailable, match="Read-only file system"),
    ):
        store.write(TWO)


def test_a_draft_is_removed_when_its_block_fails(path: Path) -> None:
    def fail() -> None:
        with building(path, None, copy=False) as draft:
            assert draft.path.exists()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(path.parent.iterdir()) == []


# Writes the dataset once per line that it reads, each time in a process of its own, which is forked
# so that modules are loaded once; it says that process's number, and later how it ended.
WRITERS = """
import os, sys
import relgraph.store.ladybug_store, relgraph.store.merge, relgraph.store.ladybug_draft, pyarrow
from relgraph.store import open_store
from tests.store.test_ladybug_files import large

data = large("new")
for line in sys.stdin:
    writer = os.fork()
    if writer == 0:
        print(os.getpid(), flush=True)
        with open_store(sys.argv[1], write=True) as store:
            store.write(data)
        os._exit(0)
    print(os.waitpid(writer, 0)[1], flush=True)
"""


def large(name: str) -> Dataset:
    """Return a dataset that takes a moment to write; every name says which it is."""
    people = [stakeholder(f"s{number}") | {"name": name} for number in range(300)]
    ties = [tie(f"s{i}", f"s{(i * 7 + k) % 300}", f"T{k}") for i in range(300) for k in range(4)]
    return dataset(people, ties)


@pytest.mark.parametrize("old", ["old", "nothing"])
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(path: Path, old: str) -> None:
    """SIGKILL at 25 random moments: the file opens, holds no part, and can be written again."""
    draw = random.Random(7)
    outcomes: list[str] = []
    with run_python(WRITERS, path) as writers:
        for _ in range(2):  # the first is slower
            set_up(path, old)
            longest = write_and_kill(writers, None)
        for _ in range(25):
            if outcomes[-1:] != [old]:
                set_up(path, old)
            write_and_kill(writers, draw.uniform(0, longest))
            outcomes.append(what_it_holds(path))
        writers.communicate()
    assert set(outcomes) <= {old, "new"}
    assert outcomes.count(old) >= 5, "the writer was too quick to be caught"
    with open_store(str(path), write=True) as store:
        store.write(large("new"))
    assert what_it_holds(path) == "new"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def set_up(path: Path, content: str) -> None:
    path.unlink(missing_ok=True)
    if content != "nothing":
        with open_store(str(path), write=True) as store:
            store.write(large(content))


def write_and_kill(writers: subprocess.Popen[str], delay: float | None) -> float:
    """Let a writer run for so long, or to its end; return how long it ran."""
    assert writers.stdin is not None
    assert writers.stdout is not None
    writers.stdin.write("\n")
    writers.stdin.flush()
    writer = int(writers.stdout.readline())
    start = time.monotonic()
    if delay is not None:
        time.sleep(delay)
        with contextlib.suppress(ProcessLookupError):  # it may have ended
            os.kill(writer, signal.SIGKILL)
    status = int(writers.stdout.readline())
    assert os.waitstatus_to_exitcode(status) in ({0} if delay is None else {0, -signal.SIGKILL})
    return time.monotonic() - start


def what_it_holds(path: Path) -> str:
    try:
        with open_store(str(path)) as store:
            stored = fetch_dataset(store)
    except StoreNotFound:
        return "nothing"
    name = str(stored.stakeholders["name"][0])
    expected = large(name)
    same(stored.stakeholders, expected.stakeholders)
    same(stored.relationships, expected.relationships)
    return name
