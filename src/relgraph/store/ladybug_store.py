"""LadybugStore: the embedded store, a property graph in one file; the default of relgraph."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.errors import QueryFailed, WriteFailed
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store.base import NOTHING_STORED, ImportRecord, Store, StoredSchema, WriteSummary
from relgraph.store.ladybug_engine import Engine
from relgraph.store.ladybug_files import (
    FileLock,
    building,
    check_file,
    check_folder,
    needs_replay,
    place_new_file,
    replace_file,
)
from relgraph.store.ladybug_graph import LadybugGraph

if TYPE_CHECKING:
    from relgraph.dataset import Dataset
    from relgraph.store.ladybug_draft import LadybugDraft


class LadybugStore(Store):
    """A store in one file.

    Parameters
    ----------
    path : str or Path
        The file. Opened for writing, one that is missing reads as an empty store and is made
        by the first write.
    write : bool
        Hold the file against other writers. Readers are never held up.

    Raises
    ------
    StoreNotFound, StoreLocked, NotADatabase, UnsupportedVersion, StoreUnavailable
    """

    def __init__(self, path: str | Path, *, write: bool = False) -> None:
        self.url = str(path)
        self._path = Path(path).resolve()
        self._lock: FileLock | None = None
        self._graph: LadybugGraph | None = None
        self._writable = write
        try:
            if write:
                self._hold()
            self._open_graph()
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
        if needs_replay(self._path):
            Engine(self._path, write=True).close()
            self._lock.take()  # closing the engine's handle dropped it

    def _open_graph(self) -> LadybugGraph:
        if self._graph is None:
            if self._writable and self._lock is None:
                self._graph = draft = _draft(Engine(None))
                draft.create_schema()
            else:
                if self._lock is None:
                    check_file(self._path)
                self._graph = LadybugGraph(Engine(self._path))
                self._graph.check_version(self.url)
        return self._graph

    def create_schema(self) -> None:
        """Make the file with its labels, types and properties if there is none yet."""
        if self._lock is None:
            with self._changed():
                pass

    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""
        return self._open_graph().read_schema()

    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""
        return self._open_graph().read_import_record()

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one reading statement and return its rows."""
        return self._open_graph().execute(cypher, parameters)

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id."""
        return self._open_graph().read_stakeholders(properties)

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships."""
        return self._open_graph().read_relationships(types, properties)

    def write(
        self,
        dataset: Dataset,
        *,
        replace: bool = False,
        clear: Sequence[str] = (),
        record: ImportRecord | None = None,
        batched: bool = False,
        progress: Progress = SILENT,
    ) -> WriteSummary:
        """Merge a dataset into the store, whole or not at all, `batched` or not."""
        from relgraph.store.merge import merge_dataset

        with self._changed(empty=replace) as graph:
            graph.clear(clear)
            summary = merge_dataset(graph, dataset, progress)
            if record is not None:
                graph.write_import_record(record)
        return summary

    def remove(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Delete stakeholders with all their ties, whole or not at all."""
        with self._changed() as graph:
            return graph.remove(ids)

    @contextlib.contextmanager
    def _changed(self, *, empty: bool = False) -> Iterator[LadybugDraft]:
        """Give a copy of the graph (or an empty one) that takes the store's place at the end."""
        if not self._writable:
            raise WriteFailed("store.read_only", url=self.url)
        old = self._lock
        with building(self._path, old, copy=not empty) as draft:
            engine = Engine(draft.path, write=True)
            try:
                graph = _draft(engine)
                if empty or old is None:
                    graph.create_schema()
                yield graph
                engine.run("CHECKPOINT")
            except QueryFailed as error:
                reason = error.message
                raise WriteFailed("write.failed", reason=reason, left=NOTHING_STORED) from error
            except KeyboardInterrupt:
                raise KeyboardInterrupt(NOTHING_STORED) from None
            finally:
                engine.close()
            self._close_graph()
            if old is None:
                place_new_file(draft, self._path)
            else:
                replace_file(draft, old)
            self._lock = draft

    def _close_graph(self) -> None:
        if self._graph is not None:
            self._graph.close()
            self._graph = None

    def close(self) -> None:
        """Let go of the store; a second call does nothing."""
        self._close_graph()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _draft(engine: Engine) -> LadybugDraft:
    from relgraph.store.ladybug_draft import LadybugDraft  # imports pandas, which readers spare

    return LadybugDraft(engine)
