"""Projections that are kept beside a store: what is read from them is what the store holds."""

from __future__ import annotations

import errno
import json
import logging
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import ladybug
import numpy as np
import pytest

from relgraph.dataset import Dataset
from relgraph.network import Network
from relgraph.settings import Projection
from relgraph.store import fetch, fetch_network, open_store, projections
from relgraph.store.projections import find_kept
from tests.store import interleaving
from tests.store.datasets import dataset, stakeholder, tie

ASKED = ("margin", "circle")


def firm(**more: Any) -> Dataset:
    """Return a dataset with what a projection has to do with."""
    people = [
        stakeholder("a", name="Ann Ã", margin=2.5),
        stakeholder("b", name="王芳", status="left", left_on=date(2999, 1, 1)),
        stakeholder("c", name="Cy", **more),
        stakeholder("d", name="Di", status="left"),
    ]
    ties = [
        tie("a", "b", "REFERS", strength=0.5),
        tie("a", "b", "SUPPLIES", strength=0.25),
        tie("b", "c", "KNOWS"),
        tie("c", "a", "BUYS_FROM", until=date(2020, 1, 1)),
        tie("a", "a", "REFERS"),
        tie("c", "d", "COMPETES_WITH"),
    ]
    return dataset(people, ties)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store that tests copy."""
    path = tmp_path_factory.mktemp("made") / "s.lbug"
    with open_store(path, write=True) as store:
        store.write(firm())
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "s.lbug"))


def read(path: Path, projection: Projection | None = None, **settings: Any) -> Network:
    settings = {"cache": True, **settings}
    with open_store(path) as store:
        return fetch_network(store, projection, ASKED, **settings)


def same(one: Network, other: Network) -> bool:
    """Return whether two networks hold the same, to the bit."""
    arrays = [(getattr(one, name), getattr(other, name)) for name in ("ids", "names", "markets")]
    arrays += list(zip(one.arcs, other.arcs, strict=True))
    own, theirs = one.nodes.attributes, other.nodes.attributes
    arrays += [(own[name], theirs[name]) for name in own]
    return (
        all(a.dtype == b.dtype and repr(a.tolist()) == repr(b.tolist()) for a, b in arrays)
        and list(own) == sorted(theirs, key=list(own).index)
        and (one.directed, one.notes) == (other.directed, other.notes)
    )


def reading(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with every network that is read from a store."""
    reads: list[int] = []
    plain = fetch._read_network

    def counted(*given: Any) -> Network:
        reads.append(1)
        return plain(*given)

    monkeypatch.setattr(fetch, "_read_network", counted)
    return reads


