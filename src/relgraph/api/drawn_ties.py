"""The ties that a map draws: each once, with its pair's strength and whether it is at risk."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from relgraph.analysis.partnerships.evidence import Evidence
from relgraph.model import relationship_type
from relgraph.network import Floats, Ints, Network, Texts, Ties
from relgraph.render.sheet import MapTies
from relgraph.result import Result


def ties_between(evidence: Evidence, network: Network) -> tuple[Ints, Ties]:
    """Return the rows and the ties between nodes of the network, each both-ways tie once."""
    moved = _positions(network, evidence.nodes.ids)
    source, target = moved[evidence.ties.source], moved[evidence.ties.target]
    inside = np.flatnonzero((source >= 0) & (target >= 0) & (source != target))
    source, target, kind = source[inside], target[inside], evidence.ties.type[inside]
    codes, kinds = pd.factorize(kind)
    both = np.array([relationship_type(name).both_ways for name in kinds], dtype=bool)[codes]
    turned = both & (source > target)
    ends = {"a": np.where(turned, target, source), "b": np.where(turned, source, target)}
    first = ~pd.DataFrame({**ends, "kind": codes}).duplicated().to_numpy()
    ties = evidence.ties.take(inside[first])
    return inside[first], replace(ties, source=source[first], target=target[first])


def with_pair_figures(
    ties: Ties, level: Floats, bond: Floats, network: Network, partnerships: Result
) -> MapTies:
    """Add each pair's strength, where a tie gives none, and whether the pair is at risk."""
    one, other = (_positions(network, partnerships[name]) for name in ("source", "target"))
    pairs = pd.DataFrame(
        {"strength": partnerships["strength"], "at_risk": partnerships["at_risk"]},
        index=_pair_keys(one, other, network.n),
    ).reindex(_pair_keys(ties.source, ties.target, network.n))
    friendly = ties.sign > 0
    strength = pairs["strength"].to_numpy(dtype=np.float64)
    at_risk = pairs["at_risk"].eq(True).to_numpy(dtype=bool)
    return MapTies(
        ties.source,
        ties.target,
        ties.type,
        np.where(np.isnan(ties.strength) & friendly, strength, ties.strength),
        level,
        bond,
        ties.sign,
        at_risk & friendly,
        np.ones(len(ties), dtype=np.int64),
    )


def _positions(network: Network, ids: Texts) -> Ints:
    """Return where each id is in the network, −1 for who is not."""
    position = network.positions
    return np.fromiter((position.get(i, -1) for i in ids.tolist()), np.int64, count=len(ids))


def _pair_keys(one: Ints, other: Ints, n: int) -> Ints:
    """Return one number per pair, whichever end comes first."""
    return np.minimum(one, other) * n + np.maximum(one, other)
