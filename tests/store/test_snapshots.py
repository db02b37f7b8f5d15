"""Snapshots in the file of a store: kept by imports, bounded, whole or not at all, no harm."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relgraph import check_store, copy_store
from relgraph.dataset import Dataset
from relgraph.errors import (
    NotADatabase,
    StoreNotFound,
    UnsupportedVersion,
    UsageError,
    WriteFailed,
)
from relgraph.store import Store, fetch_dataset, open_store
from relgraph.store.frames import checksum
from relgraph.store.ladybug_engine import Engine
from relgraph.store.ladybug_files import find_end
from relgraph.store.records import ImportedFile, ImportRecord, WriteSummary
from relgraph.store.snapshot_tables import read_snapshot
from relgraph.store.snapshots import FILES, KEPT, Snapshots
from tests.store.datasets import contact, dataset, same, stakeholder, tie
from tests.store.test_ladybug_files import large, run_python, write_and_kill

START = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.lbug"


def month(number: int) -> Dataset:
    """Return what is imported in a month: one stakeholder more, and another name for the first."""
    people = [stakeholder(f"s{place}") for place in range(number + 1)]
    people[0]["name"] = f"month {number}"
    ties = [tie("s0", f"s{number}", strength=0.5)] if number else []
    return dataset(people, ties, [contact("s0", "s0", f"2026-01-0{number % 9 + 1}T08:00")])


def write(
    store: Store, data: Dataset, number: int = 0, keep: int = KEPT, *, replace: bool = False
) -> WriteSummary:
    files = (ImportedFile(f"month{number}.csv", "9f", len(data.stakeholders)),)
    record = ImportRecord(START + timedelta(days=30 * number), files)
    return store.write(data, record=record, keep=keep, replace=replace)


def import_months(path: Path, count: int, keep: int = KEPT) -> list[str]:
    """Import months from the first on; return what the store held after each."""
    held = []
    for number in range(count):
        with open_store(path, write=True) as store:
            write(store, month(number), number, keep)
            held.append(checksum(fetch_dataset(store)))
    return held


def snapshots(path: Path) -> Snapshots:
    with open_store(path) as store:
        return store.read_snapshots()


def held(path: Path | str, which: int | datetime | str | None = None) -> str:
    moment = which.isoformat() if isinstance(which, datetime) else which
    with open_store(path if which is None else f"{path}@{moment}") as store:
        return checksum(fetch_dataset(store))


@contextmanager
def changed(path: Path) -> Iterator[bytearray]:
    content = bytearray(path.read_bytes())
    yield content
    path.write_bytes(content)


def engines_part(path: Path) -> int:
    with path.open("rb") as file:
        end = find_end(file.fileno())
    assert end is not None
    return end


def test_each_import_keeps_what_it_replaced(path: Path) -> None:
    states = import_months(path, 4)
    assert [held(path, number) for number in (1, 2, 3)] == states[:3]
    assert held(path) == states[3]
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    record = snapshots(path).records[2]
    assert (record.number, record.at) == (2, START + timedelta(days=60))
    assert record.since == START + timedelta(days=30)
    assert record.files == ("month2.csv",)
    assert record.changed == 4  # s2, a tie, a contact; the name of s0
    assert record.rows == {"stakeholders": 2, "relationships": 1, "interactions": 2}


def test_a_snapshot_has_the_types_and_settings_of_the_store(path: Path) -> None:
    people = [
        stakeholder("a", revenue=1.5, level=2, left_on="2025-01-31", vip=True, kept=None),
        stakeholder("b", revenue=None, level=None, left_on=None, vip=None, kept=None),
    ]
    types = {"vip": "boolean", "level": "integer", "left_on": "date", "kept": "text"}
    data = dataset(people, [tie("a", "b", since="2024-02-29")], types=types)  # type: ignore[arg-type]
    with open_store(path, write=True) as store:
        store.write(Dataset(data.stakeholders, data.relationships, settings='currency = "EUR"\n'))
        before = fetch_dataset(store)
        write(store, dataset([stakeholder("c")]))
    with open_store(f"{path}@1") as store:
        found = fetch_dataset(store)
        assert store.read_settings().currencies.own == "EUR"
    assert found.types("stakeholders") == before.types("stakeholders")
    for table, frame in found.tables().items():
        same(frame, before.tables()[table])


def test_a_first_import_and_one_that_changes_nothing_keep_none(path: Path) -> None:
    with open_store(path, write=True) as store:
        write(store, month(2))
        write(store, month(2))
        write(store, month(2), replace=True)
        assert store.read_snapshots().records == {}
        store.write(dataset([stakeholder("x")]))  # no import
        assert store.read_snapshots().records == {}
        write(store, Dataset(settings='currency = "EUR"\n'))
        write(store, month(2), replace=True)
        assert [*store.read_snapshots().records] == [1, 2]


def test_the_oldest_go_first(path: Path) -> None:
    states = import_months(path, 5, keep=3)
    assert [*snapshots(path).records] == [2, 3, 4]
    assert held(path, 2) == states[1]
    with open_store(path, write=True) as store:
        write(store, month(4), keep=2)
        assert [*store.read_snapshots().records] == [3, 4]
        write(store, month(5), keep=3)
        assert [*store.read_snapshots().records] == [3, 4, 5]
        write(store, month(6), keep=0)
        assert store.read_snapshots().records == {}
    assert path.stat().st_size == engines_part(path)


def test_snapshots_are_never_larger_than_the_store(path: Path) -> None:
    draw = random.Random(3)
    with open_store(path, write=True) as store:
        for number in range(6):
            people = [
                stakeholder(f"s{place}", text=f"{draw.randrange(16**300):0300x}")
                for place in range(6000)
            ]
            write(store, dataset(people), number, replace=True)
            kept = store.read_snapshots()
            assert len(kept.to_bytes()) <= engines_part(path)
            assert sum(each.size for each in kept.records.values()) <= len(kept.to_bytes())
    assert 0 < len(kept.records) < 5
    assert [*kept.records][-1] == 5


def test_what_is_larger_than_the_store_is_told(path: Path) -> None:
    draw = random.Random(3)
    people = [
        stakeholder(f"s{place}", text=f"{draw.randrange(16**3000):x}") for place in range(500)
    ]
    with open_store(path, write=True) as store:
        write(store, dataset(people))
        summary = write(store, month(1), 1, replace=True)
        assert store.read_snapshots().records == {}
    assert [note.key for note in summary.notes] == ["snapshot.too_large"]


def test_a_moment_means_the_state_at_that_time(path: Path) -> None:
    states = import_months(path, 4)  # 31 January, then every 30 days
    assert held(path, "2026-02-01") == states[0]
    assert held(path, START) == states[0]
    assert held(path, START + timedelta(days=30)) == states[1]
    assert held(path, START + timedelta(days=59)) == states[1]
    assert held(path, "2026-04-01T00:00") == states[1]
    assert held(path, "2026-04-01") == states[2]
    assert held(path, "2027-01-01") == states[3]
    with pytest.raises(StoreNotFound, match="keeps no snapshot from 2026-01-30"):
        held(path, "2026-01-30")


def test_what_is_not_there_is_said(path: Path) -> None:
    import_months(path, 2)
    with pytest.raises(StoreNotFound, match="has no snapshot 7"):
        held(path, 7)
    with pytest.raises(UsageError, match="the number of a snapshot"):
        held(path, "2026-13-01")
    with pytest.raises(StoreNotFound, match="there is no store"):
        held(path, "yesterday")
    with pytest.raises(StoreNotFound, match="there is no store"):
        held(path.with_name("none.lbug"), 1)


def test_an_address_means_a_snapshot(path: Path) -> None:
    states = import_months(path, 3)
    assert held(f"{path}@1") == states[0]
    assert held(f"{path}@2026-03-05") == states[1]
    with pytest.raises(UsageError, match="is a snapshot and stays as it is"):
        open_store(f"{path}@1", write=True)
    with open_store(f"{path}@1") as store:
        with pytest.raises(WriteFailed):
            store.write(month(1))
        found = store.execute("MATCH (s:Stakeholder) RETURN s.name AS name")
        assert found["name"].tolist() == ["month 0"]
    shutil.copy(path, f"{path}@1")
    assert held(f"{path}@1") == states[2]  # a file of that name


def test_a_copy_of_the_file_has_the_snapshots(path: Path) -> None:
    states = import_months(path, 3)
    copied = Path(shutil.copy(path, path.with_name("copied.lbug")))
    moved = path.rename(path.with_name("moved.lbug"))
    assert [held(each, 1) for each in (copied, moved)] == [states[0]] * 2
    other = path.with_name("other.lbug")
    with open_store(moved) as source, open_store(other, write=True) as target:
        copy_store(source, target)
    assert [held(other, number) for number in (1, 2)] == states[:2]


def test_other_writes_carry_the_snapshots_on(path: Path) -> None:
    states = import_months(path, 3)
    with open_store(path, write=True) as store:
        store.write(Dataset(settings='currency = "EUR"\n'))
        assert held(path, 1) == states[0]
        store.remove(["s2"])
    assert [held(path, number) for number in (1, 2)] == states[:2]
    with open_store(path) as store:
        assert check_store(store).key == "check.right"


FOREIGN = """
import ladybug, sys
with ladybug.Database(sys.argv[1]) as database, ladybug.Connection(database) as connection:
    connection.execute("CREATE (:Stakeholder {id: 'f', name: 'F', market: 'customer'})")
