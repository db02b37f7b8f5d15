"""What a map or report shows of a store, gathered as one Sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt

from relgraph.analysis.cascade import Telling
from relgraph.analysis.centrality import ALL, MEASURES, rank_nodes
from relgraph.analysis.communities import louvain_communities
from relgraph.analysis.partnership_ranking import rank_partnerships
from relgraph.analysis.partnerships import Evidence, apply_index
from relgraph.analysis.people import Circles
from relgraph.analysis.reach import trace_reach
from relgraph.api.projection import Strength, fetch_evidence
from relgraph.model import relationship_type
from relgraph.network import WORD_OF_MOUTH, Floats, Ints, Network, Projection, Ties, build_network
from relgraph.render.sheet import MapTies, Sheet
from relgraph.result import Result
from relgraph.store import Store

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Gathered:
    """A sheet of everyone in a projection, with what it was made from.

    Parameters
    ----------
    sheet : Sheet
        Everyone; communities and people are filled in by `finish_sheet`, when it is known who
        is drawn.
    network : Network
        The projection that was measured; its nodes are those of the sheet.
    ties : Ties
        All ties between its nodes, hostile ones included.
    partnerships : Result
        Pairs by strength.
    as_of : datetime or None
        The moment up to which contacts count; None without contacts.
    """

    sheet: Sheet
    network: Network
    ties: Ties
    partnerships: Result
    as_of: datetime | None


def gather_sheet(
    store: Store,
    projection: Projection | None = None,
    strength: Strength = "given",
    as_of: datetime | None = None,
) -> Gathered:
    """Return everyone in a projection, with all measures, properties and ties."""
    projection = projection or Projection()
    properties = [name for name in store.read_schema().stakeholders if name not in _SHOWN_APART]
    asked = list(dict.fromkeys(("satisfaction", "circle", "kind", *properties)))
    evidence, notes = fetch_evidence(store, projection.types, as_of, asked)
    if strength == "index":
        ties, said = apply_index(evidence)
        evidence, notes = replace(evidence, ties=ties), (*notes, *said)
    network = build_network(evidence.nodes, evidence.ties, projection)
    partnerships = rank_partnerships(evidence, projection)
    levels = store.read_relationships(projection.types, ["level", "bond"]).columns
    kept, ties = _ties_between(evidence, network)
    level, bond = (levels[name].astype(np.float64)[kept] for name in ("level", "bond"))
    drawn = _with_pair_figures(ties, level, bond, network, partnerships)
    measures, said = measure_all(network)
    left = len(evidence.nodes) - network.n
    missing = [f"{left} stakeholders are left out (left, or outside the markets taken)"] * bool(
        left
    )
    shown = {
        name: values
        for name, values in network.nodes.attributes.items()
        if any(value == value and value is not None for value in values.tolist())
    }
    sheet = Sheet(
        replace(network.nodes, attributes=shown),
        drawn,
        measures,
        np.zeros(network.n, dtype=np.int64),
        notes=(*missing, *network.notes, *said, *notes),
    )
    return Gathered(sheet, network, ties, partnerships, _moment(evidence))


_SHOWN_APART = ("id", "name", "market")


def _moment(evidence: Evidence) -> datetime | None:
    if evidence.as_of is None and not len(evidence.contacts):
        return None
    moment = evidence.contacts.at.max() if evidence.as_of is None else evidence.as_of
    return moment.astype("datetime64[us]").item()  # type: ignore[no-any-return]


def _ties_between(evidence: Evidence, network: Network) -> tuple[Ints, Ties]:
    """Return the rows and the ties between nodes of the network, each both-ways tie once."""
    moved = np.array([network.positions.get(i, -1) for i in evidence.nodes.ids.tolist()], np.int64)
    source, target = moved[evidence.ties.source], moved[evidence.ties.target]
    inside = np.flatnonzero((source >= 0) & (target >= 0) & (source != target))
    seen: set[tuple[int, int, str]] = set()
    kept = []
    rows = zip(
        inside.tolist(),
        source[inside].tolist(),
        target[inside].tolist(),
        evidence.ties.type[inside].tolist(),
        strict=True,
    )
    for row, start, end, kind in rows:
        both = relationship_type(kind).both_ways
        key = (min(start, end), max(start, end), kind) if both else (start, end, kind)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    chosen = np.array(kept, dtype=np.int64)
    ties = evidence.ties.take(chosen)
    return chosen, replace(ties, source=source[chosen], target=target[chosen])


def _with_pair_figures(
    ties: Ties, level: Floats, bond: Floats, network: Network, partnerships: Result
) -> MapTies:
    """Add each pair's strength, where a tie gives none, and whether the pair is at risk."""
    position = network.positions
    columns = (partnerships[name].tolist() for name in ("source", "target", "strength", "at_risk"))
    pairs = {
        frozenset((position[source], position[target])): (strength, bool(risk))
        for source, target, strength, risk in zip(*columns, strict=True)
    }
    unknown = (np.nan, False)
    ends = zip(ties.source.tolist(), ties.target.tolist(), strict=True)
    found = [pairs.get(frozenset(pair), unknown) for pair in ends]
    friendly = ties.sign > 0
    strength = np.array([strength for strength, _ in found], dtype=np.float64)
    return MapTies(
        ties.source,
        ties.target,
        ties.type,
        np.where(np.isnan(ties.strength) & friendly, strength, ties.strength),
        level,
        bond,
        ties.sign,
        np.array([risk for _, risk in found], dtype=bool) & friendly,
        np.ones(len(ties), dtype=np.int64),
    )


