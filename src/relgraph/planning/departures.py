"""Departures: what each account loses when some leave together, by which way.

A stakeholder loses their worth once: first those who leave, then who follows their example, then
what goes with employees, then what goes with the only seller; each share is of what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis, replaceable_suppliers
from relgraph.planning.contagion import Followers
from relgraph.planning.dependence import held_share, held_worth
from relgraph.planning.losses import Losses, find_losses
from relgraph.planning.worth import Worth

WAYS = ("direct", "supply", "chained", "held", "through", "referrals")


class Way(NamedTuple):
    """One way in which accounts are affected: the share that each loses, and of what; (b, n)."""

    share: Floats
    worth: Floats


@dataclass(frozen=True, eq=False)
class Departure:
    """Accounts and employees who leave together.

    Parameters
    ----------
    losses : Losses
        Of a basis in which suppliers who leave stand in for nobody.
    accounts : ndarray of bool, shape (n,)
        Which accounts leave.
    staff : ndarray of bool, shape (e,)
        Which employees do.
    """

    losses: Losses
    accounts: Mask
    staff: Mask

    @property
    def basis(self) -> Basis:
        """Return the basis that the losses are of."""
        return self.losses.basis

    @cached_property
    def buyers(self) -> Ints:
        """Return the buyers who leave."""
        return np.flatnonzero(self.accounts & self.basis.is_buyer)

    @cached_property
    def followers(self) -> Followers:
        """Return who follows their example, at the central assumptions."""
        losses = self.losses
        return losses.contagion.followers(losses.passing, self.buyers, losses.seed)

    @cached_property
    def stranded(self) -> Mask:
        """Return which customers lose their last seller."""
        distributor = self.basis.market == MARKETS.index("distributor")
        return self.losses.sellers.stranded(self.accounts & distributor)

    def ways(self, worth: Worth) -> dict[str, Way]:
        """Return what each account loses by each way in several worlds."""
        basis = self.basis
        everyone = np.arange(basis.n)
        supplier = basis.market == MARKETS.index("supplier")
        leaves = self.accounts[np.newaxis].astype(np.float64)
        follows = self._follows(worth) * basis.is_buyer * (1 - leaves)
        left = (1 - leaves) * (1 - follows)
        depends = self.losses.threads.together(worth, self.staff)
        held = held_share(worth, depends, everyone) * left
        # Held is of K, and what is left after it is of the lifetime value, K·e^(−h).
        left = np.maximum(left - held * np.exp(worth.hazard), 0)
        through = worth.worlds.assumed["through_loss"] * left * self.stranded
        stream = worth.stream * worth.years_of_margin * np.exp(-worth.hazard)
        referrals = stream + worth.known_credit
        return {
            "direct": Way(leaves * ~supplier, worth.lifetime),
            "supply": Way(leaves * supplier, worth.at_stake),
            "chained": Way(follows, worth.lifetime),
            "held": Way(held, held_worth(worth)),
            "through": Way(through, worth.lifetime),
            "referrals": Way(leaves * (referrals != 0), referrals),
        }

    def _follows(self, worth: Worth) -> Floats:
        """Return how likely each follows; draws differ from the central figure by two steps."""
        losses = self.losses
        central = losses.contagion.after_two_steps(losses.passing[np.newaxis], self.buyers)
        here = losses.contagion.after_two_steps(losses.contagion.passing(worth), self.buyers)
        return np.clip(self.followers.chance + here - central, 0, 1)

    def total(self, worth: Worth) -> Floats:
        """Return what is lost with all of them, shape (b, 1)."""
        lost = sum(np.nan_to_num(way.share * way.worth) for way in self.ways(worth).values())
        return np.asarray(np.sum(lost, axis=1, keepdims=True))


def find_departure(basis: Basis, accounts: Ints, staff: Ints, seed: int) -> Departure:
    """Return the departure of some accounts and employees, by position."""
    leave = np.isin(np.arange(basis.n), accounts)
    gone = np.isin(np.arange(len(basis.accounts.staff)), staff)
    basis = replace(basis, replaceable=replaceable_suppliers(basis.accounts, leave))
    return Departure(find_losses(basis, seed), leave, gone)
