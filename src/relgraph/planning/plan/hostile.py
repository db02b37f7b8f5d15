"""Hostile accounts: what their word could cost, since no plan can price winning them over."""

from __future__ import annotations

from relgraph.planning.basis import Basis
from relgraph.planning.plan.gains import leaving, positive_stake
from relgraph.planning.word import word_from
from relgraph.planning.worth import Worth

SHOWN = 5


def hostile_costs(basis: Basis, worth: Worth) -> list[tuple[int, float]]:
    """Return the hostile accounts that could cost most, each with how much.

    That is what is at stake with them, and what is expected to be lost of buyers who hear from
    them if their word counts like the example of one who leaves.
    """
    hostile = basis.accounts.hostile
    word = word_from(basis.accounts, hostile)
    stake = positive_stake(worth)[0]
    exposed = stake * leaving(worth.hazard)[0] * basis.is_buyer
    cost = stake * hostile * basis.is_buyer
    for source, target, strength in zip(word.source, word.target, word.strength, strict=True):
        cost[source] += basis.values["contagion"] * strength * exposed[target]
    accounts = [
        int(each) for each in (-cost).argsort(kind="stable") if basis.accounts.hostile[each]
    ]
    return [(account, float(cost[account])) for account in accounts[:SHOWN]]
