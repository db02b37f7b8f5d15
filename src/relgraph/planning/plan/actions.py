"""Actions: what can be done for each account, by whom, and how many contacts a year it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.basis import Basis
from relgraph.planning.cover import best_contacts
from relgraph.planning.dependence import find_threads
from relgraph.planning.levels import account_levels, contacts_a_year

ACTIONS = ("deepen", "recover", "assign", "cover")
TOP_LEVEL = 5


@dataclass(frozen=True, eq=False)
class Actions:
    """What can be done for each account; arrays of shape (n,).

    Parameters
    ----------
    possible : mapping of str to ndarray of bool
        Which of `ACTIONS` apply.
    tie : mapping of str to ndarray of int64
        Of `deepen` and `assign`, the tie to the firm's side that becomes stronger; −1 where the
        owner starts from nothing, or a new contact is made.
    contacts : mapping of str to ndarray of int64
        How many each action takes a year.
    owner, newcomer : ndarray of int64
        Who looks after the account, and who would be the best new contact: positions in the staff,
        −1 for nobody.
    level, to_level : ndarray of float64
        At present, and after `deepen`; NaN where unknown.
    """

    possible: Mapping[str, Mask]
    tie: Mapping[str, Ints]
    contacts: Mapping[str, Ints]
    owner: Ints
    newcomer: Ints
    level: Floats
    to_level: Floats


def find_actions(basis: Basis) -> Actions:
    """Return what can be done for each account.

    Hostile accounts are left out: nothing is known of what it takes to win them over.
    """
    values, friendly = basis.values, ~basis.accounts.hostile
    level = account_levels(basis).level
    present = np.where(np.isnan(level), 1.0, level)
    to_level = np.minimum(np.floor(present) + 1, TOP_LEVEL)
    top = present >= TOP_LEVEL
    strength = basis.ties.strength
    strongest = _strongest(basis, np.ones(len(strength), dtype=bool))
    colleague = _strongest(basis, basis.ties.side < len(basis.accounts.staff))
    owned = basis.looked_after > 0
    threads = find_threads(basis)
    single = owned & (threads.count == 1)
    newcomer = np.full(basis.n, -1)
    wanted = np.flatnonzero(friendly & (single | (~owned & (colleague < 0))))
    nobody = np.zeros(len(basis.accounts.staff), dtype=bool)
    newcomer[wanted] = best_contacts(basis, threads, wanted, nobody)
    deepened = np.where(
        top,
        values["partnership_contacts"],
        contacts_a_year(to_level, values) - contacts_a_year(present, values),
    )
    weak = basis.ties.strongest(strength[np.newaxis], basis.n)[0] < assumptions.SURE_STRENGTH
    new, known = values["new_contact_contacts"], values["assign_contacts"]
    return Actions(
        possible={
            "deepen": friendly & ((strongest >= 0) | owned) & (~top | weak),
            "recover": friendly & _at_risk(basis),
            "assign": friendly & ~owned & ((colleague >= 0) | (newcomer >= 0)),
            "cover": friendly & single & (newcomer >= 0),
        },
        tie={"deepen": strongest, "assign": colleague},
        contacts={
            "deepen": _whole(deepened),
            "recover": _whole(np.full(basis.n, values["recover_contacts"])),
            "assign": _whole(np.where(colleague >= 0, known, new)),
            "cover": _whole(np.full(basis.n, new)),
        },
        owner=basis.owner,
        newcomer=newcomer,
        level=level,
        to_level=to_level,
    )


def _at_risk(basis: Basis) -> Mask:
    """Return which accounts are cooling or known to be unhappy."""
    unhappy = basis.known_satisfaction < assumptions.RISK_SATISFACTION
    return np.asarray((basis.trend <= assumptions.RISK_TREND) | unhappy, dtype=bool)


def _strongest(basis: Basis, among: Mask) -> Ints:
    """Return the strongest of these ties of each account, −1 for none; the first of equal ones."""
    ties, found = basis.ties, np.full(basis.n, -1)
    order = np.lexsort((-np.arange(len(ties.strength)), ties.strength))
    order = order[among[order]]
    found[ties.account[order]] = order
    return found


def _whole(contacts: Floats) -> Ints:
    """Return numbers of contacts rounded up, since there is no part of one."""
    return np.maximum(np.ceil(np.round(contacts, 9)), 0).astype(np.int64)
