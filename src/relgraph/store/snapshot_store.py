"""SnapshotStore: a snapshot in memory, for every function that reads a store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.dataset import Dataset
from relgraph.errors import UsageError
from relgraph.progress import SILENT
from relgraph.settings import parse_moment
from relgraph.store.frame_store import FrameStore

if TYPE_CHECKING:
    from relgraph.store.base import BaseStore
    from relgraph.store.columns import Column
    from relgraph.store.ladybug_engine import Engine

_ADDRESS = re.compile(r"(.+)@(\d{1,9}|\d{4}-\d\d-\d\d(?:T.+)?)")


class SnapshotStore(FrameStore):
    """What a snapshot holds; it is never written.

    Cypher runs on a database in memory, which is made when it is first needed.
    """

    def __init__(self, name: str, dataset: Dataset) -> None:
        super().__init__(name, dataset)
        self._engine: Engine | None = None
        self._graph.run = self._run

    def _run(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Column]:
        if self._engine is None:
            from relgraph.store.ladybug_draft import LadybugDraft
            from relgraph.store.ladybug_engine import Engine
            from relgraph.store.merge import merge

            self._engine = Engine(None)
            draft = LadybugDraft(self._engine)
            draft.create_schema()
            merge(draft, draft, self.dataset, SILENT)
        return self._engine.run(cypher, parameters)

    def close(self) -> None:
        super().close()
        if self._engine is not None:
            self._engine.close()
            self._engine = None


class SnapshotAddress(NamedTuple):
    """Where a snapshot is: the URL of its store, and its number or a moment in UTC."""

    url: str
    which: int | datetime


def parse_snapshot(url: str, *, is_server: bool) -> SnapshotAddress | None:
    """Return what `STORE@NUMBER` or `STORE@DATE` means; None for the URL of a store.

    A file that has such a name is a store.

    Raises
    ------
    UsageError
        The date is none.
    """
    found = _ADDRESS.fullmatch(url)
    if found is None or not (is_server or Path(found[1]).is_file()) or Path(url).exists():
        return None
    if found[2].isdecimal():
        return SnapshotAddress(found[1], int(found[2]))
    try:
        return SnapshotAddress(found[1], parse_moment(found[2], "url"))
    except UsageError as error:
        raise UsageError("snapshot.which", url=url) from error


def read_snapshot_of(store: BaseStore, name: str, which: int | datetime) -> SnapshotStore:
    """Return what a number or a moment means of a store, in memory and called by a name."""
    from relgraph.store.fetch import fetch_dataset
    from relgraph.store.snapshot_tables import read_snapshot

    snapshots = store.read_snapshots()
    found = snapshots.find(store.url, which)
    if found is None:
        return SnapshotStore(name, fetch_dataset(store))
    return SnapshotStore(name, read_snapshot(snapshots, store.url, found.number))
