"""Reach: how far word of mouth travels from a stakeholder, hop by hop, and to how many people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis import costs
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.ranking.uncertainty import confidence_notes, drawn_values
from relgraph.analysis.sampled_intervals import mean_interval
from relgraph.analysis.word_of_mouth.cascade import Telling, hearing
from relgraph.analysis.word_of_mouth.counts import reach_counts
from relgraph.analysis.word_of_mouth.expected import expected_reach
from relgraph.analysis.word_of_mouth.people import (
    Circles,
    People,
    circle_sizes,
    people_hearing,
    unseen_people,
)
from relgraph.arguments import checked
from relgraph.errors import UsageError, check_range
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Network
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

By = Literal["reached", "expected", "people"]
PEOPLE = ("people_at_least", "people", "people_at_most", "people_distinct")
COLUMNS = (
    *("id", "name", "market", "hop", "reached", "expected", *PEOPLE),
    *("expected_low", "expected_high", "reached_std_error"),
)
_ROWS = 64  # sources whose tables are in memory at once


Columns = dict[str, npt.NDArray[Any]]


def hop_rows(
    network: Network,
    sources: Sequence[int],
    telling: Telling,
    circles: Circles,
    progress: Progress = SILENT,
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
    progress : Progress
        Told how long it takes.

    Returns
    -------
    Result
        `id, name, market, hop, reached, expected, people_at_least, people, people_at_most,
        people_distinct, expected_low, expected_high, reached_std_error`, each counting all within
        `hop` hops: `reached` are stakeholders without the source, `expected` counts it, as the
        literature does. A source that reaches nobody has no row.
    """
    circle, notes = circle_sizes(network)
    unseen = unseen_people(network, circle)
    costs.begin(
        progress, "progress.reach", costs.told(network, len(sources), telling.worth(network))
    )
    heard = hearing(network, np.asarray(sources, dtype=np.int64), telling)
    progress.finish()
    parts = []
    for row, source in enumerate(sources):
        farthest = int(heard.hops[row].max())
        within = np.arange(1, farthest + 1)
        hops = np.where(heard.hops[row] <= within[:, np.newaxis], heard.hops[row], -1)
        chances = np.where(hops >= 0, heard.probability[row], 0.0)
        people = people_hearing(network, chances, hops, unseen, circles)
        error = heard.error[row, 1 : farthest + 1]
        drawn = np.full(farthest, not heard.exact[row])
        labelled = _labelled(network, np.full(farthest, source), within)
        sample = np.full((2, farthest), [[heard.draws[row]], [heard.batches[row]]])
        parts.append(labelled | _figures(hops, chances, error, drawn, sample) | _told(people))
    columns = _joined(parts)
    silent = [
        network.ids[source] for row, source in enumerate(sources) if heard.hops[row].max() == 0
    ]
    alone = tuple(Note("reach.silent", id=node_id) for node_id in silent)
    return Result(
        columns, (*network.notes, *notes, *alone, *_sampling_notes(network, heard.exact, telling))
    )


@checked
def reach_rows(
    network: Network,
    telling: Telling,
    circles: Circles,
    by: By = "reached",
    settings: RankingSettings = USUAL,
) -> Result:
    """Return every stakeholder but the firm, ranked by how far word travels from them.

    Parameters
    ----------
    network, telling, circles
        As in `hop_rows`.
    by : {"reached", "expected", "people"}
        What to rank by.
    settings : RankingSettings
        With `confidence` the interval of each rank is added (see `ranking.uncertainty`); its
        progress reports the stakeholders done.

    Returns
    -------
    Result
        `rank` and the columns of `hop_rows`; `hop` is the eccentricity, the hops to the
        farthest stakeholder reached. In a network of more than 2,000 stakeholders `expected`
        is sampled for all at once and people are worked out for the first 20 only.

    Raises
    ------
    UsageError
        Ranks by people have no interval where people are not worked out for all.
    """
    if settings.confidence and by == "people" and network.n > assumptions.ALL_PAIRS:
        limit = int(assumptions.ALL_PAIRS)
        raise UsageError("reach.no_intervals", parameter="confidence", limit=limit)
    circle, notes = circle_sizes(network)
    unseen = unseen_people(network, circle)
    candidates = np.flatnonzero(~network.is_firm)
    expected = costs.ranked_by_reach(network, telling.worth(network))
    if network.n > assumptions.ALL_PAIRS:
        costs.begin(settings.progress, "progress.reach", expected)
        columns, remarks = _large(network, candidates, unseen, telling, circles, by)
        settings.progress.finish()
    else:
        costs.begin(settings.progress, "progress.reach", expected, len(candidates))
        columns, exact = _worked_out(
            network, candidates, unseen, telling, circles, settings.progress
        )
        settings.progress.finish()
        remarks = _sampling_notes(network, exact, telling)
    if not settings.confidence:
        return ranked(columns, by).with_notes(*network.notes, *notes, *remarks)
    columns[by] = columns[by].astype(np.float64)
    drawn = drawn_values(
        network,
        lambda each: _values(each, candidates, unseen, telling, circles, by),
        settings,
    )
    result = with_rank_intervals(columns, by, drawn[:, candidates], mirrored=True)
    return result.with_notes(*network.notes, *notes, *remarks, *confidence_notes(result))


