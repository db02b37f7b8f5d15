"""How far word of mouth travels, and to how many people; the rule of 250 as arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from relgraph import assumptions
from relgraph.analysis.word_of_mouth import reach
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.rule250 import hearing_share, rule_of_250
from relgraph.analysis.word_of_mouth.sentiment import Sentiment, with_sentiment
from relgraph.api.projection import Strength, no_ties, read_projection
from relgraph.api.stakeholders import resolve_ids
from relgraph.errors import UnknownStakeholder, UsageError
from relgraph.messages import Note
from relgraph.network import WORD_OF_MOUTH, Ints, Network, Projection
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store


def rank_reach(
    store: Store,
    projection: Projection | None = None,
    *,
    strength: Strength = "given",
    as_of: datetime | None = None,
    telling: Telling | None = None,
    preset: str = "girard",
    hop_decay: float = assumptions.HOP_DECAY,
    population: float | None = None,
    sentiment: Sentiment | None = None,
    by: str = "reached",
    confidence: bool = False,
    progress: Progress = SILENT,
) -> Result:
    """Return every stakeholder but the firm, ranked by how far word travels from them.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to take; the types along which word of mouth travels, unless it names types.
    strength, as_of
        As in `fetch_projection`.
    telling : Telling, optional
        How likely they tell; every tie at its strength for None.
    preset : {"literal", "girard", "survey"}
        The share of a circle that hears.
    hop_decay : float
        What is left of the telling a hop further.
    population : float, optional
        People in the market.
    sentiment : Sentiment, optional
        Split people by good and bad word of mouth (`analysis.sentiment`).
    by : {"reached", "expected", "people"}
        What to rank by.
    confidence : bool
        Add the interval of each rank when ties are uncertain; the telling's seed draws.
    progress : Progress
        Told of the stakeholders done, and of each draw.
    """
    circles = Circles(hearing_share(preset), hop_decay, population)
    if by not in reach.MEASURES:
        raise UsageError(f"--by: {by!r} is not one of {', '.join(reach.MEASURES)}")
    network = fetch_word_of_mouth(store, projection, strength, as_of, ("circle", "kind"))
    result = reach.rank_reach(
        network, telling or Telling(), circles, by, confidence=confidence, progress=progress
    )
    return result if sentiment is None else with_sentiment(result, sentiment)


def trace_reach(
    store: Store,
    stakeholders: Sequence[str],
    projection: Projection | None = None,
    *,
    strength: Strength = "given",
    as_of: datetime | None = None,
    telling: Telling | None = None,
    preset: str = "girard",
    hop_decay: float = assumptions.HOP_DECAY,
    population: float | None = None,
    sentiment: Sentiment | None = None,
) -> Result:
    """Return how far word travels from each of some stakeholders, a row for every hop.

    Parameters
    ----------
    store : Store
        An open store.
    stakeholders : sequence of str
        Ids or exact names; each starts to tell alone.
    projection, strength, as_of, telling, preset, hop_decay, population, sentiment
        As in `rank_reach`.

    Raises
    ------
    UnknownStakeholder
        One of them is not in the store, or not in the projection.
    """
    circles = Circles(hearing_share(preset), hop_decay, population)
    ids = resolve_ids(store, stakeholders)
    network = fetch_word_of_mouth(store, projection, strength, as_of, ("circle", "kind"))
    sources = positions_of(network, list(dict.fromkeys(ids)))
    result = reach.trace_reach(network, sources.tolist(), telling or Telling(), circles)
    return result if sentiment is None else with_sentiment(result, sentiment)


def positions_of(network: Network, ids: Sequence[str]) -> Ints:
    """Return where stakeholders of the store stand in a projection.

    Raises
    ------
    UnknownStakeholder
        One of them isn't in it.
    """
    absent = [node_id for node_id in ids if node_id not in network.positions]
    if absent:
        raise UnknownStakeholder(
            f"{', '.join(map(repr, absent))}: left out of this network; look at --include-left, "
            "--without-firm and --within"
        )
    return np.array([network.positions[node_id] for node_id in ids], np.int64)


def fetch_word_of_mouth(
    store: Store,
    projection: Projection | None,
    strength: Strength,
    as_of: datetime | None,
    attributes: Sequence[str],
) -> Network:
    """Return the ties along which word travels, unless the projection names types.

    A network without any carries a note that tells how to choose types.
    """
    projection = projection or Projection()
    if projection.types is None:
        projection = replace(projection, types=WORD_OF_MOUTH)
    network = read_projection(store, projection, strength, as_of, attributes)
    if network.m:
        return network
    return network.with_notes(Note("reach.nobody", why=no_ties(store, projection.types)))


def rule250(
    *,
    unhappy: float = assumptions.UNHAPPY,
    circle: float = assumptions.CIRCLE,
    weeks: float = assumptions.WEEKS,
    population: float | None = None,
) -> Result:
    """Return how many people a week and a year hear of unhappy customers, by preset.

    It needs no store; see `relgraph.analysis.word_of_mouth.rule250.rule_of_250`.
    """
    return rule_of_250(unhappy, circle, weeks, population)
