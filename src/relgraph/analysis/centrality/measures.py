"""Centrality: every measure that says how much a stakeholder's place in the network matters.

Each measure is a function of a `Network` that gives an array aligned with its ids. `MEASURES`
maps the name of the column, which is the name on the command line, to the function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.centrality.degree import degree, in_degree, out_degree, weighted_degree
from relgraph.analysis.centrality.embeddedness import core_number
from relgraph.analysis.centrality.nearness import (
    betweenness_centrality,
    closeness_centrality,
    harmonic_centrality,
)
from relgraph.analysis.centrality.prestige import eigenvector_centrality, katz_centrality, pagerank
from relgraph.analysis.centrality.spectrum import cyclic_projection
from relgraph.analysis.ranking.intervals import with_rank_intervals
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.ranking.uncertainty import confidence_notes, drawn_values
from relgraph.errors import MeasureError, UsageError, check_choice
from relgraph.messages import Note
from relgraph.network import Network
from relgraph.progress import SILENT, Progress
from relgraph.result import Result

ALL = "all"
MEASURES: dict[str, Callable[[Network], npt.NDArray[Any]]] = {
    "degree": degree,
    "in_degree": in_degree,
    "out_degree": out_degree,
    "weighted_degree": weighted_degree,
    "closeness": closeness_centrality,
    "harmonic": harmonic_centrality,
    "betweenness": betweenness_centrality,
    "eigenvector": eigenvector_centrality,
    "katz": katz_centrality,
    "pagerank": pagerank,
    "core": core_number,
}


def measure_names(asked: str | Sequence[str]) -> tuple[str, ...]:
    """Return the measures asked for, one or several, each once, with `all` spelt out.

    Raises
    ------
    UsageError
        A name is no measure, or none is given.

    Examples
    --------
    >>> measure_names(["pagerank", "degree", "pagerank"])
    ('pagerank', 'degree')
    >>> measure_names("pagrank")
    Traceback (most recent call last):
    relgraph.errors.UsageError: measures: 'pagrank' is not one of degree, in_degree, out_degree,
    weighted_degree, closeness, harmonic, betweenness, eigenvector, katz, pagerank, core, all
    (did you mean 'pagerank'?)
    """
    choices = [*MEASURES, ALL]
    names = _listed(asked)
    for name in names:
        check_choice(name, choices, "measures")
    if not names:
        raise UsageError("measures.none", parameter="measures", choices=choices)
    named = dict.fromkeys(name for name in names if name != ALL)
    return tuple(named | dict.fromkeys(MEASURES)) if ALL in names else tuple(named)


def _listed(asked: str | Sequence[str]) -> Sequence[str]:
    return (asked,) if isinstance(asked, str) else asked


def rank_nodes(
    network: Network,
    measures: str | Sequence[str] = ("pagerank",),
    *,
    confidence: bool = False,
    seed: int = 0,
    progress: Progress = SILENT,
) -> Result:
    """Return the nodes ranked by the first of the measures, with a column for each.

    Parameters
    ----------
    network : Network
        What to measure.
    measures : str or sequence of str
        One or several of `MEASURES`, or `all`. Under `all` a measure that has no answer on this
        network is a column of missing values with a note; one asked for by name raises.
    confidence : bool
        Add the interval of each rank when ties are uncertain; see `uncertainty`.
    seed : int
        Of the draws behind it.
    progress : Progress
        Told of each draw.

    Returns
    -------
    Result
        `rank, id, name, market` and the measures; with `confidence` also `rank_low`,
        `rank_high` and `before_next` (see `rank_intervals.with_rank_intervals`).

    Raises
    ------
    UsageError
        A name is no measure.
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
    names = measure_names(measures)
    columns: dict[str, npt.NDArray[Any]] = {
        "id": network.ids,
        "name": network.names,
        "market": network.markets,
    }
    notes = [*network.notes]
    for name in names:
        try:
            columns[name] = MEASURES[name](network)
        except MeasureError as error:
            if name in _listed(measures):
                raise
            columns[name] = np.full(network.n, np.nan)
            notes.append(Note("measure.left_empty", reason=error.message))
    if {"eigenvector", "katz"} & set(names):
        notes += cyclic_projection(network).notes[len(network.notes) :]
    if not confidence:
        return ranked(columns, by=names[0]).with_notes(*notes)
    columns[names[0]] = columns[names[0]].astype(np.float64)
    drawn = drawn_values(network, MEASURES[names[0]], seed, progress)
    result = with_rank_intervals(columns, names[0], drawn)
    return result.with_notes(*notes, *confidence_notes(result))
