"""Stakeholders by centrality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from relgraph.analysis.centrality import measures as centrality
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
    **changes: Unpack[Changes],
) -> Result:
    """Return stakeholders ranked by the first of the measures, with a column for each.

    Parameters
    ----------
    measures : str or iterable of str
        Names of `relgraph.analysis.centrality.measures.MEASURES`, or `all`.
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.

    Returns
    -------
    Result
        `rank, id, name, market` and the measures; with `confidence` the interval of each rank,
        `rank_low, rank_high, stays_ahead`.

    Raises
    ------
    MeasureError
        A measure has no answer on this network.
    """
    settings = settle(settings, changes)
    asked = listed(measures, "measures")
    centrality.measure_names(asked)  # a wrong name is told before anything is read
    return centrality.rank_nodes(read_network(store, settings), asked, settings)
