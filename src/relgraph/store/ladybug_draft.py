"""LadybugDraft: changes a graph in Ladybug's Cypher, in a file that is not yet the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from relgraph.model import NODE_LABEL, ColumnType
from relgraph.store.frames import to_arrow
from relgraph.store.graph import Draft
from relgraph.store.ladybug_engine import TYPE_NAMES
from relgraph.store.ladybug_graph import LadybugGraph
from relgraph.store.records import KeptText
from relgraph.store.schema import (
    IMPORT_LABEL,
    SCHEMA_VERSION,
    declare_known,
    known_properties,
    quote_identifier,
    where_equal,
)

if TYPE_CHECKING:
    import pandas as pd

# COPY's names for the ends of a relationship; it would store them in properties of these names.
_NAMES_OF_COPY = frozenset({"from", "to"})
# What Cypher has elsewhere and Ladybug lacks; macros survive a read-only open.
_MACROS = {
    "type(r)": "label(r)",
    "toFloat(x)": "CAST(x AS DOUBLE)",
    "toInteger(x)": "CAST(x AS INT64)",
    "toString(x)": "CAST(x AS STRING)",
}


class LadybugDraft(LadybugGraph, Draft):
    """A graph that is being made or changed."""

    rows_at_once = 1_000_000

    def create_schema(self) -> None:
        """Make the label, every known type with every known property, and the macros."""
        known = declare_known()
        run = self.run
        run(f"CREATE NODE TABLE {NODE_LABEL}({_columns(known.stakeholders)}, PRIMARY KEY(id))")
        run(f"CREATE NODE TABLE {IMPORT_LABEL}(version INT64 PRIMARY KEY, record STRING)")
        run(f"CREATE (:{IMPORT_LABEL} {{version: {SCHEMA_VERSION}}})")
        for name in known.relationships:
            self.add_type(name)
        for signature, body in _MACROS.items():
            run(f"CREATE MACRO {signature} AS {body}")

    def add_type(self, relationship_type: str) -> None:
        self.run(
            f"CREATE REL TABLE {quote_identifier(relationship_type)}"
            f"(FROM {NODE_LABEL} TO {NODE_LABEL}, {_columns(known_properties(relationship_type))})"
        )

    def add_properties(
        self, relationship_type: str | None, types: Mapping[str, ColumnType]
    ) -> None:
        table = quote_identifier(relationship_type or NODE_LABEL)
        for name, kind in types.items():
            self.run(f"ALTER TABLE {table} ADD {quote_identifier(name)} {TYPE_NAMES[kind]}")

    def create_rows(self, relationship_type: str | None, rows: pd.DataFrame) -> None:
        names = [str(name) for name in rows.columns]
        if relationship_type is not None:
            names = names[2:]
            if not _NAMES_OF_COPY.isdisjoint(names):
                self._create_with_names_of_copy(relationship_type, rows)
                return
        listed = ", ".join(map(quote_identifier, names))
        table = quote_identifier(relationship_type or NODE_LABEL)
        self._load(f"COPY {table}({listed}) FROM $rows", rows)

    def _create_with_names_of_copy(self, relationship_type: str, rows: pd.DataFrame) -> None:
        place = {str(name): f"_{position}" for position, name in enumerate(rows.columns)}
        properties = ", ".join(
            f"{quote_identifier(name)}: {column}" for name, column in list(place.items())[2:]
        )
        self._load(
            f"LOAD FROM $rows MATCH (a:{NODE_LABEL} {{id: _0}}), (b:{NODE_LABEL} {{id: _1}}) "
            f"CREATE (a)-[:{quote_identifier(relationship_type)} {{{properties}}}]->(b)",
            rows.set_axis(list(place.values()), axis="columns"),
        )

    def update_rows(
        self, relationship_type: str | None, rows: pd.DataFrame, keys: Sequence[str]
    ) -> None:
        names = list(map(str, rows.columns))
        variable = "s" if relationship_type is None else "r"
        assigned = [
            f"{variable}.{quote_identifier(name)} = _{place}"
            for place, name in enumerate(names)
            if name not in keys
        ]
        self._change(relationship_type, rows, keys, f"SET {', '.join(assigned)}")

    def change_rows(self, relationship_type: str | None, keys: pd.DataFrame, clause: str) -> None:
        self._change(relationship_type, keys, list(map(str, keys.columns)), clause)

    def _change(
        self, relationship_type: str | None, rows: pd.DataFrame, keys: Sequence[str], clause: str
    ) -> None:
        """Run a clause for each row with these keys; it calls their columns _0, _1 and so on."""
        place = {str(name): f"_{position}" for position, name in enumerate(rows.columns)}
        pattern, further = f"(s:{NODE_LABEL} {{id: {place[keys[0]]}}})", keys[1:]
        if relationship_type is not None:
            further = keys[2:]
            pattern = (
                f"(a:{NODE_LABEL} {{id: {place['source']}}})"
                f"-[r:{quote_identifier(relationship_type)}]->"
                f"(b:{NODE_LABEL} {{id: {place['target']}}})"
            )
        where = where_equal((f"r.{quote_identifier(key)}", place[key]) for key in further)
        self._load(
            f"LOAD FROM $rows MATCH {pattern} {where}{clause}",
            rows.set_axis(list(place.values()), axis="columns"),
        )

    def _load(self, statement: str, rows: pd.DataFrame) -> None:
        self.engine.expect_rows(len(rows))
        self.run(statement, {"rows": to_arrow(rows)})

    def write_record(self, text: str) -> None:
        self.run(f"MATCH (i:{IMPORT_LABEL}) SET i.record = $text", {"text": text})

    def write_text(self, name: KeptText, text: str) -> None:
        self.run(f"ALTER TABLE {IMPORT_LABEL} ADD IF NOT EXISTS {name} STRING")
        self.run(f"MATCH (i:{IMPORT_LABEL}) SET i.{name} = $text", {"text": text})


def _columns(types: Mapping[str, ColumnType]) -> str:
    return ", ".join(f"{quote_identifier(name)} {TYPE_NAMES[kind]}" for name, kind in types.items())
