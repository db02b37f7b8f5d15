"""The port: what relgraph asks of a store, whichever database is behind it.

An adapter is a module `*_store.py` that implements `Store` with one driver. Driver types and
driver exceptions never leave it. What can be written once over the port is a function in this
package: `fetch_dataset`, `fetch_ties`, `fetch_network`, `run`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from relgraph.messages import Message
from relgraph.model import ColumnType, TableName
from relgraph.progress import SILENT, Progress
from relgraph.result import Result

if TYPE_CHECKING:
    from relgraph.dataset import Dataset


# What a write that failed has left.
NOTHING_STORED = Message("left.nothing")


@dataclass(frozen=True)
class ImportedFile:
    """One file of an import: its name as given, its SHA-256 and its number of data rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class ImportRecord:
    """The last import: when, and from which files; kept in the store, shown by `info`."""

    at: datetime
    files: tuple[ImportedFile, ...]


@dataclass(frozen=True)
class TableChange:
    """How many rows of one table a write created, updated and found unchanged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class WriteSummary:
    """What a write did, by table and, for files, by file.

    Parameters
    ----------
    tables : mapping of table name to TableChange
        The totals of each table.
    files : mapping of (file, table) to TableChange
        The same by the `file` level of the frames' index; empty without that level.
    """

    tables: Mapping[TableName, TableChange]
    files: Mapping[tuple[str, TableName], TableChange] = field(default_factory=dict)


@dataclass(frozen=True)
class StoredSchema:
    """Which properties a store holds, and the type of each.

    Parameters
    ----------
    stakeholders : mapping of property name to type
        Of the one node label.
    relationships : mapping of relationship type to its properties' types
        Without `source`, `target` and `type`; `CONTACTED` among them.
    """

    stakeholders: Mapping[str, ColumnType]
    relationships: Mapping[str, Mapping[str, ColumnType]]


class Store(ABC):
    """A property graph of stakeholders; use it as a context manager.

    Parameters
    ----------
    url : str
        A path or a server's address, without any password.
    """

    url: str
    incomplete: bool = False  # holds a part, which the same batched write completes

    @abstractmethod
    def create_schema(self) -> None:
        """Create labels, types, constraints and indexes that are not there yet."""

    @abstractmethod
    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""

    @abstractmethod
    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""

    @abstractmethod
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
        """Merge a dataset into the store, whole or not at all.

        A row is matched by its key (`model.KEYS`); a column that is absent and a cell that is
        missing leave what is stored.

        Parameters
        ----------
        dataset : Dataset
            What to write; it has been validated against this store.
        replace : bool
            Make the store exactly this dataset.
        clear : sequence of str
            Stakeholder properties to empty everywhere before writing.
        record : ImportRecord, optional
            Kept in the store as its last import.
        batched : bool
            On a server, write in many transactions, for what is too large for one: marked as
            incomplete until the last, and completed by the same call again. An embedded store
            is written whole in any case.
        progress : Progress
            Told of the rows written.

        Raises
        ------
        WriteFailed
            Nothing was written; or, when `batched`, a part, as the message says.
        """

    @abstractmethod
    def remove(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Delete stakeholders with all their ties, whole or not at all.

        References to them in `owner` are emptied. Returns how many `stakeholders`,
        `relationships` and `interactions` went.
        """

    @abstractmethod
    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one reading statement and return its rows.

        Raises
        ------
        QueryFailed
            The store refused it, or it failed.
        """

    @abstractmethod
    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id.

        A property that the store doesn't have is a column of missing values.
        """

    @abstractmethod
    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships.

        `types` None means every type but CONTACTED. A property that a type doesn't have is
        missing. Ordered by type, source, target; the contacts of a pair by time.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; a second call does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
