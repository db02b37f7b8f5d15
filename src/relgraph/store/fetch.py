"""What is read from any store: types and properties are chosen, and rows ordered, here alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph.held import Coded, Columns, Held, Packed, decoded
from relgraph.messages import Note
from relgraph.model import (
    CONTACTED,
    KEYS,
    MONEY,
    OCCURRENCE,
    ColumnType,
    RelationshipType,
    relationship_type,
)
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
from relgraph.store.columns import Column, missing_column, objects, rank
from relgraph.store.projections import FROM_ARCS, is_wanted, question
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
    ordering = _ordering(names)
    here = {name: kinds[name] for name in (*properties, *ordering) if name in kinds}
    found = graph.read_relationships(names, here) if names else _NO_RELATIONSHIPS
    place = rank(found.ids)
    nothing = missing_column(len(found.type), None)
    kept = {name: found.properties[name] if name in here else nothing for name in properties}
    by_id = found._replace(source=place[found.source], target=place[found.target])
    order = _order(by_id, ordering)
    source, target, type_ = (column[order] for column in found[1:4])
    columns = {name: column[order] for name, column in kept.items()}
    return names, Relationships(found.ids, source, target, type_, columns)


def _ordering(types: Sequence[str]) -> Sequence[str]:
    return _CONTACT_ORDER if CONTACTED in types else ()


def _order(found: Relationships, further: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return rows by type, source, target and further properties."""
    within = [rank(decoded(found.properties[name])) for name in reversed(further)]
    return np.lexsort((*within, found.target, found.source, found.type))


def _taken(found: Relationships, order: npt.NDArray[np.int64]) -> Relationships:
    columns = {name: column[order] for name, column in found.properties.items()}
    source, target, type_ = (column[order] for column in found[1:4])
    return Relationships(found.ids, source, target, type_, columns)


def fetch_nodes(store: BaseStore, attributes: Sequence[str] = ()) -> Nodes:
    """Return every stakeholder with these further properties, ordered by id."""
    return fetch_both(store, [], attributes)[0]


def fetch_ties(
    store: BaseStore, types: Sequence[str] | None = None, attributes: Sequence[str] = ()
) -> Ties:
    """Return relationships between all stakeholders, as `fetch_both` does."""
    return fetch_both(store, types, (), attributes)[1]


def fetch_both(
    store: BaseStore,
    types: Sequence[str] | None = None,
    attributes: Sequence[str] = (),
    tie_attributes: Sequence[str] = (),
    *,
    ordered: bool = True,
) -> tuple[Nodes, Ties]:
    """Return every stakeholder, ordered by id, and relationships, by type, source and target.

    They have these further properties; `types` None loads every type but CONTACTED. Unless
    `ordered`, those of a type come as they lie in the store, which takes less time.
    """
    graph = store.graph()
    kinds = graph.declared.stakeholders
    names = list(dict.fromkeys(("id", "name", "market", *attributes)))
    here = {name: kinds[name] for name in names if name in kinds}
    types = graph.declared.choose_types(types)
    asked = list(dict.fromkeys(("strength", "sign", *tie_attributes)))
    of_ties = graph.declared.properties_of(types)
    wanted = {name: of_ties[name] for name in (*asked, *_ordering(types)) if name in of_ties}
    if types:
        columns, found = graph.read_both(here, types, wanted)
    else:
        columns, found = graph.read_nodes(here), _NO_RELATIONSHIPS
    nodes, moved = _ordered_nodes(dict(zip(here, columns, strict=True)), names, attributes)
    if ordered:
        moved = moved.astype(np.int64)
    found = found._replace(source=moved[found.source], target=moved[found.target])
    if ordered:
        found = _taken(found, _order(found, _ordering(types)))
    elif bool((found.type[1:] < found.type[:-1]).any()):
        found = _taken(found, np.argsort(found.type, kind="stable"))
    return nodes, _ties(found, types, asked, tie_attributes, store.read_settings().kinds)


def _ordered_nodes(
    columns: Mapping[str, Any], names: Sequence[str], attributes: Sequence[str]
) -> tuple[Nodes, npt.NDArray[np.int32]]:
    """Return stakeholders by id, and the position of each row."""
    ids = columns["id"]
    order = ids.order() if isinstance(ids, Packed) else np.argsort(rank(decoded(ids)))
    moved = np.empty(len(order), dtype=np.int32)
    moved[order] = np.arange(len(order))
    nothing = missing_column(len(order), None)
    found = {name: columns[name][order] if name in columns else nothing for name in names}
    own = {name: _attribute(found[name]) for name in attributes}
    return Nodes(found["id"], found["name"], found["market"], Columns(own)), moved


