"""Changes: what an investment would change in the data, as rows of a scenario."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.model import CONTACTED
from relgraph.network import Ints
from relgraph.planning.basis import Basis
from relgraph.planning.firm_ties import side_pairs
from relgraph.planning.plan.gains import find_present
from relgraph.planning.plan.held import Held
from relgraph.planning.plan.plan import Plan

Row = dict[str, Any]
_DIGITS = 6  # of strengths and satisfactions
_HALVINGS = 60


class Changes(NamedTuple):
    """Rows of a scenario: one of the account, empty for none, and those of its ties."""

    account: Row
    ties: list[Row]


class Changer:
    """Turns the packages of a plan into rows of a scenario."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.basis = plan, plan.basis
        self.packages = plan.choice.packages
        self.held = Held(self.packages, find_present(self.basis).threads, self.basis.central())
        self.pairs = side_pairs(self.basis.accounts)

    def changes(self, place: int) -> Changes:
        """Return what one of the promising packages changes.

        A recovery succeeds only with a chance; it is the rise of satisfaction that lowers the
        chance to leave as much, at most to 1.
        """
        packages, accounts = self.packages, self.basis.accounts
        account = int(packages.account[place])
        owner, newcomer = (int(each[place]) for each in (packages.owner, packages.newcomer))
        row: Row = {}
        if packages.assigns[place]:
            row["owner"] = self.plan.employee(owner)
        if packages.recovers[place]:
            row["satisfaction"] = self._satisfaction(place)
        ties: list[Row] = []
        if packages.adds[place]:
            tie, holder = int(packages.tie[place]), int(packages.by[place])
            side = int(self.basis.ties.side[tie]) if tie >= 0 else holder
            kind = "MANAGES" if side == owner and self._looks_after(place) else "KNOWS"
            ties += self._tie(account, side, float(self.held.deepened[0, place]), kind)
        if newcomer >= 0:
            kind = "MANAGES" if packages.assigns[place] else "KNOWS"
            ties += self._tie(account, newcomer, float(self.held.new[0, place]), kind)
        named = {"id": accounts.nodes.ids[account], **row} if row else {}
        return Changes(named, ties)

    def _looks_after(self, place: int) -> bool:
        account = self.packages.account[place]
        return bool(self.packages.assigns[place] or self.basis.looked_after[account])

    def _satisfaction(self, place: int) -> float:
        """Return the satisfaction at which the account is as likely to leave as after it all."""
        packages, basis, worth = self.packages, self.basis, self.basis.central()
        values, account = basis.values, int(packages.account[place])
        floor = assumptions.WEAKEST_HAZARD
        gaps = (self.held.strength[0, place], worth.strongest[0, account])
        after, before = (max(1 - float(each), floor) for each in gaps)
        hazard = float(worth.uncapped_hazard[0, account])
        hazard *= (after / before) ** values["strength_hazard"]
        if packages.assigns[place]:
            hazard /= values["unowned_hazard"]
        reached = float(self.plan.outlook.central.hazard[0, self.plan.outlook.short[place]])
        present = float(worth.worlds.satisfaction[0, account])
        weight = values["satisfaction_hazard"]
        rise = math.log(hazard / reached) / weight if weight > 0 and reached > 0 < hazard else 0.0
        return round(min(1.0, present + max(0.0, rise)), _DIGITS)

    def _tie(self, account: int, side: int, strength: float, kind: str) -> Iterator[Row]:
        """Return the rows that make a tie so strong: those it has, else a new one.

        Where people of an organisation have ties of their own, the organisation's own tie makes
        up what is missing, as 1 − Π(1 − s) has it.
        """
        accounts, pairs = self.basis.accounts, self.pairs
        here, there = int(accounts.rows[account]), int(accounts.sides[side])
        among = (pairs.account == account) & (pairs.side == side)
        own = pairs.strength[among & (pairs.member == here)]
        theirs = pairs.strength[among & (pairs.member != here)]
        rest = float(np.prod(1 - theirs)) if len(theirs) else 1.0
        least = float(own.max()) if len(own) else 0.0
        wanted = 1 - (1 - strength) / rest if rest > 0 else least
        wanted = round(min(1.0, max(wanted, least)), _DIGITS)
        ties, ids = accounts.active.ties, accounts.active.nodes.ids
        rows = _rows_between(self.basis, here, there)
        known = rows[~np.isnan(ties.strength[rows])]
        for row, reached in _raised(self.basis, known, wanted) or [(r, wanted) for r in rows[:1]]:
            ends = {"source": ids[ties.source[row]], "target": ids[ties.target[row]]}
            yield {**ends, "type": ties.type[row], "strength": round(float(reached), _DIGITS)}
        if not len(rows) and wanted > 0:
            ends = {"source": ids[there], "target": ids[here]}
            yield {**ends, "type": kind, "strength": wanted}


def _raised(basis: Basis, rows: Ints, wanted: float) -> list[tuple[int, float]]:
    """Return strengths of the ties of a pair with which the pair has the one that is wanted.

    Parallel ties merge to 1 − Π(1 − s), and a pair has the geometric mean of both directions. Each
    1 − s is raised to the same power, which is found by halving.
    """
    ties = basis.accounts.active.ties
    if not len(rows):
        return []
    loose = 1 - np.minimum(ties.strength[rows], assumptions.SUREST_GIVEN)
    forth = ties.source[rows] == ties.source[rows[0]]
    ways = [
        way for way in (forth | ties.both_ways[rows], ~forth | ties.both_ways[rows]) if way.any()
    ]
    low, high = 0.0, 1000.0
    for _ in range(_HALVINGS):
        power = (low + high) / 2
        merged = np.prod([1 - np.prod(loose[way] ** power) for way in ways]) ** (1 / len(ways))
        low, high = (power, high) if merged < wanted else (low, power)
    return list(zip(rows.tolist(), (1 - loose**high).tolist(), strict=True))


def _rows_between(basis: Basis, one: int, other: int) -> Ints:
    """Return which ties run between two nodes, hostile ones and contacts left out."""
    ties = basis.accounts.active.ties
    forth = (ties.source == one) & (ties.target == other)
    back = (ties.source == other) & (ties.target == one)
    kind = np.asarray(ties.type != CONTACTED, dtype=bool)
    return np.flatnonzero((forth | back) & kind & (ties.sign > 0))
