"""What is read from any store: types and properties are chosen, and rows ordered, here alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph.messages import Note
from relgraph.model import CONTACTED, KEYS, MONEY, OCCURRENCE, ColumnType, relationship_type
from relgraph.network import (
    STAKEHOLDER_DATES,
    TIE_DATES,
    Network,
    Nodes,
    Projection,
    Ties,
    at_moment,
    in_one_currency,
    project,
)
from relgraph.network.money import CURRENCY, TIE_MONEY
from relgraph.network.projection import looked_at, outside
from relgraph.result import Result
from relgraph.store.columns import missing_column, objects, rank
from relgraph.store.records import Relationships
from relgraph.store_settings import parse_settings

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from relgraph.dataset import Dataset
    from relgraph.named_queries import NamedQuery
    from relgraph.store.base import BaseStore
    from relgraph.store.graph import Graph


_NO_POSITIONS = np.zeros(0, dtype=np.int64)
_NO_RELATIONSHIPS = Relationships(objects([]), _NO_POSITIONS, _NO_POSITIONS, _NO_POSITIONS, {})
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


def fetch_nodes(store: BaseStore, attributes: Sequence[str] = ()) -> Nodes:
    """Return every stakeholder with these further properties, ordered by id."""
    names = list(dict.fromkeys(("name", "market", *attributes)))
    columns = read_stakeholders(store.graph(), names).columns
    return Nodes(
        columns["id"],
        columns["name"],
        columns["market"],
        {name: _attribute(columns[name]) for name in attributes},
    )


def fetch_ties(
    store: BaseStore,
    nodes: Nodes,
    types: Sequence[str] | None = None,
    attributes: Sequence[str] = (),
) -> Ties:
    """Return relationships between all nodes, ordered by type, source and target, in one read.

    They have these further properties; `types` None loads every type but CONTACTED.
    """
    asked = list(dict.fromkeys(("strength", "sign", *attributes)))
    names, found = read_positions(store.graph(), types, asked)
    position = {node_id: place for place, node_id in enumerate(nodes.ids.tolist())} | {None: -1}
    places = np.array([position[node_id] for node_id in found.ids.tolist()], dtype=np.int64)
    kinds = store.read_settings().kinds
    usual = np.array([relationship_type(name, kinds).sign for name in names], dtype=np.float64)
    sign = found.properties["sign"].astype(np.float64)
    return Ties(
        places[found.source],
        places[found.target],
        objects(names)[found.type],
        found.properties["strength"].astype(np.float64),
        np.where(np.isnan(sign), usual[found.type], sign).astype(np.int8),
        {name: _attribute(found.properties[name]) for name in attributes},
        kinds,
    )


class Facts(NamedTuple):
    """Stakeholders and relationships at one moment, with money in one currency, if it has any.

    `others` are the relationships that have ended or are to come.
    """

    nodes: Nodes
    ties: Ties
    currency: str | None
    notes: tuple[Note, ...]
    others: Ties


def fetch_facts(
    store: BaseStore,
    types: Sequence[str] | None = None,
    attributes: Sequence[str] = (),
    tie_attributes: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Facts:
    """Return who was there and which ties held at a moment, today for None.

    Parameters
    ----------
    types : sequence of str, optional
        Relationship types; every one but CONTACTED for None.
    attributes, tie_attributes : sequence of str
        Properties to load, beside the dates of stakeholders and of ties.

    Raises
    ------
    UsageError
        Money is asked for, and is in several currencies without rates.
    """
    wanted = dict.fromkeys((*STAKEHOLDER_DATES, *attributes))
    money = TIE_MONEY in tie_attributes or not wanted.keys().isdisjoint(MONEY)
    nodes = fetch_nodes(store, [*dict.fromkeys((*wanted, *((CURRENCY,) if money else ())))])
    ties = fetch_ties(store, nodes, types, [*dict.fromkeys((*TIE_DATES, *tie_attributes))])
    ended, to_come = outside(ties, looked_at(as_of))
    others = ties.take(ended | to_come)
    nodes, ties, changed = at_moment(nodes, ties, as_of)
    currencies = store.read_settings().currencies
    others = in_one_currency(nodes, others, currencies)[1]
    nodes, ties, currency, converted = in_one_currency(nodes, ties, currencies)
    return Facts(nodes, ties, currency, (*changed, *converted), others)


def fetch_network(
    store: BaseStore,
    projection: Projection | None = None,
    attributes: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Network:
    """Return a projection of the stored graph as it was at a moment, today for None.

    Its nodes have these properties, `status` and `left_on`; the default network for no projection.
    """
    types = projection.types if projection is not None else None
    facts = fetch_facts(store, types, attributes, as_of=as_of)
    network = project(facts.nodes, facts.ties, projection).network()
    return network.with_notes(*facts.notes) if facts.notes else network


def run(
    store: BaseStore, named_query: NamedQuery, parameters: Mapping[str, Any] | None = None
) -> Result:
    """Run a named query and return its rows; a parameter that is left out gets its default.

    Raises
    ------
    UsageError
        A parameter is unknown, missing or of another type.
    QueryFailed
        The store failed the query, or gave other columns than it declares.
    """
    values = named_query.check_parameters(parameters or {})
    return named_query.check_result(store.execute(named_query.cypher, values))


def fetch_dataset(store: BaseStore) -> Dataset:
    """Return everything that the store holds, as an import would give it.

    Stakeholders are ordered by id, relationships by type and ends, interactions by ends and
    time; a property that nobody has is left out.
    """
    return read_dataset(store.graph())


def read_dataset(graph: Graph) -> Dataset:
    """Return everything that a graph holds, as `fetch_dataset` does."""
    from relgraph.dataset import Dataset
    from relgraph.store.frames import to_frame

    schema = graph.read_schema()
    people = schema.stakeholders
    ends: dict[str, ColumnType] = {"source": "text", "target": "text"}
    ties = {**ends, "type": "text", **schema.of_table("relationships")}
    filled = {*graph.find_filled(list(ties)[3:]), *KEYS["relationships"]}
    ties = {name: kind for name, kind in ties.items() if name in filled}
    contacts = ends | schema.of_table("interactions")
    stakeholders = to_frame(read_stakeholders(graph, list(people)), people)
    relationships = to_frame(read_relationships(graph, None, list(ties)[3:]), ties)
    found = read_relationships(graph, [CONTACTED], list(contacts)[2:])
    interactions = to_frame(found, contacts)
    keys = list(KEYS["interactions"])
    return Dataset(
        _drop_empty(stakeholders, ("id", "name", "market")),
        _drop_empty(relationships, KEYS["relationships"]),
        _drop_empty(interactions.sort_values(keys, ignore_index=True), (*ends, "at", OCCURRENCE)),
        settings=parse_settings(graph.read_text("settings") or "").text,
    )


def _drop_empty(frame: pd.DataFrame, kept: Sequence[str]) -> pd.DataFrame:
    held = [name for name in frame.columns if name in kept or frame[name].notna().any()]
    return frame[held]


def _attribute(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return numbers as float64, whole ones beside missing ones too; other values as they are."""
    found = {*map(type, column.tolist())} if column.dtype == object else set()
    whole = int in found and found <= {int, type(None)}
    return column.astype(np.float64) if whole or column.dtype.kind in "iub" else column
