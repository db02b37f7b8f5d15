"""Sources: which rows which named source gave, and every import with its files.

Rows are known by the numbers of their keys, as `provenance` has them, so that a row can be of
several sources and carries no mark that a query or an export would show.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from relgraph.dataset import Dataset
from relgraph.model import TableName
from relgraph.store.provenance import NONE, Numbers, key_numbers, pack, read_keys, union, unpack
from relgraph.store.records import ImportRecord, read_imports

if TYPE_CHECKING:
    from relgraph.store.graph import Graph

Rows = Mapping[TableName, Numbers]


@dataclass(frozen=True)
class Sources:
    """What a store knows of where its rows are from.

    Parameters
    ----------
    imports : tuple of ImportRecord
        Every import since the store was last replaced, the oldest first.
    rows : mapping of str to mapping of table name to ndarray of uint64
        The rows that each source gives.
    others : mapping of table name to ndarray of uint64
        Those of them that an import without a source, or a hand, gave whole, too.
    edited : mapping of table name to ndarray of uint64
        Those of which a value was set by hand.
    left : mapping of str to mapping of table name to ndarray of uint64
        Those that were marked as left or ended when their source no longer gave them.
    """

    imports: tuple[ImportRecord, ...] = ()
    rows: Mapping[str, Rows] = field(default_factory=dict)
    others: Rows = field(default_factory=dict)
    edited: Rows = field(default_factory=dict)
    left: Mapping[str, Rows] = field(default_factory=dict)

    @classmethod
    def read(cls, graph: Graph | None) -> Self:
        """Return what a graph keeps of them."""
        text = graph.read_text("sources") if graph is not None else None
        if not text:
            return cls()
        kept = json.loads(text)
        return cls(
            read_imports(text),
            {name: _unpacked(rows) for name, rows in kept["rows"].items()},
            _unpacked(kept["others"]),
            _unpacked(kept["edited"]),
            {name: _unpacked(rows) for name, rows in kept["left"].items()},
        )

    def to_text(self) -> str:
        """Return the text that a store keeps."""
        return json.dumps(
            {
                "imports": [record.to_json() for record in self.imports],
                "rows": {name: _packed(rows) for name, rows in self.rows.items()},
                "others": _packed(self.others),
                "edited": _packed(self.edited),
                "left": {name: _packed(rows) for name, rows in self.left.items()},
            }
        )

    def of(self, source: str, table: TableName) -> Numbers:
        """Return the rows of a table that a source gives."""
        return self.rows.get(source, {}).get(table, NONE)

    def elsewhere(self, source: str, table: TableName) -> Numbers:
        """Return the rows of a table that others than a source give, other imports too."""
        named = (self.of(name, table) for name in self.rows if name != source)
        return union(self.others.get(table, NONE), *named)

    def with_record(self, record: ImportRecord) -> Self:
        """Return them after one more import."""
        return replace(self, imports=(*self.imports, record))

    def with_rows(self, source: str, rows: Rows) -> Self:
        """Return them with other rows of one source."""
        return replace(self, rows={**self.rows, source: rows})

    def after(self, source: str | None, dataset: Dataset, graph: Graph | None) -> Self:
        """Return them after an import, before which a graph held what it holds.

        A row of a named source that was there already, and of no source, is also of others; so is
        a row of some source that is now given without one.
        """
        if source is None and not self.rows:
            return self
        given = numbers_of(dataset)
        others = dict(self.others)
        for table, numbers in given.items():
            named = union(*(self.of(name, table) for name in self.rows))
            if source is None:
                also = np.intersect1d(numbers, named)
            elif graph is None or not len(numbers):
                also = NONE
            else:
                there = key_numbers(table, read_keys(graph, table))
                also = np.intersect1d(np.setdiff1d(numbers, named), there)
            others[table] = union(others.get(table, NONE), also)
        found = replace(self, others=others)
        if source is None:
            return found
        rows = {table: union(self.of(source, table), each) for table, each in given.items()}
        return found.with_rows(source, rows)

    def by_hand(self, dataset: Dataset) -> Self:
        """Return them after values of these rows were set by hand."""
        edited = dict(self.edited)
        for table, numbers in numbers_of(dataset).items():
            named = union(*(self.of(name, table) for name in self.rows))
            here = np.intersect1d(numbers, named)
            edited[table] = union(edited.get(table, NONE), here)
        return replace(self, edited=edited)

    def without_source(self, source: str) -> Self:
        """Return them without a source, its imports too."""
        return replace(
            self,
            imports=tuple(record for record in self.imports if record.source != source),
            rows={name: rows for name, rows in self.rows.items() if name != source},
            left={name: rows for name, rows in self.left.items() if name != source},
        )

    def held_by(self, numbers: Rows) -> Self:
        """Return them without rows that are not among these."""

        def held(rows: Rows) -> Rows:
            return {t: np.intersect1d(each, numbers.get(t, NONE)) for t, each in rows.items()}

        return replace(
            self,
            rows={name: held(rows) for name, rows in self.rows.items()},
            others=held(self.others),
            edited=held(self.edited),
            left={name: held(rows) for name, rows in self.left.items()},
        )

    def renamed(self, name: Callable[[str], str]) -> Self:
        """Return them with files and sources by other names."""
        imports = tuple(
            replace(
                record,
                files=tuple(replace(file, name=name(file.name)) for file in record.files),
                source=record.source and name(record.source),
            )
            for record in self.imports
        )
        rows = {name(source): each for source, each in self.rows.items()}
        left = {name(source): each for source, each in self.left.items()}
        return replace(self, imports=imports, rows=rows, left=left)


def numbers_of(dataset: Dataset) -> dict[TableName, Numbers]:
    """Return the numbers of the rows of a dataset, in rising order."""
    return {table: union(key_numbers(table, frame)) for table, frame in dataset.tables().items()}


def last_files(imports: Sequence[ImportRecord], source: str) -> list[ImportRecord]:
    """Return the last import of each file of a source, since it was last brought into step."""
    last: dict[str, ImportRecord] = {}
    for record in imports:
        if record.source == source:
            last = {} if record.synced else last
            last |= {file.name: replace(record, files=(file,)) for file in record.files}
    return sorted(last.values(), key=lambda record: record.at)


def _packed(rows: Rows) -> dict[str, str]:
    return {table: pack(numbers) for table, numbers in rows.items() if len(numbers)}


def _unpacked(kept: Mapping[Any, str]) -> Rows:
    return {table: unpack(text) for table, text in kept.items()}
