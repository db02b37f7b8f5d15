"""LadybugStore: the embedded store, a property graph in one file; the default of relgraph."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.messages import Note
from relgraph.store.ladybug_engine import Engine, wiped_memory
from relgraph.store.ladybug_files import (
    FileLock,
    building,
    check_file,
    check_folder,
    find_end,
    find_side_files,
    place_new_file,
    refused_file,
    replace_file,
    stamp_of,
    verify_file,
)
from relgraph.store.ladybug_graph import LadybugGraph
from relgraph.store.ladybug_tail import read_tail
from relgraph.store.projections import Projections, remove_kept
from relgraph.store.records import NOTHING_STORED, ImportRecord, telling
from relgraph.store.snapshots import Snapshots
from relgraph.store.store import Store

if TYPE_CHECKING:
    from relgraph.dataset import Dataset
    from relgraph.store.ladybug_draft import LadybugDraft

_BYTES_OF_ROW = 40  # of a large file: a stakeholder or relationship with few properties


class LadybugStore(Store):
    """A store in one file, its snapshots in the same.

    Parameters
    ----------
    url : str
        Its path. Opened for writing, a file that is missing is made by the first write.
    write : bool
        Hold the file against other writers. Readers are never held up.
    """

    deleted_rows_linger = True
    is_private = True

    def __init__(self, url: str, *, write: bool = False) -> None:
        super().__init__(url, write=write)
        self._path = Path(url).resolve()
        self._lock: FileLock | None = None
        self._stamp: str | None = None
        self._graph: LadybugGraph | None = None
        try:
            if write:
                self._hold()
            self.graph()
        except BaseException:
            self.close()
            raise

    def _hold(self) -> None:
        """Take the file, and let the engine finish what a killed writer of its own left."""
        if not self._path.exists():
            check_folder(self._path)
            return
        check_file(self._path)
        self._lock = FileLock(self._path)
        if find_side_files(self._path):
            Engine(self._path, write=True).close()
            self._lock.take()  # closing the engine's handle dropped it

    def graph(self) -> LadybugGraph:
        """Return what the file holds, opened again after a write."""
        self.check_open()
        if self._graph is None:
            if self.writable and self._lock is None:
                self._graph = draft = _draft(Engine(None))
                draft.create_schema()
            else:
                if self._lock is None:
                    check_file(self._path)
                    self._stamp = stamp_of(self._path)
                self._graph = LadybugGraph(Engine(self._path))
                self._graph.check_version(self.url)
                if self._stamp is not None and stamp_of(self._path) != self._stamp:
                    self._stamp = None  # replaced while the engine opened one or the other
        return self._graph

    def verify(self) -> Note:
        self.check_open()
        if self._lock is not None:
            kept = verify_file(self._lock.fd, self._path)
        elif self._path.exists():
            with self._path.open("rb") as file:
                kept = verify_file(file.fileno(), self._path)
        else:
            kept = False  # made by the first write
        return Note("check.right" if kept else "check.none", url=self.url)

    @contextlib.contextmanager
    def change(
        self,
        content: Dataset | None = None,
        *,
        replace: bool = False,
        record: ImportRecord | None = None,
        batched: bool = False,
    ) -> Iterator[LadybugDraft]:
        """Give a copy of the graph, or an empty one, that takes the file's place at the end."""
        old = self._lock
        with refused_file(self._path):
            remove_kept(self._path)
        with building(self._path, old, copy=not replace) as file:
            engine = Engine(file.path, write=True)
            try:
                with telling(NOTHING_STORED):
                    draft = _draft(engine)
                    if replace or old is None:
                        draft.create_schema()
                    yield draft
                    draft.run("CHECKPOINT")
            finally:
                engine.close()
            tail = self._tail(draft, os.fstat(file.fd).st_size)
            self._close_graph()
            if old is None:
                place_new_file(file, self._path, tail)
            else:
                replace_file(file, old, tail)
            self._lock = file
        with contextlib.suppress(OSError):
            remove_kept(self._path)  # those that were kept meanwhile, too

    def _tail(self, draft: LadybugDraft, most: int) -> bytes:
        """Return the snapshots to keep, of so many bytes together at most."""
        if draft.snapshots is None and len(tail := self._read_tail()) <= most:
            return tail
        draft.snapshots = (draft.snapshots or self.read_snapshots()).limited(most=most)
        return draft.snapshots.to_bytes()

    def expected_rows(self) -> int:
        graph = self.graph()
        if graph.engine.is_large:
            return self._path.stat().st_size // _BYTES_OF_ROW
        return self.count_rows()

    def projections(self) -> Projections | None:
        if self._stamp is None:
            return None
        return Projections(self._path, self._stamp, lambda: stamp_of(self._path))

    def wiping(self) -> AbstractContextManager[None]:
        return wiped_memory()

    def keeps_snapshots(self) -> bool:
        return True

    def read_snapshots(self) -> Snapshots:
        self.check_open()
        return Snapshots.from_bytes(self._read_tail())

    def _read_tail(self) -> bytes:
        if self._lock is not None:
            return read_tail(self._lock.fd, find_end(self._lock.fd))
        if not self._path.exists():
            return b""
        with self._path.open("rb") as file:
            return read_tail(file.fileno(), find_end(file.fileno()))

    def _close_graph(self) -> None:
        if self._graph is not None:
            self._graph.engine.close()
            self._graph = None

    def close(self) -> None:
        self.closed = True
        self._close_graph()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _draft(engine: Engine) -> LadybugDraft:
    from relgraph.store.ladybug_draft import LadybugDraft  # imports pandas, which readers spare

    return LadybugDraft(engine)
