"""Neo4jGraph: reads the stored graph in Neo4j's Cypher, through any function that runs it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from relgraph.model import NODE_LABEL, ColumnType
from relgraph.store.columns import Column, objects, to_column
from relgraph.store.graph import Graph
from relgraph.store.records import KeptText, Relationships
from relgraph.store.schema import (
    IMPORT_LABEL,
    StoredSchema,
    aliased,
    declare_known,
    known_properties,
    quote_identifier,
)

_ROWS = 1000  # stakeholders in one record: the driver's cost is by record
STATE = f"(i:{IMPORT_LABEL} {{key: 'state'}})"


class Neo4jGraph(Graph):
    """What a server holds."""

    def read_state(self) -> dict[str, Any]:
        """Return the properties of the store itself; none where relgraph never wrote."""
        found = self.run(f"MATCH {STATE} RETURN properties(i) AS state")["state"]
        state: dict[str, Any] = found[0] if len(found) else {}
        return state

    def read_record(self) -> str | None:
        return self.read_state().get("record")

    def read_text(self, name: KeptText) -> str | None:
        # In a node of its own: the state is read whenever the store is opened.
        query = f"MATCH (i:{IMPORT_LABEL} {{key: $name}}) RETURN i.text AS text"
        found = self.run(query, {"name": name})["text"]
        return found[0] if len(found) else None

    @cached_property
    def declared(self) -> StoredSchema:
        """Return the known properties, and those that imports brought."""
        declared = declare_known()
        extra = json.loads(self.read_state().get("declared", "[{}, {}]"))
        declared.stakeholders.update(extra[0])
        for name, properties in extra[1].items():
            declared.relationships.setdefault(name, known_properties(name)).update(properties)
        return declared

    def find_types(self) -> Iterable[str]:
        names = list(self.declared.relationships)
        # The server answers each from its own counts, without reading the relationships.
        counted = self.run(
            " UNION ALL ".join(
                f"MATCH ()-[r:{quote_identifier(name)}]->() RETURN {place} AS type, count(r) AS n"
                for place, name in enumerate(names)
            )
        )
        return [names[place] for place in counted["type"][counted["n"] > 0].tolist()]

    def read_nodes(self, properties: Mapping[str, ColumnType]) -> Sequence[Column]:
        asked = aliased(f"[s IN part | s.{quote_identifier(name)}]" for name in properties)
        rows = self.run(
            f"MATCH (s:{NODE_LABEL}) WITH collect(s) AS found "
            "UNWIND range(0, size(found) - 1, $rows) AS start "
            f"WITH found[start..start + $rows] AS part RETURN {asked}",
            {"rows": _ROWS},
        )
        return [
            to_column(_flat(lists), kind)
            for lists, kind in zip(rows.values(), properties.values(), strict=True)
        ]

    def read_relationships(
        self, types: Sequence[str], properties: Mapping[str, ColumnType]
    ) -> Relationships:
        asked = [f"[r IN ties | r.{quote_identifier(name)}]" for name in properties]
        sources, targets, codes, *values = self.run(
            f"MATCH (a:{NODE_LABEL})-[r:{'|'.join(map(quote_identifier, types))}]->"
            f"(b:{NODE_LABEL}) WITH a, collect(r) AS ties, collect(b.id) AS targets "
            f"RETURN {aliased(('a.id', 'targets', '[r IN ties | $codes[type(r)]]', *asked))}",
            {"codes": {name: code for code, name in enumerate(types)}},
        ).values()
        counts = np.array([len(ends) for ends in targets], dtype=np.int64)
        ends = _flat(targets)
        ids = list(dict.fromkeys(chain(sources.tolist(), ends)))
        position = {node_id: place for place, node_id in enumerate(ids)}
        return Relationships(
            objects(ids),
            np.repeat(np.arange(len(counts)), counts),
            np.array([position[node_id] for node_id in ends], dtype=np.int64),
            np.array(_flat(codes), dtype=np.int64),
            {
                name: to_column(_flat(lists), kind)
                for (name, kind), lists in zip(properties.items(), values, strict=True)
            },
        )


def _flat(lists: Column) -> list[Any]:
    return list(chain.from_iterable(lists))
