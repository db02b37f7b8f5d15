"""Communities, and how each stakeholder sits in them."""

from __future__ import annotations

from typing import Unpack

from relgraph.analysis import costs
from relgraph.analysis.communities.leiden import effort
from relgraph.analysis.communities.rows import community_rows
from relgraph.arguments import checked
from relgraph.firm import read_network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store


@checked
def find_communities(
    store: Store, settings: RankingSettings | None = None, **changes: Unpack[Changes]
) -> Result:
    """Return every stakeholder with its community, components, core, triangles and E-I index.

    Its columns are those of `relgraph.analysis.communities.rows.community_rows`.

    Parameters
    ----------
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.

    Returns
    -------
    Result
        `community, size, id, name, market, component, strong_component, core, triangles,
        clustering, ei_index`.
    """
    settings = settle(settings, changes)
    network = read_network(store, settings)
    settings.progress.expect(costs.waiting(costs.communities(network, *effort(network))))
    return community_rows(network, settings.seed)
