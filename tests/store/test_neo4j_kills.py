"""A server that dies in the middle of a write: all or nothing, and a second write completes it."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from relgraph.errors import StoreUnavailable, WriteFailed
from relgraph.store import fetch_dataset, open_store
from relgraph.store.frames import checksum
from relgraph.store.records import ImportedFile, ImportRecord
from tests.store.datasets import dataset, stakeholder, tie
from tools.neo4j import server as launcher
from tools.neo4j.server import Neo4jServer

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("RELGRAPH_TEST_KILLS", "1"))  # more of them take 20 seconds each
OLD = dataset([stakeholder("old")])
NEW = dataset(
    [stakeholder(f"s{number}") for number in range(800)],
    [tie(f"s{i}", f"s{(i * 7 + k) % 800}", f"T{k}") for i in range(800) for k in range(3)],
)
MANY = dataset([stakeholder(f"s{i}", note="x" * 1000) for i in range(10_000)])
RECORD = ImportRecord(datetime(2024, 5, 1, tzinfo=UTC), (ImportedFile("new.csv", "9f", 800),))


@pytest.fixture(scope="module")
def own_server(
    needs_neo4j: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neo4jServer]:
    """Return a server that may be killed, with too little memory for MANY in one transaction."""
    with pytest.MonkeyPatch.context() as patch:
        small = launcher.CONFIGURATION + "dbms.memory.transaction.total.max=20m\n"
        patch.setattr(launcher, "CONFIGURATION", small)
        with Neo4jServer(tmp_path_factory.mktemp("neo4j")) as own:
            yield own


@pytest.fixture
def server(own_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> Neo4jServer:
    """Return that server, with user and password in the environment."""
    monkeypatch.setenv("NEO4J_USERNAME", own_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", own_server.password)
    return own_server


def write(url: str, *, batched: bool) -> None:
    with open_store(url, write=True) as store:
        store.write(NEW, replace=True, record=RECORD, batched=batched)


def test_a_server_that_is_killed_holds_all_or_nothing(server: Neo4jServer) -> None:
    with open_store(server.url, write=True) as store:
        store.write(OLD)
    draw = random.Random(11)
    for batched in (False, True):
        kill_and_write_again(server, draw, batched=batched)


def kill_and_write_again(server: Neo4jServer, draw: random.Random, *, batched: bool) -> None:
    start = time.monotonic()
    write(server.url, batched=batched)
    longest = time.monotonic() - start
    for _ in range(KILLS):
        with open_store(server.url, write=True) as store:
            store.write(OLD, replace=True)
        killer = threading.Timer(draw.uniform(0.3, 0.9) * longest, server.kill)
        killer.start()
        with contextlib.suppress(StoreUnavailable):
            write(server.url, batched=batched)
        killer.join()
        server.start()
        held = what_it_holds(server.url)
        assert held in (["old", "new", "a part that is marked"] if batched else ["old", "new"])
        write(server.url, batched=batched)
        assert what_it_holds(server.url) == "new"
        with open_store(server.url) as store:
            assert store.read_import_record() == RECORD


def what_it_holds(url: str) -> str:
    try:
        with open_store(url) as store:
            content = checksum(fetch_dataset(store))
    except StoreUnavailable as error:
        return (
            "a part that is marked" if "part of an import in batches" in str(error) else str(error)
        )
    return {checksum(OLD): "old", checksum(NEW): "new"}.get(content, "a part")


def test_too_little_memory_is_said_and_nothing_stored(
    server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(server.url, write=True) as store:
        store.write(OLD, replace=True)
        with pytest.raises(WriteFailed, match=r"dbms\.memory\.transaction\.total\.max") as no:
            store.write(MANY)
        assert "nothing was stored" in str(no.value)
        assert "or use batched" in str(no.value)
        assert checksum(fetch_dataset(store)) == checksum(OLD)
        monkeypatch.setattr("relgraph.store.neo4j_draft.Neo4jDraft.rows_at_once", 1000)
        store.write(MANY, batched=True)
