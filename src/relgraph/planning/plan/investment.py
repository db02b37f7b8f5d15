"""Investments: what one package of a plan, and what all of them, change, cost and bring."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Investment:
    """One package of actions for one account, with what it changes, costs and brings in a year.

    Figures are those at the central assumptions; `net_expected` is the mean over the draws,
    `top_ten` the share of draws in which the account is chosen. NaN where something is unknown.
    """

    id: str
    name: str
    market: str
    action: str
    owner: str | None
    newcomer: str | None
    at_stake: float
    p_leave: float
    p_after: float
    strength: float
    strength_after: float
    level: float
    to_level: float
    keep: float
    chain: float
    refer: float
    fragility: float
    gain: float
    contacts: int
    cost: float
    net: float
    net_expected: float
    net_low: float
    net_high: float
    top_ten: float
    rank_low: float
    rank_high: float
    loss: float


@dataclass(frozen=True)
class Total:
    """What all investments together bring in a year beyond their cost."""

    net: float
    net_expected: float
    net_low: float
    net_high: float
    cost: float
    contacts: int
