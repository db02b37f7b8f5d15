"""Neo4jStore: a Neo4j server, with the same rows as the embedded store."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from relgraph.errors import (
    NotADatabase,
    QueryFailed,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    UnsupportedVersion,
    WriteFailed,
)
from relgraph.messages import Message, Value
from relgraph.model import NODE_LABEL
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store.base import NOTHING_STORED, ImportRecord, Store, StoredSchema, WriteSummary
from relgraph.store.neo4j_address import PASSWORD_VARIABLE, parse_address
from relgraph.store.neo4j_connection import Connection, OutOfMemory, Run, TimedOut
from relgraph.store.neo4j_graph import Neo4jGraph
from relgraph.store.schema import IMPORT_LABEL, SCHEMA_VERSION
from relgraph.store.statements import check_parameters

if TYPE_CHECKING:
    from relgraph.dataset import Dataset
    from relgraph.store.neo4j_draft import Neo4jDraft

_SCHEMA = (
    f"CREATE CONSTRAINT relgraph_stakeholder_id IF NOT EXISTS FOR (s:{NODE_LABEL}) "
    "REQUIRE s.id IS UNIQUE",
    f"CREATE CONSTRAINT relgraph_import_key IF NOT EXISTS FOR (i:{IMPORT_LABEL}) "
    "REQUIRE i.key IS UNIQUE",
    f"CREATE INDEX relgraph_stakeholder_market IF NOT EXISTS FOR (s:{NODE_LABEL}) ON (s.market)",
)
_TAKE_LOCK = f"MERGE (i:{IMPORT_LABEL} {{key: 'lock'}}) SET i.taken = $now"
_LOCK_SECONDS = (2.0, 8.0)  # a server that has just started is slow the first time
_PART_STORED = Message("left.part")


class Neo4jStore(Store):
    """A store on a server.

    Parameters
    ----------
    url : str
        `neo4j://…`, `bolt://…` or their encrypted forms, with user and database, if any.
    write : bool
        Whether the store may be changed; one where relgraph never wrote then reads as empty.

    Raises
    ------
    StoreUnavailable, StoreNotFound, NotADatabase, UnsupportedVersion
    """

    def __init__(self, url: str, *, write: bool = False) -> None:
        address = parse_address(url)
        self.url = address.label
        self._writable = write
        self._connection = Connection(address, os.environ.get(PASSWORD_VARIABLE))
        self._graph = Neo4jGraph(self._connection.read)
        try:
            self._check_state()
        except BaseException:
            self.close()
            raise

    def _check_state(self) -> None:
        state = self._graph.read_state()
        if not state:
            foreign = self._connection.read(f"MATCH (s:{NODE_LABEL}) RETURN count(s) AS n")["n"][0]
            if foreign:
                raise NotADatabase(
                    "store.foreign_nodes", url=self.url, count=foreign, label=NODE_LABEL
                )
            if not self._writable:
                raise StoreNotFound("store.none_on_server", url=self.url)
        elif state.get("version") != SCHEMA_VERSION:
            raise UnsupportedVersion(
                "store.layout", url=self.url, found=state.get("version"), reads=SCHEMA_VERSION
            )
        self.incomplete = "batch" in state
        if self.incomplete and not self._writable:
            raise StoreUnavailable("store.incomplete", url=self.url, files=_named(state))

    def create_schema(self) -> None:
        """Create constraints, indexes and the node that keeps relgraph's state."""
        self._create_constraints()
        with self._exclusive(NOTHING_STORED) as run:
            self._draft(run).save_state()

    def _create_constraints(self) -> None:
        if not self._graph.read_state():
            for statement in _SCHEMA:
                self._connection.change(statement)

    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""
        return self._graph.read_schema()

    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""
        return self._graph.read_import_record()

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one reading statement and return its rows."""
        check_parameters(cypher, parameters or {})
        return Result(self._connection.read(cypher, parameters))

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id."""
        return self._graph.read_stakeholders(properties)

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships."""
        return self._graph.read_relationships(types, properties)

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
        """Merge a dataset into the store, in one transaction or, `batched`, in many."""
        from relgraph.store.merge import merge_dataset

        self._check_writable()
        self._create_constraints()
        with self._exclusive(_PART_STORED if batched else NOTHING_STORED) as run:
            draft = self._draft(self._connection.change if batched else run)
            batch = _Batch(draft, dataset, replace=replace, record=record)
            batch.begin(marked=batched)
            draft.clear(clear)
            summary = merge_dataset(draft, dataset, progress)
            draft.save_state(batch=None)
            if record is not None:
                draft.write_import_record(record)
        self.incomplete = False
        return summary

    def remove(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Delete stakeholders with all their ties, whole or not at all."""
        self._check_writable()
        with self._exclusive(NOTHING_STORED) as run:
            return self._draft(run).remove(ids)

    def _check_writable(self) -> None:
        if not self._writable:
            raise WriteFailed("store.read_only", url=self.url)

    def _draft(self, run: Run) -> Neo4jDraft:
        from relgraph.store.neo4j_draft import Neo4jDraft  # imports pandas, which readers spare

        return Neo4jDraft(run)

    @contextlib.contextmanager
    def _exclusive(self, left: Message) -> Iterator[Run]:
        """Give a transaction that holds the lock of all writers; say what an error has left."""
        try:
            self._probe_lock()
            with self._connection.transaction() as run:
                run(_TAKE_LOCK, {"now": datetime.now(UTC)})
                yield run
        except OutOfMemory as error:
            raise WriteFailed("write.no_memory", url=self.url, left=left) from error
        except QueryFailed as error:
            raise WriteFailed("write.failed", reason=error.message, left=left) from error
        except StoreUnavailable as error:
            raise StoreUnavailable("write.failed", reason=error.message, left=left) from error
        except KeyboardInterrupt as error:
            raise KeyboardInterrupt(*(error.args or (left,))) from None
        finally:
            self._graph = Neo4jGraph(self._connection.read)

    def _probe_lock(self) -> None:
        """Find out whether another writer holds the lock, which a longer wait wouldn't tell."""
        for seconds in _LOCK_SECONDS:
            with (
                contextlib.suppress(TimedOut),
                self._connection.transaction(seconds) as run,
            ):
                run(_TAKE_LOCK, {"now": datetime.now(UTC)})
                return
        raise StoreLocked("store.locked", url=self.url)

    def close(self) -> None:
        """Let go of the store; a second call does nothing."""
        self._connection.close()


