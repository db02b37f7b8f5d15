"""Records: relationships as read, the last import, rows that changed, what a failure has left."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from relgraph.errors import QueryFailed, StoreLocked, StoreUnavailable, WriteFailed
from relgraph.messages import Message, Note
from relgraph.model import TableName

if TYPE_CHECKING:
    from relgraph.store.columns import Column

# What a store keeps as text: its settings, which rows came from which file, and from which source,
# who is the same, and how far a write of results has come.
KeptText = Literal["settings", "rows", "sources", "same", "results"]
NOTHING_STORED = Message("left.nothing")


@dataclass(frozen=True)
class ImportedFile:
    """One file of an import: its name as given, its SHA-256 and its number of data rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class ImportRecord:
    """An import: when, from which files, and of which source; kept in the store, shown by `info`.

    Examples
    --------
    >>> from datetime import UTC
    >>> record = ImportRecord(datetime(2024, 5, 1, tzinfo=UTC), (ImportedFile("a.csv", "9f", 3),))
    >>> ImportRecord.from_json(record.to_json()) == record
    True
    """

    at: datetime
    files: tuple[ImportedFile, ...]
    source: str | None = None
    synced: bool = False

    def to_json(self) -> str:
        """Return the record as the text that a store keeps."""
        files = [asdict(file) for file in self.files]
        about = {"source": self.source, "synced": self.synced}
        return json.dumps({"at": self.at.isoformat(), "files": files, **about})

    @classmethod
    def from_json(cls, text: str) -> ImportRecord:
        """Return the record that a store kept as text."""
        stored = json.loads(text)
        files = tuple(ImportedFile(**file) for file in stored["files"])
        return cls(
            datetime.fromisoformat(stored["at"]),
            files,
            stored.get("source"),
            stored.get("synced", False),
        )


def read_imports(text: str) -> tuple[ImportRecord, ...]:
    """Return the imports in the text that a store keeps of its sources."""
    return tuple(map(ImportRecord.from_json, json.loads(text)["imports"]))


@dataclass(frozen=True)
class TableChange:
    """How many rows of one table a write created, updated and found unchanged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: TableChange) -> TableChange:
        return TableChange(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True)
class WriteSummary:
    """What a write did, by table and, for files, by file.

    Parameters
    ----------
    tables : mapping of table name to TableChange
        The totals of each table.
    files : mapping of (file, table) to TableChange
        The same by the `file` level of the frames' index; empty without that level.
    notes : tuple of Note
        What became of snapshots.
    taken : int
        The rows and values that were taken away before.
    """

    tables: Mapping[TableName, TableChange]
    files: Mapping[tuple[str, TableName], TableChange] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    taken: int = 0


@contextlib.contextmanager
def telling(left: Message) -> Iterator[None]:
    """Let what ends a write early say what it has left in the store."""
    try:
        yield
    except QueryFailed as error:
        raise WriteFailed("write.failed", reason=error.message, left=left) from error
    except (StoreLocked, StoreUnavailable) as error:
        raise type(error)("write.failed", reason=error.message, left=left) from error
    except KeyboardInterrupt as error:
        raise KeyboardInterrupt(*(error.args or (left,))) from None


class Relationships(NamedTuple):
    """Relationships as columns of equal length; their ends and types are positions.

    Parameters
    ----------
    ids : ndarray of object
        Of stakeholders, each once; None at a position that no end has.
    source, target : ndarray of int64
        Positions in `ids`.
    type : ndarray of integers
        Positions in the types that were asked for.
    properties : mapping of str to ndarray
        The properties that were asked for; missing where a type lacks one. May be held.
    """

    ids: Column
    source: Column
    target: Column
    type: Column
    properties: Mapping[str, Any]
