"""What the server's store does beside the conformance suite: connecting, batches, locks."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import neo4j
import pandas as pd
import pytest

from relgraph.errors import (
    NotADatabase,
    StoreError,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    UnsupportedVersion,
    WriteFailed,
)
from relgraph.store import fetch_dataset, fetch_nodes, open_store
from relgraph.store.graph import Draft
from relgraph.store.neo4j_draft import Neo4jDraft
from relgraph.store.records import TableChange
from relgraph.store.removal import delete_rows
from tests.neo4j_server import Neo4jAddress, connect
from tests.store.datasets import dataset, same, stakeholder, tie

ONE = dataset([stakeholder("a")])
MANY = dataset(
    [stakeholder(f"s{number:03}") for number in range(300)],
    [tie(f"s{number:03}", f"s{number * 7 % 300:03}", "KNOWS") for number in range(300)],
)

Listen = Callable[[bytes], str]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Return a function that opens a port which answers every caller so, and gives its URL."""
    sockets = []

    def start(answer: bytes) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        sockets.append(server)

        def serve() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                sockets.append(caller)
                if answer:
                    caller.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return f"bolt://127.0.0.1:{server.getsockname()[1]}"

    yield start
    for server in sockets:
        server.close()


@contextmanager
def refused_quickly(capfd: pytest.CaptureFixture[str], error: type[StoreError], says: str) -> Any:
    """Assert that the block raises an error of one line without a long wait, and says no more."""
    start = time.monotonic()
    with pytest.raises(error, match=says) as refusal:
        yield
    assert time.monotonic() - start < 20  # the driver's own limit is a minute
    assert "\n" not in str(refusal.value)
    assert os.environ.get("NEO4J_PASSWORD", "hush") not in str(refusal.value)
    assert capfd.readouterr() == ("", "")


def test_no_server_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"bolt://127.0.0.1:{free.getsockname()[1]}"
    for scheme in ("bolt", "neo4j", "bolt+s"):
        with refused_quickly(capfd, StoreUnavailable, "is the server up"):
            open_store(url.replace("bolt", scheme))


