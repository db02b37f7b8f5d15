"""Key players: the set that breaks the network most, or reaches it best."""

from __future__ import annotations

from typing import Unpack

from relgraph.analysis.keyplayers.rows import keyplayer_rows
from relgraph.analysis.keyplayers.search import Criterion, Goal
from relgraph.arguments import checked
from relgraph.firm import read_network
from relgraph.result import Result
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store


@checked
def find_keyplayers(
    store: Store,
    k: int | None = None,
    settings: RankingSettings | None = None,
    *,
    goal: Goal = "fragment",
    criterion: Criterion = "distance",
    directed: bool = False,
    **changes: Unpack[Changes],
) -> Result:
    """Return the k stakeholders whose loss breaks the network most, or who reach it best.

    Its columns are those of `relgraph.analysis.keyplayers.rows.keyplayer_rows`.

    Parameters
    ----------
    k : int, optional
        How many; five, or all there are, for None.
    settings, **changes
        Settings of the ranking (`relgraph.RankingSettings`), all together or single ones by name.
    goal : {"fragment", "reach"}
        Break the network, or be near to everyone.
    criterion : {"distance", "pairs"}
        Which fragmentation to maximise: by distances, or by disconnected pairs (F).
    directed : bool
        Follow arcs; ties run both ways otherwise.

    Returns
    -------
    Result
        `rank, id, name, market, fragmentation, disconnected_pairs, reach`; with `confidence` also
        `chosen`.
    """
    settings = settle(settings, changes)
    network = read_network(store, settings)
    network = network if directed else network.undirected()
    return keyplayer_rows(network, k, goal, criterion=criterion, settings=settings)
