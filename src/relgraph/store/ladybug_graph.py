"""LadybugGraph: reads the stored graph in Ladybug's Cypher, through one open handle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from relgraph.errors import NotADatabase, QueryFailed
from relgraph.held import decoded, narrow
from relgraph.model import NODE_LABEL, ColumnType
from relgraph.store.columns import Column, joined_column, missing_column, objects
from relgraph.store.graph import Graph
from relgraph.store.ladybug_engine import KINDS, Engine
from relgraph.store.records import KeptText, Relationships
from relgraph.store.schema import (
    IMPORT_LABEL,
    StoredSchema,
    aliased,
    check_layout,
    quote_identifier,
)

_NUMBER = "offset(id({}))"  # the engine's number of a stakeholder, an end of a relationship


class LadybugGraph(Graph):
    """What one open database holds."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine.run)
        self.engine = engine

    def check_version(self, url: str) -> None:
        """Refuse a database that relgraph didn't make, or that another version of it did."""
        try:
            versions = self.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.version AS version")["version"]
        except QueryFailed as error:
            raise NotADatabase("store.foreign_file", url=url) from error
        check_layout(url, versions.tolist())

    def find_types(self) -> Iterable[str]:
        pattern = f"(:{NODE_LABEL})-[r]->(:{NODE_LABEL})"
        used = self.run(f"MATCH {pattern} RETURN DISTINCT label(r) AS type")["type"]
        return [str(name) for name in used]

    def find_filled(self, properties: Sequence[str]) -> Sequence[str]:
        if not properties:
            return properties
        counted = aliased(f"count(r.{quote_identifier(name)})" for name in properties)
        counts = self.run(f"MATCH (:{NODE_LABEL})-[r]->(:{NODE_LABEL}) RETURN {counted}").values()
        return [name for name, count in zip(properties, counts, strict=True) if count[0]]

    @cached_property
    def declared(self) -> StoredSchema:
        found = self.run("CALL show_tables() RETURN name, type ORDER BY name")
        types = found["name"][found["type"] == "REL"].tolist()
        tables = [NODE_LABEL, *types]
        # One statement for all: a dozen take longer than the rest of opening a small file.
        quoted = [name.replace("\\", "\\\\").replace("'", "\\'") for name in tables]
        info = self.run(
            " UNION ALL ".join(
                f"CALL table_info('{name}') RETURN {place} AS place, "
                "CAST(`property id` AS INT64) AS number, name, type"
                for place, name in enumerate(quoted)
            )
        )
        held: dict[str, dict[str, ColumnType]] = {table: {} for table in tables}
        for place, _, name, type_name in sorted(zip(*info.values(), strict=True)):
            if type_name in KINDS:  # in the order in which the properties were made
                held[tables[place]][name] = KINDS[type_name]
        return StoredSchema(held[NODE_LABEL], {name: held[name] for name in types})

    def read_record(self) -> str | None:
        found: str | None = self.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.record AS r")["r"][0]
        return found

    def read_text(self, name: KeptText) -> str | None:
        info = self.run(f"CALL table_info('{IMPORT_LABEL}') RETURN name")
        if name not in info["name"].tolist():
            return None
        found: str | None = self.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.{name} AS text")["text"][0]
        return found

    def read_nodes(self, properties: Mapping[str, ColumnType]) -> Sequence[Column]:
        asked = aliased(f"s.{quote_identifier(name)}" for name in properties)
        return list(self.run(f"MATCH (s:{NODE_LABEL}) RETURN {asked}").values())

    def read_relationships(
        self, types: Sequence[str], properties: Mapping[str, ColumnType]
    ) -> Relationships:
        found = self._read_numbered(types, properties)
        columns = {name: decoded(column) for name, column in found.properties.items()}
        place = _NUMBER.format("s")
        nodes = self.run(f"MATCH (s:{NODE_LABEL}) RETURN {place} AS place, s.id AS id")
        ids = objects([None] * (int(nodes["place"].max(initial=-1)) + 1))
        ids[nodes["place"]] = nodes["id"]
        return found._replace(ids=ids, properties=columns)

    def read_both(
        self,
        of_nodes: Mapping[str, ColumnType],
        types: Sequence[str],
        properties: Mapping[str, ColumnType],
    ) -> tuple[Sequence[Any], Relationships]:
        asked = [_NUMBER.format("s"), *(f"s.{quote_identifier(name)}" for name in of_nodes)]
        nodes = self.engine.read(f"MATCH (s:{NODE_LABEL}) RETURN {aliased(asked)}").values()
        numbers, *columns = nodes
        row = np.full(int(numbers.max(initial=-1)) + 1, -1, dtype=np.int32)
        row[numbers] = np.arange(len(numbers))
        found = self._read_numbered(types, properties, row)
        return columns, found._replace(ids=columns[0])

    def _read_numbered(
        self,
        types: Sequence[str],
        properties: Mapping[str, ColumnType],
        row: Column | None = None,
    ) -> Relationships:
        """Return relationships whose ends are these rows, or the engine's own numbers.

        Many are read a type at a time: reading them together takes longer, and five times the
        memory. Few are read at once, because each statement takes its time.
        """
        kinds = range(len(types))
        groups = [[kind] for kind in kinds] if self.engine.is_large else [[*kinds]]
        parts = [self._read_group(types, group, properties, row) for group in groups]
        sources, targets, places, *values = zip(*parts, strict=True)
        columns = {
            name: joined_column(column, kind)
            for (name, kind), column in zip(properties.items(), values, strict=True)
        }
        return Relationships(
            objects([]),
            np.concatenate(sources),
            np.concatenate(targets),
            np.concatenate(places),
            columns,
        )

    def _read_group(
        self,
        types: Sequence[str],
        group: Sequence[int],
        properties: Mapping[str, ColumnType],
        row: Column | None,
    ) -> Sequence[Any]:
        """Return source, target, type and properties of the relationships of some types."""
        known = self.declared.properties_of([types[kind] for kind in group])
        there = [name for name in properties if name in known]
        # Numbers instead of ids and labels: the engine gives them six times as fast.
        asked = [_NUMBER.format("a"), _NUMBER.format("b")]
        asked += [f"r.{quote_identifier(name)}" for name in there]
        if len(group) > 1:
            asked.append("list_position($types, label(r))")
        listed = "|".join(quote_identifier(types[kind]) for kind in group)
        source, target, *values = self.engine.read(
            f"MATCH (a:{NODE_LABEL})-[r:{listed}]->(b:{NODE_LABEL}) RETURN {aliased(asked)}",
            {"types": list(types)} if len(group) > 1 else {},
        ).values()
        n = len(source)
        places = values.pop() - 1 if len(group) > 1 else np.full(n, group[0])
        if row is not None:
            source, target = row[source], row[target]
        read = dict(zip(there, values, strict=True))
        columns = [read.get(name, missing_column(n, kind)) for name, kind in properties.items()]
        return [source, target, places.astype(narrow(len(types))), *columns]
