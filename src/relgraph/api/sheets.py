"""What a map or report shows of a firm: its picture with measures, as a Sheet to draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis import costs
from relgraph.analysis.centrality.measures import MEASURES, measure_all, measures_shown
from relgraph.analysis.communities.leiden import leiden_communities
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.api.hearers import people_by_hop, sampled_people_by_hop
from relgraph.api.tie_figures import tie_figures
from relgraph.firm import FirmPicture, read_firm
from relgraph.messages import Message, Note
from relgraph.model import MARKETS
from relgraph.network import Ints
from relgraph.planning.basis import Basis
from relgraph.planning.reading import basis_beside
from relgraph.planning.tie_risks import judge_ties
from relgraph.render.sheet import MapTies, Sheet, in_its_network
from relgraph.settings import RankingSettings
from relgraph.store import Store


@dataclass(frozen=True, eq=False)
class Gathered:
    """The picture of a firm with the sheet that shows it.

    Parameters
    ----------
    picture : FirmPicture
        What was read and measured.
    sheet : Sheet
        The same nodes and ties, to draw; `finish_sheet` fills in communities and people, once
        it is known who is drawn.
    basis : Basis
        What planning rests on.
    """

    picture: FirmPicture
    sheet: Sheet
    basis: Basis


def gather_sheet(store: Store, settings: RankingSettings, cascades: int) -> Gathered:
    """Return everyone in a projection, with all measures, properties and ties.

    Says how long that takes together with that many cascades from everyone.
    """
    picture = read_firm(store, settings)
    basis = basis_beside(store, picture.evidence, settings)
    picture = replace(picture, partnerships=judge_ties(picture.partnerships, basis))
    measured = sum(
        MEASURES[name].seconds(picture.network) for name in measures_shown(picture.network)
    )
    telling = costs.ranked_by_reach(picture.word_of_mouth, cascades)
    settings.progress.expect(costs.waiting(measured + telling))
    measures, answered = measure_all(picture.network, settings.progress)
    missing = left_out(picture.left_out, Message("left_out.absent"))
    sheet = Sheet(
        replace(picture.network.nodes, attributes=_known(picture.network.nodes.attributes)),
        _drawn(picture),
        measures,
        np.zeros(picture.network.n, dtype=np.int64),
        notes=(*missing, *picture.network.notes, *answered, *picture.notes),
    )
    return Gathered(picture, in_its_network(sheet), basis)


def _known(attributes: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """Return the properties that any stakeholder has."""
    return {
        name: values
        for name, values in attributes.items()
        if any(value == value and value is not None for value in values.tolist())
    }


def _drawn(picture: FirmPicture) -> MapTies:
    ties = picture.ties
    level, bond = ties.attributes["level"], ties.attributes["bond"]
    ones = np.ones(len(ties), dtype=np.int64)
    ends = (ties.source, ties.target, ties.type)
    figures = (picture.strength, level, bond)
    tells = ties.where(lambda kind: kind.word_of_mouth) & picture.measured
    at_risk = np.append(picture.partnerships["at_risk"], False)[picture.pairs] & (ties.sign > 0)
    told = (picture.measured, ties.both_ways, tells, at_risk)
    return MapTies(*ends, *figures, ties.sign, *told, ones, tie_figures(picture))


def left_out(count: int, why: Message) -> tuple[Note, ...]:
    """Return a note on the stakeholders that a map doesn't draw, if any."""
    return (Note("left_out", count=count, why=why),) if count else ()


def what_is_missing(sheet: Sheet) -> tuple[Note, ...]:
    """Return notes on a sheet without a firm or ties, on empty markets and ties not measured."""
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
    unmeasured = int((~sheet.ties.measured).sum())
    if unmeasured:
        notes.append(Note("map.unmeasured", count=unmeasured, ties=len(sheet.ties)))
    return tuple(notes)


def choose(gathered: Gathered, rows: Ints) -> Gathered:
    """Return the same for some stakeholders only, by position in ascending order."""
    sheet, picture = gathered.sheet, gathered.picture.take(rows)
    drawn = sheet.ties.take(gathered.picture.inside(rows))
    chosen = Sheet(
        sheet.nodes.take(rows),
        replace(drawn, source=picture.ties.source, target=picture.ties.target),
        {name: values[rows] for name, values in sheet.measures.items()},
        sheet.communities[rows],
        notes=sheet.notes,
        colour=sheet.colour,
        ranks=sheet.ranks,
        hops=None if sheet.hops is None else sheet.hops[rows],
        tied=None if sheet.tied is None else sheet.tied[rows],
        between=None if sheet.between is None else sheet.between[rows],
        times=sheet.times,
        works_for=None if sheet.works_for is None else sheet.works_for[rows],
    )
    return Gathered(picture, chosen, gathered.basis)


def with_communities(gathered: Gathered, seed: int) -> Sheet:
    """Return the sheet with its communities."""
    return replace(gathered.sheet, communities=leiden_communities(gathered.picture.network, seed))


def finish_sheet(gathered: Gathered, seed: int, *, quick: bool = False) -> Sheet:
    """Return the sheet with its communities and how far word of mouth travels inside it.

    It draws as many cascades as `relgraph reach`, fewer for many stakeholders; `quick` samples
    even what could be computed exactly.
    """
    sheet = with_communities(gathered, seed)
    few = quick or len(sheet.nodes) > _MANY_CASCADES_FOR
    telling = Telling(seed=seed, cascades=FEW_CASCADES if few else Telling.cascades)
    people = sampled_people_by_hop if quick else people_by_hop
    return replace(sheet, people=people(gathered.picture.word_of_mouth, telling))


FEW_CASCADES = 1_024  # for each of many stakeholders
_MANY_CASCADES_FOR = 300  # stakeholders up to which the usual number is drawn for each