class _Batch:
    """An import in many transactions, marked in the store until it is complete."""

    def __init__(
        self,
        draft: Neo4jDraft,
        dataset: Dataset,
        *,
        replace: bool,
        record: ImportRecord | None,
    ) -> None:
        from relgraph.store.frames import checksum

        self._draft = draft
        self._replace = replace
        self._mark = {
            "content": checksum(dataset),
            "replace": replace,
            "files": [file.name for file in record.files] if record else [],
        }

    def begin(self, *, marked: bool) -> None:
        """Mark the batch, unless it is marked already and goes on; empty what it replaces."""
        state = self._draft.read_state()
        current = json.loads(state.get("batch", "{}"))
        goes_on = bool(current) and current["mark"] == self._mark
        if current and not goes_on and not self._replace:
            raise WriteFailed("write.after_a_part", files=_named(state))
        if marked and not goes_on:
            self._save("emptying")
        if self._replace and not (goes_on and current["phase"] == "writing"):
            self._draft.empty()
        if marked:
            self._save("writing")

    def _save(self, phase: str) -> None:
        self._draft.save_state(batch=json.dumps({"mark": self._mark, "phase": phase}))


def _named(state: Mapping[str, Any]) -> Value:
    return json.loads(state["batch"])["mark"]["files"] or Message("batch.no_files")
