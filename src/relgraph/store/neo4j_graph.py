"""Neo4jGraph: reads the stored graph in Neo4j's Cypher, through any function that runs it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from relgraph.model import CONTACTED, NODE_LABEL
from relgraph.result import Result
from relgraph.store.base import ImportRecord, StoredSchema
from relgraph.store.columns import missing_column, objects, rank, to_column
from relgraph.store.neo4j_connection import Run
from relgraph.store.schema import (
    CONTACT_ORDER,
    IMPORT_LABEL,
    Declared,
    declare_known,
    known_properties,
    quote_identifier,
    record_from_json,
)

_ROWS = 1000  # stakeholders in one record: the driver's cost is by record
STATE = f"(i:{IMPORT_LABEL} {{key: 'state'}})"


class Neo4jGraph:
    """What a server holds.

    Parameters
    ----------
    run : callable
        Runs Cypher with parameters and returns columns.
    """

    def __init__(self, run: Run) -> None:
        self.run = run

    def read_state(self) -> dict[str, Any]:
        """Return what relgraph keeps about the store; nothing where relgraph never wrote."""
        found = self.run(f"MATCH {STATE} RETURN properties(i) AS state")["state"]
        state: dict[str, Any] = found[0] if len(found) else {}
        return state

    @cached_property
    def declared(self) -> Declared:
        """Return the known properties, and those that imports brought."""
        declared = declare_known()
        extra = json.loads(self.read_state().get("declared", "[{}, {}]"))
        declared.stakeholders.update(extra[0])
        for name, properties in extra[1].items():
            declared.relationships.setdefault(name, known_properties(name)).update(properties)
        return declared

    def read_schema(self) -> StoredSchema:
        """Return the properties that the store holds, with their types."""
        types = self.declared.relationships
        counts = " UNION ALL ".join(
            f"MATCH ()-[r:{quote_identifier(name)}]->() RETURN {position} AS type, count(r) AS n"
            for position, name in enumerate(types)
        )  # each is answered from the server's own counts, without a look at the relationships
        counted = self.run(counts)
        names = list(types)
        held = {names[i] for i in counted["type"][counted["n"] > 0].tolist()}
        return StoredSchema(
            self.declared.stakeholders,
            {name: types[name] for name in sorted({*held, CONTACTED})},
        )

    def read_import_record(self) -> ImportRecord | None:
        """Return what was imported last, or None."""
        text = self.read_state().get("record")
        return record_from_json(text) if text is not None else None

    def read_stakeholders(self, properties: Sequence[str]) -> Result:
        """Return `id` and these properties of every stakeholder, ordered by id."""
        kinds = self.declared.stakeholders
        present = [name for name in properties if name in kinds]
        values = self._read_lists(
            f"MATCH (n:{NODE_LABEL}) WITH n ORDER BY n.id WITH collect(n) AS found "
            "UNWIND range(0, size(found) - 1, $rows) AS start "
            "WITH found[start..start + $rows] AS part",
            [f"[n IN part | n.{quote_identifier(name)}]" for name in ("id", *present)],
            {"rows": _ROWS},
        )
        columns = {
            name: to_column(column, kinds[name])
            for name, column in zip(["id", *present], values, strict=True)
        }
        length = len(columns["id"])
        return Result(
            {"id": columns["id"]}
            | {name: columns.get(name, missing_column(length, None)) for name in properties}
        )

    def read_relationships(self, types: Sequence[str] | None, properties: Sequence[str]) -> Result:
        """Return `source`, `target`, `type` and these properties of relationships."""
        stored = self.declared.relationships
        wanted = sorted(set(stored) - {CONTACTED} if types is None else set(stored) & set(types))
        kinds = {
            name: next((stored[t][name] for t in wanted if name in stored[t]), None)
            for name in properties
        }
        present = [name for name, kind in kinds.items() if kind is not None]
        ordering = CONTACT_ORDER if CONTACTED in wanted else ()
        read = [*present, *(name for name in ordering if name not in present)]
        ids, counts, targets, codes, *values = self._read_arcs(wanted, read)
        source = np.repeat(objects(ids), np.array(counts, dtype=np.int64))
        target, code = objects(targets), np.array(codes, dtype=np.int64)
        found = {
            name: to_column(column, kinds.get(name))
            for name, column in zip(read, values, strict=True)
        }
        within = [rank(found[name]) for name in reversed(ordering)]
        order = np.lexsort((*within, rank(target), rank(source), code))
        length = len(order)
        columns = {
            "source": source,
            "target": target,
            "type": objects(wanted)[code] if wanted else code,
        } | {name: found.get(name, missing_column(length, kind)) for name, kind in kinds.items()}
        return Result({name: column[order] for name, column in columns.items()})

    def _read_arcs(self, types: Sequence[str], properties: Sequence[str]) -> list[list[Any]]:
        """Return sources with their number of arcs; then targets, type codes, properties."""
        if not types:
            return [[] for _ in range(4 + len(properties))]
        named = "|".join(map(quote_identifier, types))
        listed = ["[r IN ties | $codes[type(r)]]"]
        listed += [f"[r IN ties | r.{quote_identifier(name)}]" for name in properties]
        aliased = ", ".join(f"{column} AS c{i}" for i, column in enumerate(listed))
        rows = self.run(
            f"MATCH (a:{NODE_LABEL})-[r:{named}]->(b:{NODE_LABEL}) "
            "WITH a, collect(r) AS ties, collect(b.id) AS targets "
            f"RETURN a.id AS source, targets, {aliased}",
            {"codes": {name: code for code, name in enumerate(types)}},
        )
        sources, *lists = rows.values()
        counts = [len(targets) for targets in rows["targets"]]
        return [sources.tolist(), counts, *(list(chain.from_iterable(c)) for c in lists)]

    def _read_lists(
        self, cypher: str, columns: Sequence[str], parameters: Mapping[str, Any]
    ) -> list[list[Any]]:
        aliased = ", ".join(f"{column} AS c{i}" for i, column in enumerate(columns))
        rows = self.run(f"{cypher} RETURN {aliased}", parameters)
        return [list(chain.from_iterable(column)) for column in rows.values()]
