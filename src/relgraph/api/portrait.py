"""All that a store knows about one stakeholder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Unpack

from relgraph.analysis.centrality.measures import MEASURES
from relgraph.analysis.ranking.rows import ranked
from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked
from relgraph.errors import MeasureError
from relgraph.firm import read_network
from relgraph.messages import Note
from relgraph.model import CONTACTED, relationship_type
from relgraph.network import Network
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store

_TIES = """
MATCH (s:Stakeholder {{id: $id}}){left}[r]{right}(other:Stakeholder)
WHERE type(r) <> $contacted
RETURN type(r) AS type, other.id AS id, other.name AS name, other.market AS market, r AS properties
ORDER BY type, id
"""
_CONTACTS = """
MATCH (s:Stakeholder {{id: $id}}){left}[r:CONTACTED]{right}(other:Stakeholder)
RETURN other.id AS id, other.name AS name, other.market AS market, count(*) AS contacts,
       min(r.at) AS first, max(r.at) AS last, coalesce(sum(r.value), 0.0) AS value
ORDER BY id
"""
_OUT, _IN = ("-", "->"), ("<-", "-")


@dataclass(frozen=True)
class Portrait:
    """One stakeholder: what is stored of them, and where they stand.

    Parameters
    ----------
    properties : dict
        Their stored properties.
    ties : list of dict
        `type`, `direction` (out, in or both), `id`, `name`, `market` of the other end, `strength`
        and the tie's other `properties`; by type and direction, the strongest first.
    contacts : list of dict
        By the other end and direction: `contacts`, `first`, `last` and the sum of `value`.
    ranks : list of dict
        `measure`, `value`, `rank` and `of` in the default network.
    notes : tuple of Note
        What affects how to read the ranks.
    """

    properties: dict[str, Any]
    ties: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    ranks: list[dict[str, Any]]
    notes: tuple[Note, ...] = ()


@checked
def show_stakeholder(
    store: Store,
    stakeholder: str,
    settings: RankingSettings | None = None,
    **changes: Unpack[Changes],
) -> Portrait:
    """Return all about one stakeholder.

    Parameters
    ----------
    stakeholder : str
        An id, or a name that only one has.
    settings, **changes
        The network to rank in (`relgraph.RankingSettings`), or single settings by name.

    Raises
    ------
    UnknownStakeholder
        Nobody has this id or name.
    """
    (node_id,) = find_ids(store, stakeholder, "stakeholder")
    network = read_network(store, settle(settings, changes))
    ranks = list(_ranks(network, node_id))
    absent = Note("portrait.absent", id=node_id)
    return Portrait(
        _properties(store, node_id),
        _ties(store, node_id),
        _contacts(store, node_id),
        ranks,
        network.notes if ranks else (absent,),
    )


def _properties(store: Store, node_id: str) -> dict[str, Any]:
    query = "MATCH (s:Stakeholder {id: $id}) RETURN s AS stakeholder"
    found: dict[str, Any] = store.execute(query, {"id": node_id})["stakeholder"][0]
    return _in_order(found, store.read_schema().stakeholders)


def _in_order(properties: dict[str, Any], declared: Iterable[str]) -> dict[str, Any]:
    """Return properties in the order of the schema, which is the same on every store."""
    return {name: properties[name] for name in declared if name in properties}


def _ties(store: Store, node_id: str) -> list[dict[str, Any]]:
    ties = []
    declared = store.read_schema().relationships
    kinds = store.read_settings().kinds
    for direction, (left, right) in (("out", _OUT), ("in", _IN)):
        cypher = _TIES.format(left=left, right=right)
        parameters = {"id": node_id, "contacted": CONTACTED}
        for row in store.execute(cypher, parameters).rows():
            if direction == "in" and row["id"] == node_id:
                continue  # a self loop already came up as outgoing
            both = relationship_type(row["type"], kinds).both_ways
            properties = _in_order(row.pop("properties"), declared[row["type"]])
            ties.append(
                {"type": row.pop("type"), "direction": "both" if both else direction}
                | row
                | {"strength": properties.pop("strength", None), "properties": properties}
            )
    return sorted(
        ties, key=lambda tie: (tie["type"], tie["direction"], -(tie["strength"] or 0), tie["id"])
    )


def _contacts(store: Store, node_id: str) -> list[dict[str, Any]]:
    contacts = []
    for direction, (left, right) in (("out", _OUT), ("in", _IN)):
        rows = store.execute(_CONTACTS.format(left=left, right=right), {"id": node_id}).rows()
        contacts += [{"direction": direction} | row for row in rows]
    return contacts


def _ranks(network: Network, node_id: str) -> Iterable[dict[str, Any]]:
    if node_id not in network.positions:
        return
    for measure in (each for each in MEASURES.values() if each.main):
        try:
            rows = ranked({"id": network.ids, measure.name: measure(network)}, measure.name)
        except MeasureError:
            continue  # `relgraph centrality` says why a measure has no answer
        own = next(row for row in rows.rows() if row["id"] == node_id)
        value, rank = own[measure.name], own["rank"]
        yield {"measure": measure.name, "value": value, "rank": rank, "of": network.n}
