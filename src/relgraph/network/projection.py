"""Which part of the graph a network shows, and how it is made from stored ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from relgraph.errors import did_you_mean
from relgraph.messages import Note
from relgraph.model import FIRM, RELATIONSHIP_TYPES, relationship_type
from relgraph.network.arcs import Arcs
from relgraph.network.columns import Nodes, Texts, Ties
from relgraph.network.core import Network
from relgraph.settings import Projection

WORD_OF_MOUTH = tuple(kind.name for kind in RELATIONSHIP_TYPES.values() if kind.word_of_mouth)


def build_network(nodes: Nodes, ties: Ties, projection: Projection | None = None) -> Network:
    """Project stored stakeholders and relationships onto a network.

    Self loops, stakeholders who left and (unless their type is named) hostile ties are left
    out; rows (a, T, b) and (b, T, a) of a both-ways type are one tie; ties of different types
    between the same two merge per direction to 1 − Π(1 − s).

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
    projection = projection or Projection()
    notes = _unheard_of(projection.types or (), ties)
    ties = ties.take(_wanted_ties(ties, projection))
    nodes, ties = _restrict_nodes(nodes, ties, projection)
    loops = ties.source == ties.target
    if loops.any():
        notes.append(Note("self_loops", count=int(loops.sum())))
        ties = ties.take(~loops)
    both_ways = _where(ties.type, lambda name: relationship_type(name).both_ways)
    ties, both_ways = _merge_mirrored(ties, both_ways)
    missing = np.isnan(ties.strength)
    if projection.weighted and missing.any():
        notes.append(Note("strength.missing", missing=int(missing.sum()), ties=len(ties)))
    strength = np.where(missing, 1.0, ties.strength) if projection.weighted else np.ones(len(ties))
    arcs = Arcs.merged(len(nodes), ties.source, ties.target, strength, ties.sign, both_ways)
    network = Network(nodes, *arcs, notes=tuple(notes))
    if not projection.weighted:
        network = network.unweighted()
    return network.undirected() if projection.undirected else network


def _unheard_of(names: Iterable[str], ties: Ties) -> list[Note]:
    """Return a note on each type that is nowhere to be found: it may be misspelt."""
    present = set(ties.type.tolist())
    notes = []
    for name in names:
        if name not in present and name not in RELATIONSHIP_TYPES:
            meant = did_you_mean(name, [*RELATIONSHIP_TYPES, *present])
            notes.append(Note("type.absent", type=name, meant=meant))
    return notes


def _wanted_ties(ties: Ties, projection: Projection) -> npt.NDArray[np.bool_]:
    if projection.types is None:
        friendly = ties.sign > 0
        return friendly & _where(ties.type, lambda name: relationship_type(name).default)
    named = frozenset(projection.types)
    return _where(ties.type, lambda name: name in named)


def _where(labels: Texts, wanted: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Return where a label is wanted, asking once for each label there is."""
    answers = {name: wanted(name) for name in set(labels.tolist())}
    return np.fromiter(map(answers.__getitem__, labels.tolist()), dtype=bool, count=len(labels))


def _restrict_nodes(nodes: Nodes, ties: Ties, projection: Projection) -> tuple[Nodes, Ties]:
    keep = np.ones(len(nodes), dtype=bool)
    if not projection.include_left and "status" in nodes.attributes:
        keep &= np.asarray(nodes.attributes["status"] != "left", dtype=bool)
    if projection.without_firm:
        keep &= np.asarray(nodes.markets != FIRM, dtype=bool)
    if projection.within:
        keep &= _where(nodes.markets, lambda market: market in projection.within)
    if keep.all():
        return nodes, ties
    moved = np.cumsum(keep) - 1
    ties = ties.take(keep[ties.source] & keep[ties.target])
    ties = replace(ties, source=moved[ties.source], target=moved[ties.target])
    return nodes.take(keep), ties


def _merge_mirrored(
    ties: Ties, both_ways: npt.NDArray[np.bool_]
) -> tuple[Ties, npt.NDArray[np.bool_]]:
    """Keep one of the rows (a, T, b), (b, T, a) of a both-ways type: the one with a strength."""
    if not both_ways.any():
        return ties, both_ways
    low = np.where(both_ways, np.minimum(ties.source, ties.target), ties.source)
    high = np.where(both_ways, np.maximum(ties.source, ties.target), ties.target)
    codes = {name: code for code, name in enumerate(set(ties.type.tolist()))}
    kinds = np.array([codes[name] for name in ties.type.tolist()])
    order = np.lexsort((-np.nan_to_num(ties.strength), high, low, kinds))
    key = np.column_stack([kinds, low, high])[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (key[1:] != key[:-1]).any(axis=1)
    kept = np.sort(order[first])
    return ties.take(kept), both_ways[kept]
