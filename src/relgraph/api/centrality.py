"""Stakeholders by centrality."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from relgraph.analysis.centrality import measures as centrality
from relgraph.api.projection import Strength, fetch_projection
from relgraph.network import Projection
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store


def rank_centrality(
    store: Store,
    measures: str | Sequence[str] = ("pagerank",),
    projection: Projection | None = None,
    *,
    strength: Strength = "given",
    as_of: datetime | None = None,
    confidence: bool = False,
    seed: int = 0,
    progress: Progress = SILENT,
) -> Result:
    """Return stakeholders ranked by the first of the measures, with a column for each.

    Parameters
    ----------
    store : Store
        An open store.
    measures : str or sequence of str
        One or several of `relgraph.analysis.centrality.measures.MEASURES`, or `all`.
    projection : Projection, optional
        What to measure; the default network for None.
    strength : {"given", "index"}
        Which strengths: as given, or the partnership index where there is one.
    as_of : datetime, optional
        For the index: contacts up to then; up to the latest for None.
    confidence : bool
        Add the interval of each rank when ties are uncertain.
    seed : int
        Of the draws behind it.
    progress : Progress
        Told of each draw.

    Returns
    -------
    Result
        `rank, id, name, market` and the measures.

    Raises
    ------
    UsageError
        A name is no measure.
    MeasureError
        A measure has no answer on this network.
    """
    centrality.measure_names(measures)  # so that a wrong name is told before anything is read
    network = fetch_projection(store, projection, strength, as_of)
    return centrality.rank_nodes(
        network, measures, confidence=confidence, seed=seed, progress=progress
    )
