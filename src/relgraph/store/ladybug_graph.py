"""LadybugGraph: reads the stored graph in Ladybug's Cypher, through one open handle."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from relgraph.errors import NotADatabase, QueryFailed, UnsupportedVersion
from relgraph.model import CONTACTED, NODE_LABEL, ColumnType
from relgraph.result import Result, to_python
from relgraph.store.base import ImportRecord, StoredSchema
from relgraph.store.columns import Column, missing_column, objects, to_column
from relgraph.store.ladybug_engine import Engine, column_kind
from relgraph.store.schema import (
    IMPORT_LABEL,
    SCHEMA_VERSION,
    quote_identifier,
    record_from_json,
)

_TOKENS = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|//[^\n]*|/\*.*?\*/|\$(\w+)""",
    re.DOTALL,
)


class LadybugGraph:
    """What one open database holds."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        """Close the handle."""
        self.engine.close()

    def check_version(self, url: str) -> None:
        """Refuse a database that relgraph didn't make, or that a later one did.

        Raises
        ------
        NotADatabase, UnsupportedVersion
        """
        try:
            versions = self.engine.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.version")["i.version"]
        except QueryFailed as error:
            raise NotADatabase(f"{url} is a database, but not relgraph's: name another") from error
        if versions.tolist() != [SCHEMA_VERSION]:
            raise UnsupportedVersion(
                f"{url} was made by another version of relgraph (layout {versions.tolist()}, this "
                f"one reads {SCHEMA_VERSION}): export it there and import it here"
            )

    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""
        return self._schema

    @cached_property
    def _schema(self) -> StoredSchema:
        tables = self.engine.run("CALL show_tables() RETURN name, type ORDER BY name")
        types = tables["name"][tables["type"] == "REL"].tolist()
        return StoredSchema(
            self._properties(NODE_LABEL), {name: self._properties(name) for name in types}
        )

    def _properties(self, table: str) -> dict[str, ColumnType]:
        info = self.engine.run(
            f"CALL table_info({_quote_text(table)}) RETURN name, type ORDER BY `property id`"
        )
        kinds = [column_kind(name) for name in info["type"].tolist()]
        return {
            name: kind
            for name, kind in zip(info["name"].tolist(), kinds, strict=True)
            if kind is not None
        }

    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""
        texts = self.engine.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.record AS record")["record"]
        return record_from_json(texts[0]) if texts[0] is not None else None

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one statement; a parameter that it names and nobody gave is an error."""
        used = {match[1] for match in _TOKENS.finditer(cypher) if match[1]}
        missing = sorted(used - set(parameters or {}))
        if missing:  # the engine would return no rows and no error
            raise QueryFailed(f"the query needs a value for ${missing[0]}: give it with -p")
        return Result(self.engine.run(cypher, parameters))

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id."""
        kinds = self._schema.stakeholders
        present = [name for name in properties if name in kinds]
        rows = self.engine.run(
            f"MATCH (s:{NODE_LABEL}) RETURN {_select('s', ['id', *present])} ORDER BY s.id"
        )
        values = dict(zip(["id", *present], rows.values(), strict=True))
        length = len(values["id"])
        return Result(
            {"id": values["id"]}
            | {name: values.get(name, missing_column(length, None)) for name in properties}
        )

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships."""
        stored = self._schema.relationships
        wanted = sorted(set(stored) - {CONTACTED} if types is None else set(stored) & set(types))
        kinds = {
            name: next((stored[t][name] for t in wanted if name in stored[t]), None)
            for name in properties
        }
        parts = [self._read_type(name, kinds) for name in wanted]
        names = ("source", "target", "type", *properties)
        if not parts:
            return Result({name: missing_column(0, kinds.get(name)) for name in names})
        return Result({name: _concatenate([part[name] for part in parts]) for name in names})

    def _read_type(self, name: str, kinds: Mapping[str, ColumnType | None]) -> dict[str, Column]:
        present = [p for p in kinds if p in self._schema.relationships[name]]
        columns = ", ".join(["a.id AS _0", "b.id AS _1", *_aliased("r", present, 2)])
        rows = self.engine.run(
            f"MATCH (a:{NODE_LABEL})-[r:{quote_identifier(name)}]->(b:{NODE_LABEL}) "
            f"RETURN {columns} ORDER BY _0, _1"
        )
        values = dict(zip(["source", "target", *present], rows.values(), strict=True))
        length = len(values["source"])
        return {
            "source": values["source"],
            "target": values["target"],
            "type": objects([name] * length),
        } | {p: values.get(p, missing_column(length, kind)) for p, kind in kinds.items()}


def _quote_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _aliased(variable: str, properties: Sequence[str], start: int) -> list[str]:
    """Return each property with an alias of our own: its name may mean something in Cypher."""
    return [
        f"{variable}.{quote_identifier(name)} AS _{position}"
        for position, name in enumerate(properties, start)
    ]


def _select(variable: str, properties: Sequence[str]) -> str:
    return ", ".join(_aliased(variable, properties, 0))


def _concatenate(parts: Sequence[Column]) -> Column:
    kinds = {part.dtype.kind for part in parts if len(part)}
    if kinds == {"i", "f"}:  # numbers that may be missing: exact, or as Python integers
        return to_column([value for part in parts for value in to_python(part)], "integer")
    return np.concatenate([part for part in parts if len(part)] or list(parts[:1]))
