"""Keeping a snapshot of what an import is about to replace, and what is said of it."""

from __future__ import annotations

from dataclasses import replace as replaced
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from relgraph.messages import Note
from relgraph.store.fetch import fetch_dataset, read_dataset
from relgraph.store.frames import checksum
from relgraph.store.records import ImportRecord, WriteSummary
from relgraph.store.snapshot_tables import write_tables
from relgraph.store.snapshots import Snapshot, Snapshots

if TYPE_CHECKING:
    from relgraph.store.base import BaseStore
    from relgraph.store.graph import Draft, Graph


class Keeping:
    """The snapshots of a store during one import.

    Parameters
    ----------
    store : BaseStore
        It still holds what a draft is about to replace.
    keep : int
        The most snapshots that stay.
    """

    def __init__(self, store: BaseStore, keep: int) -> None:
        self._store, self._keep = store, keep
        self._before = store.read_snapshots()
        self._number = self._before.next_number

    def begin(
        self,
        draft: Draft,
        record: ImportRecord | None,
        summary: WriteSummary,
        *,
        replace: bool,
    ) -> None:
        """Give a draft the snapshots to keep, with one of the store if the draft differs from it.

        None is made of a store that holds nobody.
        """
        files = dict(self._before.files)
        if self._keep and (taken := self._take(draft, record, summary, replace=replace)):
            files[self._number] = taken
        self._taken = self._number in files
        draft.snapshots = Snapshots(files).limited(self._keep)

    def _take(
        self, draft: Draft, record: ImportRecord | None, summary: WriteSummary, *, replace: bool
    ) -> dict[str, bytes] | None:
        changes = summary.tables.values()
        changed = sum(change.created + change.updated for change in changes) + summary.taken
        if not (replace or changed or _texts(self._store.graph()) != _texts(draft)):
            return None
        before = fetch_dataset(self._store)
        if before.stakeholders.empty:
            return None
        if replace and checksum(before) == checksum(read_dataset(draft)):
            return None
        last = self._store.read_import_record()
        snapshot = Snapshot(
            number=self._number,
            at=record.at if record else datetime.now(UTC),
            since=last.at if last else None,
            files=tuple(file.name for file in record.files) if record else (),
            changed=changed,
            rows={table: len(frame) for table, frame in before.tables().items()},
        )
        return write_tables(before, snapshot)

    def tell(self, draft: Draft, summary: WriteSummary) -> WriteSummary:
        """Return a summary with notes on snapshots that could not be kept."""
        kept = draft.snapshots or Snapshots()
        notes = [Note("snapshot.dropped", numbers=sorted(self._before.damaged))]
        notes = notes if self._before.damaged else []
        if self._before.unreadable:
            notes.append(Note("snapshot.all_dropped"))
        if self._taken and self._number not in kept.records:
            notes.append(Note("snapshot.too_large"))
        return replaced(summary, notes=tuple(notes))


def _texts(graph: Graph) -> list[str]:
    """Return the settings, and who is the same."""
    return [graph.read_text("settings") or "", graph.read_text("same") or ""]
