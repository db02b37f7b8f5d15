"""Communities."""

from __future__ import annotations

from datetime import datetime

from relgraph.analysis.communities.rows import community_rows
from relgraph.api.projection import Strength, fetch_projection
from relgraph.network import Projection
from relgraph.result import Result
from relgraph.store import Store


def find_communities(
    store: Store,
    projection: Projection | None = None,
    *,
    strength: Strength = "given",
    as_of: datetime | None = None,
    seed: int = 0,
) -> Result:
    """Return every stakeholder with its community, components, core, triangles and E-I index.

    Parameters
    ----------
    store : Store
        An open store.
    projection : Projection, optional
        What to look at; the default network for None.
    strength : {"given", "index"}
        Which strengths: as given, or the partnership index where there is one.
    as_of : datetime, optional
        For the index: contacts up to then; up to the latest for None.
    seed : int
        The same seed gives the same communities.

    Returns
    -------
    Result
        See `relgraph.analysis.communities.rows.community_rows`.
    """
    return community_rows(fetch_projection(store, projection, strength, as_of), seed)
