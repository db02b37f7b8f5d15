"""Key players."""

from __future__ import annotations

from datetime import datetime

from relgraph.analysis.keyplayers.rows import keyplayer_rows
from relgraph.analysis.keyplayers.search import Criterion, Goal
from relgraph.api.projection import Strength, fetch_projection
from relgraph.network import Projection
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store


def find_keyplayers(
    store: Store,
    k: int | None = None,
    projection: Projection | None = None,
    *,
    goal: Goal = "fragment",
    criterion: Criterion = "distance",
    directed: bool = False,
    strength: Strength = "given",
    as_of: datetime | None = None,
    confidence: bool = False,
    seed: int = 0,
    progress: Progress = SILENT,
) -> Result:
    """Return the k stakeholders whose loss breaks the network most, or who reach it best.

    Parameters
    ----------
    store : Store
        An open store.
    k : int, optional
        How many; five, or all there are, for None.
    projection : Projection, optional
        What to look at; the default network for None.
    goal : {"fragment", "reach"}
        Break the network, or be near to everyone.
    criterion : {"distance", "F"}
        Which fragmentation to maximise.
    directed : bool
        Follow arcs; ties run both ways otherwise.
    strength : {"given", "index"}
        Which strengths: as given, or the partnership index where there is one.
    as_of : datetime, optional
        For the index: contacts up to then; up to the latest for None.
    confidence : bool
        Add the share of uncertain networks in which each is chosen again.
    seed : int
        Of these draws, and of the sample that distances in a large network are measured from.
    progress : Progress
        Told of the sets searched.

    Returns
    -------
    Result
        See `relgraph.analysis.keyplayers.rows.keyplayer_rows`.

    Raises
    ------
    UsageError
        k does not fit the network.
    """
    network = fetch_projection(store, projection, strength, as_of)
    network = network if directed else network.undirected()
    return keyplayer_rows(
        network,
        k,
        goal,
        criterion=criterion,
        confidence=confidence,
        seed=seed,
        progress=progress,
    )
