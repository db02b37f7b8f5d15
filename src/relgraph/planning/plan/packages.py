"""Packages: every combination of actions that applies to an account; a plan takes one of each."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import combinations

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.basis import Basis
from relgraph.planning.plan.actions import ACTIONS, Actions, find_actions

# Assigning an account deepens a tie already, and covering one supposes that it is looked after.
COMBINATIONS = [
    names
    for size in range(1, len(ACTIONS) + 1)
    for names in combinations(ACTIONS, size)
    if not ("assign" in names and ("deepen" in names or "cover" in names))
]


@dataclass(frozen=True, eq=False)
class Packages:
    """Packages, ordered by account; p of them, and each array of shape (p,).

    Parameters
    ----------
    account : ndarray of int64
        Positions among the accounts.
    actions : ndarray of int64
        Positions in `COMBINATIONS`.
    recovers, assigns : ndarray of bool
        Whether these actions are among them.
    tie : ndarray of int64
        The tie to the firm's side that becomes stronger, −1 for none that is there.
    by : ndarray of int64
        Whose tie that is: a position in the staff, −1 where it is the firm's or nobody's.
    adds : ndarray of int64
        The contacts a year that make it stronger, 0 for none.
    newcomer : ndarray of int64
        Who becomes a new contact: a position in the staff, −1 for nobody.
    owner : ndarray of int64
        Whose investment it is: who looks after the account, else the new contact, else who has
        the strongest tie; a position in the staff, −1 for nobody.
    contacts, new_contacts : ndarray of int64
        How many contacts a year it takes, and how many of those a second contact makes.
    to_level : ndarray of float64
        The level that is reached, NaN where it stays.
    """

    account: Ints
    actions: Ints
    recovers: Mask
    assigns: Mask
    tie: Ints
    by: Ints
    adds: Ints
    newcomer: Ints
    owner: Ints
    contacts: Ints
    new_contacts: Ints
    to_level: Floats

    def __len__(self) -> int:
        return len(self.account)

    def take(self, rows: Ints | Mask) -> Packages:
        """Return the packages at these positions, or where this mask is true."""
        return replace(self, **{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def name(self, row: int) -> str:
        """Return the actions of a package, such as deepen+recover."""
        return "+".join(COMBINATIONS[self.actions[row]])


def find_packages(basis: Basis, actions: Actions | None = None) -> Packages:
    """Return every combination of actions that applies to an account."""
    actions = find_actions(basis) if actions is None else actions
    found = [_combined(basis, actions, code) for code in range(len(COMBINATIONS))]
    joined = {
        each.name: np.concatenate([getattr(part, each.name) for part in found])
        for each in fields(Packages)
    }
    packages = Packages(**joined)
    return packages.take(np.argsort(packages.account, kind="stable"))


def _combined(basis: Basis, actions: Actions, code: int) -> Packages:
    """Return the packages of one combination."""
    names, n = COMBINATIONS[code], basis.n
    possible = np.logical_and.reduce([actions.possible[name] for name in names])
    contacts = np.sum([actions.contacts[name] for name in names], axis=0)
    tie, adds = np.full(n, -1), np.zeros(n, np.int64)
    for name in ("deepen", "assign"):
        if name in names:
            tie = actions.tie[name]
            adds = np.where((tie >= 0) | (name == "deepen"), actions.contacts[name], 0)
    newcomer = np.full(n, -1)
    if "cover" in names:
        newcomer = actions.newcomer
    elif "assign" in names:
        newcomer = np.where(tie >= 0, -1, actions.newcomer)
    holder = _holder(basis, tie)
    strongest = _holder(basis, actions.tie["assign"])
    owner = np.where(actions.owner >= 0, actions.owner, newcomer)
    owner = np.where(owner >= 0, owner, strongest)
    return Packages(
        account=np.arange(n),
        actions=np.full(n, code),
        recovers=np.full(n, "recover" in names),
        assigns=np.full(n, "assign" in names),
        tie=tie,
        by=np.where((tie < 0) & (adds > 0), actions.owner, holder),
        adds=adds,
        newcomer=newcomer,
        owner=owner,
        contacts=contacts,
        new_contacts=np.where("cover" in names, actions.contacts["cover"], np.zeros(n, np.int64)),
        to_level=actions.to_level if "deepen" in names else np.full(n, np.nan),
    ).take(possible)


def _holder(basis: Basis, tie: Ints) -> Ints:
    """Return the employee whose ties these are, −1 where it is the firm or there is no tie."""
    side = np.append(basis.ties.side, -1)[tie]
    return np.where(side < len(basis.accounts.staff), side, -1)
