"""The network as a whole."""

from __future__ import annotations

from datetime import datetime

from relgraph import assumptions
from relgraph.analysis.network_figures import network_figures
from relgraph.api.projection import Strength, fetch_projection
from relgraph.network import Projection
from relgraph.progress import SILENT, Progress
from relgraph.result import Result
from relgraph.store import Store


def describe_network(
    store: Store,
    projection: Projection | None = None,
    *,
    strength: Strength = "given",
    as_of: datetime | None = None,
    permutations: int = int(assumptions.PERMUTATIONS),
    seed: int = 0,
    progress: Progress = SILENT,
) -> Result:
    """Return the figures of a network as a whole, homophily against chance.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to describe; the default network for None.
    strength : {"given", "index"}
        Which strengths: as given, or the partnership index where there is one.
    as_of : datetime, optional
        For the index: contacts up to then; up to the latest for None.
    permutations : int
        How often markets are permuted over the stakeholders.
    seed : int
        The same seed gives the same permutations.
    progress : Progress
        Told of each permutation.

    Returns
    -------
    Result
        See `relgraph.analysis.network_figures.network_figures`.
    """
    network = fetch_projection(store, projection, strength, as_of)
    return network_figures(network, permutations, seed, progress)