"""


def test_another_program_that_writes_the_file_leaves_the_snapshots(path: Path) -> None:
    states = import_months(path, 3)
    subprocess.run([sys.executable, "-c", FOREIGN, path], check=True)
    assert [held(path, number) for number in (1, 2)] == states[:2]
    with open_store(path, write=True) as store:
        write(store, month(4), 4)
        assert "f" in fetch_dataset(store).stakeholders["id"].tolist()
    assert [held(path, number) for number in (1, 2)] == states[:2]
    assert [*snapshots(path).records] == [1, 2, 3]


def place_of(content: bytes | bytearray, name: str) -> int:
    """Return a place inside a file of a snapshot."""
    return content.index(name.encode()) + len(name) + 20


@pytest.mark.parametrize("name", [f"2/{file}" for file in FILES if file != "relgraph.toml"])
def test_a_damaged_snapshot_is_told_and_harms_nothing_else(path: Path, name: str) -> None:
    states = import_months(path, 4)
    with changed(path) as content:
        content[place_of(content, name)] ^= 0x10
    assert held(path) == states[3]
    assert [held(path, number) for number in (1, 3)] == [states[0], states[2]]
    with pytest.raises(NotADatabase, match=r"snapshot 2 of .* is damaged"):
        held(path, 2)
    with open_store(path) as store, pytest.raises(NotADatabase, match="snapshot 2"):
        check_store(store)
    with open_store(path, write=True) as store:
        summary = write(store, month(4), 4)
        assert [str(note) for note in summary.notes] == ["damaged snapshots could not be kept: 2"]
        assert check_store(store).key == "check.right"
    assert [*snapshots(path).records] == [1, 3, 4]


def test_whatever_is_damaged_of_the_snapshots_the_store_is_whole(path: Path) -> None:
    states = import_months(path, 3)
    whole, end = path.read_bytes(), engines_part(path)
    draw = random.Random(5)
    places = [*range(end, end + 30, 3), *range(len(whole) - 40, len(whole), 3)]
    places += [draw.randrange(end, len(whole)) for _ in range(40)]
    for place in places:
        content = bytearray(whole)
        content[place] ^= 1 << draw.randrange(8)
        path.write_bytes(content)
        _is_whole(path, states)
    for size in (end + 9, end + 20, end + 25, *draw.sample(range(end + 30, len(whole)), 6)):
        path.write_bytes(whole[:size])
        _is_whole(path, states)
    assert held(path) == states[2]
    with open_store(path, write=True) as store:
        write(store, month(4), 4)
    assert held(path, max(snapshots(path).records)) == states[2]


def _is_whole(path: Path, states: list[str]) -> None:
    """Check that a snapshot is right, or known not to be."""
    with open_store(path) as store:
        found = store.read_snapshots()
        assert checksum(fetch_dataset(store)) == states[-1]
        for number in found.records:
            try:
                right = checksum(read_snapshot(found, "store", number)) == states[number - 1]
            except (NotADatabase, UnsupportedVersion):
                continue
            assert right


def test_unreadable_snapshots_are_told_and_begun_anew(path: Path) -> None:
    states = import_months(path, 3)
    with changed(path) as content:
        content[-22:] = bytes(22)  # where the directory of the archive is told
    with pytest.raises(NotADatabase, match=r"the snapshots of .* are damaged"):
        held(path, 1)
    with open_store(path, write=True) as store:
        summary = write(store, month(3), 3)
    assert [note.key for note in summary.notes] == ["snapshot.all_dropped"]
    assert held(path, 1) == states[2]


def later_form(path: Path) -> None:
    """Make the first snapshot one of a later version."""
    with open_store(path, write=True) as store:
        files = store.read_snapshots().files
        record = files[1]["snapshot.json"].replace(b'"form": 1', b'"form": 2')
        kept = Snapshots({**files, 1: {"snapshot.json": record, "tables.new": b"text"}})
        store.write(Dataset(), snapshots=kept)


def test_a_snapshot_of_a_later_version_stays_and_is_refused(path: Path) -> None:
    states = import_months(path, 3)
    later_form(path)
    with pytest.raises(UnsupportedVersion, match=r"snapshot 1 of .* later version"):
        held(path, 1)
    with open_store(path, write=True) as store:
        write(store, month(3), 3)
    assert [*snapshots(path).records] == [1, 2, 3]
    assert held(path, 2) == states[1]


def test_no_room_for_a_snapshot_leaves_everything(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_months(path, 3)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_store(path, write=True) as store:
        monkeypatch.setattr("relgraph.store.ladybug_files.write_tail", full)
        with pytest.raises(WriteFailed, match="No space left on device; nothing was stored"):
            write(store, month(3), 3)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_readers_look_back_while_the_store_is_written(path: Path) -> None:
    states = import_months(path, 3)
    with open_store(path) as reader, open_store(path, write=True) as writer:
        before = reader.read_snapshots()
        write(writer, month(3), 3)
        assert checksum(fetch_dataset(reader)) == states[2]
        assert [*before.records] == [1, 2]
        assert [held(path, number) for number in (1, 2, 3)] == states


def test_the_engine_reads_a_file_with_snapshots(path: Path) -> None:
    import_months(path, 3)
    engine = Engine(path)
    assert engine.run("MATCH (s:Stakeholder) RETURN s.id AS id")["id"].tolist() == [
        "s0",
        "s1",
        "s2",
    ]
    engine.close()


WRITERS = """
import os, sys
import relgraph.store.ladybug_store, relgraph.store.merge, relgraph.store.ladybug_draft
import relgraph.store.keeping, pyarrow.parquet
from relgraph.store import open_store
from tests.store.test_ladybug_files import large

