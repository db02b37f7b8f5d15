"""Which part of the graph a network shows, at which moment, and how it is made from stored ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import did_you_mean
from relgraph.held import Coded, Columns, Held, coded, held
from relgraph.messages import Note
from relgraph.model import FIRM
from relgraph.network.columns import Arcs, Floats, Ints, Mask, Nodes, Ties
from relgraph.network.core import Network
from relgraph.network.strengths import Likely, fill_strengths, likely_strengths
from relgraph.settings import Projection, end_of_today

# What is read of stakeholders and of relationships to know who was there and which ties held.
STAKEHOLDER_DATES = ("status", "left_on")
TIE_DATES = ("since", "until")


@dataclass(frozen=True, eq=False)
class Projected:
    """What a projection takes, before it is a network.

    Parameters
    ----------
    projection : Projection
        What was asked for.
    nodes : Nodes
        The stakeholders.
    moved : ndarray of int64
        Where everyone who was there before now is in `nodes`, −1 for who isn't.
    ties : Ties
        All ties between them, of other types and hostile ones too, each both-ways tie once and
        without self loops; ends are positions in `nodes`.
    taken : ndarray of bool, shape (len(ties),)
        Which ones the projection takes.
    counted : ndarray of float64, shape (len(ties),)
        The strength that each counts as, NaN where it is dropped for want of one.
    notes : tuple of Note
        What was left out.
    assumed : tuple of Note
        How many strengths were missing.
    """

    projection: Projection
    nodes: Nodes
    moved: Ints
    ties: Ties
    taken: Mask
    counted: Floats
    notes: tuple[Note, ...]
    assumed: tuple[Note, ...]

    @property
    def measured(self) -> Mask:
        """Return which ties are in the network."""
        return self.taken & ~np.isnan(self.counted)

    def network(self) -> Network:
        """Return the network of what was taken."""
        ties = self.ties.take(self.measured)
        strength = self.counted[self.measured]
        both_ways = ties.both_ways
        arcs = Arcs.merged(
            len(self.nodes), ties.source, ties.target, strength, ties.sign, both_ways
        )
        network = Network(self.nodes, *arcs, notes=(*self.notes, *self.assumed))
        if not self.projection.weighted:
            network = network.unweighted()
        return network.undirected() if self.projection.undirected else network


def build_network(nodes: Nodes, ties: Ties, projection: Projection | None = None) -> Network:
    """Project stored stakeholders and relationships onto a network.

    Self loops, stakeholders who left and (unless they are asked for) hostile ties are left out;
    rows (a, T, b) and (b, T, a) of a both-ways type are one tie; a missing strength is filled in;
    ties of different types between the same two merge per direction to 1 − Π(1 − s).

    Parameters
    ----------
    nodes : Nodes
        Every stakeholder; the attribute `status` tells who left.
    ties : Ties
        Every relationship that may be in; ends are positions in `nodes`.
    projection : Projection, optional
        What to take; the default network for None.

    Returns
    -------
    Network
        Its notes say how many strengths were missing and what was left out.
    """
    return project(nodes, ties, projection).network()


def project(nodes: Nodes, ties: Ties, projection: Projection | None = None) -> Projected:
    """Return what a projection takes of stored stakeholders and relationships.

    Parameters
    ----------
    nodes, ties, projection
        As for `build_network`.
    """
    projection = projection or Projection()
    ties = _merge_mirrored(ties)
    likely = likely_strengths(nodes, ties)
    kept = _kept(nodes, projection)
    moved = np.where(kept, np.cumsum(kept) - 1, -1).astype(ties.source.dtype)
    source, target = moved[ties.source], moved[ties.target]
    inside, loops = (source >= 0) & (target >= 0), source == target
    if projection.types is None:
        wanted = ties.where(attrgetter("default"))
    else:
        named = projection.types
        wanted = ties.where(lambda kind: kind.name in named)
    rows = inside & ~loops
    notes = _unheard_of(projection.types, ties) if projection.types else []
    if count := int((inside & loops & wanted).sum()):
        notes.append(Note("self_loops", count=count))
    taken, hostile = wanted[rows], ties.sign[rows] < 0
    if count := int((taken & hostile).sum()):
        key = "ties.hostile_too" if projection.include_hostile else "ties.hostile"
        notes.append(Note(key, count=count))
    if not projection.include_hostile:
        taken &= ~hostile
    between = ties.take(rows).changed(source=source[rows], target=target[rows])
    likely = Likely(likely.strength[rows], likely.like[rows])
    counted, assumed = fill_strengths(between.strength, likely, taken, projection)
    nodes = nodes.take(kept)
    return Projected(projection, nodes, moved, between, taken, counted, tuple(notes), assumed)


def _unheard_of(names: Iterable[str], ties: Ties) -> list[Note]:
    """Return a note on each type that is nowhere to be found: it may be misspelt."""
    present = ties.types
    notes = []
    for name in names:
        if name not in present and name not in ties.kinds:
            meant = did_you_mean(name, [*ties.kinds, *present])
            notes.append(Note("type.absent", type=name, meant=meant))
    return notes


def _kept(nodes: Nodes, projection: Projection) -> Mask:
    """Return which stakeholders a projection takes."""
    keep = np.ones(len(nodes), dtype=bool)
    if not projection.include_left and "status" in nodes.attributes:
        keep &= np.asarray(nodes.attributes["status"] != "left", dtype=bool)
    if projection.without_firm:
        keep &= np.asarray(nodes.markets != FIRM, dtype=bool)
    if projection.within:
        keep &= np.isin(nodes.markets.astype(str), projection.within)
    return keep


def _merge_mirrored(ties: Ties) -> Ties:
    """Keep one of the rows (a, T, b), (b, T, a) of a both-ways type: the one with a strength."""
    both_ways = ties.both_ways
    if not both_ways.any():
        return ties
    low = np.where(both_ways, np.minimum(ties.source, ties.target), ties.source)
    high = np.where(both_ways, np.maximum(ties.source, ties.target), ties.target)
    kinds = coded(ties.as_held("type")).codes.astype(np.int64)
    n = int(high.max()) + 1
    keys = np.sort((kinds * n + low) * n + high)
    if not bool((keys[1:] == keys[:-1]).any()):
        return ties
    order = np.lexsort((-np.nan_to_num(ties.strength), high, low, kinds))
    key = np.column_stack([kinds, low, high])[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (key[1:] != key[:-1]).any(axis=1)
    return ties if first.all() else ties.take(np.sort(order[first]))


def at_moment(
    nodes: Nodes, ties: Ties, as_of: datetime | None = None
) -> tuple[Nodes, Ties, tuple[Note, ...]]:
    """Return stakeholders and ties as they were, and notes on what that changes.

    A tie counts from the day of `since` to that of `until`, both included. Who left after the
    moment had not left yet; who has no status but a day of leaving before it had.

    Parameters
    ----------
    nodes : Nodes
        With `STAKEHOLDER_DATES`.
    ties : Ties
        With `TIE_DATES`.
    as_of : datetime, optional
        The moment, in UTC; the end of today for None.
    """
    day = looked_at(as_of)
    notes = []
    ended, to_come = outside(ties, day)
    if count := int(ended.sum()):
        notes.append(Note("ties.ended", count=count))
    if count := int((to_come & ~ended).sum()):
        notes.append(Note("ties.to_come", count=count))
    ties = ties.take(~(ended | to_come))
    left_on = _days(held(nodes.attributes).get("left_on"), len(nodes))
    status = nodes.attributes.get("status")
    if status is None or np.isnat(left_on).all():
        return nodes, ties, tuple(notes)
    still = np.asarray(status == "left", dtype=bool) & (left_on > day)
    unknown = np.array([value is None for value in status.tolist()], dtype=bool)
    gone = unknown & (left_on <= day)
    if count := int(still.sum()):
        notes.append(Note("stakeholders.still_there", count=count))
    if still.any() or gone.any():
        was = status.copy()
        was[still], was[gone] = "active", "left"
        nodes = nodes.changed(attributes=Columns({**held(nodes.attributes), "status": was}))
    return nodes, ties, tuple(notes)


def looked_at(as_of: datetime | None) -> np.datetime64:
    """Return the day that is looked at; today for None."""
    return np.datetime64(as_of or end_of_today(), "D")


def outside(ties: Ties, day: np.datetime64 | npt.NDArray[np.datetime64]) -> tuple[Mask, Mask]:
    """Return which ties had ended before a day, and which were to begin after it."""
    columns = held(ties.attributes)
    begins, ends = (_days(columns.get(name), len(ties)) for name in TIE_DATES)
    day = day.astype("datetime64[D]")
    return np.asarray(ends < day, dtype=bool), np.asarray(begins > day, dtype=bool)


def _days(values: npt.NDArray[Any] | Held | None, count: int) -> npt.NDArray[np.datetime64]:
    """Return dates as days, not-a-time where unknown."""
    if values is None:
        return np.full(count, np.datetime64("NaT", "D"))
    if isinstance(values, Coded):
        days: npt.NDArray[np.datetime64] = _days(values.values, len(values.values))[values.codes]
        return days
    if isinstance(values, Held):
        values = values.decoded()
    if values.dtype.kind == "M":
        return values.astype("datetime64[D]")
    known = [np.datetime64("NaT") if value is None else value for value in values.tolist()]
    return np.array(known, dtype="datetime64[D]")
