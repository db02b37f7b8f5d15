"""Reasons: why an account is likelier to leave than others of its market, as plain multipliers.

They are the four factors of the hazard, each against an account that has the mean strength and
the mean satisfaction of its market, steady contacts, and somebody who looks after it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from relgraph import assumptions
from relgraph.messages import Message
from relgraph.network import Floats, Ints, Texts, text_array
from relgraph.planning.worth import Worth

REASONS = ("cooling", "unhappy", "unowned", "weak_tie")
TOLD = 1.05  # the least factor that is a reason
MOST = 2  # reasons that a row tells


def reason_factors(worth: Worth) -> Mapping[str, Floats]:
    """Return by which factor each reason multiplies the hazard of each account, shape (n,).

    Parameters
    ----------
    worth : Worth
        At the central assumptions.

    Returns
    -------
    mapping of str to ndarray of float64
        By the names in `REASONS`; 1 for none, NaN for an account whose `retention` is given.
    """
    basis, assumed = worth.basis, worth.worlds.assumed
    satisfaction, strength = worth.worlds.satisfaction[0], worth.strongest[0]
    usual_satisfaction, usual_strength = (
        _market_means(values, basis.market) for values in (satisfaction, strength)
    )
    gap, usual_gap = (
        np.maximum(1 - each, assumptions.WEAKEST_HAZARD) for each in (strength, usual_strength)
    )
    weight = {name: float(values[0, 0]) for name, values in assumed.items()}
    found = {
        "cooling": np.exp(-weight["trend_hazard"] * basis.trend),
        "unhappy": np.exp(-weight["satisfaction_hazard"] * (satisfaction - usual_satisfaction)),
        "unowned": np.where(basis.looked_after > 0, 1.0, weight["unowned_hazard"]),
        "weak_tie": (gap / usual_gap) ** weight["strength_hazard"],
    }
    given = ~np.isnan(basis.retention)
    return {name: np.where(given, np.nan, found[name]) for name in REASONS}


def told_reasons(worth: Worth, places: Ints) -> Texts:
    """Return the strongest reasons of some accounts as messages, two at most, None for none."""
    factors = reason_factors(worth)
    told = []
    for place in places.tolist():
        found = {name: float(each[place]) for name, each in factors.items()}
        first = sorted((-factor, name) for name, factor in found.items() if factor >= TOLD)[:MOST]
        named = tuple(
            Message("reason.times", reason=Message(f"reason.{name}"), factor=-factor)
            for factor, name in first
        )
        told.append(Message("reasons", named=named) if named else None)
    return text_array(told)


def _market_means(values: Floats, market: Ints) -> Floats:
    """Return for each account the mean of its market."""
    count = np.maximum(np.bincount(market), 1)
    return np.asarray((np.bincount(market, values) / count)[market])
