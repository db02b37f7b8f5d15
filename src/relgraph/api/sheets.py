"""What a map or report shows of a store, gathered as one Sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from relgraph.analysis.centrality.measures import measure_all
from relgraph.analysis.communities.louvain import louvain_communities
from relgraph.analysis.partnerships.evidence import Evidence, apply_index
from relgraph.analysis.partnerships.partnerships import rank_partnerships
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.api.drawn_ties import ties_between, with_pair_figures
from relgraph.api.hearers import people_by_hop, sampled_people_by_hop
from relgraph.api.projection import Strength, fetch_evidence
from relgraph.messages import Message, Note
from relgraph.model import MARKETS
from relgraph.network import WORD_OF_MOUTH, Ints, Network, Projection, Ties, build_network
from relgraph.render.sheet import Sheet
from relgraph.result import Result
from relgraph.store import Store


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
        ties, origin = apply_index(evidence)
        evidence, notes = replace(evidence, ties=ties), (*notes, origin)
    network = build_network(evidence.nodes, evidence.ties, projection)
    partnerships = rank_partnerships(evidence, projection)
    levels = store.read_relationships(projection.types, ["level", "bond"]).columns
    kept, ties = ties_between(evidence, network)
    level, bond = (levels[name].astype(np.float64)[kept] for name in ("level", "bond"))
    drawn = with_pair_figures(ties, level, bond, network, partnerships)
    measures, said = measure_all(network)
    left = len(evidence.nodes) - network.n
    missing = left_out(left, Message("left_out.absent"))
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


def left_out(count: int, why: Message) -> tuple[Note, ...]:
    """Return what to say of stakeholders that a map doesn't draw."""
    return (Note("left_out", count=count, why=why),) if count else ()


def what_is_missing(sheet: Sheet) -> tuple[Note, ...]:
    """Return what to say of a sheet without a firm, without somebody in a market, without ties."""
    notes = []
    if sheet.firm is None:
        notes.append(Note("map.no_firm"))
    present = set(sheet.nodes.markets.tolist())
    empty = [market for market in MARKETS if market not in present]
    if empty:
        markets = [Message(f"market.{market}") for market in empty]
        notes.append(Note("map.empty_markets", count=len(empty), markets=markets))
    if not len(sheet.ties):
        notes.append(Note("map.no_ties"))
    return tuple(notes)


_SHOWN_APART = ("id", "name", "market")


def _moment(evidence: Evidence) -> datetime | None:
    if evidence.as_of is None and not len(evidence.contacts):
        return None
    moment = evidence.contacts.at.max() if evidence.as_of is None else evidence.as_of
    return moment.astype("datetime64[us]").item()  # type: ignore[no-any-return]


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


def finish_sheet(gathered: Gathered, seed: int, *, quick: bool = False) -> Sheet:
    """Return the sheet with its communities and how far word of mouth travels inside it.

    As many cascades are drawn as `relgraph reach` draws, fewer for many stakeholders; `quick`
    samples also what could be computed exactly.
    """
    sheet = with_communities(gathered, seed)
    few = quick or len(sheet.nodes) > _MANY_CASCADES_FOR
    telling = Telling(seed=seed, cascades=FEW_CASCADES if few else Telling.cascades)
    told = build_network(
        gathered.network.nodes, gathered.ties, replace(EVERYONE, types=WORD_OF_MOUTH)
    )
    people = sampled_people_by_hop if quick else people_by_hop
    return replace(sheet, people=people(told, telling))


FEW_CASCADES = 1_024  # for each of many stakeholders
_MANY_CASCADES_FOR = 300  # stakeholders up to which the usual number is drawn for each
