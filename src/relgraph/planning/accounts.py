"""Accounts: whom the firm deals with, and who of the firm deals with them.

An account is an active customer, distributor, supplier or influencer. A person who works for an
organisation outside the firm is not an account: their ties and contacts count for it, and where it
has left, they have left with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.partnerships.evidence import Evidence, Mask
from relgraph.model import FIRM
from relgraph.network import Floats, Ints, Nodes, Texts
from relgraph.planning.belonging import (
    count_several,
    find_employers,
    find_groups,
    find_organisations,
    left_with,
)
from relgraph.settings import Projection

BUYERS = ("customer", "distributor")
MARKETS = (*BUYERS, "supplier", "influencer")
EMPLOYEE = "employee"

# What planning reads of stakeholders and of ties, beside what strengths are made from.
ATTRIBUTES = (
    "sub_market",
    "kind",
    "owner",
    "revenue",
    "margin",
    "satisfaction",
    "status",
    "left_on",
    "left_reason",
    "retention",
    *("organisation", "role", "parent"),
    *("power", "legitimacy", "urgency", "interest"),
)
TIE_ATTRIBUTES = ("margin", "level", "bond", "since", "until")


@dataclass(frozen=True, eq=False)
class Accounts:
    """The accounts of a firm, ordered by market, name and id.

    Parameters
    ----------
    active : Evidence
        Everyone active, with ties and contacts as stored.
    evidence : Evidence
        The same, with the ties and contacts of people moved to their organisation.
    rows : ndarray of int64, shape (n,)
        Where each account is among the nodes of the evidence.
    staff : ndarray of int64, shape (e,)
        Where each employee is.
    firm : ndarray of int64, shape (0,) or (1,)
        Where the firm is.
    hostile : ndarray of bool, shape (n,)
        Which accounts have a tie of sign −1 to the firm or to one of its employees.
    organisation : ndarray of int64
        For everyone in the evidence, where the account is that they belong to: they themselves,
        or the organisation that they work for.
    heads : Nodes
        The topmost parent of each account, they themselves for none.
    several, orphans : int
        How many people work for several organisations, and how many for one that has left.
    """

    active: Evidence
    evidence: Evidence
    rows: Ints
    staff: Ints
    firm: Ints
    hostile: Mask
    organisation: Ints
    heads: Nodes
    several: int
    orphans: int

    @property
    def n(self) -> int:
        """Return how many accounts there are."""
        return len(self.rows)

    @cached_property
    def nodes(self) -> Nodes:
        """Return the accounts as columns."""
        return self.evidence.nodes.take(self.rows)

    @property
    def sides(self) -> Ints:
        """Return where the firm's side is: its employees, then the firm itself."""
        return np.concatenate([self.staff, self.firm])

    @cached_property
    def market(self) -> Ints:
        """Return the market of each account, as a position in `MARKETS`."""
        code = {name: position for position, name in enumerate(MARKETS)}
        markets = self.evidence.nodes.markets[self.rows].tolist()
        return np.fromiter((code[name] for name in markets), np.int64, count=self.n)

    @cached_property
    def is_buyer(self) -> Mask:
        """Return which accounts are customers or distributors."""
        return np.asarray(self.market < len(BUYERS), dtype=bool)

    @cached_property
    def account_of(self) -> Ints:
        """Return for everyone the account that they are or belong to, or −1."""
        return self.place_of(self.rows)[self.organisation]

    def place_of(self, rows: Ints) -> Ints:
        """Return a lookup: for everyone in the evidence their position in `rows`, or −1."""
        place = np.full(len(self.evidence.nodes), -1)
        place[rows] = np.arange(len(rows))
        return place

    def amounts(self, name: str) -> Floats:
        """Return a numeric property of the accounts, NaN where it is not known."""
        return amounts(self.evidence.nodes, name)[self.rows]

    def texts(self, name: str) -> Texts:
        """Return a text property of the accounts, None where it is not known."""
        return texts(self.evidence.nodes, name)[self.rows]


def amounts(nodes: Nodes, name: str) -> Floats:
    """Return a numeric property of nodes, NaN where it is not known, or no finite number."""
    found = _known(nodes.attributes.get(name), np.nan, len(nodes)).astype(np.float64)
    return np.where(np.isfinite(found), found, np.nan)


