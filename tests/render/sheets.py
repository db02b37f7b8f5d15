"""Sheets made for tests: small ones by hand, larger ones by a seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from relgraph.model import FIRM, MARKETS
from relgraph.network import Nodes, Ties, text_array
from relgraph.render.sheet import MapTies, Sheet

Tie = tuple[int, int, str]


def make_ties(ties: Sequence[Tie], **columns: Any) -> MapTies:
    """Return ties between positions; strength 0.5, level 3 and bond 1 unless given."""
    count = len(ties)
    usual: dict[str, Any] = {
        "strength": 0.5,
        "level": 3.0,
        "bond": 1.0,
        "sign": 1,
        "measured": True,
        "at_risk": False,
        "count": 1,
    }
    filled = {
        name: np.broadcast_to(np.asarray(columns.get(name, value)), count).copy()
        for name, value in usual.items()
    }
    strength = filled["strength"].astype(np.float64)
    stored = Ties(
        np.array([source for source, _, _ in ties], dtype=np.int64),
        np.array([target for _, target, _ in ties], dtype=np.int64),
        text_array(kind for _, _, kind in ties),
        strength,
        filled["sign"].astype(np.int8),
    )
    return MapTies(
        stored.source,
        stored.target,
        stored.type,
        strength,
        filled["level"].astype(np.float64),
        filled["bond"].astype(np.float64),
        filled["sign"].astype(np.int8),
        filled["measured"].astype(bool),
        stored.both_ways,
        stored.where(lambda kind: kind.word_of_mouth) & filled["measured"].astype(bool),
        filled["at_risk"].astype(bool),
        filled["count"].astype(np.int64),
    )


def make_sheet(
    markets: Sequence[str],
    ties: Sequence[Tie] = (),
    *,
    names: Sequence[str] | None = None,
    attributes: dict[str, Any] | None = None,
    people: Sequence[Sequence[float]] | None = None,
    choices: Sequence[str] = (),
    **columns: Any,
) -> Sheet:
    """Return a sheet whose ids are s0, s1 … and whose two measures are degree and its square.

    `choices` are attributes that size and colour can show too; the size shows the first.
    """
    count = len(markets)
    drawn = make_ties(ties, **columns)
    degree = np.bincount(np.concatenate([drawn.source, drawn.target]), minlength=count)
    return Sheet(
        Nodes(
            text_array(f"s{place}" for place in range(count)),
            text_array(names or [f"Name {place}" for place in range(count)]),
            text_array(markets),
            {name: np.asarray(values) for name, values in (attributes or {}).items()},
        ),
        drawn,
        {name: np.asarray((attributes or {})[name], np.float64) for name in choices}
        | {"degree": degree.astype(np.float64), "pagerank": degree.astype(np.float64) ** 2},
        np.zeros(count, dtype=np.int64),
        tuple(tuple(hops) for hops in people or [()] * count),
    )


def random_sheet(count: int, seed: int = 0) -> Sheet:
    """Return a sheet of a firm and others, hubs among them, with about 2.5 ties each."""
    rng = np.random.default_rng(seed)
    markets = [FIRM, *rng.choice(MARKETS, count - 1, p=[0.35, 0.2, 0.13, 0.09, 0.1, 0.13])]
    pull = rng.pareto(1.6, count) + 0.2
    pull[0] = pull.sum() * 0.08
    ends = rng.choice(count, (int(2.5 * count), 2), p=pull / pull.sum())
    ends = ends[ends[:, 0] != ends[:, 1]]
    kinds = rng.choice(["REFERS", "KNOWS", "BUYS_FROM", "SUPPLIES"], len(ends))
    ties = [(int(a), int(b), str(kind)) for (a, b), kind in zip(ends, kinds, strict=True)]
    return make_sheet(
        markets,
        ties,
        strength=rng.beta(2, 2.5, len(ties)) * 0.95 + 0.05,
        level=rng.integers(1, 6, len(ties)),
        at_risk=rng.random(len(ties)) < 0.1,
    )
