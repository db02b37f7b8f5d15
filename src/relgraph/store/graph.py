"""A stored graph, as an adapter reads and changes it.

A `Graph` reads rows as they lie, a `Draft` writes rows. Types and exceptions of a driver never
leave them: what fails is an error of `relgraph.errors`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relgraph.model import CONTACTED, ColumnType
from relgraph.store.records import KeptText, Relationships
from relgraph.store.schema import StoredSchema, find_new_properties, known_properties
from relgraph.store.snapshots import Snapshots

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.store.columns import Column

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

    def read_both(
        self,
        of_nodes: Mapping[str, ColumnType],
        types: Sequence[str],
        properties: Mapping[str, ColumnType],
    ) -> tuple[Sequence[Any], Relationships]:
        """Return stakeholders, with the `id` first, and relationships whose ends are their rows.

        Columns of many rows may be held.
        """
        import numpy as np

        columns = self.read_nodes(of_nodes)
        found = self.read_relationships(types, properties)
        row = {node_id: place for place, node_id in enumerate(columns[0].tolist())} | {None: -1}
        rows = np.array([row[node_id] for node_id in found.ids.tolist()], dtype=np.int64)
        source, target = rows[found.source], rows[found.target]
        return columns, found._replace(ids=columns[0], source=source, target=target)


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