def texts(nodes: Nodes, name: str) -> Texts:
    """Return a text property of nodes, None where it is not known."""
    return _known(nodes.attributes.get(name), None, len(nodes)).astype(object)


def _known(values: npt.NDArray[Any] | None, missing: Any, count: int) -> npt.NDArray[Any]:
    return np.full(count, missing) if values is None else values


def find_accounts(evidence: Evidence) -> Accounts:
    """Return the accounts of a firm, and its side.

    Parameters
    ----------
    evidence : Evidence
        Everyone in the store with `ATTRIBUTES` and `TIE_ATTRIBUTES`, those who left too.
    """
    hostile = _hostile_pairs(evidence)
    present, orphans = _present(evidence)
    # What a tie counts as doesn't depend on who has left since: so it is in every measure.
    like = present.like or (present.nodes, present.ties)
    active = replace(present.within(Projection()), like=like)
    organisation = find_organisations(active.nodes, active.ties)
    moved = _moved(active, organisation)
    nodes = active.nodes
    own = np.asarray(organisation == np.arange(len(nodes)), dtype=bool)
    accounts = _ordered(nodes, own & np.isin(nodes.markets.astype(str), MARKETS))
    staff = _ordered(nodes, np.asarray(nodes.markets == EMPLOYEE, dtype=bool))
    firm = np.flatnonzero(nodes.markets == FIRM)
    enemies = _enemies(nodes, hostile, organisation, np.concatenate([staff, firm]))
    return Accounts(
        active,
        moved,
        accounts,
        staff,
        firm,
        enemies[accounts],
        organisation,
        heads=_heads(evidence.nodes, nodes.ids[accounts]),
        several=count_several(nodes, active.ties),
        orphans=orphans,
    )


def _ordered(nodes: Nodes, wanted: Mask) -> Ints:
    """Return wanted rows by market, name and id, so that a store's own order doesn't matter."""
    rows = np.flatnonzero(wanted)
    labels = zip(*(c[rows].tolist() for c in (nodes.markets, nodes.names, nodes.ids)), strict=True)
    keys = [(market, name or "", node_id) for market, name, node_id in labels]
    return rows[sorted(range(len(rows)), key=keys.__getitem__)]


def _present(evidence: Evidence) -> tuple[Evidence, int]:
    """Return the same where people have left with their organisation, and how many have."""
    nodes = evidence.nodes
    status = texts(nodes, "status")
    own = np.asarray(status == "left", dtype=bool)
    left = left_with(find_employers(nodes, evidence.ties), own)
    attributes = {**nodes.attributes, "status": np.where(left, "left", status)}
    present = replace(evidence, nodes=replace(nodes, attributes=attributes))
    return present, int((left & ~own).sum())


def _heads(nodes: Nodes, ids: Texts) -> Nodes:
    """Return the topmost parent of each of some stakeholders."""
    position = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    rows = np.fromiter((position[node_id] for node_id in ids.tolist()), np.int64, len(ids))
    return nodes.take(find_groups(nodes)[rows])


def _moved(active: Evidence, organisation: Ints) -> Evidence:
    ties, contacts = active.ties, active.contacts
    if bool((organisation == np.arange(len(organisation))).all()):
        return active
    return replace(
        active,
        ties=replace(ties, source=organisation[ties.source], target=organisation[ties.target]),
        contacts=replace(
            contacts,
            source=organisation[contacts.source],
            target=organisation[contacts.target],
        ),
    )


def _hostile_pairs(evidence: Evidence) -> npt.NDArray[np.object_]:
    """Return the ids of the two ends of every hostile tie, shape (h, 2)."""
    ties, ids = evidence.ties, evidence.nodes.ids
    hostile = ties.sign < 0
    return np.column_stack([ids[ties.source[hostile]], ids[ties.target[hostile]]])


def _enemies(nodes: Nodes, pairs: npt.NDArray[np.object_], organisation: Ints, sides: Ints) -> Mask:
    """Return who has a hostile tie to the firm's side."""
    enemies = np.zeros(len(nodes), dtype=bool)
    position = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    ours = set(sides.tolist())
    for one, other in pairs.tolist():
        for here, there in ((one, other), (other, one)):
            if position.get(there) in ours and here in position:
                enemies[organisation[position[here]]] = True
    return enemies
