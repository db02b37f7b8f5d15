"""How a measure moves when ties are uncertain: noise in strengths, ties too many and too few.

A network of relationships is observed: some of its ties do not exist, others are missing, and
strengths are judgements. Each draw therefore changes all three a little, and the
measure is taken again; `intervals` shows what that does to the ranks.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.errors import MeasureError
from relgraph.messages import Note
from relgraph.network import Arcs, Floats, Network
from relgraph.result import Result
from relgraph.settings import USUAL, RankingSettings


def drawn_values(
    network: Network,
    measure: Callable[[Network], npt.NDArray[Any]],
    settings: RankingSettings = USUAL,
) -> Floats:
    """Return a measure of each node in networks that might be the true one.

    Parameters
    ----------
    network : Network
        As observed.
    measure : callable
        Gives an array aligned with the network's ids.
    settings : RankingSettings
        Its seed draws, its progress reports each draw.

    Returns
    -------
    ndarray of float64, shape (draws, n)
        A draw on which the measure has no answer is a row of NaN.

    Examples
    --------
    >>> import networkx as nx
    >>> from relgraph.analysis.centrality.degree import degree
    >>> from relgraph.network import from_networkx
    >>> drawn_values(from_networkx(nx.star_graph(9)), degree).shape
    (200, 10)
    """
    draws = int(assumptions.CONFIDENCE_DRAWS)
    rng = np.random.default_rng(settings.seed)
    values = np.full((draws, network.n), np.nan)
    settings.progress.start("progress.drawing_networks", total=draws)
    for draw in range(draws):
        with suppress(MeasureError):
            values[draw] = measure(perturbed(network, rng))
        settings.progress.advance()
    settings.progress.finish()
    return values


def confidence_notes(result: Result) -> list[Note]:
    """Return a note on how sure the first place of a ranking with intervals is.

    Examples
    --------
    >>> rows = {"id": np.array(["a", "b"]), "stays_ahead": np.array([0.93, np.nan])}
    >>> list(map(str, confidence_notes(Result(rows))))
    ['a ranks ahead of b in 93 % of 200 draws']
    """
    if len(result) < 2 or np.isnan(result["stays_ahead"][0]):
        return []
    first, second = result["id"][:2]
    percent = float(100 * result["stays_ahead"][0])
    draws = int(assumptions.CONFIDENCE_DRAWS)
    return [Note("confidence.first", first=first, second=second, percent=percent, draws=draws)]


def perturbed(network: Network, rng: np.random.Generator) -> Network:
    """Return a network that might be the true one behind an observed one.

    Each tie is left out with a small chance; as many are added on average, each between the tail
    of one observed arc and the head of another, so that unseen ties fall where observed ones
    are many; a strength s becomes s to the power of e^(σz) with normal z, which keeps it in
    (0, 1] and leaves a strength of 1 alone. Both directions of a pair move together.
    """
    share, noise = assumptions.TIES_UNSEEN, assumptions.STRENGTH_NOISE
    n = network.n
    tails, heads = network.sources.astype(np.int64), network.indices.astype(np.int64)
    _, pair = np.unique(
        np.minimum(tails, heads) * n + np.maximum(tails, heads), return_inverse=True
    )
    pairs = int(pair.max()) + 1 if len(pair) else 0
    kept = (rng.random(pairs) >= share)[pair]
    power = np.exp(noise * rng.standard_normal(pairs))[pair]
    tail_of, head_of, like = rng.integers(0, max(network.m, 1), (3, rng.binomial(pairs, share)))
    new_tails, new_heads, new_strength = tails[tail_of], heads[head_of], network.strength[like]
    if not network.directed:
        new_tails, new_heads = np.append(new_tails, new_heads), np.append(new_heads, new_tails)
        new_strength = np.tile(new_strength, 2)
    real = new_tails != new_heads
    all_tails = np.append(tails[kept], new_tails[real])
    arcs = Arcs.merged(
        n,
        all_tails,
        np.append(heads[kept], new_heads[real]),
        np.append((network.strength**power)[kept], new_strength[real]),
        np.ones(len(all_tails), dtype=np.int8),
        np.zeros(len(all_tails), dtype=bool),
    )
    both_ways = arcs.strength * _mutual_share(network, arcs)
    return replace(network, **arcs._asdict() | {"both_ways": both_ways}, notes=())


def _mutual_share(network: Network, arcs: Arcs) -> Floats:
    """Return the share of each arc's strength that both-ways ties had in the network, else 0."""
    if not network.directed:
        return np.ones(len(arcs.indices))
    if not network.m:
        return np.zeros(len(arcs.indices))
    n = network.n
    observed = network.sources.astype(np.int64) * n + network.indices
    drawn = np.repeat(np.arange(n), np.diff(arcs.indptr)) * n + arcs.indices
    place = np.minimum(np.searchsorted(observed, drawn), network.m - 1)
    share = (network.both_ways / network.strength)[place]
    return np.where(observed[place] == drawn, share, 0.0)
