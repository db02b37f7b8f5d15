"""How far word of mouth travels, and to how many people; the rule of 250 as arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

import numpy as np

from relgraph import assumptions
from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.reach import By, hop_rows, reach_rows, within_hops
from relgraph.analysis.word_of_mouth.rule250 import Preset, hearing_share, rule_of_250
from relgraph.analysis.word_of_mouth.sentiment import Sentiment, with_sentiment
from relgraph.api.stakeholders import resolve_ids
from relgraph.arguments import checked
from relgraph.errors import UnknownStakeholder, UsageError
from relgraph.firm import read_word_of_mouth
from relgraph.network import Ints, Network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store

_ATTRIBUTES = ("circle", "kind")


@checked
def rank_reach(
    store: Store,
    settings: RankingSettings | None = None,
    *,
    by: By = "reached",
    hops: int | None = None,
    tell_rate: float = assumptions.TELL_RATE,
    cascades: int = int(assumptions.CASCADES),
    error: float = assumptions.SPREAD_ERROR,
    preset: Preset = "girard",
    hop_decay: float = assumptions.HOP_DECAY,
    population: float | None = None,
    sentiment: Sentiment | None = None,
    **changes: Unpack[Changes],
) -> Result:
    """Return every stakeholder but the firm, ranked by how far word travels from them.

    Its columns are those of `relgraph.analysis.word_of_mouth.reach.reach_rows`.

    Parameters
    ----------
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
        Word travels along the types of word of mouth unless the projection names types.
    by : {"reached", "expected", "people"}
        What to rank by.
    hops : int, optional
        Count only those within so many hops; rows then have just `reached` and its error.
    tell_rate : float
        The chance that a tie of strength 1 passes word on, from 0 to 1.
    cascades : int
        How many to draw where the expected reach is sampled.
    error : float
        Where so many would take long, draw fewer, until half the 95 % interval of the expected
        reach is less than this share of it; 0 draws them all.
    preset : {"literal", "girard", "survey"}
        The share of a circle that hears.
    hop_decay : float
        The share of telling that is left after each hop.
    population : float, optional
        People in the market.
    sentiment : Sentiment, optional
        Split people by good and bad word of mouth (`analysis.word_of_mouth.sentiment`).

    Returns
    -------
    Result
        `rank, id, name, market, hop, reached, expected, people_at_least, people, people_at_most,
        people_distinct, expected_low, expected_high, reached_std_error, people_positive,
        people_negative, net`; with `confidence` also `rank_low, rank_high, stays_ahead`. Intervals
        and errors where figures are sampled, `people_positive` to `net` with a `sentiment`.
    """
    settings = settle(settings, changes)
    telling = Telling(tell_rate, cascades, settings.seed, error)
    circles = Circles(hearing_share(preset), hop_decay, population)
    if hops is not None and (by != "reached" or settings.confidence or sentiment):
        raise UsageError("reach.hops_alone", parameter="hops")
    network = read_word_of_mouth(store, settings, _ATTRIBUTES)
    if hops is not None:
        return within_hops(network, hops, settings.seed)
    result = reach_rows(network, telling, circles, by, settings)
    return result if sentiment is None else with_sentiment(result, sentiment)


@checked
def trace_reach(
    store: Store,
    stakeholders: Iterable[str],
    settings: RankingSettings | None = None,
    *,
    tell_rate: float = assumptions.TELL_RATE,
    cascades: int = int(assumptions.CASCADES),
    error: float = assumptions.SPREAD_ERROR,
    preset: Preset = "girard",
    hop_decay: float = assumptions.HOP_DECAY,
    population: float | None = None,
    sentiment: Sentiment | None = None,
    **changes: Unpack[Changes],
) -> Result:
    """Return how far word travels from each of these stakeholders, a row for every hop.

    Its columns are those of `relgraph.analysis.word_of_mouth.reach.hop_rows`.

    Parameters
    ----------
    stakeholders : str or iterable of str
        Ids or exact names; each starts to tell alone.
    settings, tell_rate, cascades, error, preset, hop_decay, population, sentiment, **changes
        As in `rank_reach`.

    Returns
    -------
    Result
        `id, name, market, hop, reached, expected, people_at_least, people, people_at_most,
        people_distinct, expected_low, expected_high, reached_std_error, people_positive,
        people_negative, net`; intervals and errors where figures are sampled, `people_positive` to
        `net` with a `sentiment`.

    Raises
    ------
    UnknownStakeholder
        One of them is not in the store, or not in the projection.
    UsageError
        Nobody is named, or a figure is out of range.
    """
    settings = settle(settings, changes)
    telling = Telling(tell_rate, cascades, settings.seed, error)
    circles = Circles(hearing_share(preset), hop_decay, population)
    ids = resolve_ids(store, stakeholders)
    if not ids:
        raise UsageError("stakeholders.none", parameter="stakeholders")
    network = read_word_of_mouth(store, settings, _ATTRIBUTES)
    sources = positions_of(network, list(dict.fromkeys(ids)), "stakeholders")
    result = hop_rows(network, sources.tolist(), telling, circles, settings.progress)
    return result if sentiment is None else with_sentiment(result, sentiment)


def positions_of(network: Network, ids: Sequence[str], parameter: str) -> Ints:
    """Return where stakeholders of the store stand in a projection.

    Raises
    ------
    UnknownStakeholder
        One of them isn't in it.
    """
    absent = [node_id for node_id in ids if node_id not in network.positions]
    if absent:
        raise UnknownStakeholder("stakeholder.left_out", parameter=parameter, ids=absent)
    return np.array([network.positions[node_id] for node_id in ids], np.int64)


@checked
def rule250(
    *,
    unhappy: float = assumptions.UNHAPPY,
    circle: float = assumptions.CIRCLE,
    weeks: float = assumptions.WEEKS,
    population: float | None = None,
) -> Result:
    """Return how many people a week and a year hear of unhappy customers, by preset.

    It needs no store; see `relgraph.analysis.word_of_mouth.rule250.rule_of_250`.

    Returns
    -------
    Result
        `preset, week, year, unique_at_least, unique, unique_at_most`, a row for each preset.
    """
    return rule_of_250(unhappy, circle, weeks, population)
