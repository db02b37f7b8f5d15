"""LadybugGraph: reads the stored graph in Ladybug's Cypher, through one open handle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from relgraph.errors import NotADatabase, QueryFailed
from relgraph.model import NODE_LABEL, ColumnType
from relgraph.store.base import Graph, KeptText, Relationships
from relgraph.store.columns import Column, objects
from relgraph.store.ladybug_engine import Engine, column_kind
from relgraph.store.schema import IMPORT_LABEL, StoredSchema, check_layout, quote_identifier
from relgraph.store.statements import aliased


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

    @cached_property
    def declared(self) -> StoredSchema:
        tables = self.run("CALL show_tables() RETURN name, type ORDER BY name")
        types = tables["name"][tables["type"] == "REL"].tolist()
        held = self._properties([NODE_LABEL, *types])
        return StoredSchema(held[NODE_LABEL], {name: held[name] for name in types})

    def _properties(self, tables: Sequence[str]) -> dict[str, dict[str, ColumnType]]:
        """Return the properties of these tables, in the order they were made."""
        # One statement for all: a dozen take longer than the rest of opening a small file.
        info = self.run(
            " UNION ALL ".join(
                f"CALL table_info({_quote_text(table)}) "
                f"RETURN {place} AS place, `property id` AS number, name, type"
                for place, table in enumerate(tables)
            )
        )
        held: dict[str, dict[str, ColumnType]] = {table: {} for table in tables}
        for place, _, name, type_name in sorted(zip(*info.values(), strict=True)):
            if (kind := column_kind(type_name)) is not None:
                held[tables[place]][name] = kind
        return held

    def read_record(self) -> str | None:
        found: str | None = self.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.record AS r")["r"][0]
        return found

    @cached_property
    def _kept_texts(self) -> frozenset[str]:
        info = self.run(f"CALL table_info('{IMPORT_LABEL}') RETURN name")
        return frozenset(info["name"].tolist())

    def read_text(self, name: KeptText) -> str | None:
        if name not in self._kept_texts:
            return None
        found: str | None = self.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.{name} AS text")["text"][0]
        return found

    def read_nodes(self, properties: Mapping[str, ColumnType]) -> Sequence[Column]:
        asked = aliased(f"s.{quote_identifier(name)}" for name in properties)
        return list(self.run(f"MATCH (s:{NODE_LABEL}) RETURN {asked}").values())

    def read_relationships(
        self, types: Sequence[str], properties: Mapping[str, ColumnType]
    ) -> Relationships:
        # Numbers instead of ids and labels: the engine gives them six times as fast.
        asked = ["offset(id(a))", "offset(id(b))", "list_position($types, label(r))"]
        asked += [f"r.{quote_identifier(name)}" for name in properties]
        source, target, places, *values = self.run(
            f"MATCH (a:{NODE_LABEL})-[r:{'|'.join(map(quote_identifier, types))}]->"
            f"(b:{NODE_LABEL}) RETURN {aliased(asked)}",
            {"types": list(types)},
        ).values()
        columns = dict(zip(properties, values, strict=True))
        return Relationships(self._ids_by_offset(), source, target, places - 1, columns)

    def _ids_by_offset(self) -> Column:
        nodes = self.run(f"MATCH (s:{NODE_LABEL}) RETURN offset(id(s)) AS place, s.id AS id")
        ids = objects([None] * (int(nodes["place"].max(initial=-1)) + 1))
        ids[nodes["place"]] = nodes["id"]
        return ids


def _quote_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
