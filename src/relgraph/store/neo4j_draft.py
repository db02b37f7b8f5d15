"""Neo4jDraft: changes a graph in Neo4j's Cypher, in one transaction or in many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from relgraph.dataset import column_type
from relgraph.errors import QueryFailed
from relgraph.model import ALL_MARKETS, NODE_LABEL, ColumnType
from relgraph.store.graph import Draft
from relgraph.store.neo4j_graph import STATE, Neo4jGraph
from relgraph.store.records import KeptText
from relgraph.store.schema import (
    IMPORT_LABEL,
    SCHEMA_VERSION,
    declare_known,
    known_properties,
    quote_identifier,
    where_equal,
)

_DELETED_AT_ONCE = 10_000
# So that Neo4j's own tools colour a node by its market.
_LABELS = {market: market.capitalize() for market in ALL_MARKETS}
_ENDS = f"MATCH (a:{NODE_LABEL} {{id: row[0]}}) MATCH (b:{NODE_LABEL} {{id: row[1]}})"


class Neo4jDraft(Neo4jGraph, Draft):
    """A graph that is being changed."""

    rows_at_once = 10_000

    def save_state(self, **properties: Any) -> None:
        """Keep properties of the store itself; a value of None removes one."""
        self.run(
            f"MERGE {STATE} SET i += $properties",
            {"properties": {"version": SCHEMA_VERSION} | properties},
        )

    def write_record(self, text: str) -> None:
        self.save_state(record=text)

    def write_text(self, name: KeptText, text: str) -> None:
        query = f"MERGE (i:{IMPORT_LABEL} {{key: $name}}) SET i.text = $text"
        self.run(query, {"name": name, "text": text})

    def add_type(self, relationship_type: str) -> None:
        """Note that there is a type; Neo4j needs no declaration."""
        self._save_declared()

    def add_properties(
        self, relationship_type: str | None, types: Mapping[str, ColumnType]
    ) -> None:
        """Note that there are properties."""
        self._save_declared()

    def _save_declared(self) -> None:
        """Keep what is declared beside the known properties and types."""
        known, held = declare_known(), self.declared
        stakeholders = _without(held.stakeholders, known.stakeholders)
        relationships = {
            name: extra
            for name, properties in held.relationships.items()
            if (extra := _without(properties, known_properties(name)))
            or name not in known.relationships
        }
        self.save_state(declared=json.dumps([stakeholders, relationships]))

    def create_rows(self, relationship_type: str | None, rows: pd.DataFrame) -> None:
        if relationship_type is None:
            for labels, part in _split_markets(rows):
                self.run(
                    f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", {"rows": _maps(part)}
                )
            return
        type_ = quote_identifier(relationship_type)
        created = self.run(
            f"UNWIND $rows AS row {_ENDS} CREATE (a)-[r:{type_}]->(b) SET r = row[2] "
            "RETURN count(r) AS n",
            {"rows": _arcs(rows)},
        )["n"][0]
        if created != len(rows):
            raise QueryFailed("write.unknown_end", id=self._find_unknown(rows))

    def _find_unknown(self, rows: pd.DataFrame) -> str:
        ids = sorted({*rows["source"], *rows["target"]})
        found = self.run(
            "UNWIND $ids AS id "
            f"WITH id WHERE NOT EXISTS {{MATCH (s:{NODE_LABEL}) WHERE s.id = id}} "
            "RETURN id LIMIT 1",
            {"ids": ids},
        )
        return str(found["id"][0])

    def update_rows(
        self, relationship_type: str | None, rows: pd.DataFrame, keys: Sequence[str]
    ) -> None:
        if relationship_type is None:
            others = ":".join(_LABELS.values())
            for labels, part in _split_markets(rows):
                relabel = f"REMOVE n:{others} SET n:{labels}" if "market" in rows else ""
                self.run(
                    f"UNWIND $rows AS row MATCH (n:{NODE_LABEL} {{id: row.id}}) "
                    f"SET n += row {relabel}",
                    {"rows": _maps(part)},
                )
            return
        self._change_arcs(relationship_type, rows, keys, "SET r += row[2]")

    def change_rows(self, relationship_type: str | None, keys: pd.DataFrame, clause: str) -> None:
        for start in range(0, len(keys), self.rows_at_once):
            part = keys.iloc[start : start + self.rows_at_once]
            if relationship_type is None:
                query = f"UNWIND $rows AS row MATCH (s:{NODE_LABEL} {{id: row.id}}) {clause}"
                self.run(query, {"rows": _maps(part)})
            else:
                self._change_arcs(relationship_type, part, list(map(str, part.columns)), clause)

    def _change_arcs(
        self, relationship_type: str, rows: pd.DataFrame, keys: Sequence[str], clause: str
    ) -> None:
        further = map(quote_identifier, keys[2:])
        where = where_equal((f"r.{key}", f"row[2].{key}") for key in further)
        matched = f"MATCH (a)-[r:{quote_identifier(relationship_type)}]->(b)"
        self.run(f"UNWIND $rows AS row {_ENDS} {matched} {where}{clause}", {"rows": _arcs(rows)})

    def empty(self) -> None:
        """Delete every stakeholder and tie, and what was declared."""
        deleted = 1
        while deleted:
            deleted = self.run(
                f"MATCH (s:{NODE_LABEL}) WITH s LIMIT $most DETACH DELETE s RETURN count(*) AS n",
                {"most": _DELETED_AT_ONCE},
            )["n"][0]
        self.save_state(declared=None, record=None)
        self.__dict__.pop("declared", None)


def _without(
    properties: Mapping[str, ColumnType], known: Mapping[str, ColumnType]
) -> dict[str, ColumnType]:
    return {name: kind for name, kind in properties.items() if name not in known}


def _split_markets(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the rows of each market with the labels they carry."""
    if "market" not in rows:
        yield NODE_LABEL, rows
        return
    for market, part in rows.groupby("market", dropna=False, sort=True):
        label = _LABELS.get(str(market))
        yield f"{NODE_LABEL}:{label}" if label else NODE_LABEL, part


def _maps(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row as a map of its values, without the missing ones."""
    names = [str(name) for name in rows.columns]
    columns = [_values(rows[name]) for name in names]
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for values in zip(*columns, strict=True)
    ]


def _arcs(rows: pd.DataFrame) -> list[list[Any]]:
    """Return each relationship as source, target and the map of its properties."""
    properties = rows.drop(columns=["source", "target"])
    maps = _maps(properties) if properties.shape[1] else [{}] * len(rows)
    ends = zip(rows["source"].tolist(), rows["target"].tolist(), maps, strict=True)
    return [list(arc) for arc in ends]


def _values(column: pd.Series[Any]) -> list[Any]:
    kind = column_type(column)
    if kind == "date":
        values: list[Any] = column.dt.date.tolist()
    elif kind == "time":
        values = [None if value is pd.NaT else value.to_pydatetime() for value in column]
    else:
        values = column.tolist()
    missing = column.isna().tolist()
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]
