"""Communities as rows: who is in which, and how each stakeholder sits among its neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.centrality.embeddedness import clustering, core_number
from relgraph.analysis.communities.leiden import leiden_communities
from relgraph.analysis.structure.cohesion import (
    strong_components,
    triangles,
    weak_components,
)
from relgraph.analysis.structure.homophily import ei_index
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Network
from relgraph.result import Result


def community_rows(network: Network, seed: int = 0) -> Result:
    """Return every node with its community and its cohesion, the largest community first.

    Parameters
    ----------
    network : Network
        Ties count by strength, in both directions.
    seed : int
        Of the order in which nodes are visited.

    Returns
    -------
    Result
        `community, size, id, name, market, component, strong_component, core, triangles,
        clustering, ei_index`, ordered by community, then id; communities and components are
        numbered from 1, the largest first. A note gives the modularity.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> result = community_rows(from_networkx(nx.barbell_graph(4, 0)))
    >>> result["community"].tolist(), str(result.notes[0])
    ([1, 1, 1, 1, 2, 2, 2, 2], '2 communities, modularity 0.4231')
    """
    community = leiden_communities(network, seed)
    size = np.bincount(community, minlength=1)[community]
    columns: dict[str, npt.NDArray[Any]] = {
        "community": community + 1,
        "size": size,
        "id": network.ids,
        "name": network.names,
        "market": network.markets,
        "component": weak_components(network) + 1,
        "strong_component": strong_components(network) + 1,
        "core": core_number(network),
        "triangles": triangles(network),
        "clustering": clustering(network),
        "ei_index": ei_index(network),
    }
    order = np.lexsort((network.ids.astype(str), community))
    count = int(community.max()) + 1 if network.n else 0
    note = Note("communities.count", count=count)
    if network.m:
        quality = modularity(network, community)
        note = Note("communities.modularity", count=count, modularity=quality)
    rows = {name: values[order] for name, values in columns.items()}
    return Result(rows, (*network.notes, note))


def modularity(network: Network, community: Ints) -> float:
    """Return the modularity of communities: strength inside them beyond what chance gives.

    Q = Σ_c (w_c/w − (s_c/2w)²) with w the strength of all ties, w_c of those inside community c
    and s_c the weighted degrees in it. Arcs count in both directions, as for the communities.

    Parameters
    ----------
    network : Network
        By strength.
    community : ndarray of int64, shape (n,)
        Community of each node.

    Returns
    -------
    float
        In [−1/2, 1); NaN without ties.

    References
    ----------
    Newman and Girvan 2004, doi 10.1103/PhysRevE.69.026113.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> network = from_networkx(nx.barbell_graph(4, 0))
    >>> round(modularity(network, np.array([0, 0, 0, 0, 1, 1, 1, 1])), 4)
    0.4231
    """
    strength: Floats = network.strength
    total = float(strength.sum())
    if not total:
        return float("nan")
    one, other = community[network.sources], community[network.indices]
    inside = float(strength[one == other].sum())
    ends = np.bincount(np.append(one, other), np.tile(strength, 2))
    quality = inside / total - float(((ends / (2 * total)) ** 2).sum())
    return round(quality, 12) + 0.0  # what is left where both sides are equal is no figure
