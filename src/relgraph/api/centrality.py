"""Stakeholders by centrality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from relgraph.analysis.centrality import measures as centrality
from relgraph.analysis.centrality.accuracy import Accuracy
from relgraph.arguments import checked, listed
from relgraph.firm import read_network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store


@checked
def rank_centrality(
    store: Store,
    measures: Iterable[str] = ("pagerank",),
    settings: RankingSettings | None = None,
    *,
    error: float | None = None,
    exact: bool = False,
    **changes: Unpack[Changes],
) -> Result:
    """Return stakeholders ranked by the first of the measures, with a column for each.

    Parameters
    ----------
    measures : str or iterable of str
        Names of `relgraph.analysis.centrality.measures.MEASURES`, or `all`.
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    error : float, optional
        Sample betweenness, closeness and harmonic centrality, so that none is off by more. None
        samples them in large networks only: betweenness to ±0.005, the others from 100 pivots.
    exact : bool
        Never sample.

    Returns
    -------
    Result
        `rank, id, name, market` and the measures; of those that are sampled the 95 % interval,
        `betweenness_low, betweenness_high, closeness_low, closeness_high, harmonic_low,
        harmonic_high`; with `confidence` the interval of each rank, `rank_low, rank_high,
        stays_ahead`.

    Raises
    ------
    MeasureError
        A measure has no answer on this network.
    """
    settings = settle(settings, changes)
    accuracy = Accuracy(error, exact, seed=settings.seed)
    asked = listed(measures, "measures")
    centrality.measure_names(asked)  # a wrong name is told before anything is read
    return centrality.rank_nodes(read_network(store, settings), asked, settings, accuracy)
