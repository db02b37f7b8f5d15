"""What is read from any graph: the choice of types and properties, and the order of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from relgraph.model import CONTACTED, OCCURRENCE
from relgraph.result import Result
from relgraph.store.columns import missing_column, objects, rank
from relgraph.store.records import Relationships

if TYPE_CHECKING:
    from relgraph.store.base import Graph

# What orders the contacts of a pair, so that sums over them are the same on every store.
_CONTACT_ORDER = ("at", "channel", OCCURRENCE)


def read_stakeholders(graph: Graph, properties: Sequence[str]) -> Result:
    """Return stakeholders as `Store.read_stakeholders` does."""
    kinds = graph.declared.stakeholders
    names = ("id", *properties)
    here = {name: kinds[name] for name in names if name in kinds}
    found = dict(zip(here, graph.read_nodes(here), strict=True))
    order = np.argsort(rank(found["id"]))
    nothing = missing_column(len(order), None)
    return Result({name: found[name][order] if name in here else nothing for name in names})


def read_relationships(
    graph: Graph, types: Iterable[str] | None, properties: Sequence[str]
) -> Result:
    """Return relationships as `Store.read_relationships` does."""
    names, found = read_positions(graph, types, properties)
    columns = {
        "source": found.ids[found.source],
        "target": found.ids[found.target],
        "type": objects(names)[found.type],
    }
    return Result(columns | dict(found.properties))


def read_positions(
    graph: Graph, types: Iterable[str] | None, properties: Sequence[str]
) -> tuple[Sequence[str], Relationships]:
    """Return the types that are read, and their relationships in order, ends as positions."""
    names = graph.declared.choose_types(types)
    kinds = graph.declared.properties_of(names)
    ordering = _CONTACT_ORDER if CONTACTED in names else ()
    here = {name: kinds[name] for name in (*properties, *ordering) if name in kinds}
    found = graph.read_relationships(names, here) if names else _NO_RELATIONSHIPS
    place = rank(found.ids)
    within = [rank(found.properties[name]) for name in reversed(ordering)]
    order = np.lexsort((*within, place[found.target], place[found.source], found.type))
    nothing = missing_column(len(order), None)
    columns = {
        name: found.properties[name][order] if name in here else nothing for name in properties
    }
    source, target, type_ = (column[order] for column in found[1:4])
    return names, Relationships(found.ids, source, target, type_, columns)


_NO_POSITIONS = np.zeros(0, dtype=np.int64)
_NO_RELATIONSHIPS = Relationships(objects([]), _NO_POSITIONS, _NO_POSITIONS, _NO_POSITIONS, {})
