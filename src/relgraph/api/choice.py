"""Who is drawn on a map: near a focus, in some markets, or first by a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from relgraph import assumptions
from relgraph.api.sheets import Gathered, choose, left_out
from relgraph.api.stakeholders import find_ids
from relgraph.arguments import check_fields, listed
from relgraph.errors import UnknownStakeholder, check_choice, check_range
from relgraph.messages import Message, Note
from relgraph.model import ALL_MARKETS, FIRM
from relgraph.network import Ints
from relgraph.store import Store


@dataclass(frozen=True)
class Choice:
    """Who is drawn: everyone, unless one of these narrows it down.

    Parameters
    ----------
    focus : str, optional
        Id or name: only stakeholders within `hops` steps.
    hops : int
        Of the focus.
    markets : str or sequence of str
        Only these markets, and the firm.
    top : int, optional
        Only so many, the first by the measure, and the firm.
    """

    focus: str | None = None
    hops: int = int(assumptions.MAP_HOPS)
    markets: Sequence[str] = ()
    top: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "markets", listed(self.markets, "markets"))
        check_fields(self)
        check_range(self.hops, "hops", *assumptions.LIMITS["hops"])
        for market in self.markets:
            check_choice(market, ALL_MARKETS, "markets")
        if self.top is not None:
            check_range(self.top, "top", low=1)


def take_choice(
    store: Store, gathered: Gathered, choice: Choice, measure: str
) -> tuple[Gathered, tuple[Note, ...]]:
    """Return the chosen stakeholders, and notes on those who are not drawn."""
    nodes = gathered.sheet.nodes
    keep = np.ones(len(nodes), dtype=bool)
    notes: list[Note] = []
    firm = nodes.markets == FIRM
    if choice.focus is not None:
        near = _within(gathered, _position(store, gathered, choice.focus), choice.hops)
        far = Message("left_out.far", hops=choice.hops, focus=choice.focus)
        notes += left_out(int((keep & ~near).sum()), far)
        keep &= near
    if choice.markets:
        outside = ~np.isin(nodes.markets.astype(str), choice.markets) & ~firm
        markets = [Message(f"market.{market}") for market in choice.markets]
        why = Message("left_out.market", markets=markets)
        notes += left_out(int((keep & outside).sum()), why)
        keep &= ~outside
    if choice.top is not None:
        values = np.nan_to_num(gathered.sheet.measures[measure], nan=-np.inf)
        order = np.lexsort((np.arange(len(nodes)), -values))
        listed = order[(keep & ~firm)[order]]
        below = Message("left_out.below", top=choice.top, measure=measure)
        notes += left_out(max(0, len(listed) - choice.top), below)
        keep[listed[choice.top :]] = False
    if keep.all():
        return gathered, ()
    whole = gathered.picture
    measured = int(whole.measured.sum())
    notes.append(Note("map.whole", stakeholders=whole.stakeholders, ties=measured))
    return choose(gathered, np.flatnonzero(keep)), tuple(notes)


def _position(store: Store, gathered: Gathered, text: str) -> int:
    (found,) = find_ids(store, text, "focus")
    position = gathered.picture.network.positions.get(found)
    if position is None:
        raise UnknownStakeholder("stakeholder.left_out", parameter="focus", ids=[found])
    return position


def _within(gathered: Gathered, start: int, hops: int) -> Ints:
    """Return the nodes within some steps along any tie."""
    near = np.zeros(len(gathered.sheet.nodes), dtype=bool)
    near[start] = True
    source, target = gathered.picture.ties.source, gathered.picture.ties.target
    for _ in range(hops):
        reached = near.copy()
        reached[target[near[source]]] = True
        reached[source[near[target]]] = True
        if np.array_equal(reached, near):
            break
        near = reached
    return near
