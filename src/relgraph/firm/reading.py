"""Networks and the evidence of strengths, read from a store as settings say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from relgraph import assumptions
from relgraph.analysis import costs
from relgraph.analysis.partnerships.contacts import Contacts
from relgraph.analysis.partnerships.evidence import Evidence, apply_index
from relgraph.messages import Message, Note
from relgraph.model import CONTACTED, PARTNERSHIP_COMPONENTS
from relgraph.network import Ints, Network, Texts, build_network
from relgraph.settings import RankingSettings, end_of_today
from relgraph.store import Store
from relgraph.store.fetch import fetch_facts, fetch_network

NAMED = 3  # contacts that a note names, of those that are still to come


def read_network(
    store: Store, settings: RankingSettings, attributes: Sequence[str] = ()
) -> Network:
    """Return the network that settings ask for; one without ties carries a note.

    Parameters
    ----------
    settings : RankingSettings
        With `strength` index a tie takes the partnership index where there is one, then what
        was given, then its contacts.
    attributes : sequence of str
        Properties of stakeholders to load.
    """
    return _without_ties(store, settings, _read(store, settings, attributes))


def network_of(store: Store, evidence: Evidence, settings: RankingSettings) -> Network:
    """Return the same of evidence that was read from the store, with all types of ties."""
    return _without_ties(store, settings, _projected(evidence, settings))


def _without_ties(store: Store, settings: RankingSettings, network: Network) -> Network:
    """Return the network, with a note on types if it has no ties."""
    if network.m or not network.n or _left_out_hostile(network):
        return network
    return network.with_notes(no_ties(store, settings.projection.types))


def read_word_of_mouth(
    store: Store, settings: RankingSettings, attributes: Sequence[str] = ()
) -> Network:
    """Return the ties along which word travels, unless the projection names types.

    A network without any carries a note that tells how to choose types.
    """
    if settings.projection.types is None:
        projection = replace(settings.projection, types=store.read_settings().word_of_mouth)
        settings = replace(settings, projection=projection)
    network = _read(store, settings, attributes)
    if network.m:
        return network
    hostile = _left_out_hostile(network)
    why = hostile or no_ties(store, settings.projection.types)
    others = tuple(note for note in network.notes if note is not hostile)
    return replace(network, notes=others).with_notes(Note("reach.nobody", why=why))


def _left_out_hostile(network: Network) -> Note | None:
    """Return the note that hostile ties were left out, if there is one."""
    return next((note for note in network.notes if note.key == "ties.hostile"), None)


def no_ties(store: Store, types: Sequence[str] | None = None) -> Note:
    """Return a note that a network has no ties, and which types the store has."""
    key = "ties.none"
    if types:
        told = tuple(types) == store.read_settings().word_of_mouth
        key = "ties.none_told" if told else "ties.none_of_types"
    stored = sorted(name for name in store.read_schema().relationships if name != CONTACTED)
    known = Message("types.stored", types=stored) if stored else Message("types.none")
    return Note(key, types=types, there=known)


def _read(store: Store, settings: RankingSettings, attributes: Sequence[str]) -> Network:

    def begin() -> None:
        expect_reading(store, settings)

    if settings.strength == "given":
        network = fetch_network(
            store, settings.projection, attributes, settings.as_of, settings.cache, begin
        )
        if settings.as_of is not None:
            network = network.with_notes(Note("as_of.given"))
    else:
        begin()
        network = _projected(read_evidence(store, settings, attributes), settings)
    settings.progress.finish()
    return network


def expect_reading(store: Store, settings: RankingSettings) -> None:
    """Say how long reading the store takes."""
    costs.begin(settings.progress, "progress.reading_store", costs.STORED * store.expected_rows())


def _projected(evidence: Evidence, settings: RankingSettings) -> Network:
    if settings.strength == "index":
        evidence = apply_index(evidence)
    network = build_network(evidence.nodes, evidence.ties, settings.projection)
    return network.with_notes(*evidence.notes)


def read_evidence(
    store: Store,
    settings: RankingSettings,
    attributes: Sequence[str] = (),
    tie_attributes: Sequence[str] = (),
    *,
    count_value: bool = False,
    saturation: float = assumptions.SATURATION,
) -> Evidence:
    """Return what strengths are made from; its notes say what was assumed of contacts.

    Parameters
    ----------
    settings : RankingSettings
        The relationship types of its projection (every one but CONTACTED for None), and the
        moment after which contacts are left out.
    attributes, tie_attributes : sequence of str
        Properties to load: of stakeholders, beside `status`, and of relationships, beside the
        components of a partnership.
    count_value : bool
        A contact counts its `value` instead of 1.
    saturation : float
        κ of the strength of contacts.
    """
    columns = (*PARTNERSHIP_COMPONENTS, *tie_attributes)
    types, as_of = settings.projection.types, settings.as_of
    facts = fetch_facts(store, types, attributes, columns, as_of)
    nodes = facts.nodes
    contacts, notes = _read_contacts(store, nodes.ids, count_value=count_value)
    moment, said = _present(contacts, nodes.ids, as_of)
    notes = (*facts.notes, *notes, *said)
    if as_of is not None:
        notes = (*notes, Note("as_of.evidence"))
    return Evidence(
        nodes, facts.ties, contacts, moment, saturation, facts.currency, notes, facts.others
    )


def _present(
    contacts: Contacts, ids: Texts, as_of: datetime | None
) -> tuple[np.datetime64 | None, tuple[Note, ...]]:
    """Return the moment that is looked at, and notes on it and on contacts after it."""
    if as_of is not None:
        moment = np.datetime64(as_of, "us")
        later = int((contacts.at > moment).sum())
        return moment, (Note("contacts.later", at=as_of, count=later),) if later else ()
    now = np.datetime64(end_of_today(), "us")
    to_come = contacts.at > now
    past = contacts.at[~to_come]
    notes: tuple[Note, ...] = ()
    if len(past):
        now = past.max()
        notes = (Note("contacts.latest", at=_moment(now)),)
    if to_come.any():
        named = _named(contacts.take(to_come), ids)
        notes = (*notes, Note("contacts.to_come", count=int(to_come.sum()), named=named))
    return now if len(contacts) else None, notes


def _named(contacts: Contacts, ids: Texts) -> tuple[Message, ...]:
    """Return the date and the ends of the first few contacts."""
    order = np.lexsort((contacts.target, contacts.source, contacts.at))
    named = [
        Message(
            "contact.named",
            source=ids[contacts.source[row]],
            target=ids[contacts.target[row]],
            at=_moment(contacts.at[row]),
        )
        for row in order[:NAMED].tolist()
    ]
    more = len(order) - len(named)
    return (*named, Message("contacts.more", more=more)) if more else tuple(named)


def _read_contacts(
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
