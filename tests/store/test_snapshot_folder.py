"""Snapshots of a server, in the folder that its settings name: as those in a file."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from relgraph import describe_store, list_history, remove_stakeholders, save_settings
from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput, StoreUnavailable, WriteFailed
from relgraph.store import fetch_dataset, open_store
from relgraph.store.frames import checksum
from relgraph.store.snapshots import KEPT, Snapshots
from tests.store.datasets import dataset, stakeholder, tie
from tests.store.test_ladybug_files import large, write_and_kill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    return folder


@pytest.fixture
def url(neo4j_url: str, folder: Path) -> str:
    """Return the address of a server that keeps snapshots; it holds nobody yet."""
    with open_store(neo4j_url, write=True) as store:
        save_settings(store, settings(folder))
    return neo4j_url


def settings(folder: Path) -> str:
    return f"[snapshots]\nfolder = {str(folder)!r}\n"


def write(url: str, data: Dataset, keep: int = KEPT) -> str:
    """Write what stands for an import; return what the server holds then."""
    with open_store(url, write=True) as store:
        store.write(data, keep=keep)
    return held(url)


def held(url: str) -> str:
    with open_store(url) as store:
        return checksum(fetch_dataset(store))


def numbers(url: str) -> list[int]:
    with open_store(url) as store:
        return [*store.read_snapshots().records]


def named(name: str) -> Dataset:
    return dataset([stakeholder("a") | {"name": name}, stakeholder("b")], [tie("a", "b")])


def test_without_a_folder_there_are_none(neo4j_url: str) -> None:
    for name in ("old", "new"):
        write(neo4j_url, named(name))
    with open_store(neo4j_url) as store:
        listed = list_history(store)
    assert len(listed["snapshot"]) == 0
    assert [note.key for note in listed.notes] == ["snapshot.not_kept"]


def test_each_import_keeps_what_it_replaced(url: str, folder: Path) -> None:
    states = [write(url, named(name)) for name in ("one", "two", "three", "three")]
    assert len(list(folder.iterdir())) == 1
    with open_store(url) as store:
        names = list_history(store)["snapshot"].tolist()
        kinds = describe_store(store)["kind"].tolist()
    assert names == [f"{url}@1", f"{url}@2"]
    assert kinds.count("history") == 2
    assert [held(name) for name in names] == states[:2]
    assert held(f"{url}@2999-01-01") == states[2]
    write(url, named("four"), keep=1)
    assert numbers(url) == [3]
    assert held(f"{url}@3") == states[2]
    write(url, named("five"), keep=0)
    assert [*folder.iterdir()] == []
    write(url, named("six"))
    assert numbers(url) == [4]  # no number stands for two states


def test_an_import_that_fails_leaves_no_snapshot(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    states = [write(url, named(name)) for name in ("one", "two")]

    def fail(*_: object, **__: object) -> None:
        raise WriteFailed("store.read_only", url=url)

    with monkeypatch.context() as patched:  # what comes last before the server has it all
        patched.setattr("relgraph.store.neo4j_draft.Neo4jDraft.save_state", fail)
        with pytest.raises(WriteFailed):
            write(url, named("three"), keep=1)
    assert held(url) == states[1]
    assert numbers(url) == [1]  # not lost, though one alone was to be kept
    assert held(f"{url}@1") == states[0]
    write(url, named("four"))
    assert [held(f"{url}@{number}") for number in numbers(url)] == states


def test_no_file_tells_of_who_was_removed(url: str, folder: Path) -> None:
    names = ("Zebulon Altname", "Zebulon Quarzstein", "Zebulon Quarzstein")
    for number, name in enumerate(names):
        people = [*map(stakeholder, ("P-7741", "b", f"n{number}"))]
        people[0]["name"] = name
        write(url, dataset(people, [tie("P-7741", "b")]))
    (left,) = folder.iterdir()
    left.with_name(f".{left.name}.building").write_bytes(b"Zebulon, of a writer that was killed")
    with open_store(url, write=True) as store:
        assert b"P-7741" in left.read_bytes()
        removed = remove_stakeholders(store, "P-7741")
        assert removed["removed"].tolist() == [1, 1, 0, 2]
    content = b"".join(file.read_bytes() for file in folder.iterdir())
    assert b"Zebulon" not in content
    assert b"P-7741" not in content
    with open_store(f"{url}@2") as store:
        found = fetch_dataset(store).stakeholders
    assert not found.isin(["P-7741", "Zebulon Altname", "Zebulon Quarzstein"]).any(axis=None)


def test_a_removal_that_fails_is_completed_by_the_next(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        write(url, named(name))
    (file,) = folder.iterdir()

    def fail(*_: object, **__: object) -> None:
        raise WriteFailed("store.read_only", url=url)

    with open_store(url, write=True) as store:
        with monkeypatch.context() as patched:
            patched.setattr("relgraph.store.neo4j_draft.Neo4jDraft.save_state", fail)
            with pytest.raises(WriteFailed):
                remove_stakeholders(store, "a")
        assert store.holds("a")
        remove_stakeholders(store, "a")
        assert not store.holds("a")
        with open_store(f"{url}@1") as old:
            assert fetch_dataset(old).stakeholders["id"].tolist() == ["b"]
    assert b"one" not in file.read_bytes()


def test_another_folder_takes_the_snapshots_along(url: str, folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(url, named(name))
    other = tmp_path / "other"
    with open_store(url, write=True) as store:
        with pytest.raises(StoreUnavailable, match="is not there: make it, or name another"):
            save_settings(store, settings(other))
        other.mkdir()
        save_settings(store, settings(other))
        assert [*folder.iterdir()] == []
        assert store.read_snapshots().records.keys() == {1}
        save_settings(store, "")
        assert [*other.iterdir()] == []


def test_a_folder_that_is_elsewhere(url: str, folder: Path, tmp_path: Path) -> None:
    """On another machine the folder is missing: reading goes on, writing would leave a gap."""
    for name in ("one", "two"):
        write(url, named(name))
    moved = folder.rename(tmp_path / "elsewhere")
    with open_store(url, write=True) as store:
        (note,) = describe_store(store).notes
        assert note.key == "snapshot.not_seen"
        with pytest.raises(StoreUnavailable, match="which the settings name for snapshots"):
            list_history(store)
        with pytest.raises(StoreUnavailable, match="which the settings name for snapshots"):
            remove_stakeholders(store, "a")
        with pytest.raises(StoreUnavailable, match="which the settings name for snapshots"):
            store.write(dataset([stakeholder("c")]), keep=KEPT)
        assert store.holds("a")
        assert not store.holds("c")
        save_settings(store, settings(moved))
        assert store.read_snapshots().records.keys() == {1}


def test_damage_is_told(url: str, folder: Path) -> None:
    for name in ("one", "two"):
        write(url, named(name))
    (file,) = folder.iterdir()
    file.write_bytes(b"nothing that can be read")
    with open_store(url) as store:
        (note,) = describe_store(store).notes
        assert note.key == "snapshot.all_damaged"
    write(url, named("three"))
    assert numbers(url) == [2]
    assert Snapshots.from_bytes(file.read_bytes()).records.keys() == {2}


def test_the_folder_is_a_whole_path(neo4j_url: str) -> None:
    with open_store(neo4j_url, write=True) as store:
        for wrong in ("'here'", "3", "''"):
            with pytest.raises(InvalidInput, match=r"snapshots\.folder"):
                save_settings(store, f"[snapshots]\nfolder = {wrong}\n")


WRITER = """
import os, sys
import pyarrow.parquet, neo4j
import relgraph.store.neo4j_store, relgraph.store.neo4j_draft, relgraph.store.merge
import relgraph.store.keeping
from relgraph.store import open_store
from tests.store.test_ladybug_files import large

