"""Key players as rows, with what the network is without them and how far they reach."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis import costs
from relgraph.analysis.keyplayers.fragmentation import fragmentation, sampling_error
from relgraph.analysis.keyplayers.group_reach import group_reach
from relgraph.analysis.keyplayers.search import (
    Criterion,
    Goal,
    KeyPlayers,
    chosen_shares,
    search_keyplayers,
    search_seconds,
)
from relgraph.messages import Note
from relgraph.network import Ints, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings


def keyplayer_rows(
    network: Network,
    k: int | None = None,
    goal: Goal = "fragment",
    *,
    criterion: Criterion = "distance",
    settings: RankingSettings = USUAL,
) -> Result:
    """Return the k key players, the one that matters most first.

    Parameters
    ----------
    network : Network
        Along arcs; take `network.undirected()` for ties.
    k : int, optional
        How many; five, or all there are, for None.
    goal, criterion
        See `search.search_keyplayers`.
    settings : RankingSettings
        With `confidence` the column `chosen` is added, the share of uncertain networks in which
        each is chosen again (see `search.chosen_shares`).

    Returns
    -------
    Result
        `rank, id, name, market, fragmentation, disconnected_pairs, reach`: figures of a row are
        those of the set of it and all rows above. The notes give the figures of the network as
        it is, and whether no set is better.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.network import from_networkx
    >>> result = keyplayer_rows(from_networkx(nx.star_graph(3)), 1)
    >>> [row["id"] for row in result.rows()], str(result.notes[1])
    (['0'], 'exact: none of the 4 sets of 1 is better')
    """
    if k is None:
        k = min(int(assumptions.KEYPLAYERS), int((~network.is_firm).sum()))
        if not k:
            return Result(_columns(network, [], None), (*network.notes, Note("nobody_eligible")))
    settings.progress.expect(costs.waiting(search_seconds(network, k, goal)))
    found = search_keyplayers(network, k, goal, criterion=criterion, settings=settings)
    columns = _columns(network, found.members.tolist(), found.sources)
    if settings.confidence:
        columns["chosen"] = chosen_shares(
            network, found, goal, criterion=criterion, settings=settings
        )
    whole = fragmentation(network, sources=found.sources)
    before = Note("keyplayers.before", distance=whole[0], pairs=whole[1])
    figure = _FIGURES[goal, criterion]
    notes = (*_search_notes(network, found, k), *_bound_notes(found, k, figure))
    return Result(columns, (*network.notes, before, *notes))


_FIGURES = {
    ("fragment", "distance"): "fragmentation",
    ("fragment", "pairs"): "disconnected_pairs",
    ("reach", "distance"): "reach",
    ("reach", "pairs"): "reach",
}


def _columns(
    network: Network, members: list[int], sources: Ints | None
) -> dict[str, npt.NDArray[Any]]:
    firsts = [members[: count + 1] for count in range(len(members))]
    left = [fragmentation(network, first, sources) for first in firsts]
    return {
        "rank": np.arange(1, len(members) + 1),
        "id": network.ids[members],
        "name": network.names[members],
        "market": network.markets[members],
        "fragmentation": np.array([distance for distance, _ in left], np.float64),
        "disconnected_pairs": np.array([pairs for _, pairs in left], np.float64),
        "reach": np.array([group_reach(network, first) for first in firsts], np.float64),
    }


def _search_notes(network: Network, found: KeyPlayers, k: int) -> list[Note]:
    if found.sources is not None:
        error = sampling_error(network, found.members.tolist(), found.sources)
        sources = {"sources": len(found.sources), "all": network.n}
        return [Note("keyplayers.sampled", **sources, error=error)]
    if not found.exact:
        return [Note("keyplayers.greedy", sets=found.sets, k=k)]
    notes = [Note("keyplayers.exact", sets=found.sets, k=k)]
    if found.equal > 1:
        notes.append(Note("keyplayers.equal", others=found.equal - 1, k=k))
    return notes


def _bound_notes(found: KeyPlayers, k: int, figure: str) -> list[Note]:
    """Return a note on how good any other set can be, where not all were tried."""
    if found.bound is None:
        return []
    key = "keyplayers.bound" if found.sources is None else "keyplayers.bound_sampled"
    return [Note(key, k=k, figure=figure, bound=found.bound)]