def test_a_port_that_answers_something_else_is_said(
    listen: Listen, capfd: pytest.CaptureFixture[str]
) -> None:
    web = listen(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with refused_quickly(capfd, StoreUnavailable, "answers HTTP: Bolt's is 7687"):
        open_store(web)
    with refused_quickly(capfd, StoreUnavailable, "can't be reached"):
        open_store(web.replace("bolt", "bolt+s"))


def test_a_server_that_does_not_answer_is_given_up(
    listen: Listen, capfd: pytest.CaptureFixture[str]
) -> None:
    with refused_quickly(capfd, StoreUnavailable, "can't be reached"):
        open_store(listen(b""))


def test_a_name_that_is_not_known_is_said(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with refused_quickly(capfd, StoreUnavailable, "its name is not known"):
        open_store("neo4j://no-such-host.invalid")


def test_a_name_server_that_hangs_is_given_up(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()

    def hang(*_: object, **__: object) -> list[Any]:
        ended.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with refused_quickly(capfd, StoreUnavailable, "no answer within"):
        open_store("bolt://slow.invalid")
    ended.set()


@pytest.fixture
def somebody(neo4j_address: Neo4jAddress) -> Iterator[str]:
    """Return a user who may be locked out without harm to other tests."""
    with connect(neo4j_address) as driver:
        driver.execute_query(
            "CREATE USER somebody SET PASSWORD 'their secret' CHANGE NOT REQUIRED",
            database_="system",
        )
        yield "somebody"
        driver.execute_query("DROP USER somebody", database_="system")


def test_a_wrong_password_is_said(
    neo4j_url: str,
    somebody: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hush hush")
    url = neo4j_url.replace("//", f"//{somebody}@")
    for _ in range(3):
        with refused_quickly(capfd, StoreUnavailable, "refuses user 'somebody': check"):
            open_store(url)
    with refused_quickly(capfd, StoreUnavailable, r"too many wrong passwords.*wait"):
        open_store(url)


def test_no_password_is_said(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    with refused_quickly(capfd, StoreUnavailable, "the password in NEO4J_PASSWORD"):
        open_store(neo4j_url)


def test_an_unknown_database_is_said(neo4j_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    with refused_quickly(capfd, StoreUnavailable, "there is no such database"):
        open_store(f"{neo4j_url}/nosuch")


def test_encryption_that_the_server_lacks_is_said(
    neo4j_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with refused_quickly(capfd, StoreUnavailable, "encryption failed"):
        open_store(neo4j_url.replace("bolt", "bolt+s"))


def test_a_server_that_is_too_old_is_said(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class Info:
        agent = "Neo4j/4.4.12"

    monkeypatch.setattr(neo4j.Driver, "get_server_info", lambda _: Info)
    with refused_quickly(capfd, UnsupportedVersion, "is Neo4j 4.4.12: relgraph needs 5.26"):
        open_store(neo4j_url)


def test_an_empty_server_has_no_store(neo4j_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    with refused_quickly(capfd, StoreNotFound, "import` first"):
        open_store(neo4j_url)


def test_stakeholders_that_relgraph_did_not_write_are_left(
    neo4j_url: str, neo4j_address: Neo4jAddress
) -> None:
    with connect(neo4j_address) as driver:
        driver.execute_query("CREATE (:Stakeholder {id: 1})")
        for write in (False, True):
            with pytest.raises(NotADatabase, match="holds 1 Stakeholder node that"):
                open_store(neo4j_url, write=write)


def test_an_unknown_layout_is_refused(neo4j_url: str, neo4j_address: Neo4jAddress) -> None:
    with open_store(neo4j_url, write=True) as store:
        store.write(ONE)
    with connect(neo4j_address) as driver:
        driver.execute_query("MATCH (i:Import {key: 'state'}) SET i.version = 99")
    for write in (False, True):
        with pytest.raises(UnsupportedVersion, match="layout 99"):
            open_store(neo4j_url, write=write)


def test_a_failed_first_import_leaves_no_store(neo4j_url: str) -> None:
    with open_store(neo4j_url, write=True) as store, pytest.raises(WriteFailed):
        store.write(dataset([stakeholder("a")], [tie("a", "nobody")]))
    with pytest.raises(StoreNotFound):
        open_store(neo4j_url)


def test_the_second_label_follows_the_market(neo4j_url: str, neo4j_address: Neo4jAddress) -> None:
    def labels() -> dict[str, list[str]]:
        with connect(neo4j_address) as driver:
            rows = driver.execute_query(
                "MATCH (s:Stakeholder) RETURN s.id AS id, labels(s) AS labels"
            ).records
        return {row["id"]: sorted(row["labels"]) for row in rows}

    with open_store(neo4j_url, write=True) as store:
        store.write(dataset([stakeholder("a", "customer"), stakeholder("b", "firm")]))
        assert labels() == {"a": ["Customer", "Stakeholder"], "b": ["Firm", "Stakeholder"]}
        store.write(dataset([stakeholder("a", "competitor"), {"id": "b", "name": "B2"}]))
        assert labels() == {"a": ["Competitor", "Stakeholder"], "b": ["Firm", "Stakeholder"]}


def test_values_have_the_servers_own_types(neo4j_url: str, neo4j_address: Neo4jAddress) -> None:
    types = {"n": "integer", "x": "number", "ok": "boolean", "day": "date", "moment": "time"}
    row = stakeholder("a", n=1, x=1.0, ok=True, day="2020-02-29", moment="2020-02-29T10:00Z")
    with open_store(neo4j_url, write=True) as store:
        store.write(dataset([row], types=types))  # type: ignore[arg-type]
    with connect(neo4j_address) as driver:
        (record,) = driver.execute_query(
            "MATCH (s:Stakeholder) RETURN [v IN [s.n, s.x, s.ok, s.day, s.moment] | "
            "valueType(v)] AS types"
        ).records
    assert [name.removesuffix(" NOT NULL") for name in record["types"]] == [
        "INTEGER",
        "FLOAT",
        "BOOLEAN",
        "DATE",
        "ZONED DATETIME",
    ]


def test_other_nodes_on_the_server_are_left_alone(
    neo4j_url: str, neo4j_address: Neo4jAddress
) -> None:
    with connect(neo4j_address) as driver, open_store(neo4j_url, write=True) as store:
        driver.execute_query("CREATE (:Person {id: 'p'})-[:LIKES]->(:Person)")
        store.write(MANY)
        store.write(ONE, replace=True)
        assert fetch_nodes(store).ids.tolist() == ["a"]
        (record,) = driver.execute_query("MATCH (p:Person)-[:LIKES]->() RETURN p.id AS id").records
    assert record["id"] == "p"


def test_two_writers_are_kept_apart(neo4j_url: str, neo4j_address: Neo4jAddress) -> None:
    with open_store(neo4j_url, write=True) as store:
        store.write(ONE)
        with connect(neo4j_address) as driver, driver.session() as session:
            other = session.begin_transaction()
            other.run("MATCH (i:Import {key: 'lock'}) SET i.taken = null").consume()
            with pytest.raises(StoreLocked, match="another process"):
                store.write(MANY)
            assert fetch_nodes(store).ids.tolist() == ["a"]
            other.rollback()
        store.write(MANY)


class Broken(Exception):
    """What stops a write in these tests."""


@pytest.fixture
def break_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that lets so many batches pass from now on, and then fails."""
    create = Neo4jDraft.create_rows

    def arrange(batches: int) -> None:
        left = iter(range(batches))

        def create_rows(draft: Neo4jDraft, kind: str | None, rows: pd.DataFrame) -> None:
            if next(left, None) is None:
                raise Broken
            create(draft, kind, rows)

        monkeypatch.setattr(Neo4jDraft, "rows_at_once", 100)
        monkeypatch.setattr(Neo4jDraft, "create_rows", create_rows)

    return arrange


def test_a_write_that_breaks_leaves_the_old(
    neo4j_url: str, break_after: Callable[[int], None]
) -> None:
    with open_store(neo4j_url, write=True) as store:
        store.write(ONE)
        for replace in (False, True):
            break_after(4)
            with pytest.raises(Broken):
                store.write(MANY, replace=replace)
            same(fetch_dataset(store).stakeholders, ONE.stakeholders)


@pytest.mark.parametrize("replace", [False, True])
def test_a_batched_write_goes_on_where_it_broke(
    neo4j_url: str, break_after: Callable[[int], None], replace: bool
) -> None:
    with open_store(neo4j_url, write=True) as store:
        store.write(ONE)
    break_after(4)
    with open_store(neo4j_url, write=True) as store, pytest.raises(Broken):
        store.write(MANY, replace=replace, batched=True)
    with pytest.raises(StoreUnavailable, match="holds part of an import in batches"):
        open_store(neo4j_url)
    break_after(100)
    with open_store(neo4j_url, write=True) as store:
        assert store.incomplete
        with pytest.raises(WriteFailed, match=r"was interrupted here.*nothing was stored"):
            store.write(ONE, batched=True)
        with pytest.raises(WriteFailed, match="was interrupted here"):
            store.write(ONE)
        summary = store.write(MANY, replace=replace, batched=True)
        assert not store.incomplete
    assert summary.tables["stakeholders"] == TableChange(unchanged=300)
    assert summary.tables["relationships"] == TableChange(created=200, unchanged=100)
    with open_store(neo4j_url) as store:
        stored = fetch_dataset(store)
    expected = MANY.stakeholders if replace else pd.concat([MANY.stakeholders, ONE.stakeholders])
    same(stored.stakeholders, expected)
    same(stored.relationships, MANY.relationships)


def test_replace_gets_rid_of_a_broken_batch(
    neo4j_url: str, break_after: Callable[[int], None]
) -> None:
    with open_store(neo4j_url, write=True) as store:
        break_after(4)
        with pytest.raises(Broken):
            store.write(MANY, batched=True)
        break_after(100)
        store.write(ONE, replace=True)
    with open_store(neo4j_url) as store:
        same(fetch_dataset(store).stakeholders, ONE.stakeholders)


ENDLESS = "UNWIND range(1, 1000000000000) AS x RETURN count(x) AS n"


def interrupt_soon() -> None:
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()


def wait_until_idle(address: Neo4jAddress) -> None:
    with connect(address) as driver:
        while driver.execute_query(
            "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'range' "
            "AND NOT currentQuery STARTS WITH 'SHOW' RETURN currentQuery"
        ).records:
            time.sleep(0.1)


def test_ctrl_c_during_a_write_leaves_the_old_and_says_so(
    neo4j_url: str, neo4j_address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = Neo4jDraft.create_rows

    def interrupted(draft: Neo4jDraft, kind: str | None, rows: pd.DataFrame) -> None:
        create(draft, kind, rows)
        interrupt_soon()
        draft.run(ENDLESS)

    with open_store(neo4j_url, write=True) as store:
        store.write(ONE)
        with monkeypatch.context() as patched:
            patched.setattr(Neo4jDraft, "create_rows", interrupted)
            with pytest.raises(KeyboardInterrupt, match="nothing was stored"):
                store.write(MANY)
        wait_until_idle(neo4j_address)
        assert fetch_nodes(store).ids.tolist() == ["a"]
        store.write(MANY)
        assert len(fetch_nodes(store).ids) == 301


def test_ctrl_c_during_a_query_ends_it_on_the_server_too(
    neo4j_url: str, neo4j_address: Neo4jAddress
) -> None:
    with open_store(neo4j_url, write=True) as store:
        store.write(ONE)
        interrupt_soon()
        with pytest.raises(KeyboardInterrupt):
            store.execute(ENDLESS)
        wait_until_idle(neo4j_address)
        assert store.execute("RETURN 1 AS one")["one"].tolist() == [1]


def test_ctrl_c_while_it_commits_lets_it_end_and_says_so(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = neo4j.Transaction.commit

    def interrupted(transaction: neo4j.Transaction) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)
        commit(transaction)

    with open_store(neo4j_url, write=True) as store, monkeypatch.context() as patched:
        store.write(ONE)

        def deleted(draft: Draft, ids: Sequence[str]) -> None:
            patched.setattr(neo4j.Transaction, "commit", interrupted)
            delete_rows(draft, ids)

        patched.setattr("relgraph.store.removal.delete_rows", deleted)
        with pytest.raises(KeyboardInterrupt, match="everything was stored"):
            store.remove(["a"])
        assert fetch_nodes(store).ids.tolist() == []
