"""Figures of the network as a whole."""

from __future__ import annotations

from typing import Unpack

from relgraph import assumptions
from relgraph.analysis.network_figures import network_figures
from relgraph.arguments import checked
from relgraph.firm import read_network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store


@checked
def describe_network(
    store: Store,
    settings: RankingSettings | None = None,
    *,
    permutations: int = int(assumptions.PERMUTATIONS),
    **changes: Unpack[Changes],
) -> Result:
    """Return the figures of a network as a whole, homophily against chance.

    Its columns are those of `relgraph.analysis.network_figures.network_figures`.

    Parameters
    ----------
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    permutations : int
        How often markets are permuted over the stakeholders.

    Returns
    -------
    Result
        `figure, market, value, expected, z, p`, a row for each figure.
    """
    settings = settle(settings, changes)
    return network_figures(read_network(store, settings), permutations, settings)
