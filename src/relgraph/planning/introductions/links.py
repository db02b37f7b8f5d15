"""Links: the ties along which one can be introduced, as far as their strength is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import (
    GIVEN,
    NONE,
    Evidence,
    Mask,
    known_arcs,
    known_pairs,
)
from relgraph.messages import Note
from relgraph.model import FIRM
from relgraph.network import Floats, Ints, Ties
from relgraph.planning.accounts import EMPLOYEE
from relgraph.planning.introductions.ways import Links
from relgraph.planning.notes import moment_notes

TYPES = (
    *("KNOWS", "PARTNERS_WITH", "REFERS", "INFLUENCES", "MANAGES"),
    *("BUYS_FROM", "SUPPLIES", "DISTRIBUTES", "REPORTS_TO"),
)


def by_id(evidence: Evidence) -> Evidence:
    """Return the same with nodes ordered by id, so that a store's own order doesn't matter."""
    order = np.argsort(evidence.nodes.ids.astype(str), kind="stable")
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    ties, contacts = evidence.ties, evidence.contacts
    return replace(
        evidence,
        other_ties=None,
        nodes=evidence.nodes.take(order),
        ties=replace(ties, source=place[ties.source], target=place[ties.target]),
        contacts=replace(contacts, source=place[contacts.source], target=place[contacts.target]),
    )


def hostile_to_us(evidence: Evidence, active: Mask) -> Mask:
    """Return who has a hostile tie to the firm or an active employee."""
    nodes, ties = evidence.nodes, evidence.ties
    ours = active & np.isin(nodes.markets.astype(str), (FIRM, EMPLOYEE))
    hostile = np.zeros(len(nodes), dtype=bool)
    against = ties.sign < 0
    for here, there in ((ties.source, ties.target), (ties.target, ties.source)):
        hostile[here[against & ours[there]]] = True
    return hostile


def known_links(evidence: Evidence) -> tuple[Links, int, tuple[Note, ...]]:
    """Return ties of known strength as links, how many pairs have none, and notes on contacts.

    A strength is known as `relgraph strength` knows it: given, by components or by contacts. Of
    several given ones the largest counts.
    """
    n = len(evidence.nodes)
    ties = evidence.ties.take(_usable(evidence.ties))
    evidence = replace(evidence, ties=ties)
    arcs = known_arcs(evidence, evidence.history())
    pairs = known_pairs(arcs, n)
    strength = pairs.combine(arcs.strength)
    low, high = np.minimum(ties.source, ties.target), np.maximum(ties.source, ties.target)
    row = np.searchsorted(pairs.low * n + pairs.high, low * n + high)
    tied = np.zeros(len(strength), dtype=bool)
    tied[row] = True
    strength = np.where(pairs.basis == GIVEN, _largest(ties, row, len(strength)), strength)
    known = tied & (pairs.basis != NONE)
    chance = np.minimum(strength[known], assumptions.SUREST_GIVEN)
    by_contact = bool((pairs.basis[known] != GIVEN).any())
    notes = tuple(note for note in evidence.notes if note.key.startswith("contacts."))
    changed = tuple(note for note in moment_notes(evidence) if note not in notes)
    links = Links.of_pairs(n, pairs.low[known], pairs.high[known], chance)
    return links, int((tied & ~known).sum()), (*changed, *notes) if by_contact else changed


def _usable(ties: Ties) -> Mask:
    declared = ties.where(lambda kind: kind.word_of_mouth)
    usable = (np.isin(ties.type.astype(str), TYPES) | declared) & (ties.sign > 0)
    return np.asarray(usable & (ties.source != ties.target), dtype=bool)


def _largest(ties: Ties, row: Ints, count: int) -> Floats:
    """Return the largest given strength of each pair."""
    largest = np.zeros(count)
    given = ~np.isnan(ties.strength)
    np.maximum.at(largest, row[given], ties.strength[given])
    return largest
