"""FrameStore: a dataset in memory that is read like a store, and never written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from relgraph.dataset import Dataset, column_type
from relgraph.errors import QueryFailed, WriteFailed
from relgraph.model import CONTACTED, ColumnType, TableName
from relgraph.store.columns import Column, missing_column, objects, to_column
from relgraph.store.graph import Draft, Graph
from relgraph.store.records import ImportRecord, KeptText, Relationships
from relgraph.store.schema import StoredSchema, declare_known
from relgraph.store.store import Store


class FrameStore(Store):
    """What a dataset holds, for every function that reads a store.

    Cypher needs a database; it is refused here.

    Parameters
    ----------
    name : str
        What messages call it.
    dataset : Dataset
        As `fetch_dataset` gives it.
    texts : mapping of str to str, optional
        What is kept beside it, but for settings.
    """

    def __init__(
        self, name: str, dataset: Dataset, texts: Mapping[KeptText, str] | None = None
    ) -> None:
        super().__init__(name)
        self.dataset = dataset
        self._graph = FrameGraph(dataset, texts or {})

    def graph(self) -> Graph:
        self.check_open()
        return self._graph

    def count_rows(self) -> int:
        return sum(map(len, self.dataset.tables().values()))

    def holds(self, node_id: str) -> bool:
        return bool((self.dataset.stakeholders["id"] == node_id).any())

    def change(
        self,
        content: Dataset | None = None,
        *,
        replace: bool = False,
        record: ImportRecord | None = None,
        batched: bool = False,
    ) -> AbstractContextManager[Draft]:
        raise WriteFailed("store.read_only", url=self.url)

    def close(self) -> None:
        self.closed = True


class FrameGraph(Graph):
    """The graph that the frames of a dataset describe."""

    def __init__(self, dataset: Dataset, texts: Mapping[KeptText, str]) -> None:
        super().__init__(_refuse)
        self._people = dataset.stakeholders
        self._texts = {**texts, "settings": dataset.settings}
        self._frames = {
            str(name): rows for name, rows in dataset.relationships.groupby("type", sort=True)
        }
        self._frames[CONTACTED] = dataset.interactions
        self._position = pd.Index(self._people["id"])

    @property
    def declared(self) -> StoredSchema:
        schema = declare_known()
        schema.stakeholders.update(_types("stakeholders", self._people))
        for name, rows in self._frames.items():
            table: TableName = "interactions" if name == CONTACTED else "relationships"
            schema.relationships.setdefault(name, {}).update(_types(table, rows))
        return schema

    def find_types(self) -> Iterable[str]:
        return [name for name, rows in self._frames.items() if len(rows)]

    def read_record(self) -> None:
        return None

    def read_text(self, name: KeptText) -> str | None:
        return self._texts.get(name)

    def read_nodes(self, properties: Mapping[str, ColumnType]) -> Sequence[Column]:
        return [_column(self._people, name, kind) for name, kind in properties.items()]

    def read_relationships(
        self, types: Sequence[str], properties: Mapping[str, ColumnType]
    ) -> Relationships:
        frames = [self._frames.get(name, self._frames[CONTACTED][:0]) for name in types]
        rows = pd.concat(frames, ignore_index=True)
        return Relationships(
            _column(self._people, "id", "text"),
            self._position.get_indexer(rows["source"]).astype(np.int64),
            self._position.get_indexer(rows["target"]).astype(np.int64),
            np.repeat(np.arange(len(types)), [len(frame) for frame in frames]),
            {name: _column(rows, name, kind) for name, kind in properties.items()},
        )


def _refuse(cypher: str, parameters: Mapping[str, Any] | None = None) -> NoReturn:
    raise QueryFailed("store.no_cypher")


def _types(table: TableName, rows: pd.DataFrame) -> dict[str, ColumnType]:
    ends = () if table == "stakeholders" else ("source", "target", "type")
    return {str(name): column_type(rows[name]) for name in rows.columns if name not in ends}


def _column(rows: pd.DataFrame, name: str, kind: ColumnType) -> Column:
    """Return a column of a frame as a database returns it."""
    if name not in rows:
        return missing_column(len(rows), kind)
    series = rows[name]
    if kind == "number":
        return series.to_numpy(np.float64, na_value=np.nan)
    if kind == "time":
        return np.asarray(series.dt.tz_localize(None), "datetime64[us]")
    values = series.astype(object).where(series.notna(), None).tolist()
    if kind == "date":
        return objects([value if value is None else _day(value) for value in values])
    return to_column(values, kind)


def _day(value: pd.Timestamp) -> date:
    return value.date()
