"""Neo4jStore: a Neo4j server, with the same rows as the embedded store."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relgraph.errors import (
    NotADatabase,
    StoreLocked,
    StoreNotFound,
    StoreUnavailable,
    WriteFailed,
)
from relgraph.messages import Message, Value
from relgraph.model import NODE_LABEL
from relgraph.store.graph import Run
from relgraph.store.neo4j_address import PASSWORD_VARIABLE, parse_address
from relgraph.store.neo4j_connection import Connection, TimedOut
from relgraph.store.neo4j_graph import Neo4jGraph
from relgraph.store.projections import Projections, remove_kept
from relgraph.store.records import NOTHING_STORED, ImportRecord, telling
from relgraph.store.schema import IMPORT_LABEL, check_layout
from relgraph.store.snapshot_folder import read_snapshots, snapshot_file, write_snapshots
from relgraph.store.snapshots import Snapshots
from relgraph.store.store import Store
from relgraph.store_settings import parse_settings

if TYPE_CHECKING:
    from relgraph.dataset import Dataset
    from relgraph.store.columns import Column
    from relgraph.store.neo4j_draft import Neo4jDraft
    from relgraph.store.unknown_names import UnknownName

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
        Whether the store may be changed.
    """

    def __init__(self, url: str, *, write: bool = False) -> None:
        address = parse_address(url)
        super().__init__(address.label, write=write)
        self._connection = Connection(address, os.environ.get(PASSWORD_VARIABLE))
        self._graph = Neo4jGraph(self._connection.read)
        try:
            self._check_state()
        except BaseException:
            self.close()
            raise

    def _check_state(self) -> None:
        state = self._graph.read_state()
        if state:
            check_layout(self.url, [state.get("version")])
        else:
            self._check_unused()
        self.incomplete = "batch" in state
        if self.incomplete and not self.writable:
            raise StoreUnavailable("store.incomplete", url=self.url, files=_named(state))

    def _check_unused(self) -> None:
        """Refuse a database that relgraph never wrote, if it can't become a store now."""
        counted = self._graph.run(f"MATCH (s:{NODE_LABEL}) RETURN count(s) AS number")
        if count := counted["number"][0]:
            raise NotADatabase("store.foreign_nodes", url=self.url, count=count, label=NODE_LABEL)
        if not self.writable:
            raise StoreNotFound("store.none_on_server", url=self.url)

    def graph(self) -> Neo4jGraph:
        """Return what the server holds."""
        self.check_open()
        return self._graph

    def ask(
        self, cypher: str, parameters: Mapping[str, Any] | None
    ) -> tuple[dict[str, Column], Sequence[UnknownName]]:
        """Run a user's statement, in which the server passes over names that it doesn't know."""
        self.check_open()
        return self._connection.ask(cypher, parameters)

    @contextlib.contextmanager
    def change(
        self,
        content: Dataset | None = None,
        *,
        replace: bool = False,
        record: ImportRecord | None = None,
        batched: bool = False,
    ) -> Iterator[Neo4jDraft]:
        """Give a draft in one transaction or, `batched`, in many, marked until the last."""
        from relgraph.store.neo4j_draft import Neo4jDraft  # imports pandas, which readers spare

        if not self._graph.read_state():
            for statement in _SCHEMA:
                self._connection.change(statement)
        remove_kept(self._place)
        before = self._snapshot_file(self._graph)
        with self._exclusive(_PART_STORED if batched else NOTHING_STORED) as run:
            draft = Neo4jDraft(self._connection.change if batched else run)
            if content is not None:
                _begin(draft, content, record, replace=replace, batched=batched)
            yield draft
            after = self._snapshot_file(draft)
            kept = self._changed_snapshots(draft, before, after)
            if after is not None and kept is not None:
                # What goes, goes when the server has the rest.
                write_snapshots(after, kept.beside(read_snapshots(after)))
                draft.save_state(snapshot=max(self._last_number(), kept.next_number - 1))
            if content is not None:
                draft.save_state(batch=None)
        if after is not None and kept is not None:
            write_snapshots(after, kept)
        if before is not None and after != before:
            write_snapshots(before, Snapshots())
        self.incomplete = self.incomplete and content is None
        remove_kept(self._place)  # those that were kept meanwhile, too

    def projections(self) -> Projections | None:
        """Return what is kept on this machine; who writes without relgraph isn't seen by it."""
        if self.writable or (stamp := self._stamp()) is None:
            return None
        with contextlib.suppress(OSError):
            self._place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Projections(self._place, stamp, self._stamp)

    def _stamp(self) -> str | None:
        """Return what every write by relgraph changes, and most others do."""
        run = self._connection.read
        taken = run(f"MATCH (i:{IMPORT_LABEL} {{key: 'lock'}}) RETURN toString(i.taken) AS taken")
        if self.incomplete or not len(taken["taken"]):
            return None
        database = run("CALL db.info() YIELD id RETURN id")["id"][0]
        return f"{database} {taken['taken'][0]} {self.count_rows()}"

    @property
    def _place(self) -> Path:
        folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        server = hashlib.sha256(self.url.encode()).hexdigest()[:16]
        return Path(folder) / "relgraph" / server

    def keeps_snapshots(self) -> bool:
        return self.read_settings().snapshots is not None

    def read_snapshots(self) -> Snapshots:
        """Return those that the server knows of; a later one is of an import that failed."""
        return read_snapshots(self._snapshot_file(self.graph())).until(self._last_number())

    def _last_number(self) -> int:
        return int(self._graph.read_state().get("snapshot", 0))

    def _changed_snapshots(
        self, draft: Neo4jDraft, before: Path | None, after: Path | None
    ) -> Snapshots | None:
        """Return what the file of snapshots is to hold; None if that stays."""
        if draft.snapshots is not None or before == after:
            return draft.snapshots
        if before is not None and before.parent.is_dir():
            return self.read_snapshots()
        return read_snapshots(after)

    def _snapshot_file(self, graph: Neo4jGraph) -> Path | None:
        text = graph.read_text("settings")
        folder = parse_settings(text).snapshots if text else None
        if folder is None:
            return None
        database = self._connection.read("CALL db.info() YIELD id RETURN id")["id"][0]
        return snapshot_file(folder, str(database))

    @contextlib.contextmanager
    def _exclusive(self, left: Message) -> Iterator[Run]:
        """Yield a transaction that holds the lock of all writers; an error says what is left."""
        with telling(NOTHING_STORED):
            self._probe_lock()
        try:
            with telling(left), self._connection.transaction() as run:
                run(_TAKE_LOCK, {"now": datetime.now(UTC)})
                yield run
        finally:
            self._graph = Neo4jGraph(self._connection.read)

    def _probe_lock(self) -> None:
        """Find out whether another writer holds the lock, which a longer wait would not show."""
        for seconds in _LOCK_SECONDS:
            with contextlib.suppress(TimedOut), self._connection.transaction(seconds) as run:
                run(_TAKE_LOCK, {"now": datetime.now(UTC)})
                return
        raise StoreLocked("store.locked", url=self.url)

    def close(self) -> None:
        self.closed = True
        self._connection.close()


