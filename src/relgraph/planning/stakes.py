"""What is at stake in a firm's relationships, in a few facts that a board asks for first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.basis import Basis
from relgraph.planning.exit import depending
from relgraph.planning.grades import A, grades
from relgraph.planning.losses import Losses, find_losses
from relgraph.planning.value import CUSTOMER, Concentration, concentration


@dataclass(frozen=True, eq=False)
class Holder:
    """An employee who is the only contact of accounts.

    Parameters
    ----------
    place : int
        Position in the staff.
    accounts : int
        How many know this colleague only.
    worth : float
        Their lifetime value; 0 where none is known.
    loss : float
        What goes with the employee, as `exit` has it; NaN where it isn't known.
    """

    place: int
    accounts: int
    worth: float
    loss: float


class Spread(NamedTuple):
    """How an amount is spread among customers: the customer with most, and its share."""

    among: Concentration
    most: int
    share: float


@dataclass(frozen=True, eq=False)
class Stakes:
    """What is at stake, at the central assumptions; positions are those of the accounts."""

    basis: Basis

    @cached_property
    def worth(self) -> Floats:
        """Return what each account is worth if it stays, 0 for losses and where unknown."""
        return np.asarray(np.maximum(np.nan_to_num(self.basis.central().at_stake[0]), 0))

    @cached_property
    def expected(self) -> Floats:
        """Return what is expected to go with each account this year, p·K⁺."""
        return np.asarray(self.basis.central().p_leave[0] * self.worth)

    @cached_property
    def likeliest(self) -> Ints:
        """Return accounts with which something is expected to go, the most first."""
        order = np.argsort(-self.expected, kind="stable")
        return order[self.expected[order] > 0]

    def spread(self, amounts: Floats) -> Spread | None:
        """Return how an amount is spread among customers, None where too few are known."""
        of_customers = np.where(self.basis.market == CUSTOMER, amounts, np.nan)
        found = concentration(of_customers)
        if found is None:
            return None
        place = int(np.nanargmax(of_customers))
        return Spread(found, place, float(amounts[place] / np.nansum(of_customers)))

    @cached_property
    def key(self) -> Mask:
        """Return which accounts are key ones: customers and distributors of grade A."""
        basis = self.basis
        graded = grades(basis.margin, basis.market) == A
        return np.asarray(graded & basis.is_buyer, dtype=bool)

    @cached_property
    def unowned(self) -> Mask:
        """Return which accounts nobody looks after."""
        return np.asarray(self.basis.looked_after == 0, dtype=bool)

    @cached_property
    def single(self) -> Mask:
        """Return which accounts are in contact with one employee only."""
        return np.asarray(self._losses.threads.count == 1, dtype=bool)

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Return employees who are the only contact of accounts, of the most worth first."""
        losses = self._losses
        threads = losses.threads
        alone = threads.employee[self.single[threads.account]]
        count = np.bincount(alone, minlength=len(self.basis.accounts.staff))
        worth, _ = depending(losses)
        loss = losses.held(losses.central)[0]
        order = np.lexsort((-count, -worth))
        return tuple(
            Holder(place, int(count[place]), float(worth[place]), float(loss[place]))
            for place in order[count[order] > 0].tolist()
        )

    @cached_property
    def _losses(self) -> Losses:
        # Nobody's followers are asked for: what employees hold needs none.
        return find_losses(self.basis, 0, np.zeros(0, np.int64))
