"""Partnerships: what is known of every tie, brought to one strength a pair.

Each direction takes its strength from the best basis there is: a strength that was given, else
the index of its components, else its contacts. Contacts also stand in for `cooperation`, and for
`two_way` by the balance of the two directions, where those are missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.partnerships.contacts import (
    ContactHistory,
    Contacts,
    contact_history,
    contact_strength,
)
from relgraph.analysis.partnerships.index import COMPONENT, Index, given_interval, partnership_index
from relgraph.messages import Note
from relgraph.model import PARTNERSHIP_COMPONENTS
from relgraph.network import Floats, Ints, Nodes, Projection, Ties, build_network, project

BASES = ("none", "contact", "index", "given")
NONE, CONTACT, INDEX, GIVEN = range(len(BASES))

Codes = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Evidence:
    """All that strengths are made from, as stored.

    Parameters
    ----------
    nodes : Nodes
        Every stakeholder.
    ties : Ties
        Relationships; ends are positions in `nodes`, attributes the components of a partnership.
    contacts : Contacts
        Interactions; ends are positions in `nodes`.
    as_of : numpy.datetime64, optional
        The moment that is looked at; the latest contact for None.
    saturation : float
        κ, the recent contacts that bring contact strength to 1 − 1/e.
    currency : str, optional
        What money is in, if that is known.
    notes : tuple of Note
        What was assumed or left out on the way here.
    other_ties : Ties, optional
        Those that have ended or are to come.
    like : tuple of Nodes and Ties, optional
        Whose known strengths stand in for missing ones; its own for None.
    """

    nodes: Nodes
    ties: Ties
    contacts: Contacts
    as_of: np.datetime64 | None = None
    saturation: float = assumptions.SATURATION
    currency: str | None = None
    notes: tuple[Note, ...] = ()
    other_ties: Ties | None = None
    like: tuple[Nodes, Ties] | None = None

    @property
    def ever(self) -> Ties:
        """Return the ties of all times."""
        return self.ties if self.other_ties is None else self.ties.joined(self.other_ties)

    @property
    def components(self) -> Floats:
        """Return the components of each tie, shape (len(ties), 7), NaN where missing."""
        unknown = np.full(len(self.ties), np.nan)
        columns = [self.ties.attributes.get(name, unknown) for name in PARTNERSHIP_COMPONENTS]
        return np.column_stack(columns).astype(np.float64)

    @property
    def moment(self) -> np.datetime64:
        """Return the moment that is looked at: `as_of`, or that of the latest contact."""
        if self.as_of is not None:
            return self.as_of
        return self.contacts.at.max() if len(self.contacts) else np.datetime64(0, "us")

    def history(self) -> ContactHistory:
        """Return the contacts of every ordered pair, as of the moment that is looked at."""
        return contact_history(self.contacts, self.nodes.markets, self.moment)

    def touching(self, some: Mask) -> Evidence:
        """Return the ties and contacts of these stakeholders alone; nobody is renumbered."""
        ties, contacts = self.ties, self.contacts
        return replace(
            self,
            ties=ties.take(some[ties.source] | some[ties.target]),
            contacts=contacts.take(some[contacts.source] | some[contacts.target]),
            as_of=self.moment,
        )

    def within(self, projection: Projection) -> Evidence:
        """Return what a projection takes, ends renumbered to the stakeholders that are left."""
        projected = project(self.nodes, self.ties, projection)
        moved, contacts = projected.moved, self.contacts
        contacts = contacts.take((moved[contacts.source] >= 0) & (moved[contacts.target] >= 0))
        return replace(
            self,
            nodes=projected.nodes,
            ties=projected.ties.take(projected.taken),
            contacts=replace(
                contacts, source=moved[contacts.source], target=moved[contacts.target]
            ),
            notes=(*self.notes, *projected.notes),
            other_ties=None,
        )


@dataclass(frozen=True, eq=False)
class KnownArcs:
    """What is known of each ordered pair, each of shape (a,) and ordered by `keys`.

    Parameters
    ----------
    keys : ndarray of int64
        source·n + target, ascending.
    components : ndarray of float64, shape (a, 7)
        With contacts standing in.
    index : Index
        Of these components.
    strength, low, high : ndarray of float64
        By the best basis, low and high to either side of the strength; NaN where there is none
        (and no range where contacts are the basis).
    basis : ndarray of int64
        Positions in `BASES`.
    """

    keys: Ints
    components: Floats
    index: Index
    strength: Floats
    low: Floats
    high: Floats
    basis: Codes

    def place(self, keys: Ints) -> Ints:
        """Return the positions of keys, −1 for unknown ones."""
        return _place(self.keys, keys)


@dataclass(frozen=True, eq=False)
class KnownPairs:
    """Unordered pairs with their two arcs, each of shape (p,).

    Parameters
    ----------
    low, high : ndarray of int64
        The two ends, by position.
    forth, back : ndarray of int64
        The arcs low → high and high → low in `KnownArcs`, −1 where nothing is known.
    basis : ndarray of int64
        The better of the two directions' bases.
    uses_forth, uses_back : ndarray of bool
        Which directions have that basis: a pair's strength compares like with like.
    """

    low: Ints
    high: Ints
    forth: Ints
    back: Ints
    basis: Codes
    uses_forth: Mask
    uses_back: Mask

    def of_arcs(self, keys: Ints, n: int) -> Ints:
        """Return the pair of each arc, whose key is source·n + target."""
        return _place(self.low * n + self.high, np.minimum(keys, _reversed(keys, n)))

    def combine(self, values: Floats) -> Floats:
        """Return the geometric mean of both directions' values, or that of the known one."""
        forth = np.where(self.uses_forth, values[self.forth], np.nan)
        back = np.where(self.uses_back, values[self.back], np.nan)
        both = self.uses_forth & self.uses_back
        single = np.where(self.uses_forth, forth, back)
        return np.where(both & (forth != back), np.sqrt(forth * back), single)

    def imbalance(self, strength: Floats) -> Floats:
        """Return (s_forth − s_back)/(s_forth + s_back), NaN where one is not known."""
        both = self.uses_forth & self.uses_back
        forth, back = strength[self.forth], strength[self.back]
        return np.where(both, (forth - back) / np.where(both, forth + back, 1.0), np.nan)


