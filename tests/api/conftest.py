"""Stores that tests of the API share: the worked example, and a firm with money and contacts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph import import_files, open_store
from relgraph.store import Store
from tests.stored import Rows, store_rows
from tests.worked import FOLDER

PEOPLE: Rows = [
    {"id": "f", "name": "Acme", "market": "firm"},
    {"id": "e", "name": "Eve", "market": "employee"},
    {"id": "g", "name": "Gus", "market": "employee"},
    {"id": "h", "name": "Hua", "market": "employee"},
    {"id": "a", "name": "Ann", "market": "customer", "margin": 100.0, "satisfaction": 0.4},
    {"id": "b", "name": "Bob", "market": "customer", "margin": 50.0, "satisfaction": 0.9},
    {"id": "s", "name": "Sol", "market": "supplier"},
    {"id": "x", "name": "Xia", "market": "customer", "status": "left"},
]
TIES: Rows = [
    *({"source": who, "target": "f", "type": "WORKS_FOR", "strength": 1.0} for who in "egh"),
    {"source": "e", "target": "a", "type": "MANAGES", "strength": 0.9},
    {"source": "a", "target": "b", "type": "INFLUENCES", "strength": 0.8},
    {"source": "b", "target": "a", "type": "INFLUENCES", "strength": 0.2},
    {"source": "s", "target": "f", "type": "REFERS", "strength": 0.5},
]
CONTACTS: Rows = [
    *(
        {"source": "e", "target": "a", "at": f"{day}T12:00:00Z"}
        for day in ("2026-01-05", "2026-01-12", "2026-06-01")
    ),
    {"source": "h", "target": "b", "at": "2026-06-01T12:00:00Z", "value": 5.0},
]


@pytest.fixture(scope="session")
def worked_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a store that holds the worked example."""
    path = tmp_path_factory.mktemp("worked") / "worked.lbug"
    with open_store(path, write=True) as store:
        import_files(store, FOLDER)
    return path


@pytest.fixture(scope="session")
def worked(worked_file: Path) -> Iterator[Store]:
    """Return the worked example, open for reading."""
    with open_store(worked_file) as store:
        yield store


@pytest.fixture
def writable(worked_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Return a store of the test's own that holds the worked example."""
    with open_store(shutil.copy(worked_file, tmp_path / "own.lbug"), write=True) as store:
        yield store


@pytest.fixture(scope="session")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return the store of a firm whose ties have strengths, stakeholders margins."""
    path = tmp_path_factory.mktemp("acme") / "acme.lbug"
    with open_store(store_rows(path, PEOPLE, TIES, CONTACTS)) as store:
        yield store