def _ties(
    found: Relationships,
    types: Sequence[str],
    asked: Sequence[str],
    attributes: Sequence[str],
    kinds: Mapping[str, RelationshipType],
) -> Ties:
    nothing = missing_column(len(found.source), None)
    columns = {name: found.properties.get(name, nothing) for name in asked}
    usual = np.array([relationship_type(name, kinds).sign for name in types], dtype=np.int8)
    given = columns["sign"].astype(np.float64)
    known = np.flatnonzero(~np.isnan(given))
    sign = usual[found.type]
    sign[known] = given[known]
    return Ties(
        found.source,
        found.target,
        Coded(found.type, objects(types)),  # type: ignore[arg-type]
        columns["strength"].astype(np.float64),
        sign,
        Columns({name: _attribute(columns[name]) for name in attributes}),
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
    nodes, ties = _read(store, types, attributes, tie_attributes, ordered=True)
    ended, to_come = outside(ties, looked_at(as_of))
    others = ties.take(ended | to_come)
    nodes, ties, changed = at_moment(nodes, ties, as_of)
    currencies = store.read_settings().currencies
    others = in_one_currency(nodes, others, currencies)[1]
    nodes, ties, currency, converted = in_one_currency(nodes, ties, currencies)
    return Facts(nodes, ties, currency, (*changed, *converted), others)


def _read(
    store: BaseStore,
    types: Sequence[str] | None,
    attributes: Sequence[str],
    tie_attributes: Sequence[str],
    *,
    ordered: bool,
) -> tuple[Nodes, Ties]:
    """Return stakeholders and ties with their dates, and with the currency of money."""
    wanted = dict.fromkeys((*STAKEHOLDER_DATES, *attributes))
    money = TIE_MONEY in tie_attributes or not wanted.keys().isdisjoint(MONEY)
    of_nodes = [*dict.fromkeys((*wanted, *((CURRENCY,) if money else ())))]
    of_ties = [*dict.fromkeys((*TIE_DATES, *tie_attributes))]
    return fetch_both(store, types, of_nodes, of_ties, ordered=ordered)


def fetch_network(
    store: BaseStore,
    projection: Projection | None = None,
    attributes: Sequence[str] = (),
    as_of: datetime | None = None,
    cache: bool | None = None,
    before: Callable[[], None] | None = None,
) -> Network:
    """Return a projection of the stored graph as it was at a moment, today for None.

    Its nodes have these properties, `status` and `left_on`; the default network for no projection.
    With `cache` it is kept for the next time, if it can be; large ones of files are for None.
    `before` is called before the store is read, if it is.
    """
    cache = is_wanted(cache)
    kept = store.projections() if cache or (cache is None and store.is_private) else None
    asked = question(projection, tuple(attributes), looked_at(as_of))
    network = None if kept is None else kept.find(asked)
    if network is None:
        if before is not None:
            before()
        network = _read_network(store, projection, attributes, as_of)
        if kept is not None and (cache or network.m > FROM_ARCS):
            kept.save(asked, network)
    return network


def _read_network(
    store: BaseStore,
    projection: Projection | None,
    attributes: Sequence[str],
    as_of: datetime | None,
) -> Network:
    types = projection.types if projection is not None else None
    notes: list[Note] = []

    def present() -> tuple[Nodes, Ties]:  # so that nothing that is done with is held any longer
        nodes, ties = _read(store, types, attributes, (), ordered=False)
        nodes, ties, changed = at_moment(nodes, ties, as_of)
        nodes, ties, _, converted = in_one_currency(nodes, ties, store.read_settings().currencies)
        notes.extend((*changed, *converted))
        return nodes, ties.changed(attributes={})

    return project(*present(), projection).network().with_notes(*notes)


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


def _attribute(column: Column | Held) -> Column | Held:
    """Return numbers as float64, whole ones beside missing ones too; other values as they are."""
    if isinstance(column, Held):
        return column
    found = {*map(type, column.tolist())} if column.dtype == object else set()
    whole = int in found and found <= {int, type(None)}
    return column.astype(np.float64) if whole or column.dtype.kind in "iub" else column
