"""LadybugGraph: reads the stored graph in Ladybug's Cypher, through one open handle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import NotADatabase, QueryFailed, UnsupportedVersion
from relgraph.model import CONTACTED, NODE_LABEL, ColumnType
from relgraph.result import Result
from relgraph.store.base import ImportRecord, StoredSchema
from relgraph.store.columns import Column, missing_column, objects, rank
from relgraph.store.ladybug_engine import Engine, column_kind
from relgraph.store.schema import (
    CONTACT_ORDER,
    IMPORT_LABEL,
    SCHEMA_VERSION,
    Declared,
    quote_identifier,
    record_from_json,
)
from relgraph.store.statements import check_parameters


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
            raise NotADatabase("store.foreign_file", url=url) from error
        if versions.tolist() != [SCHEMA_VERSION]:
            raise UnsupportedVersion(
                "store.layout", url=url, found=versions.tolist(), reads=SCHEMA_VERSION
            )

    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""
        held = self.engine.run(
            f"MATCH (:{NODE_LABEL})-[r]->(:{NODE_LABEL}) RETURN DISTINCT label(r) AS type"
        )["type"].tolist()
        types = self.declared.relationships
        return StoredSchema(
            self.declared.stakeholders, {name: types[name] for name in sorted({*held, CONTACTED})}
        )

    @cached_property
    def declared(self) -> Declared:
        """Return what the engine has declared; read once."""
        tables = self.engine.run("CALL show_tables() RETURN name, type ORDER BY name")
        types = tables["name"][tables["type"] == "REL"].tolist()
        held = self._properties([NODE_LABEL, *types])
        return Declared(held[NODE_LABEL], {name: held[name] for name in types})

    def _properties(self, tables: Sequence[str]) -> dict[str, dict[str, ColumnType]]:
        """Return the properties of these tables, each in the order of their making."""
        # One statement for all: a dozen take longer than the rest of opening a small file.
        info = self.engine.run(
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

    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""
        texts = self.engine.run(f"MATCH (i:{IMPORT_LABEL}) RETURN i.record AS record")["record"]
        return record_from_json(texts[0]) if texts[0] is not None else None

    def execute(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """Run one statement; a parameter that it names and nobody gave is an error."""
        check_parameters(cypher, parameters or {})
        return Result(self.engine.run(cypher, parameters))

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id."""
        kinds = self.declared.stakeholders
        present = [name for name in properties if name in kinds]
        rows = self.engine.run(
            f"MATCH (s:{NODE_LABEL}) RETURN {', '.join(_aliased('s', ['id', *present]))} "
            "ORDER BY _0"
        )
        values = dict(zip(["id", *present], rows.values(), strict=True))
        length = len(values["id"])
        return Result(
            {"id": values["id"]}
            | {name: values.get(name, missing_column(length, None)) for name in properties}
        )

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships."""
        stored = self.declared.relationships
        wanted = sorted(set(stored) - {CONTACTED} if types is None else set(stored) & set(types))
        kinds = {
            name: next((stored[t][name] for t in wanted if name in stored[t]), None)
            for name in properties
        }
        if not wanted:
            names = ("source", "target", "type", *properties)
            return Result({name: missing_column(0, kinds.get(name)) for name in names})
        present = [name for name, kind in kinds.items() if kind is not None]
        ordering = CONTACT_ORDER if CONTACTED in wanted else ()
        read = [*present, *(name for name in ordering if name not in present)]
        # Offsets instead of ids: the engine gives them six times as fast.
        source, target, labels, *values = self.engine.run(
            f"MATCH (a:{NODE_LABEL})-[r:{'|'.join(map(quote_identifier, wanted))}]->"
            f"(b:{NODE_LABEL}) RETURN offset(id(a)) AS a, offset(id(b)) AS b, "
            f"{', '.join(['label(r) AS r', *_aliased('r', read)])}"
        ).values()
        ids, places = self._ids_by_offset() if len(source) else (source, source)
        codes = {name: code for code, name in enumerate(wanted)}
        code = np.array([codes[name] for name in labels.tolist()], dtype=np.int64)
        found = dict(zip(read, values, strict=True))
        within = [rank(found[name]) for name in reversed(ordering)]
        order = np.lexsort((*within, places[target], places[source], code))
        columns = {"source": ids[source], "target": ids[target], "type": labels} | {
            name: found.get(name, missing_column(len(source), kind)) for name, kind in kinds.items()
        }
        return Result({name: column[order] for name, column in columns.items()})

    def _ids_by_offset(self) -> tuple[Column, npt.NDArray[np.int64]]:
        """Return each stakeholder's id, and its place in the order of ids, at its offset."""
        rows = self.engine.run(
            f"MATCH (s:{NODE_LABEL}) RETURN offset(id(s)) AS s, s.id AS id ORDER BY id"
        )
        offsets = rows["s"]
        ids = objects([None] * (int(offsets.max()) + 1))
        ids[offsets] = rows["id"]
        places = np.zeros(len(ids), dtype=np.int64)
        places[offsets] = np.arange(len(offsets))
        return ids, places


def _quote_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _aliased(variable: str, properties: Sequence[str]) -> list[str]:
    """Return each property with an alias of our own: its name may mean something in Cypher."""
    return [
        f"{variable}.{quote_identifier(name)} AS _{position}"
        for position, name in enumerate(properties)
    ]
