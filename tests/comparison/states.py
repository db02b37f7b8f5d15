"""Firms in memory, and scenarios for them, for tests of comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from relgraph.comparison.whatif import read_futures, whatif_rows
from relgraph.dataset import Dataset
from relgraph.progress import SILENT
from relgraph.readwrite.reading import read_files
from relgraph.settings import PlanningSettings
from relgraph.store.frame_store import FrameStore
from tests.stored import Rows, frame
from tests.worked import FOLDER

PEOPLE: Rows = [
    {"id": "firm", "name": "Firm", "market": "firm"},
    {"id": "e1", "name": "Eva", "market": "employee"},
    {"id": "e2", "name": "Emil", "market": "employee"},
    {"id": "a", "name": "Anna", "market": "customer", "margin": 100.0, "satisfaction": 0.5},
    {"id": "b", "name": "Bob", "market": "customer", "margin": 80.0, "satisfaction": 0.8},
    {"id": "c", "name": "Cai", "market": "customer", "margin": 60.0},
    {"id": "d", "name": "Dan", "market": "distributor", "margin": 40.0, "owner": "e1"},
    {"id": "i", "name": "Ida", "market": "influencer"},
    {"id": "s", "name": "Sol", "market": "supplier", "revenue": 30.0},
]
TIES: Rows = [
    {"source": "e1", "target": "a", "type": "MANAGES", "strength": 0.6},
    {"source": "e1", "target": "b", "type": "MANAGES", "strength": 0.5},
    {"source": "e2", "target": "b", "type": "MANAGES", "strength": 0.4},
    {"source": "e2", "target": "c", "type": "MANAGES"},
    {"source": "e1", "target": "d", "type": "MANAGES", "strength": 0.7},
    {"source": "c", "target": "d", "type": "BUYS_FROM", "strength": 0.5},
    {"source": "a", "target": "b", "type": "REFERS", "strength": 0.5},
    {"source": "b", "target": "c", "type": "REFERS", "strength": 0.5},
    {"source": "d", "target": "a", "type": "REFERS", "strength": 0.3},
    {"source": "i", "target": "a", "type": "INFLUENCES", "strength": 0.8},
    {"source": "e2", "target": "i", "type": "MANAGES", "strength": 0.5},
    {"source": "a", "target": "i", "type": "KNOWS", "strength": 0.4},
]
CONTACTS: Rows = [
    {"source": "e1", "target": "a", "at": "2025-01-05T12:00:00Z"},
    {"source": "e1", "target": "a", "at": "2025-06-05T12:00:00Z"},
    {"source": "e2", "target": "b", "at": "2026-06-05T12:00:00Z"},
]


def store_of(people: Rows = PEOPLE, ties: Rows = TIES, contacts: Rows = CONTACTS) -> FrameStore:
    """Return a store in memory that holds these rows."""
    dataset = Dataset(
        frame("stakeholders", people),
        frame("relationships", ties),
        frame("interactions", [{**row, "channel": None, "occurrence": 0} for row in contacts]),
    )
    return FrameStore("memory", dataset)


def worked() -> FrameStore:
    """Return the worked example."""
    return FrameStore("worked", read_files([FOLDER]).dataset)


def whatif(
    store: FrameStore,
    folder: Path,
    *scenarios: str,
    measures: tuple[str, ...] = (),
    together: bool = False,
    **settings: Any,
) -> list[dict[str, Any]]:
    """Return the rows that scenarios in TOML make."""
    paths = []
    for number, text in enumerate(scenarios):
        paths.append(folder / f"s{number}.toml")
        paths[-1].write_text(text, encoding="utf-8")
    futures = read_futures(store, paths, SILENT, together=together)
    chosen = PlanningSettings(**{"draws": 0, **settings})
    return list(whatif_rows(store, futures, chosen, measures).rows())
