"""PlanningFacts: what every planning figure rests on, in whatever world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS, Accounts
from relgraph.planning.churn import Churn
from relgraph.planning.firm_ties import FirmTies
from relgraph.planning.margins import Margins
from relgraph.planning.word import WordArcs


@dataclass(frozen=True, eq=False)
class PlanningFacts:
    """Facts of a firm's accounts; arrays of shape (n,) are of the accounts.

    Parameters
    ----------
    accounts : Accounts
    ties : FirmTies
        Between accounts and the firm's side.
    word : WordArcs
        Along which word of mouth travels among accounts.
    churn : Churn
        What was seen of leaving, by market.
    margins : Margins
        As known; `margin` counts a distributor's overlap with its customers once.
    margin : ndarray of float64
        Money a year; NaN where missing.
    satisfaction : ndarray of float64
        The mean of the market where it isn't known.
    trend : ndarray of float64
        Of contacts with employees, 0 where there are too few to tell.
    looked_after, owner : ndarray
        1.0 where an active employee looks after the account, and a position in the firm's side
        (−1 for nobody).
    retention : ndarray of float64
        The chance to stay a year where it is given, else NaN.
    market : ndarray of int64
        Positions in `accounts.MARKETS`.
    values : mapping of str to float
        Central values of assumptions.
    ranges : mapping of str to tuple
        Low, value and high of assumptions.
    years : float or None
        The horizon of lifetime values.
    present : PlanningFacts or None
        Of the firm as it is, where this is one that something has changed: rates of leaving and
        what makes them up, means, medians and ratios stay those of the present, since they would
        move with every change and hide what it does.
    """

    accounts: Accounts
    ties: FirmTies
    word: WordArcs
    churn: Churn
    margins: Margins
    margin: Floats
    satisfaction: Floats
    trend: Floats
    looked_after: Floats
    owner: Ints
    retention: Floats
    market: Ints
    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float, float]]
    years: float | None
    supply_share: Floats
    replaceable: Mask
    known_satisfaction: Floats
    present: PlanningFacts | None = None

    @property
    def n(self) -> int:
        """Return how many accounts there are."""
        return self.accounts.n

    @property
    def is_buyer(self) -> Mask:
        """Return which accounts are customers or distributors."""
        return self.accounts.is_buyer

    def satisfaction_drawn(self, uniform: Floats) -> Floats:
        """Return satisfactions in which the unknown ones are some known one of their market."""
        drawn = self.satisfaction.copy()
        for wanted, known in self._satisfactions:
            drawn[wanted] = known[(uniform[wanted] * len(known)).astype(np.int64)]
        return drawn

    @cached_property
    def _satisfactions(self) -> list[tuple[Ints, Floats]]:
        """Return for each market whose satisfaction is missing, and the known ones in order."""
        missing, found = np.isnan(self.known_satisfaction), []
        source = self.present or self
        told = ~np.isnan(source.known_satisfaction)
        for code in range(len(MARKETS)):
            known = np.sort(source.known_satisfaction[(source.market == code) & told])
            if len(known):
                found.append((np.flatnonzero((self.market == code) & missing), known))
        return found
