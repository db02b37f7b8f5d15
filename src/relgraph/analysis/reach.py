"""Reach: how far word of mouth travels from a stakeholder, hop by hop, and to how many people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.cascade import NORMAL_95, Telling, hearing
from relgraph.analysis.people import (
    Circles,
    People,
    circle_sizes,
    people_hearing,
    unseen_people,
)
from relgraph.analysis.ranking import ranked
from relgraph.network import Ints, Network
from relgraph.progress import SILENT, Progress
from relgraph.result import Result

MEASURES = ("reached", "expected", "people")
_ROWS = 64  # sources whose tables are in memory at once


Columns = dict[str, npt.NDArray[Any]]


def trace_reach(
    network: Network, sources: Sequence[int], telling: Telling, circles: Circles
) -> Result:
    """Return how far word travels from each source, a row for every hop.

    Parameters
    ----------
    network : Network
        Ties along which word of mouth travels; attributes `circle` and `kind`.
    sources : sequence of int
        Positions of those who start to tell, each alone.
    telling : Telling
        How likely they tell.
    circles : Circles
        What is assumed of the people they know.

    Returns
    -------
    Result
        `id, name, market, hop, reached, expected, people_low, people, people_high,
        expected_low, expected_high`, each counting all within `hop` hops: `reached` are
        stakeholders without the source, `expected` counts it, as the literature does. A source
        that reaches nobody has no row.
    """
    circle, notes = circle_sizes(network)
    unseen = unseen_people(network, circle)
    heard = hearing(network, np.asarray(sources, dtype=np.int64), telling)
    parts = []
    for row, source in enumerate(sources):
        farthest = int(heard.hops[row].max())
        within = np.arange(1, farthest + 1)
        hops = np.where(heard.hops[row] <= within[:, np.newaxis], heard.hops[row], -1)
        chances = np.where(hops >= 0, heard.probability[row], 0.0)
        people = people_hearing(chances, hops, unseen, circles)
        error = heard.error[row, 1 : farthest + 1]
        parts.append(
            _columns(network, np.full(farthest, source), within, hops, chances, error, people)
        )
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    silent = [
        network.ids[source] for row, source in enumerate(sources) if heard.hops[row].max() == 0
    ]
    alone = tuple(f"{node_id} has nobody to tell on these ties" for node_id in silent)
    return Result(columns, (*network.notes, *notes, *alone, *_sampling_notes(heard.exact, telling)))


def rank_reach(
    network: Network,
    telling: Telling,
    circles: Circles,
    by: str = "reached",
    progress: Progress = SILENT,
) -> Result:
    """Return every stakeholder but the firm, ranked by how far word travels from them.

    Parameters
    ----------
    network, telling, circles
        As in `trace_reach`.
    by : {"reached", "expected", "people"}
        What to rank by.
    progress : Progress
        Told of the stakeholders done.

    Returns
    -------
    Result
        `rank` and the columns of `trace_reach`; `hop` is the eccentricity, the hops to the
        farthest stakeholder reached.
    """
    circle, notes = circle_sizes(network)
    unseen = unseen_people(network, circle)
    candidates = np.flatnonzero(~network.is_firm)
    parts, exact = [], []
    progress.start("reach", len(candidates))
    for first in range(0, max(1, len(candidates)), _ROWS):
        sources = candidates[first : first + _ROWS]
        heard = hearing(network, sources, telling)
        people = people_hearing(heard.probability, heard.hops, unseen, circles)
        farthest = heard.hops.max(axis=1, initial=0)
        error = heard.error[np.arange(len(sources)), farthest]
        parts.append(
            _columns(network, sources, farthest, heard.hops, heard.probability, error, people)
        )
        exact.append(heard.exact)
        progress.advance(len(sources))
    progress.finish()
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    sampling = _sampling_notes(np.concatenate(exact), telling)
    return ranked(columns, by).with_notes((*network.notes, *notes, *sampling))


def _columns(
    network: Network,
    sources: Ints,
    hop: npt.NDArray[Any],
    hops: npt.NDArray[Any],
    chances: npt.NDArray[np.float64],
    error: npt.NDArray[np.float64],
    people: People,
) -> Columns:
    reached = (hops > 0).sum(axis=1)
    expected = chances.sum(axis=1)
    return {
        "id": network.ids[sources],
        "name": network.names[sources],
        "market": network.markets[sources],
        "hop": hop.astype(np.int64),
        "reached": reached.astype(np.int64),
        "expected": expected,
        "people_low": people.low,
        "people": people.estimate,
        "people_high": people.high,
        "expected_low": np.maximum(expected - NORMAL_95 * error, 1.0),
        "expected_high": np.minimum(expected + NORMAL_95 * error, reached + 1.0),
    }


def _sampling_notes(exact: npt.NDArray[np.bool_], telling: Telling) -> tuple[str, ...]:
    sampled = int((~exact).sum())
    if not sampled:
        return ()
    whom = "stakeholder" if sampled == 1 else "stakeholders"
    return (
        f"expected reach of {sampled} {whom} is sampled from {telling.words * 64} cascades (seed "
        f"{telling.seed}); expected_low and expected_high hold it with 95 % confidence, and the "
        "figures of people rest on the same draws",
    )