data = large("new")
for line in sys.stdin:
    writer = os.fork()
    if writer == 0:
        print(os.getpid(), flush=True)
        with open_store(sys.argv[1], write=True) as store:
            store.write(data, keep=12)
        os._exit(0)
    print(os.waitpid(writer, 0)[1], flush=True)
"""


@pytest.mark.long
def test_a_kill_at_any_moment_loses_neither_store_nor_snapshot(path: Path) -> None:
    """SIGKILL at 50 random moments: the old store and its snapshots, or the new with one more."""
    with open_store(path, write=True) as store:
        for name in ("older", "old", "old one"):
            store.write(large(name), keep=KEPT)
    before, older = held(path), [held(path, number) for number in (1, 2)]
    after = checksum(large("new"))
    set_up = path.read_bytes()
    draw, outcomes = random.Random(11), []
    with run_python(WRITERS, path) as writers:
        for _ in range(2):  # the first is slower
            longest = write_and_kill(writers, None)
            path.write_bytes(set_up)
        for _ in range(50):
            write_and_kill(writers, draw.uniform(0, longest))
            outcomes.append(held(path) == before)
            assert [held(path, number) for number in (1, 2)] == older
            if not outcomes[-1]:
                assert held(path) == after
                assert held(path, 3) == before
                path.write_bytes(set_up)
            assert [*snapshots(path).records] == [1, 2]
        writers.communicate()
    assert sum(outcomes) >= 10, "the writer was too quick to be caught"
    assert len(outcomes) - sum(outcomes) >= 1
