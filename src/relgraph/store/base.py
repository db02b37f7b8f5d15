"""The port: what relgraph asks of a store, whichever database is behind it.

An adapter is three classes over one driver: its `Graph` reads rows as they lie, its `Draft` writes
rows, and its `Store` opens the one and makes changes with the other, whole or not at all. Its
`Adapter`, in the list of `relgraph.store`, tells which URLs are its own, without the driver.

`BaseStore` is what the operations on a store rest on (`fetch`, `merge`, `removal`); `Store` has
them as methods. `tests/store/test_conformance.py` tells when an adapter is done.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from relgraph.errors import NotADatabase, StoreUnavailable
from relgraph.messages import Note
from relgraph.result import Result
from relgraph.store.graph import Draft, Graph
from relgraph.store.records import ImportRecord, read_imports
from relgraph.store.schema import StoredSchema
from relgraph.store.snapshots import Snapshots
from relgraph.store_settings import StoreSettings, parse_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relgraph.dataset import Dataset
    from relgraph.store.columns import Column
    from relgraph.store.projections import Projections
    from relgraph.store.unknown_names import UnknownName


class BaseStore(ABC):
    """A property graph of stakeholders; use it as a context manager.

    Parameters
    ----------
    url : str
        A path or a server's address, without any password.
    write : bool
        Whether the store may be changed; a missing one then reads as empty.

    Raises
    ------
    StoreNotFound, StoreLocked, NotADatabase, UnsupportedVersion, StoreUnavailable
        It can't be opened.
    """

    incomplete: bool = False  # holds a part of what the same batched write completes
    closed: bool = False  # let go of: nothing can be read or written any more
    is_private: bool = False  # nobody else changes it without relgraph seeing that
    deleted_rows_linger: bool = False  # in what it keeps on disk, until it is written anew

    def __init__(self, url: str, *, write: bool = False) -> None:
        self.url = url
        self.writable = write

    @abstractmethod
    def graph(self) -> Graph:
        """Return what is stored now; of a closed store an error (`check_open`)."""

    @abstractmethod
    def change(
        self,
        content: Dataset | None = None,
        *,
        replace: bool = False,
        record: ImportRecord | None = None,
        batched: bool = False,
    ) -> AbstractContextManager[Draft]:
        """Yield a draft of the graph, which becomes the stored one at the end or leaves no trace.

        The content is what will be written to it; the other parameters are those of `write`. With
        `replace` the draft is empty.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; a second call does nothing."""

    def check_open(self) -> None:
        """Raise StoreUnavailable if the store was closed."""
        if self.closed:
            raise StoreUnavailable("store.closed", url=self.url)

    def verify(self) -> Note:
        """Return what a checksum tells of the store; a server keeps none.

        Raises
        ------
        NotADatabase
            It is damaged.
        """
        self.check_open()
        return Note("check.server")

    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""
        return self.graph().read_schema()

    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""
        text = self.graph().read_record()
        try:
            return None if text is None else ImportRecord.from_json(text)
        except (ValueError, KeyError, TypeError) as error:
            raise NotADatabase("store.unreadable", url=self.url) from error

    def read_imports(self) -> tuple[ImportRecord, ...]:
        """Return every import since the store was last replaced, the oldest first."""
        text = self.graph().read_text("sources")
        try:
            imports = read_imports(text) if text else ()
        except (ValueError, KeyError, TypeError) as error:
            raise NotADatabase("store.unreadable", url=self.url) from error
        last = self.read_import_record()
        return imports or (() if last is None else (last,))

    def read_settings(self) -> StoreSettings:
        """Return what the store carries along beside its data."""
        text = self.graph().read_text("settings")
        return parse_settings(text) if text else StoreSettings()

    def projections(self) -> Projections | None:
        """Return what is kept of projections of the state that is read; None if nothing can be."""
        return None

    def wiping(self) -> AbstractContextManager[None]:
        """Keep what was in memory meanwhile out of what the store writes."""
        return nullcontext()

    def keeps_snapshots(self) -> bool:
        """Return whether an import keeps what it replaces."""
        return False

    def read_snapshots(self) -> Snapshots:
        """Return what the store keeps of earlier states."""
        return Snapshots()

    def count_rows(self) -> int:
        """Return how many stakeholders, relationships and interactions there are together."""
        run = self.graph().run
        counted = ("(s:Stakeholder)", "()-[r]->()")
        return sum(
            int(run(f"MATCH {pattern} RETURN count(*) AS count")["count"][0]) for pattern in counted
        )

    def expected_rows(self) -> int:
        """Return about how many rows there are, without counting many."""
        return self.count_rows()

    def holds(self, node_id: str) -> bool:
        """Return whether there is a stakeholder with this id."""
        query = "MATCH (s:Stakeholder {id: $id}) RETURN s.id AS id"
        return len(self.graph().run(query, {"id": node_id})["id"]) > 0

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one reading statement and return its rows.

        Raises
        ------
        QueryFailed
            It names a parameter that is not given, a label, type or property that the store
            doesn't have, the store refused it, or it failed.
        """
        from relgraph.store.schema import check_parameters
        from relgraph.store.unknown_names import UnknownName, raise_unknown

        check_parameters(cypher, parameters or {})
        graph = self.graph()
        try:
            columns, unknown = self.ask(cypher, parameters)
        except UnknownName as error:
            raise error.explained(graph.declared, cypher) from error
        raise_unknown(unknown, graph.declared, cypher)
        return Result(columns)

    def ask(
        self, cypher: str, parameters: Mapping[str, Any] | None
    ) -> tuple[dict[str, Column], Sequence[UnknownName]]:
        """Run a user's statement; return its columns, and the names in it that nothing has."""
        return self.graph().run(cypher, parameters), ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
