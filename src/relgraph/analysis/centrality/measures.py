"""Centrality: every measure that says how much a stakeholder's place in the network matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis import costs
from relgraph.analysis.centrality import degree, embeddedness, nearness, prestige
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
    asked = listed(asked, "measures")
    names = measure_names(asked)
    values, notes = {}, []
    expected = sum(MEASURES[name].seconds(network) for name in names)
    costs.begin(progress, "progress.measuring", expected, len(names))
    for name in names:
        try:
            values[name] = MEASURES[name].function(network)
        except MeasureError as error:
            if name in asked:
                raise
            values[name] = np.full(network.n, np.nan)
            notes.append(Note("measure.left_empty", reason=error.message))
        progress.advance()
    progress.finish()
    for projection in filter(None, dict.fromkeys(MEASURES[name].projection for name in names)):
        notes += projection(network).notes[len(network.notes) :]
    return values, notes


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
) -> Result:
    """Return the nodes ranked by the first of the measures, with a column for each.

    Parameters
    ----------
    measures : str or iterable of str
        One or several of `MEASURES`, or `all`. Under `all` a measure without an answer on this
        network is a column of missing values with a note; a measure that is named raises.
    settings : RankingSettings
        With `confidence` the interval of each rank is added (see `ranking.uncertainty`).

    Returns
    -------
    Result
        `rank, id, name, market` and the measures; with `confidence` also `rank_low`,
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
    values, notes = measure_values(network, measures, settings.progress)
    columns = network.nodes.labels() | values
    by = next(iter(values))
    if not settings.confidence:
        return ranked(columns, by).with_notes(*network.notes, *notes)
    columns[by] = columns[by].astype(np.float64)
    drawn = drawn_values(network, MEASURES[by], settings)
    result = with_rank_intervals(columns, by, drawn, mirrored=True)
    return result.with_notes(*network.notes, *notes, *confidence_notes(result))
