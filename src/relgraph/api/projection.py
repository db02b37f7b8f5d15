"""A projection of the stored graph, its strengths as given or by the partnership index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.contacts import Contacts
from relgraph.analysis.partnerships.evidence import Evidence, apply_index
from relgraph.messages import Message, Note
from relgraph.model import CONTACTED, PARTNERSHIP_COMPONENTS
from relgraph.network import WORD_OF_MOUTH, Ints, Network, Projection, Texts, build_network
from relgraph.store import Store, fetch_network, fetch_nodes, fetch_ties

Strength = Literal["given", "index"]


def fetch_projection(
    store: Store,
    projection: Projection | None = None,
    strength: Strength = "given",
    as_of: datetime | None = None,
    attributes: Sequence[str] = (),
) -> Network:
    """Return a projection of the stored graph; one without ties carries a note.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to take; the default network for None.
    strength : {"given", "index"}
        `index` takes the partnership index where there is one, then what was given, then
        contacts.
    as_of : datetime, optional
        For the index: contacts up to then; up to the latest for None.
    attributes : sequence of str
        Properties of stakeholders to load.
    """
    projection = projection or Projection()
    network = read_projection(store, projection, strength, as_of, attributes)
    if network.m or not network.n:
        return network
    return network.with_notes(no_ties(store, projection.types))


def no_ties(store: Store, types: Sequence[str] | None = None) -> Note:
    """Return a note that a network has no ties, and which types the store has."""
    key = "ties.none"
    if types:
        key = "ties.none_told" if tuple(types) == WORD_OF_MOUTH else "ties.none_of_types"
    stored = sorted(name for name in store.read_schema().relationships if name != CONTACTED)
    there = Message("types.stored", types=stored) if stored else Message("types.none")
    return Note(key, types=types, there=there)


def read_projection(
    store: Store,
    projection: Projection,
    strength: Strength,
    as_of: datetime | None,
    attributes: Sequence[str],
) -> Network:
    """Return what `fetch_projection` does, without its note on a network without ties."""
    if strength == "given":
        return fetch_network(store, projection, attributes)
    evidence, notes = fetch_evidence(store, projection.types, as_of, attributes)
    ties, origin = apply_index(evidence)
    return build_network(evidence.nodes, ties, projection).with_notes(origin, *notes)


def fetch_evidence(
    store: Store,
    types: Sequence[str] | None = None,
    as_of: datetime | None = None,
    attributes: Sequence[str] = (),
    *,
    count_value: bool = False,
    saturation: float = assumptions.SATURATION,
) -> tuple[Evidence, tuple[Note, ...]]:
    """Return what strengths are made from, and notes on what was assumed.

    Parameters
    ----------
    store : Store
        An open store.
    types : sequence of str, optional
        Relationship types; every one but CONTACTED for None.
    as_of : datetime, optional
        Contacts after it are ignored; the latest contact for None.
    attributes : sequence of str
        Properties of stakeholders to load beside `status`.
    count_value : bool
        A contact counts its `value` instead of 1.
    saturation : float
        κ of the strength of contacts.
    """
    nodes = fetch_nodes(store, list(dict.fromkeys(("status", *attributes))))
    ties = fetch_ties(store, nodes, types)
    # The store returns relationships in a fixed order, so these rows are those of the ties.
    columns = store.read_relationships(types, PARTNERSHIP_COMPONENTS).columns
    components = [columns[name].astype(np.float64) for name in PARTNERSHIP_COMPONENTS]
    contacts, notes = _fetch_contacts(store, nodes.ids, count_value=count_value)
    moment = None if as_of is None else np.datetime64(_utc(as_of), "us")
    if moment is None and len(contacts):
        notes = (*notes, Note("contacts.latest", at=_moment(contacts.at.max())))
    elif moment is not None and (later := int((contacts.at > moment).sum())):
        notes = (*notes, Note("contacts.later", at=_moment(moment), count=later))
    evidence = Evidence(nodes, ties, np.column_stack(components), contacts, moment, saturation)
    return evidence, notes


def _fetch_contacts(
    store: Store, ids: Texts, *, count_value: bool
) -> tuple[Contacts, tuple[Note, ...]]:
    columns = store.read_relationships([CONTACTED], ["at", "value"]).columns
    position = {node_id: index for index, node_id in enumerate(ids.tolist())}

    def positions(column: Texts) -> Ints:
        return np.fromiter((position[i] for i in column.tolist()), np.int64, count=len(column))

    count = np.ones(len(columns["at"]))
    notes: tuple[Note, ...] = ()
    if count_value:
        value = columns["value"].astype(np.float64)
        unknown = int(np.isnan(value).sum())
        if unknown:
            notes = (Note("contacts.no_value", unknown=unknown, all=len(value)),)
        count = np.maximum(np.nan_to_num(value), 0.0)
    at = columns["at"].astype("datetime64[us]")
    return Contacts(positions(columns["source"]), positions(columns["target"]), at, count), notes


def _moment(at: np.datetime64) -> datetime:
    moment: datetime = at.astype("datetime64[s]").item()
    return moment


def _utc(moment: datetime) -> datetime:
    """Return a moment in UTC without its zone; one without a zone is UTC already."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
