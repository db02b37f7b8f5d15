"""Dependence: how much of what holds each account would go with an employee.

Coverage C = 1 − Π(1 − s) over the employees in contact is the chance that a thread holds if each
holds with its strength; dependence on some of them is the share of it that is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.sums import summed
from relgraph.planning.worth import Worth


@dataclass(frozen=True, eq=False)
class Threads:
    """Ties between accounts and employees, ordered by account, then employee; t of them.

    Parameters
    ----------
    ties : ndarray of int64, shape (t,)
        Which of the firm's ties they are.
    account, employee : ndarray of int64, shape (t,)
        Positions among the accounts, and among the staff.
    n : int
        How many accounts there are.
    """

    ties: Ints
    account: Ints
    employee: Ints
    n: int

    @property
    def count(self) -> Ints:
        """Return how many employees are in contact with each account, shape (n,)."""
        return np.bincount(self.account, minlength=self.n)

    def strength(self, worth: Worth) -> Floats:
        """Return the strength of each thread, shape (b, t); none is quite sure."""
        return np.minimum(worth.worlds.strength[:, self.ties], assumptions.SUREST_GIVEN)

    def alone(self, worth: Worth) -> Floats:
        """Return how much each account depends on each employee, shape (b, t)."""
        slack = np.log1p(-self.strength(worth))
        total = summed(self.account, slack, self.n)[:, self.account]
        return _dependence(total, total - slack)

    def together(self, worth: Worth, gone: Mask) -> Floats:
        """Return how much each account depends on these employees together, shape (b, n)."""
        slack = np.log1p(-self.strength(worth))
        total = summed(self.account, slack, self.n)
        rest = summed(self.account, np.where(gone[self.employee], 0, slack), self.n)
        return _dependence(total, rest)


def _dependence(slack: Floats, rest: Floats) -> Floats:
    """Return 1 − C(rest)/C from the logarithms of 1 − C; 0 where there is no thread."""
    covered, left = -np.expm1(slack), -np.expm1(rest)
    return 1 - np.divide(left, covered, out=np.ones_like(covered), where=covered > 0)


def find_threads(basis: Basis) -> Threads:
    """Return the ties between accounts and employees."""
    rows = np.flatnonzero(basis.ties.side < len(basis.accounts.staff))
    return Threads(rows, basis.ties.account[rows], basis.ties.side[rows], basis.n)


def held_worth(worth: Worth) -> Floats:
    """Return what each account brings as long as somebody holds it, shape (b, n).

    That is K, and of an influencer the worth of the new business that they bring; NaN if unknown.
    """
    influencer = worth.basis.market == MARKETS.index("influencer")
    coming = worth.stream * worth.years_of_margin + worth.known_credit
    return np.where(influencer, coming, worth.at_stake)


def held_share(worth: Worth, dependence: Floats, account: Ints) -> Floats:
    """Return the share of that worth which goes with employees, at most the lifetime value.

    Parameters
    ----------
    worth : Worth
    dependence : ndarray of float64, shape (b, k)
    account : ndarray of int64, shape (k,)
        Whose dependence it is.
    """
    loss = worth.worlds.assumed["departure_loss"] * dependence
    most = np.where(worth.basis.is_buyer, np.exp(-worth.hazard), 1.0)
    return np.minimum(loss, most[:, account])