data = large("new")
for line in sys.stdin:
    writer = os.fork()
    if writer == 0:
        print(os.getpid(), flush=True)
        with open_store(sys.argv[1], write=True) as store:
            store.write(data, keep=2)
        os._exit(0)
    print(os.waitpid(writer, 0)[1], flush=True)
"""


@pytest.mark.long
def test_a_kill_loses_neither_store_nor_snapshot(url: str, folder: Path) -> None:
    """SIGKILL at random moments: the old store and its snapshots, or the new with one more."""
    for name in ("older", "old", "old one"):
        write(url, large(name))
    before, older = held(url), [held(f"{url}@{number}") for number in (1, 2)]
    (file,) = folder.iterdir()
    set_up = file.read_bytes()
    draw = random.Random(11)
    outcomes: list[bool] = []
    with Popen([sys.executable, "-c", WRITER, url], stdin=PIPE, stdout=PIPE, text=True) as writers:
        for _ in range(2):  # the first is slower
            longest = write_and_kill(writers, None)
            after = held(url)
            _restore(url, file, set_up, number=2)
        # Twelve, and more of them, ever later, until one came after all was written: how long a
        # server takes changes with what else runs.
        while len(outcomes) < 12 or (len({*outcomes}) < 2 and len(outcomes) < 60):
            write_and_kill(writers, draw.uniform(0, (1.1 + 0.1 * len(outcomes)) * longest))
            outcomes.append(held(url) == before)
            assert numbers(url)[-1] == (2 if outcomes[-1] else 3)
            assert held(f"{url}@2") == older[1]
            if outcomes[-1]:
                assert held(f"{url}@1") == older[0]
            else:
                assert held(url) == after
                assert held(f"{url}@3") == before
                _restore(url, file, set_up, number=2)
        writers.communicate()
    assert {*outcomes} == {True, False}


def _restore(url: str, file: Path, content: bytes, number: int) -> None:
    """Let a server hold what it held before the import that is tried."""
    with open_store(url, write=True) as store, store.change() as draft:
        draft.run("MATCH (s:Stakeholder) SET s.name = 'old one'")
        draft.run("MATCH (i:Import {key: 'state'}) SET i.snapshot = $n", {"n": number})
    file.write_bytes(content)
