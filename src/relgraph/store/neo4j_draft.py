"""Neo4jDraft: changes a graph in Neo4j's Cypher, in one transaction or in many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from relgraph.dataset import column_type
from relgraph.errors import QueryFailed
from relgraph.model import ALL_MARKETS, CONTACTED, NODE_LABEL, ColumnType
from relgraph.store.base import ImportRecord
from relgraph.store.neo4j_graph import STATE, Neo4jGraph
from relgraph.store.schema import (
    SCHEMA_VERSION,
    Declared,
    declare_known,
    known_properties,
    quote_identifier,
    record_to_json,
)

_DELETED_AT_ONCE = 10_000
# So that Neo4j's own tools colour a node by its market.
_LABELS = {market: market.capitalize() for market in ALL_MARKETS}
_ENDS = f"MATCH (a:{NODE_LABEL} {{id: row[0]}}) MATCH (b:{NODE_LABEL} {{id: row[1]}})"


class Neo4jDraft(Neo4jGraph):
    """A graph that is being changed."""

    rows_at_once = 10_000

    def save_state(self, **properties: Any) -> None:
        """Keep what relgraph keeps about the store; a value of None removes it."""
        self.run(
            f"MERGE {STATE} SET i += $properties",
            {"properties": {"version": SCHEMA_VERSION} | properties},
        )

    def write_import_record(self, record: ImportRecord) -> None:
        """Keep the record as the last import."""
        self.save_state(record=record_to_json(record))

    def add_properties(
        self, relationship_type: str | None, types: Mapping[str, ColumnType]
    ) -> None:
        """Note the properties and the type that are new; Neo4j needs no declaration."""
        declared = self.declared
        known = declared.stakeholders
        new = {name: kind for name, kind in types.items() if name not in known}
        if relationship_type is not None:
            is_new = relationship_type not in declared.relationships
            known = declared.relationships.setdefault(
                relationship_type, known_properties(relationship_type)
            )
            new = {name: kind for name, kind in types.items() if name not in known}
            if not (new or is_new):
                return
        elif not new:
            return
        known.update(new)
        self.save_state(declared=_extra_to_json(declared))

    def create_rows(self, relationship_type: str | None, rows: pd.DataFrame) -> None:
        """Add rows whose keys are not stored; relationships begin with `source` and `target`."""
        if relationship_type is None:
            for labels, part in _split_markets(rows):
                self.run(
                    f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", {"rows": _maps(part)}
                )
            return
        created = self.run(
            f"UNWIND $rows AS row {_ENDS} "
            f"CREATE (a)-[r:{quote_identifier(relationship_type)}]->(b) SET r = row[2] "
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
        """Set the columns that are not keys, on the rows that have these keys."""
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
        equal = [
            f"(r.{key} = row[2].{key} OR (r.{key} IS NULL AND row[2].{key} IS NULL))"
            for key in map(quote_identifier, keys[2:])
        ]
        where = f"WHERE {' AND '.join(equal)} " if equal else ""
        self.run(
            f"UNWIND $rows AS row {_ENDS} "
            f"MATCH (a)-[r:{quote_identifier(relationship_type)}]->(b) {where}SET r += row[2]",
            {"rows": _arcs(rows)},
        )

    def clear(self, properties: Sequence[str]) -> None:
        """Empty stakeholder properties everywhere."""
        for name in properties:
            if name in self.declared.stakeholders:
                self.run(f"MATCH (s:{NODE_LABEL}) REMOVE s.{quote_identifier(name)}")

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

    def remove(self, ids: Sequence[str]) -> dict[str, int]:
        """Delete stakeholders with their ties, and references to them in `owner`."""
        given = {"ids": list(ids), "contacted": CONTACTED}
        match = f"MATCH (s:{NODE_LABEL}) WHERE s.id IN $ids"
        counts = self.run(
            f"{match} OPTIONAL MATCH (s)-[r]-() WITH count(DISTINCT s) AS stakeholders, "
            "collect(DISTINCT r) AS ties "
            "RETURN stakeholders, size([r IN ties WHERE type(r) <> $contacted]) AS relationships, "
            "size([r IN ties WHERE type(r) = $contacted]) AS interactions",
            given,
        )
        self.run(f"MATCH (s:{NODE_LABEL}) WHERE s.owner IN $ids REMOVE s.owner", given)
        self.run(f"{match} DETACH DELETE s", given)
        return {name: int(count[0]) for name, count in counts.items()}


def _extra_to_json(declared: Declared) -> str:
    """Return what is declared beside the known properties and types."""
    known = declare_known()
    stakeholders = {
        name: kind for name, kind in declared.stakeholders.items() if name not in known.stakeholders
    }
    relationships = {
        name: extra
        for name, properties in declared.relationships.items()
        if (extra := {p: k for p, k in properties.items() if p not in known_properties(name)})
        or name not in known.relationships
    }
    return json.dumps([stakeholders, relationships])


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
