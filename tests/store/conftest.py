"""Stores for the conformance suite: every test in it runs on each."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from relgraph.store import Store, open_store
from tests.neo4j_server import SERVER_PARAM


class OpenStore(Protocol):
    """Opens the one store of a test, for reading or writing."""

    def __call__(self, *, write: bool = False) -> Store: ...


@pytest.fixture(params=["ladybug", SERVER_PARAM])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> OpenStore:
    """Return a function that opens the store of this test; it is empty at first."""
    url = str(tmp_path / "store.lbug")
    if request.param == "neo4j":
        url = request.getfixturevalue("neo4j_url")

    def open_it(*, write: bool = False) -> Store:
        return open_store(url, write=write)

    return open_it
