"""Losses: what falls with each account or employee who leaves now, alone, by how it falls."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.contagion import Chained, Contagion, Pairs, find_contagion
from relgraph.planning.dependence import Threads, find_threads, held_share, held_worth
from relgraph.planning.sellers import Sellers, find_sellers
from relgraph.planning.sums import summed
from relgraph.planning.worth import Worth


class Parts(NamedTuple):
    """What falls with each account, by how it falls, and what falls with each employee.

    `direct`, `chained`, `through` and `referrals` are of shape (b, n), `held` is of shape (b, e);
    NaN where none of what falls has a known worth.
    """

    direct: Floats
    chained: Floats
    through: Floats
    referrals: Floats
    held: Floats

    @property
    def total(self) -> Floats:
        """Return the losses of accounts, then of employees, shape (b, n + e)."""
        accounts = self.direct + self.chained + self.through + self.referrals
        return np.concatenate([accounts, self.held], axis=1)


@dataclass(frozen=True, eq=False)
class Losses:
    """What falls with whom; made once, and asked in every world.

    Parameters
    ----------
    basis : Basis
    contagion : Contagion
    threads : Threads
    sellers : Sellers
    seed : int
        Of cascades that are drawn.
    asked : ndarray of int64, optional
        Accounts whose followers are wanted, as positions; all for None.
    """

    basis: Basis
    contagion: Contagion
    threads: Threads
    sellers: Sellers
    seed: int
    asked: Ints | None = None

    @cached_property
    def central(self) -> Worth:
        """Return what accounts are worth at the central assumptions."""
        return self.basis.central()

    @cached_property
    def passing(self) -> Floats:
        """Return the chance that each arc passes leaving on, at the central assumptions."""
        return np.asarray(self.contagion.passing(self.central)[0])

    @cached_property
    def chained(self) -> Chained:
        """Return the money that follows each, at the central assumptions."""
        money = known_lifetime(self.central)[0]
        return self.contagion.chained(self.passing, money, self.dependent, self.seed, self.asked)

    @cached_property
    def _beyond(self) -> Floats:
        """Return what the two steps that draws follow leave out, or count twice."""
        money = known_lifetime(self.central)
        steps = self.contagion.two_steps(self.passing[np.newaxis], money)
        return np.asarray(self.chained.money - steps)

    @cached_property
    def dependent(self) -> Pairs:
        """Return the distributors who are customers' only seller, and those customers."""
        customer, seller = self.sellers.only()
        kept = (seller >= 0) & (self.basis.market[seller] == MARKETS.index("distributor"))
        return Pairs(seller[kept], customer[kept])

    def parts(self, worth: Worth) -> Parts:
        """Return what falls with each in several worlds."""
        basis = self.basis
        supplier = basis.market == MARKETS.index("supplier")
        money = known_lifetime(worth)
        steps = self.contagion.two_steps(self.contagion.passing(worth), money)
        seller, customer = self.dependent
        stays = 1 - self.chained.chance  # who doesn't follow the distributor's example
        through = worth.worlds.assumed["through_loss"] * money[:, customer] * stays
        unknown = worth.known_credit
        return Parts(
            np.where(supplier, worth.at_stake, worth.lifetime),
            steps + self._beyond + unknown,
            summed(seller, through, basis.n) + unknown,
            worth.stream * np.exp(-worth.hazard) * worth.years_of_margin + unknown,
            self.held(worth),
        )

    def held(self, worth: Worth) -> Floats:
        """Return what falls with each employee in several worlds, shape (b, e)."""
        threads = self.threads
        share = held_share(worth, threads.alone(worth), threads.account)
        held = share * np.nan_to_num(held_worth(worth))[:, threads.account]
        return summed(threads.employee, held, len(self.basis.accounts.staff)) + self._unknown_held

    @cached_property
    def _unknown_held(self) -> Floats:
        """Return NaN for employees none of whose accounts has a known worth, else 0."""
        threads, count = self.threads, len(self.basis.accounts.staff)
        known = ~np.isnan(held_worth(self.central)[0][threads.account])
        some = np.bincount(threads.employee, minlength=count) > 0
        none = np.bincount(threads.employee[known], minlength=count) == 0
        return np.where(some & none, np.nan, 0.0)


def known_lifetime(worth: Worth) -> Floats:
    """Return the lifetime value of buyers, 0 for others and where it isn't known."""
    return np.where(worth.basis.is_buyer, np.nan_to_num(worth.lifetime), 0.0)


def find_losses(basis: Basis, seed: int, asked: Ints | None = None) -> Losses:
    """Return what falls with whom; `asked` are the accounts whose followers are wanted."""
    contagion, threads, sellers = find_contagion(basis), find_threads(basis), find_sellers(basis)
    return Losses(basis, contagion, threads, sellers, seed, asked)