def known_arcs(evidence: Evidence, history: ContactHistory) -> KnownArcs:
    """Return the strength of each ordered pair that has a relationship or a contact.

    Given strengths of relationships of different types merge as in a Network; a component that
    several relationships give is their mean.
    """
    n, ties = len(evidence.nodes), evidence.ties
    everything = Projection(
        types=tuple(set(ties.type.tolist())), include_left=True, include_hostile=True
    )
    network = build_network(evidence.nodes, ties, everything)
    given = build_network(evidence.nodes, ties.take(~np.isnan(ties.strength)), everything)
    joined = network.sources.astype(np.int64) * n + network.indices
    keys = _distinct(np.concatenate([joined, history.keys]))
    strength = np.full(len(keys), np.nan)
    strength[_place(keys, given.sources.astype(np.int64) * n + given.indices)] = given.strength
    components = _mean_components(keys, n, ties, evidence.components)
    activity = history.activity_of(keys)
    _stand_in(components, activity, history.activity_of(_reversed(keys, n)), evidence.saturation)
    contact = np.where(activity > 0, contact_strength(activity, evidence.saturation), np.nan)
    return _best_basis(keys, components, strength, contact)


def known_pairs(arcs: KnownArcs, n: int) -> KnownPairs:
    """Return the pairs that arcs join, ordered by their ends."""
    source, target = arcs.keys // n, arcs.keys % n
    pairs = _distinct(np.minimum(source, target) * n + np.maximum(source, target))
    forth, back = arcs.place(pairs), arcs.place(_reversed(pairs, n))
    forth_basis = np.where(forth >= 0, arcs.basis[forth], -1)
    back_basis = np.where(back >= 0, arcs.basis[back], -1)
    basis = np.maximum(forth_basis, back_basis)
    return KnownPairs(
        pairs // n, pairs % n, forth, back, basis, forth_basis == basis, back_basis == basis
    )


