"""Cover: who else is in contact with an account, and who would be the best second contact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.model import FIRM
from relgraph.network import Floats, Ints, Texts, text_array
from relgraph.planning.accounts import Accounts
from relgraph.planning.basis import Basis
from relgraph.planning.dependence import Threads, held_worth
from relgraph.planning.firm_ties import organisation_pairs
from relgraph.planning.losses import Losses


class Covers(NamedTuple):
    """Of each account: the other contacts, the best second one, and what that would save."""

    backup: Texts
    cover: Texts
    saves: Floats


def find_covers(losses: Losses, accounts: Ints, gone: Mask) -> Covers:
    """Return who could take over from employees who leave.

    Parameters
    ----------
    losses : Losses
    accounts : ndarray of int64, shape (k,)
        The accounts that they hold.
    gone : ndarray of bool, shape (e,)
        Which employees leave.
    """
    basis, threads = losses.basis, losses.threads
    ids = basis.accounts.evidence.nodes.ids[basis.accounts.staff].astype(str)
    strength = threads.strength(losses.central)[0]
    worth = held_worth(losses.central)[0]
    contacts = best_contacts(basis, threads, accounts, gone)
    backup, cover, saves = [], [], np.full(len(accounts), np.nan)
    for row, (account, best) in enumerate(zip(accounts.tolist(), contacts.tolist(), strict=True)):
        first, stop = np.searchsorted(threads.account, [account, account + 1])
        staff, held = threads.employee[first:stop], strength[first:stop]
        backup.append(_others(staff, held, gone, ids))
        cover.append(ids[best] if best >= 0 else None)
        if best >= 0:
            new = min(basis.values["new_contact"], assumptions.SUREST_GIVEN)
            saved = _dependence(held, gone[staff]) - _dependence(held, gone[staff], new)
            saves[row] = basis.values["departure_loss"] * worth[account] * saved
    return Covers(text_array(backup), text_array(cover), saves)


def best_contacts(basis: Basis, threads: Threads, accounts: Ints, gone: Mask) -> Ints:
    """Return the best new contact of each account, a position in the staff, −1 for nobody.

    That is whoever has the warmest way to it and few accounts of their own; definitions in
    docs/planning.md.
    """
    ids = basis.accounts.evidence.nodes.ids[basis.accounts.staff].astype(str)
    load: Floats = np.bincount(threads.employee, minlength=len(ids)).astype(np.float64)
    if load.any():
        load /= load.mean()
    ways = _Ways(basis.accounts, ~gone)
    best = np.full(len(accounts), -1)
    for row, account in enumerate(accounts.tolist()):
        first, stop = np.searchsorted(threads.account, [account, account + 1])
        free = ~gone
        free[threads.employee[first:stop]] = False
        if free.any():
            best[row] = _best(free, ways.to_staff(account), load, ids)
    return best


def _others(staff: Ints, strength: Floats, gone: Mask, ids: Texts) -> str | None:
    """Return the other employees in contact, the strongest first."""
    stays = ~gone[staff]
    listed = sorted(zip(-strength[stays], ids[staff[stays]], strict=True))
    return ", ".join(name for _, name in listed) or None


def _best(free: Mask, way: Floats, load: Floats, ids: Texts) -> int:
    """Return the free employee with the warmest way to an account and the fewest of their own."""
    score = np.where(free, (assumptions.COVER_REACH + way) / (1 + load), -np.inf)
    return int(np.lexsort((ids, -score))[0])


def _dependence(strength: Floats, gone: Mask, new: float = 0.0) -> float:
    """Return how much an account depends on those who are gone, with a new contact beside them."""
    left = 1 - (1 - new) * np.prod(1 - strength[~gone])
    return float(1 - left / (1 - (1 - new) * np.prod(1 - strength)))


class _Ways:
    """The best way of two ties from an account to each employee."""

    def __init__(self, accounts: Accounts, free: Mask) -> None:
        pairs = organisation_pairs(accounts)
        nodes = accounts.evidence.nodes
        passes = ~np.isin(nodes.markets.astype(str), (FIRM, "competitor"))
        passes[accounts.rows[accounts.hostile]] = False
        one = np.concatenate([pairs.low, pairs.high])
        other = np.concatenate([pairs.high, pairs.low])
        order = np.argsort(one, kind="stable")
        self.rows, self.passes = accounts.rows, passes
        self.staff, self.count = accounts.place_of(accounts.staff), len(free)
        self.other = other[order]
        self.strength = np.concatenate([pairs.strength] * 2)[order]
        self.starts = np.searchsorted(one[order], np.arange(len(nodes) + 1))

    def to_staff(self, account: int) -> Floats:
        """Return the largest product of two strengths on the way to each, 0 for none."""
        best = np.zeros(self.count)
        node = self.rows[account]
        for place in range(self.starts[node], self.starts[node + 1]):
            middle = self.other[place]
            if self.passes[middle]:
                far = slice(self.starts[middle], self.starts[middle + 1])
                staff = self.staff[self.other[far]]
                near = staff >= 0
                np.maximum.at(best, staff[near], self.strength[place] * self.strength[far][near])
        return best