@pytest.mark.parametrize(
    "projection",
    [None, Projection(undirected=True, include_left=True), Projection(types=("KNOWS",))],
)
def test_what_is_kept_is_the_network_to_the_bit(
    path: Path, projection: Projection | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = reading(monkeypatch)
    plain = read(path, projection, cache=False)
    assert not find_kept(path)
    first, second = read(path, projection), read(path, projection)
    assert len(reads) == 2
    assert len(find_kept(path)) == 1
    assert same(plain, first)
    assert same(plain, second)
    assert isinstance(second.strength.base, np.memmap)
    assert second.nodes.attributes["left_on"].tolist() == plain.nodes.attributes["left_on"].tolist()


def test_large_networks_are_kept_unless_that_is_turned_off(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(path, cache=None)
    assert not find_kept(path)
    monkeypatch.setattr(fetch, "FROM_ARCS", 2)
    monkeypatch.setenv("RELGRAPH_CACHE", "no")
    read(path, cache=None)
    assert not find_kept(path)
    monkeypatch.delenv("RELGRAPH_CACHE")
    read(path, cache=None)
    assert len(find_kept(path)) == 1
    with open_store(path, write=True) as store:  # its own writes would have to be looked for
        fetch_network(store, Projection(undirected=True), cache=True)
    assert len(find_kept(path)) == 1


def rewrite(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.write(firm(revenue=5.0))


def forget(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.remove(["b"])


def replace_file(path: Path) -> None:
    other = path.with_name("other.lbug")
    with open_store(other, write=True) as store:
        store.write(dataset([stakeholder("z")]))
    other.replace(path)


def copy_over(path: Path) -> None:
    """Put other content into the same file, with its time and size as they were."""
    other = path.with_name("other.lbug")
    with open_store(other, write=True) as store:
        store.write(dataset([stakeholder("z")]))
    before = path.stat()
    content = other.read_bytes()
    other.unlink()
    with path.open("r+b") as file:
        file.write(content)
        file.truncate(len(content))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def write_by_another_program(path: Path) -> None:
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE (:Stakeholder {id: 'foreign'})")
        connection.execute("CHECKPOINT")


def leave_a_log(path: Path) -> None:
    """Have another program write, and end before it has put that into the file."""
    code = (
        "import ladybug, os, sys; d = ladybug.Database(sys.argv[1]); c = ladybug.Connection(d); "
        "c.execute(\"CREATE (:Stakeholder {id: 'logged'})\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)
    assert path.with_name(f"{path.name}.wal").exists()


@pytest.mark.parametrize(
    "change",
    [rewrite, forget, replace_file, copy_over, write_by_another_program, leave_a_log],
)
def test_no_change_of_a_store_is_answered_from_before(
    path: Path, change: Callable[[Path], None]
) -> None:
    read(path)
    read(path, Projection(undirected=True))
    assert len(find_kept(path)) == 2
    change(path)
    assert same(read(path, cache=None), read(path, cache=False))
    assert same(read(path), read(path, cache=False))
    assert same(read(path), read(path, cache=False))


def test_another_question_or_version_or_place_is_answered_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = reading(monkeypatch)
    read(path)
    read(path, Projection(missing_strength=0.4))
    read(path, as_of=datetime(2019, 1, 1))
    with open_store(path) as store:
        fetch_network(store, None, (), cache=True)
    assert len(reads) == 4
    folder = path.parent / "copied"
    folder.mkdir()
    for file in (path, *find_kept(path)):
        shutil.copy2(file, folder / file.name)
    read(folder / path.name)
    assert len(reads) == 5
    monkeypatch.setattr(projections, "version", lambda name: "another")
    read(path)
    assert len(reads) == 6
    assert len(find_kept(path)) == 1  # what other versions kept is gone


def test_at_most_so_many_are_kept(path: Path) -> None:
    for strength in range(1, projections.MOST + 4):
        read(path, Projection(missing_strength=strength / 100))
    assert len(find_kept(path)) == projections.MOST


def test_nothing_of_who_was_removed_is_left(path: Path) -> None:
    read(path)
    (kept,) = find_kept(path)
    assert "王芳".encode() in kept.read_bytes()
    assert "s.lbug" in kept.name
    killed = kept.with_name(f"{kept.name}.0123abcd")  # what a writer that was killed has left
    shutil.copy(kept, killed)
    forget(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    read(path)
    assert all("王芳".encode() not in file.read_bytes() for file in path.parent.iterdir())


def test_what_is_kept_while_another_writes_goes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(path) as store:
        kept = store.projections()
        assert kept is not None
        network = fetch_network(store, None, ASKED)
        rewrite(path)
        kept.save("question", network)
        assert not find_kept(path)
        # A writer that replaces the store between the last look and the move.
        monkeypatch.setattr(kept, "_is_current", iter([False, True, False]).__next__)
        kept.save("question", network)
        assert not find_kept(path)


def test_a_damaged_file_is_not_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read(path)
    (kept,) = find_kept(path)
    whole = kept.read_bytes()
    at = whole.index(plain.strength.tobytes())
    for damaged in (
        whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
        whole[: len(whole) // 2],
        b"",
    ):
        kept.write_bytes(damaged)
        reads = reading(monkeypatch)
        assert same(read(path), plain)
        assert len(reads) == 1
        assert kept.read_bytes() == whole


def test_a_file_is_for_those_who_may_read_the_store(path: Path) -> None:
    path.chmod(0o640)
    read(path)
    (kept,) = find_kept(path)
    assert kept.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_where_nothing_can_be_kept_there_is_a_log_and_an_answer(
    path: Path, code: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*given: Any) -> None:
        raise OSError(code, os.strerror(code))

    place = "fsync" if code == errno.ENOSPC else "open"
    monkeypatch.setattr(os, place, refuse)
    with caplog.at_level(logging.INFO):
        assert read(path).n == 3
    assert not find_kept(path)
    assert "can't be kept" in caplog.text


def test_two_processes_at_once_read_nothing_stale_or_torn(tmp_path: Path) -> None:
    path = tmp_path / "s.lbug"
    with open_store(path, write=True) as store:
        store.write(interleaving.people(0, random.Random(0)))
    path.with_name("told.json").write_text(json.dumps({"revenue": 0, "gone": []}))
    command = [sys.executable, interleaving.__file__, str(path)]
    both = [
        subprocess.Popen([*command, seed, "50"], stderr=subprocess.PIPE, text=True)
        for seed in ("1", "2")
    ]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert len(find_kept(path)) <= projections.MOST