def _begin(
    draft: Neo4jDraft,
    content: Dataset,
    record: ImportRecord | None,
    *,
    replace: bool,
    batched: bool,
) -> None:
    """Mark the start of a write in batches, unless it resumes one; empty a store to be replaced."""
    state = draft.read_state()
    begun = json.loads(state.get("batch", "{}"))
    mark = _mark(content, record, replace=replace) if begun or batched else {}
    goes_on = bool(begun) and begun["mark"] == mark
    if begun and not goes_on and not replace:
        raise WriteFailed("write.after_a_part", files=_named(state))
    if batched and not goes_on:
        draft.save_state(batch=json.dumps({"mark": mark, "phase": "emptying"}))
    if replace and not (goes_on and begun["phase"] == "writing"):
        draft.empty()
    if batched:
        draft.save_state(batch=json.dumps({"mark": mark, "phase": "writing"}))


def _mark(content: Dataset, record: ImportRecord | None, *, replace: bool) -> dict[str, Any]:
    """Return what identifies a write in batches."""
    from relgraph.store.frames import checksum

    files = [file.name for file in record.files] if record else []
    return {"content": checksum(content), "replace": replace, "files": files}


def _named(state: Mapping[str, Any]) -> Value:
    return json.loads(state["batch"])["mark"]["files"] or Message("batch.no_files")
