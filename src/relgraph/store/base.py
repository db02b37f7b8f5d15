"""The port: what relgraph asks of a store, whichever database is behind it.

An adapter is three classes over one driver: its `Graph` reads rows as they lie, its `Draft` writes
rows, and its `Store` opens the one and makes changes with the other, whole or not at all. Its
`Adapter`, in the list of `relgraph.store`, tells which URLs are its own, without the driver. Types
and exceptions of the driver never leave them: what fails is an error of `relgraph.errors`.

Which types are read, how rows are ordered and what a write changes is decided once, above the
adapters (`fetch`, `merge`, `removal`), behind the methods of `Store` that are not abstract.
`tests/store/test_conformance.py` tells when an adapter is done.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace as replaced
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, Unpack

from relgraph.errors import NotADatabase, StoreUnavailable, WriteFailed
from relgraph.messages import Message, Note
from relgraph.model import CONTACTED, ColumnType
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store.records import (
    ImportedFile,
    ImportRecord,
    KeptText,
    Relationships,
    TableChange,
    WriteSummary,
    read_imports,
)
from relgraph.store.schema import StoredSchema, find_new_properties, known_properties
from relgraph.store.snapshots import Snapshots
from relgraph.store_settings import StoreSettings, parse_settings

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.dataset import Dataset
    from relgraph.network import Network
    from relgraph.store.columns import Column
    from relgraph.store.edits import Edits
    from relgraph.store.sameness import Sameness
    from relgraph.store.unknown_names import UnknownName

__all__ = [
    "Adapter",
    "Draft",
    "Graph",
    "ImportRecord",
    "ImportedFile",
    "KeptText",
    "MissingPassword",
    "Relationships",
    "Run",
    "Store",
    "StoredSchema",
    "TableChange",
    "WriteSummary",
]

Run = Callable[..., "dict[str, Column]"]


class Graph(ABC):
    """A stored graph that is open for reading.

    Parameters
    ----------
    run : callable
        Runs one statement with its parameters and returns its rows as columns; only a draft's
        may write. What the store refuses or fails is a QueryFailed.
    """

    def __init__(self, run: Run) -> None:
        self.run = run

    @property
    @abstractmethod
    def declared(self) -> StoredSchema:
        """Return every type and property that may be read, used or not."""

    @abstractmethod
    def find_types(self) -> Iterable[str]:
        """Return the relationship types that are used."""

    def read_schema(self) -> StoredSchema:
        """Return the properties of stakeholders and of the types that are used, and CONTACTED."""
        types = sorted({*self.find_types(), CONTACTED})
        declared = self.declared
        return StoredSchema(
            declared.stakeholders, {name: declared.relationships[name] for name in types}
        )

    def find_filled(self, properties: Sequence[str]) -> Sequence[str]:
        """Return these properties of relationships without any that is known to be nowhere."""
        return properties

    @abstractmethod
    def read_record(self) -> str | None:
        """Return the text that `Draft.write_record` kept, or None."""

    @abstractmethod
    def read_text(self, name: KeptText) -> str | None:
        """Return the text of this name that `Draft.write_text` kept, or None."""

    @abstractmethod
    def read_nodes(self, properties: Mapping[str, ColumnType]) -> Sequence[Column]:
        """Return these properties of every stakeholder, a column each, in any order of rows."""

    @abstractmethod
    def read_relationships(
        self, types: Sequence[str], properties: Mapping[str, ColumnType]
    ) -> Relationships:
        """Return the relationships of these types, one at least, in any order of rows."""


class Draft(Graph):
    """A graph that is being changed; a relationship type of None means the stakeholders.

    Attributes
    ----------
    rows_at_once : int
        The most rows that one call is given.
    snapshots : Snapshots or None
        What the changed store keeps of earlier states; for None, what it has.
    """

    rows_at_once: int
    snapshots: Snapshots | None = None

    def declare(self, relationship_type: str | None, types: Mapping[str, ColumnType]) -> None:
        """Make these properties, and the type, as far as they are new."""
        known, declared = self.declared.stakeholders, self.declared.relationships
        if relationship_type is not None:
            if relationship_type not in declared:
                declared[relationship_type] = known_properties(relationship_type)
                self.add_type(relationship_type)
            known = declared[relationship_type]
        if new := find_new_properties(known, types):
            known |= new
            self.add_properties(relationship_type, new)

    @abstractmethod
    def add_type(self, relationship_type: str) -> None:
        """Make a type with its known properties; `declared` has it already."""

    @abstractmethod
    def add_properties(
        self, relationship_type: str | None, types: Mapping[str, ColumnType]
    ) -> None:
        """Make properties that are new; `declared` has them already."""

    @abstractmethod
    def create_rows(self, relationship_type: str | None, rows: pd.DataFrame) -> None:
        """Add rows whose keys are not there yet; `source` and `target` come first."""

    @abstractmethod
    def update_rows(
        self, relationship_type: str | None, rows: pd.DataFrame, keys: Sequence[str]
    ) -> None:
        """Set every other column of the rows that have these keys."""

    @abstractmethod
    def change_rows(self, relationship_type: str | None, keys: pd.DataFrame, clause: str) -> None:
        """Run a clause of Cypher for each row with these keys, which it calls `s` or `r`."""

    @abstractmethod
    def write_record(self, text: str) -> None:
        """Keep a text that `read_record` gives back."""

    @abstractmethod
    def write_text(self, name: KeptText, text: str) -> None:
        """Keep a text that `read_text` gives back."""


class Store(ABC):
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

    def create_schema(self) -> None:
        """Create the store, with all known types and properties, if it is missing."""
        from relgraph.dataset import Dataset

        self.write(Dataset())

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

    def wiping(self) -> AbstractContextManager[None]:
        """Keep what was in memory meanwhile out of what the store writes."""
        return nullcontext()

    def keeps_snapshots(self) -> bool:
        """Return whether an import keeps what it replaces."""
        return False

    def read_snapshots(self) -> Snapshots:
        """Return what the store keeps of earlier states."""
        return Snapshots()

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id.

        A property that the store doesn't have is a column of missing values.
        """
        from relgraph.store.fetch import read_stakeholders

        return read_stakeholders(self.graph(), properties)

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships.

        `types` None means every type but CONTACTED. A property that a type doesn't have is
        missing. Ordered by type, source, target; the contacts of a pair by time.
        """
        from relgraph.store.fetch import read_relationships

        return read_relationships(self.graph(), types, properties)

    def network(
        self, settings: RankingSettings | None = None, **changes: Unpack[Changes]
    ) -> Network:
        """Return the network that settings ask for, as every ranking reads it.

        Parameters
        ----------
        settings, **changes
            Which network (`relgraph.RankingSettings`), or single settings by name.
        """
        # By name: reading a network is the business of a room above, where this method is of use.
        firm = import_module("relgraph.firm")
        network: Network = firm.read_network(self, settle(settings, changes))
        return network

    def count_rows(self) -> int:
        """Return how many stakeholders, relationships and interactions there are together."""
        run = self.graph().run
        counted = ("(s:Stakeholder)", "()-[r]->()")
        return sum(
            int(run(f"MATCH {pattern} RETURN count(*) AS count")["count"][0]) for pattern in counted
        )

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

    def write(
        self,
        dataset: Dataset,
        *,
        replace: bool = False,
        clear: Sequence[str] = (),
        edits: Edits | None = None,
        record: ImportRecord | None = None,
        texts: Mapping[KeptText, str] | None = None,
        batched: bool = False,
        keep: int | None = None,
        snapshots: Snapshots | None = None,
        same: Sameness | None = None,
        progress: Progress = SILENT,
    ) -> WriteSummary:
        """Merge a dataset into the store, whole or not at all.

        A row is matched by its key (`model.KEYS`); a column that is absent and a cell that is
        missing leave what is stored.

        Parameters
        ----------
        dataset : Dataset
            What to write; it has been validated against this store.
        replace : bool
            Make the store hold exactly this dataset; its settings stay if the dataset has none.
        clear : sequence of str
            Stakeholder properties to empty everywhere before writing.
        edits : Edits, optional
            Rows to delete, and values of rows to empty, before writing.
        record : ImportRecord, optional
            Kept in the store as its last import.
        texts : mapping of name to str, optional
            Kept in the store: which rows came from which file and source (`store.provenance`,
            `store.sources`).
        batched : bool
            On a server, write in many transactions, for what is too large for one: marked as
            incomplete until the last, and completed by the same call again. An embedded store
            is written whole in any case.
        keep : int, optional
            Keep a snapshot of what is replaced, if anything is, and the newest so many together.
        snapshots : Snapshots, optional
            Keep these instead of those that there are.
        same : Sameness, optional
            Hold these as one from now on, and part all others that were joined.
        progress : Progress
            Reports the rows written.

        Raises
        ------
        InvalidInput
            A name that no store can keep, or a property that is stored with another type.
        WriteFailed, StoreLocked, StoreUnavailable
            Nothing was written; or, when `batched`, a part, as the message says.
        """
        from relgraph.store.merge import merge
        from relgraph.store.parting import parted

        self._check_writable()
        settings = dataset.settings
        if settings is None and replace:
            settings = self.read_settings().text
        emptied: Mapping[KeptText, str] = {"rows": "", "sources": ""} if replace else {}
        with self.change(dataset, replace=replace, record=record, batched=batched) as draft:
            with parted(self.graph(), draft, same, replace=replace, batched=batched):
                if clear:
                    from relgraph.store.removal import clear_properties

                    clear_properties(draft, clear)
                if edits:
                    edits.apply(draft)
                summary = merge(draft, draft, dataset, progress)
            summary = replaced(summary, taken=len(edits or ()))
            if settings is not None:
                draft.write_text("settings", settings)
            for name, text in {**emptied, **(texts or {})}.items():
                draft.write_text(name, text)
            if record is not None:
                draft.write_record(record.to_json())
            draft.snapshots = snapshots
            keeping = None
            if keep is not None and not batched and self.keeps_snapshots():
                from relgraph.store.keeping import Keeping

                keeping = Keeping(self, keep)
                keeping.begin(draft, record, summary, replace=replace)
        return summary if keeping is None else keeping.tell(draft, summary)

    def count_changes(
        self, dataset: Dataset, *, replace: bool = False, progress: Progress = SILENT
    ) -> WriteSummary:
        """Return what `write` would do, and store nothing."""
        from relgraph.store.merge import merge

        return merge(None if replace else self.graph(), None, dataset, progress)

    def remove(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Delete stakeholders with all their ties, whole or not at all.

        References to them are emptied, and no snapshot, record or page that the store keeps holds
        them any more. Returns how many `stakeholders`, `relationships` and `interactions` went,
        and from how many `snapshots`.
        """
        from relgraph.store.removal import remove_stakeholders

        self._check_writable()
        with self.wiping():
            return remove_stakeholders(self, ids)

    def _check_writable(self) -> None:
        self.check_open()
        if not self.writable:
            raise WriteFailed("store.read_only", url=self.url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class MissingPassword(NamedTuple):
    """A password that a store needs and that is not given.

    Parameters
    ----------
    variable : str
        The environment variable that holds it.
    question : Message
        What to ask a person for.
    """

    variable: str
    question: Message


class Adapter(NamedTuple):
    """A kind of store: which URLs are its own, and how one is opened.

    Parameters
    ----------
    schemes : sequence of str
        What its URLs begin with, before `://`; none for files.
    load : callable
        Returns the class that opens one; only this imports the driver.
    missing_password : callable, optional
        Returns what the store at a URL needs and the environment lacks, or None.
    """

    schemes: Sequence[str]
    load: Callable[[], type[Store]]
    missing_password: Callable[[str], MissingPassword | None] | None = None