MANY = 5_000  # nodes above which only measures that read each tie a few times are computed
QUICK = ("pagerank", "degree", "in_degree", "out_degree", "weighted_degree", "core")


def measure_all(network: Network) -> tuple[Mapping[str, Floats], tuple[str, ...]]:
    """Return every measure that has an answer, PageRank first, and what was said meanwhile."""
    ranked = rank_nodes(network, QUICK if network.n > MANY else [ALL])
    order = np.array([network.positions[i] for i in ranked["id"].tolist()], dtype=np.int64)
    measures = {}
    for name in sorted(MEASURES, key=lambda name: name != "pagerank"):
        if name not in ranked.columns:
            continue
        values = np.full(network.n, np.nan)
        values[order] = ranked[name].astype(np.float64)
        if network.n == 0 or np.isfinite(values).any():
            measures[name] = values
    return measures, tuple(note for note in ranked.notes if note not in network.notes)


def choose(gathered: Gathered, rows: Ints) -> Gathered:
    """Return what is left of these stakeholders, by position in ascending order."""
    sheet, network = gathered.sheet, gathered.network
    moved = np.full(len(sheet.nodes), -1)
    moved[rows] = np.arange(len(rows))
    inside = (moved[gathered.ties.source] >= 0) & (moved[gathered.ties.target] >= 0)

    ties = gathered.ties.take(inside)
    ties = replace(ties, source=moved[ties.source], target=moved[ties.target])
    drawn = replace(sheet.ties.take(inside), source=ties.source, target=ties.target)
    nodes = network.nodes.take(rows)
    chosen = Sheet(
        sheet.nodes.take(rows),
        drawn,
        {name: values[rows] for name, values in sheet.measures.items()},
        sheet.communities[rows],
        notes=sheet.notes,
    )
    return replace(gathered, sheet=chosen, network=build_network(nodes, ties, EVERYONE), ties=ties)


EVERYONE = Projection(include_left=True)


def with_communities(gathered: Gathered, seed: int) -> Sheet:
    """Return the sheet with its communities."""
    return replace(gathered.sheet, communities=louvain_communities(gathered.network, seed))


def finish_sheet(gathered: Gathered, seed: int, cascades: int | None = None) -> Sheet:
    """Return the sheet with its communities and how far word of mouth travels inside it.

    `cascades` are drawn for each stakeholder whose reach is sampled; by default as many as
    `relgraph reach` draws, fewer for many stakeholders.
    """
    sheet = with_communities(gathered, seed)
    if cascades is None:
        cascades = Telling.cascades if len(sheet.nodes) <= _MANY_CASCADES_FOR else FEW_CASCADES
    return replace(sheet, people=_people_by_hop(gathered, Telling(seed=seed, cascades=cascades)))


FEW_CASCADES = 1_024  # for each of many stakeholders
_MANY_CASCADES_FOR = 300  # stakeholders up to which the usual number is drawn for each


def _people_by_hop(gathered: Gathered, telling: Telling) -> tuple[tuple[float, ...], ...]:
    """Return how many people hear from each stakeholder within 1, 2, … hops."""
    projection = replace(EVERYONE, types=WORD_OF_MOUTH)
    network = build_network(gathered.network.nodes, gathered.ties, projection)
    people: list[list[float]] = [[] for _ in range(network.n)]
    if network.m:
        traced = trace_reach(network, range(network.n), telling, Circles())
        columns = (traced[name].tolist() for name in ("id", "people"))
        for node_id, heard in zip(*columns, strict=True):
            people[network.positions[node_id]].append(heard)
    return tuple(map(tuple, people))
