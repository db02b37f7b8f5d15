"""Which part of the graph a network shows, and how it is made from stored ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from relgraph.errors import did_you_mean
from relgraph.messages import Note
from relgraph.model import FIRM
from relgraph.network.arcs import Arcs
from relgraph.network.columns import Floats, Ints, Mask, Nodes, Ties, text_codes, where
from relgraph.network.core import Network
from relgraph.network.strengths import fill_strengths, likely_strengths
from relgraph.settings import Projection


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
    moved = np.where(kept, np.cumsum(kept) - 1, -1)
    source, target = moved[ties.source], moved[ties.target]
    inside, loops = (source >= 0) & (target >= 0), source == target
    wanted = _of_wanted_types(ties, projection)
    rows = np.flatnonzero(inside & ~loops)
    notes = _unheard_of(projection.types or (), ties)
    if count := int((inside & loops & wanted).sum()):
        notes.append(Note("self_loops", count=count))
    taken, hostile = wanted[rows], ties.sign[rows] < 0
    if count := int((taken & hostile).sum()):
        key = "ties.hostile_too" if projection.include_hostile else "ties.hostile"
        notes.append(Note(key, count=count))
    if not projection.include_hostile:
        taken &= ~hostile
    between = replace(ties.take(rows), source=source[rows], target=target[rows])
    counted, assumed = fill_strengths(between.strength, likely.take(rows), taken, projection)
    nodes = nodes if kept.all() else nodes.take(kept)
    return Projected(projection, nodes, moved, between, taken, counted, tuple(notes), assumed)


def _unheard_of(names: Iterable[str], ties: Ties) -> list[Note]:
    """Return a note on each type that is nowhere to be found: it may be misspelt."""
    present = set(ties.type.tolist())
    notes = []
    for name in names:
        if name not in present and name not in ties.kinds:
            meant = did_you_mean(name, [*ties.kinds, *present])
            notes.append(Note("type.absent", type=name, meant=meant))
    return notes


def _of_wanted_types(ties: Ties, projection: Projection) -> Mask:
    if projection.types is None:
        return ties.where(lambda kind: kind.default)
    named = frozenset(projection.types)
    return where(ties.type, lambda name: name in named)


def _kept(nodes: Nodes, projection: Projection) -> Mask:
    """Return which stakeholders a projection takes."""
    keep = np.ones(len(nodes), dtype=bool)
    if not projection.include_left and "status" in nodes.attributes:
        keep &= np.asarray(nodes.attributes["status"] != "left", dtype=bool)
    if projection.without_firm:
        keep &= np.asarray(nodes.markets != FIRM, dtype=bool)
    if projection.within:
        keep &= where(nodes.markets, lambda market: market in projection.within)
    return keep


def _merge_mirrored(ties: Ties) -> Ties:
    """Keep one of the rows (a, T, b), (b, T, a) of a both-ways type: the one with a strength."""
    both_ways = ties.both_ways
    if not both_ways.any():
        return ties
    low = np.where(both_ways, np.minimum(ties.source, ties.target), ties.source)
    high = np.where(both_ways, np.maximum(ties.source, ties.target), ties.target)
    kinds, _ = text_codes(ties.type)
    n = int(high.max()) + 1
    if len(np.unique((kinds * n + low) * n + high)) == len(ties):
        return ties
    order = np.lexsort((-np.nan_to_num(ties.strength), high, low, kinds))
    key = np.column_stack([kinds, low, high])[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (key[1:] != key[:-1]).any(axis=1)
    return ties if first.all() else ties.take(np.sort(order[first]))
