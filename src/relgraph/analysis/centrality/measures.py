"""Centrality: every measure that says how much a stakeholder's place in the network matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis import costs
from relgraph.analysis.centrality import degree, embeddedness, nearness, prestige
from relgraph.analysis.centrality.accuracy import Accuracy, is_large
from relgraph.analysis.centrality.registry import REGISTERED
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.ranking.uncertainty import confidence_notes, drawn_values
from relgraph.arguments import listed
from relgraph.errors import MeasureError, UsageError, check_choice
from relgraph.messages import Note
from relgraph.network import Floats, Network
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

ALL = "all"
DEFAULT = "pagerank"
MEASURES = {
    each.name: each
    for module in (degree, nearness, prestige, embeddedness)
    for each in REGISTERED
    if each.function.__module__ == module.__name__
}
# Up to this many stakeholders every measure is computed, unless some are named.
MANY = 5_000
USUAL_ACCURACY = Accuracy()


def measure_names(asked: Iterable[str]) -> tuple[str, ...]:
    """Return the measures asked for, one or several, each once, with `all` spelt out.

    Raises
    ------
    UsageError
        A name is not a measure, or none is given.

    Examples
    --------
    >>> measure_names(["pagerank", "degree", "pagerank"])
    ('pagerank', 'degree')
    >>> measure_names("pagrank")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    relgraph.errors.UsageError: measures: 'pagrank' is not one of ... (did you mean 'pagerank'?)
    """
    choices = [*MEASURES, ALL]
    names = listed(asked, "measures")
    for name in names:
        check_choice(name, choices, "measures")
    if not names:
        raise UsageError("measures.none", parameter="measures", choices=choices)
    named = dict.fromkeys(name for name in names if name != ALL)
    return tuple(named | dict.fromkeys(MEASURES)) if ALL in names else tuple(named)


def measure_values(
    network: Network, asked: Iterable[str], progress: Progress = SILENT
) -> tuple[dict[str, npt.NDArray[Any]], list[Note]]:
    """Return the values of each measure, and notes on them.

    Under `all` a measure without an answer is NaN with a note; a measure that is named raises.
    """
    found = measured(network, asked, progress)
    return found.values, found.notes


class Measured(NamedTuple):
    """The values of measures, the ends of the intervals of those that are sampled, and notes."""

    values: dict[str, npt.NDArray[Any]]
    intervals: dict[str, Floats]
    notes: list[Note]


def measured(
    network: Network,
    asked: Iterable[str],
    progress: Progress = SILENT,
    accuracy: Accuracy = USUAL_ACCURACY,
) -> Measured:
    """Return each measure as precisely as asked for (see `measure_values`)."""
    asked = listed(asked, "measures")
    names = measure_names(asked)
    found = Measured({}, {}, [])
    wanted = [
        name for name in names if name in asked or not _takes_too_long(network, name, accuracy)
    ]
    expected = sum(MEASURES[name].seconds(network, accuracy) for name in wanted)
    costs.begin(progress, "progress.measuring", expected, len(names))
    for name in names:
        if name in wanted:
            _take(found, network, name, accuracy, named=name in asked)
        else:
            time = costs.about(MEASURES[name].seconds(network))
            found.values[name] = np.full(network.n, np.nan)
            found.notes.append(Note("measure.too_long", measure=name, time=time))
        progress.advance()
    progress.finish()
    if accuracy.error is not None and not found.intervals:
        found.notes.append(Note("measure.none_sampled"))
    for projection in filter(None, dict.fromkeys(MEASURES[name].projection for name in names)):
        found.notes.extend(projection(network).notes[len(network.notes) :])
    return found


def _takes_too_long(network: Network, name: str, accuracy: Accuracy) -> bool:
    """Return whether a measure of all shortest paths can neither wait nor be sampled."""
    each = MEASURES[name]
    slow = each.nanoseconds > 0 and is_large(network) and not accuracy.exact
    return slow and each.sampled is None


def _take(found: Measured, network: Network, name: str, accuracy: Accuracy, *, named: bool) -> None:
    """Add the values of a measure, with their intervals where they are sampled."""
    each = MEASURES[name]
    try:
        estimate = each.estimate(network, accuracy)
        found.values[name] = each(network) if estimate is None else estimate.values
    except MeasureError as error:
        if named:
            raise
        found.values[name] = np.full(network.n, np.nan)
        found.notes.append(Note("measure.left_empty", reason=error.message))
        return
    if estimate is not None:
        found.intervals[f"{name}_low"] = estimate.low
        found.intervals[f"{name}_high"] = estimate.high
        found.notes.append(estimate.note)
        if is_large(network):
            time = costs.about(each.seconds(network))
            found.notes.append(Note("measure.exact", measure=name, time=time))


def measures_shown(network: Network) -> tuple[str, ...]:
    """Return the measures of a map or report: above 5,000 nodes the quick ones."""
    return tuple(name for name, each in MEASURES.items() if each.quick or network.n <= MANY)


def measure_all(
    network: Network, progress: Progress = SILENT
) -> tuple[Mapping[str, Floats], Sequence[Note]]:
    """Return every measure that has an answer, the default first, and notes.

    Above 5,000 nodes only the quick ones are computed.
    """
    few = network.n > MANY
    found, notes = measure_values(network, measures_shown(network) if few else ALL, progress)
    found = {DEFAULT: found[DEFAULT]} | found
    answered = {
        name: values.astype(np.float64)
        for name, values in found.items()
        if not network.n or not np.isnan(values).all()
    }
    return answered, notes


def rank_nodes(
    network: Network,
    measures: Iterable[str] = ("pagerank",),
    settings: RankingSettings = USUAL,
    accuracy: Accuracy = USUAL_ACCURACY,
) -> Result:
    """Return the nodes ranked by the first of the measures, with a column for each.

    Parameters
    ----------
    measures : str or iterable of str
        One or several of `MEASURES`, or `all`. Under `all` a measure without an answer on this
        network is a column of missing values with a note; a measure that is named raises.
    settings : RankingSettings
        With `confidence` the interval of each rank is added (see `ranking.uncertainty`).
    accuracy : Accuracy
        How precise measures over shortest paths have to be; in large networks they are sampled.

    Returns
    -------
    Result
        `rank, id, name, market` and the measures, after each that is sampled the 95 % interval
        of its values, as `betweenness_low, betweenness_high`; with `confidence` also `rank_low`,
        `rank_high` and `stays_ahead` (see `intervals.with_rank_intervals`).

    Raises
    ------
    UsageError
        A name is not a measure.
    MeasureError
        A measure has no answer on this network.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> rows = rank_nodes(from_networkx(nx.Graph(["ab", "bc"])), ["degree", "closeness"])
    >>> next(rows.rows())
    {'rank': 1, 'id': 'b', 'name': 'b', 'market': None, 'degree': 2, 'closeness': 1.0}
    """
    found = measured(network, measures, settings.progress, accuracy)
    columns = network.nodes.labels()
    for name, values in found.values.items():
        ends = (f"{name}_low", f"{name}_high")
        columns |= {name: values} | {
            end: found.intervals[end] for end in ends if end in found.intervals
        }
    by, notes = next(iter(found.values)), found.notes
    if not settings.confidence:
        return ranked(columns, by).with_notes(*network.notes, *notes)
    columns[by] = columns[by].astype(np.float64)
    draws = int(assumptions.CONFIDENCE_DRAWS)
    settings.progress.expect(costs.waiting(draws * MEASURES[by].seconds(network)))
    drawn = drawn_values(network, MEASURES[by], settings)
    result = with_rank_intervals(columns, by, drawn, mirrored=True)
    return result.with_notes(*network.notes, *notes, *confidence_notes(result))
