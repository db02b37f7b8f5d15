"""Figures of a network as a whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis import costs
from relgraph.analysis.centrality.embeddedness import clustering, core_number
from relgraph.analysis.centrality.measures import MEASURES
from relgraph.analysis.keyplayers.fragmentation import disconnected_pairs, fragmentation
from relgraph.analysis.structure import cohesion
from relgraph.analysis.structure.homophily import homophily_figures
from relgraph.network import Network, text_array
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings

# Up to this many stakeholders, distances between all pairs are worth the time.


def network_figures(
    network: Network,
    permutations: int = int(assumptions.PERMUTATIONS),
    settings: RankingSettings = USUAL,
) -> Result:
    """Return the figures of a network as a whole, some of them against chance.

    Parameters
    ----------
    permutations, settings
        See `homophily.homophily_figures`.

    Returns
    -------
    Result
        `figure, market, value, expected, z, p`. Counts (`stakeholders`, `arcs`, `ties`,
        `isolates`, `components`, `largest_component`, `strong_components`,
        `largest_strong_component`, `articulation_points`, `bridges`, `largest_core`,
        `triangles`), shares (`density`, `reciprocity`, `transitivity`, `mean_clustering`),
        `fragmentation` (NaN above 5,000 stakeholders) and `disconnected_pairs` of the undirected
        network, then `assortativity` and `ei_index` by chance.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> result = network_figures(from_networkx(nx.DiGraph(["ab", "bc"])), permutations=0)
    >>> [row["value"] for row in result.rows() if row["figure"] in ("arcs", "bridges")]
    [2.0, 2.0]
    """
    if network.n <= assumptions.FRAGMENTATION_UP_TO:
        settings.progress.expect(costs.waiting(2 * MEASURES["harmonic"].seconds(network)))
    homophily = homophily_figures(network, permutations, settings)
    values = _figures(network)
    missing = np.full(len(values), np.nan)
    columns: dict[str, npt.NDArray[Any]] = {
        "figure": np.append(text_array(values), homophily["figure"]),
        "market": np.append(text_array([None] * len(values)), homophily["market"]),
        "value": np.append(np.array([*values.values()], dtype=np.float64), homophily["value"]),
        **{name: np.append(missing, homophily[name]) for name in ("expected", "z", "p")},
    }
    return Result(columns, network.notes)


def _figures(network: Network) -> dict[str, float]:
    undirected = network.undirected()
    weak = np.bincount(cohesion.weak_components(network))
    strong = np.bincount(cohesion.strong_components(network))
    cut = cohesion.articulation_points(undirected)
    local = clustering(undirected)
    known = ~np.isnan(local)
    near = network.n <= assumptions.FRAGMENTATION_UP_TO
    return {
        "stakeholders": network.n,
        "arcs": network.m,
        "ties": undirected.m // 2,
        "isolates": int((np.diff(undirected.indptr) == 0).sum()),
        "components": len(weak),
        "largest_component": int(weak.max(initial=0)),
        "strong_components": len(strong),
        "largest_strong_component": int(strong.max(initial=0)),
        "articulation_points": int(cut.articulation.sum()),
        "bridges": len(cohesion.bridges(undirected).kept),
        "largest_core": int(core_number(undirected).max(initial=0)),
        "triangles": int(cohesion.triangles(undirected).sum()) // 3,
        "density": cohesion.density(network),
        "reciprocity": cohesion.reciprocity(network),
        "transitivity": cohesion.transitivity(undirected),
        "mean_clustering": float(local[known].mean()) if known.any() else float("nan"),
        "fragmentation": fragmentation(undirected)[0] if near else float("nan"),
        "disconnected_pairs": disconnected_pairs(undirected),
    }