def within_hops(network: Network, hops: int, seed: int = 0) -> Result:
    """Return every stakeholder but the firm, ranked by how many others word reaches in some hops.

    Parameters
    ----------
    network : Network
        Ties along which word of mouth travels.
    hops : int
        How far, from 1.
    seed : int
        Seed of the sketches of large networks.

    Returns
    -------
    Result
        `rank, id, name, market, hop, reached, reached_std_error`; `hop` is the limit.
    """
    check_range(hops, "hops", low=1)
    candidates = np.flatnonzero(~network.is_firm)
    counts = reach_counts(network, hops, seed)
    columns = _labelled(network, candidates, np.full(len(candidates), hops)) | {
        "reached": np.rint(counts.reached[candidates]).astype(np.int64),
        "reached_std_error": counts.error[candidates],
    }
    notes = (Note("reach.sketched"),) if counts.error.any() else ()
    return ranked(columns, "reached").with_notes(*network.notes, *notes)


def _values(
    network: Network,
    sources: Ints,
    unseen: Floats,
    telling: Telling,
    circles: Circles,
    by: str,
) -> Floats:
    """Return the figure to rank by for every node; NaN for nodes that are not sources."""
    values = np.full(network.n, np.nan)
    if by == "reached":
        values[sources] = reach_counts(network, seed=telling.seed).reached[sources]
    elif network.n > assumptions.ALL_PAIRS:
        values[sources] = expected_reach(network, telling.rate, telling.seed).expected[sources]
    else:
        fewer = replace(telling, cascades=int(assumptions.CONFIDENCE_CASCADES))
        values[sources] = _worked_out(network, sources, unseen, fewer, circles)[0][by]
    return values


def _worked_out(
    network: Network,
    sources: Ints,
    unseen: Floats,
    telling: Telling,
    circles: Circles,
    progress: Progress = SILENT,
) -> tuple[Columns, npt.NDArray[np.bool_]]:
    """Return the columns of sources, and which expected figures are exact."""
    parts, exact = [], []
    for first in range(0, max(1, len(sources)), _ROWS):
        batch = sources[first : first + _ROWS]
        heard = hearing(network, batch, telling)
        people = people_hearing(network, heard.probability, heard.hops, unseen, circles)
        farthest = heard.hops.max(axis=1, initial=0)
        error = heard.error[np.arange(len(batch)), farthest]
        sample = np.array([heard.draws, heard.batches])
        figures = _figures(heard.hops, heard.probability, error, ~heard.exact, sample)
        parts.append(_labelled(network, batch, farthest) | figures | _told(people))
        exact.append(heard.exact)
        progress.advance(len(batch))
    return _joined(parts), np.concatenate(exact)


def _large(
    network: Network,
    sources: Ints,
    unseen: Floats,
    telling: Telling,
    circles: Circles,
    by: str,
) -> tuple[Columns, tuple[Note, ...]]:
    """Return the columns where hearing can't be worked out for every pair, and notes."""
    counts = reach_counts(network, seed=telling.seed)
    expected = expected_reach(network, telling.rate, telling.seed, counts)
    columns = _labelled(network, sources, counts.hop[sources]) | {
        "reached": np.rint(counts.reached[sources]).astype(np.int64),
        "reached_std_error": counts.error[sources],
        "expected": expected.expected[sources],
        "expected_low": expected.low[sources],
        "expected_high": expected.high[sources],
    }
    people: Columns = {name: np.full(len(sources), np.nan) for name in PEOPLE}
    order = np.argsort(-columns["reached" if by == "reached" else "expected"], kind="stable")
    chosen = order[: int(assumptions.DETAILED)]
    worked_out, _ = _worked_out(network, sources[chosen], unseen, telling, circles)
    for name in PEOPLE:
        people[name][chosen] = worked_out[name]
    columns |= people
    limit = int(assumptions.ALL_PAIRS)
    notes = [Note("reach.people_of_first", limit=limit, first=len(chosen))]
    if sampled := int(expected.sampled[sources].sum()):
        sets, seed = expected.sets, telling.seed
        notes.append(Note("reach.reverse_cascades", sampled=sampled, sets=sets, seed=seed))
    if counts.error.any():
        notes.append(Note("reach.sketched"))
    return {name: columns[name] for name in COLUMNS}, tuple(notes)


def _labelled(network: Network, sources: Ints, hop: npt.NDArray[Any]) -> Columns:
    return {
        "id": network.ids[sources],
        "name": network.names[sources],
        "market": network.markets[sources],
        "hop": hop.astype(np.int64),
    }


def _figures(
    hops: npt.NDArray[Any],
    chances: Floats,
    error: Floats,
    drawn: npt.NDArray[Any],
    sample: Ints,
) -> Columns:
    reached = (hops > 0).sum(axis=1).astype(np.int64)
    expected = chances.sum(axis=1)
    low, high = expected.copy(), expected.copy()
    if drawn.any():
        low[drawn], high[drawn] = mean_interval(
            expected[drawn],
            error[drawn],
            sample[0, drawn],
            sample[1, drawn],
            1.0,
            reached[drawn] + 1.0,
        )
    return {
        "reached": reached,
        "reached_std_error": np.zeros(len(reached)),
        "expected": expected,
        "expected_low": low,
        "expected_high": high,
    }


def _told(people: People) -> Columns:
    return dict(zip(PEOPLE, people, strict=True))


def _joined(parts: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in COLUMNS}


def _sampling_notes(
    network: Network, exact: npt.NDArray[np.bool_], telling: Telling
) -> tuple[Note, ...]:
    sampled = int((~exact).sum())
    if not sampled:
        return ()
    seed = telling.seed
    if telling.stops_early(network):
        return (Note("reach.cascades_to_error", sampled=sampled, error=telling.error, seed=seed),)
    return (Note("reach.cascades", sampled=sampled, cascades=telling.draws, seed=seed),)
