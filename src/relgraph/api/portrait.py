"""All that a store knows about one stakeholder: owner, money and risk first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np
import numpy.typing as npt

from relgraph.analysis.centrality.measures import MEASURES, measure_names, measure_values
from relgraph.analysis.ranking.rows import rank_places
from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked, listed
from relgraph.firm import expect_reading, network_of, read_network
from relgraph.messages import Note
from relgraph.model import CONTACTED, relationship_type
from relgraph.network import Network
from relgraph.settings import Changes, PlanningSettings, RankingSettings, settle
from relgraph.store import Store

if TYPE_CHECKING:
    from relgraph.planning.outlook import Outlook

_TIES = """
MATCH (s:Stakeholder {{id: $id}}){left}[r]{right}(other:Stakeholder)
WHERE type(r) <> $contacted
RETURN type(r) AS type, other.id AS id, other.name AS name, other.market AS market, r AS properties
ORDER BY type, id
"""
_CONTACTS = """
MATCH (s:Stakeholder {{id: $id}}){left}[r:CONTACTED]{right}(other:Stakeholder)
RETURN other.id AS id, other.name AS name, other.market AS market, count(*) AS contacts,
       min(r.at) AS first, max(r.at) AS last,
       CASE WHEN count(r.value) > 0 THEN sum(r.value) END AS value
ORDER BY id
"""
_OUT, _IN = ("-", "->"), ("<-", "-")
# Processor seconds up to which a rank is given without being asked for.
SOON = 0.2
# Stakeholders up to which money, risk and ranks, for which all count, are told without being asked.
MOST_PLANNED = 100_000


@dataclass(frozen=True)
class Portrait:
    """One stakeholder: what is stored of them, and where they stand.

    Parameters
    ----------
    owner : dict or None
        `id` and `name` of the employee who looks after them.
    money : dict
        What the account is worth (`relgraph.planning.outlook.Outlook`); empty for others.
    risk : dict
        How likely they leave, why, and what is lost then; empty if unknown.
    properties : dict
        Their stored properties.
    ties : list of dict
        `type`, `direction` (out, in or both), `id`, `name`, `market` of the other end, `strength`
        and the tie's other `properties`; by type and direction, the strongest first.
    contacts : list of dict
        By the other end and direction: `contacts`, `first`, `last` and the sum of `value`, None
        where no contact has one.
    ranks : list of dict
        `measure`, `value`, `rank` and `of` in the default network.
    notes : tuple of Note
        What affects how to read the figures and ranks.
    """

    owner: dict[str, Any] | None
    money: dict[str, Any]
    risk: dict[str, Any]
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
    *,
    measures: Iterable[str] | None = None,
    money: bool | None = None,
    **changes: Unpack[Changes],
) -> Portrait:
    """Return all about one stakeholder.

    Parameters
    ----------
    stakeholder : str
        An id, or a name that only one has.
    settings, **changes
        The network to rank in (`relgraph.RankingSettings`), or single settings by name.
    measures : str or iterable of str, optional
        What to rank by: names of `relgraph.analysis.centrality.measures.MEASURES`, or `all`. None
        takes the main ones, but those that would take long in this network, which a note names;
        none in a store of more than 100,000 stakeholders, unless money is asked for.
    money : bool, optional
        Whether to work out money and risk, for which the whole market counts; None does in a store
        of up to 100,000 stakeholders.

    Raises
    ------
    UnknownStakeholder
        Nobody has this id or name.
    MeasureError
        A measure that is named has no answer in this network.
    """
    asked = None if measures is None else listed(measures, "measures")
    if asked is not None:
        measure_names(asked)  # a wrong name is told before anything is read
    (node_id,) = find_ids(store, stakeholder, "stakeholder")
    settings = settle(settings, changes)
    properties = _properties(store, node_id)
    large = (money is None or asked is None) and _is_large(store)
    notes: tuple[Note, ...] = ()
    if large and not money:
        left_out = "all" if asked is None else "money"
        notes = (Note(f"portrait.large_{left_out}", most=MOST_PLANNED),)
    outlook: Outlook | None = None
    ranks: list[dict[str, Any]] = []
    if not large or money or asked is not None:
        planned = not large if money is None else money
        outlook, network, more = _read(store, settings, node_id, planned=planned)
        ranks, remarks = _ranks(network, node_id, asked, settings)
        notes = (*notes, *more, *remarks)
    return Portrait(
        _owner(store, outlook.owner if outlook else properties.get("owner")),
        outlook.money if outlook else {},
        outlook.risk if outlook else {},
        properties,
        _ties(store, node_id),
        _contacts(store, node_id),
        ranks,
        notes,
    )


def _is_large(store: Store) -> bool:
    query = "MATCH (s:Stakeholder) RETURN count(*) AS count"
    return int(store.execute(query)["count"][0]) > MOST_PLANNED


def _read(
    store: Store, settings: RankingSettings, node_id: str, *, planned: bool
) -> tuple[Outlook | None, Network, tuple[Note, ...]]:
    """Return the outlook of a stakeholder, the network to rank in, and notes, from one read."""
    if not planned:
        return None, read_network(store, settings), ()
    from relgraph.planning.basis import find_basis
    from relgraph.planning.outlook import find_outlook
    from relgraph.planning.reading import read_facts

    expect_reading(store, settings)
    planning = PlanningSettings(seed=settings.seed, as_of=settings.as_of, draws=0)
    evidence = read_facts(store, planning)
    settings.progress.finish()
    outlook = find_outlook(find_basis(evidence, planning), planning, node_id)
    return outlook, network_of(store, evidence, settings), outlook.notes


def _owner(store: Store, owner: str | None) -> dict[str, Any] | None:
    if owner is None:
        return None
    query = "MATCH (s:Stakeholder {id: $id}) RETURN s.id AS id, s.name AS name"
    return next(store.execute(query, {"id": owner}).rows(), None)


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


def _ranks(
    network: Network, node_id: str, asked: Sequence[str] | None, settings: RankingSettings
) -> tuple[list[dict[str, Any]], tuple[Note, ...]]:
    """Return the ranks of one stakeholder, and what to know about them."""
    position = network.positions.get(node_id)
    if position is None:
        return [], (Note("portrait.absent", id=node_id),)
    notes = network.notes
    if asked is None:
        main = [each for each in MEASURES.values() if each.main]
        quick = [each for each in main if each.quick or each.seconds(network) <= SOON]
        if slow := [each.name for each in main if each not in quick]:
            notes = (*notes, Note("portrait.slow", measures=slow))
        values = {each.name: each(network) for each in quick}
    else:
        values, more = measure_values(network, asked, settings.progress)
        notes = (*notes, *more)
    return [_rank(name, found, position) for name, found in values.items()], notes


def _rank(name: str, values: npt.NDArray[Any], position: int) -> dict[str, Any]:
    places = rank_places({name: values}, name, key=())
    (place,) = np.flatnonzero(places.order == position).tolist()
    value, rank = (column[place : place + 1].tolist()[0] for column in (places.values, places.rank))
    return {"measure": name, "value": value, "rank": rank, "of": len(values)}
