"""Fixtures for tests on a real Neo4j server: one for the whole run, emptied before each test.

`RELGRAPH_TEST_NEO4J_URI` names a server to use, with NEO4J_USERNAME and NEO4J_PASSWORD; it has to
be empty. Without it tools/neo4j starts one. Where Java or Maven is missing, these tests are skipped
on a developer's machine and fail in CI.

What uses a server has the marker `server`: `pytest -m "not server"` runs all the rest. Tests get it
here; the value of a parametrised fixture that leads to a server says it (`SERVER_PARAM`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tools.neo4j.server import USER, Neo4jServer, missing_tools

if TYPE_CHECKING:
    from neo4j import Driver


SERVER_PARAM = pytest.param("neo4j", marks=pytest.mark.server)
_SERVER_FIXTURES = {"neo4j_address", "needs_neo4j"}
_CACHE_KEY = "relgraph/server"


class Neo4jAddress(NamedTuple):
    """Where the server is and who may use it."""

    url: str
    user: str
    password: str


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a server; a process that shares the suite says which they are."""
    for item in items:
        if not _SERVER_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("server")
    if hasattr(config, "workerinput"):
        marked = [item.nodeid for item in items if item.get_closest_marker("server")]
        config.cache.set(_CACHE_KEY, marked)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Give one process all that needs a server, which starts once then, the others a file each.

    The process that shares them out knows their names, and the marked ones from the cache. (Under
    pytest 9.2, xdist 3.8 loses the groups that `--dist loadgroup` would keep together.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class ServerApart(LoadScopeScheduling):  # type: ignore[misc]
        @cached_property
        def marked(self) -> frozenset[str]:
            return frozenset(config.cache.get(_CACHE_KEY, ()))

        def _split_scope(self, nodeid: str) -> str:
            return "server" if nodeid in self.marked else nodeid.split("::")[0]

    return ServerApart(config, log)


@pytest.fixture(autouse=True)
def _server_is_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that came to a server by a fixture's code, without the marker."""
    yield
    hidden = _SERVER_FIXTURES.intersection(request.fixturenames)
    if hidden and not request.node.get_closest_marker("server"):
        pytest.fail("this test uses a server: mark it, or the fixture's value, with `server`")


def connect(address: Neo4jAddress) -> Driver:
    """Return a driver for the server."""
    from neo4j import GraphDatabase

    return GraphDatabase.driver(address.url, auth=(address.user, address.password))


@pytest.fixture(scope="session")
def needs_neo4j() -> None:
    """Skip what starts a server where that can't be done, but fail in CI."""
    missing = missing_tools()
    if missing:
        message = f"a Neo4j server needs {' and '.join(missing)}"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"{message}; CI runs these tests always")
        pytest.skip(message)


@pytest.fixture(scope="session")
def neo4j_address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neo4jAddress]:
    """Return the address of a running server; it is for all tests of the run."""
    given = os.environ.get("RELGRAPH_TEST_NEO4J_URI")
    if given:
        user = os.environ.get("NEO4J_USERNAME", USER)
        address = Neo4jAddress(given, user, os.environ.get("NEO4J_PASSWORD", ""))
        _refuse_to_empty(address)
        yield address
        empty(address)
    else:
        request.getfixturevalue("needs_neo4j")
        home: Path = tmp_path_factory.mktemp("neo4j")
        with Neo4jServer(home) as server:
            yield Neo4jAddress(server.url, server.user, server.password)


@pytest.fixture
def neo4j_url(neo4j_address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the URL of an empty server, with user and password in the environment."""
    empty(neo4j_address)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_address.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_address.password)
    return neo4j_address.url


def _refuse_to_empty(address: Neo4jAddress) -> None:
    with connect(address) as driver:
        count = driver.execute_query("MATCH (n) RETURN count(n) AS count").records[0]["count"]
    if count:
        pytest.fail(
            f"{address.url} holds {count} nodes; the tests would delete them: empty it first"
        )


def empty(address: Neo4jAddress) -> None:
    """Delete everything in the database, and what is declared there by others than relgraph.

    Its own constraints and indexes hold nothing then, and without dropping them the server still
    knows how to run the queries that it has run: half of what a test costs it.
    """
    with connect(address) as driver, driver.session() as session:
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
        ).consume()
        for kind in ("CONSTRAINT", "INDEX"):
            names = session.run(f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP'").value()
            for name in names:
                if not name.startswith("relgraph_"):
                    session.run(f"DROP {kind} `{name}`").consume()