def apply_index(evidence: Evidence) -> Evidence:
    """Return the evidence with the index as strength, and a note on where it is from.

    Each relationship takes the index of its own components (contacts standing in), else the
    strength that was given, else that of its contacts; a both-ways one the geometric mean of
    its two directions.
    """
    n, ties, history = len(evidence.nodes), evidence.ties, evidence.history()
    forth = history.activity_of(ties.source * n + ties.target)
    back = history.activity_of(ties.target * n + ties.source)
    mutual = ties.both_ways
    index = _row_strength(evidence, forth, back, mutual, by_contact=False)
    contact = _row_strength(evidence, forth, back, mutual, by_contact=True)
    strength = np.where(np.isnan(index), ties.strength, index)
    by_contact = np.isnan(strength) & ~np.isnan(contact)
    strength = np.where(by_contact, contact, strength)
    indexed = ~np.isnan(index)
    given = int((~np.isnan(ties.strength) & ~indexed).sum())
    note = Note(
        "strength.origin",
        ties=len(ties),
        index=int(indexed.sum()),
        given=given,
        contacts=int(by_contact.sum()),
    )
    return replace(evidence, ties=replace(ties, strength=strength), notes=(*evidence.notes, note))


def _row_strength(
    evidence: Evidence, forth: Floats, back: Floats, mutual: Mask, *, by_contact: bool
) -> Floats:
    """Return the index or the contact strength of each relationship, NaN for unknown."""
    directions = []
    for here, there in ((forth, back), (back, forth)):
        if by_contact:
            known = contact_strength(here, evidence.saturation)
            directions.append(np.where(here > 0, known, np.nan))
        else:
            components = evidence.components
            _stand_in(components, here, there, evidence.saturation)
            directions.append(partnership_index(components).strength)
    along, against = directions
    both = np.where(np.isnan(against), along, np.sqrt(along * against))
    return np.where(mutual, np.where(np.isnan(along), against, both), along)


def _mean_components(keys: Ints, n: int, ties: Ties, components: Floats) -> Floats:
    mutual = ties.both_ways
    rows = np.concatenate([np.arange(len(ties)), np.flatnonzero(mutual)])
    source = np.concatenate([ties.source, ties.target[mutual]])
    target = np.concatenate([ties.target, ties.source[mutual]])
    other = source != target
    source, target, values = source[other], target[other], components[rows[other]]
    place = _place(keys, source * n + target)
    means = np.full((len(keys), components.shape[1]), np.nan)
    for column in np.flatnonzero(~np.isnan(components).all(axis=0)):
        known = ~np.isnan(values[:, column])
        sums = np.bincount(place[known], values[known, column], len(keys))
        counts = np.bincount(place[known], minlength=len(keys))
        means[counts > 0, column] = sums[counts > 0] / counts[counts > 0]
    return means


def _stand_in(components: Floats, forth: Floats, back: Floats, saturation: float) -> None:
    """Fill missing `cooperation` and `two_way` from contacts, in place."""
    cooperation, two_way = COMPONENT["cooperation"], COMPONENT["two_way"]
    missing = np.isnan(components[:, cooperation]) & (forth > 0)
    components[missing, cooperation] = contact_strength(forth[missing], saturation)
    larger = np.maximum(forth, back)
    missing = np.isnan(components[:, two_way]) & (larger > 0)
    components[missing, two_way] = np.minimum(forth, back)[missing] / larger[missing]


def _best_basis(keys: Ints, components: Floats, given: Floats, contact: Floats) -> KnownArcs:
    index = partnership_index(components)
    ranked = [~np.isnan(given), ~np.isnan(index.strength), ~np.isnan(contact)]
    unknown = np.full(len(keys), np.nan)
    low, high = given_interval(given)

    def choose(by_given: Floats, by_index: Floats, by_contact: Floats) -> Floats:
        return np.select(ranked, [by_given, by_index, by_contact], np.nan)

    return KnownArcs(
        keys,
        components,
        index,
        choose(given, index.strength, contact),
        choose(low, index.low, unknown),
        choose(high, index.high, unknown),
        np.select(ranked, [GIVEN, INDEX, CONTACT], NONE),
    )


def _distinct(keys: Ints) -> Ints:
    """Return each key once, ascending: what np.unique does, which hashes and takes ten times."""
    keys = np.sort(keys)
    return keys[np.diff(keys, prepend=-1) > 0]


def _reversed(keys: Ints, n: int) -> Ints:
    return keys % n * n + keys // n if n else keys


def _place(keys: Ints, wanted: Ints) -> Ints:
    if not len(keys):
        return np.full(len(wanted), -1)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, -1)
