"""The ties between accounts and the firm's side, and how strong each is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.contacts import trend
from relgraph.analysis.partnerships.evidence import (
    NONE,
    Evidence,
    Mask,
    known_arcs,
    known_pairs,
)
from relgraph.network import (
    Floats,
    Ints,
    Network,
    Projection,
    Ties,
    build_network,
    likely_strengths,
)
from relgraph.network.columns import noisy_or
from relgraph.planning.accounts import Accounts


@dataclass(frozen=True, eq=False)
class FirmTies:
    """Ties between accounts and the firm's side, ordered by account, then side; t of them.

    Parameters
    ----------
    account, side : ndarray of int64, shape (t,)
        Positions in `Accounts.rows` and `Accounts.sides`.
    strength : ndarray of float64, shape (t,)
        As partnerships have it; the median of ties like it where nothing is known.
    basis : ndarray of int64, shape (t,)
        Positions in `evidence.BASES`.
    """

    account: Ints
    side: Ints
    strength: Floats
    basis: Ints

    def strongest(self, strength: Floats, n: int) -> Floats:
        """Return the strongest tie of each account in several worlds, 0 for none.

        Parameters
        ----------
        strength : ndarray of float64, shape (b, t)
        n : int
            How many accounts there are.
        """
        found = np.zeros((len(strength), n))
        if len(self.account):
            starts = np.flatnonzero(np.diff(self.account, prepend=-1))
            found[:, self.account[starts]] = np.maximum.reduceat(strength, starts, axis=1)
        return found


class SidePairs(NamedTuple):
    """Pairs of the firm's side and an account, or somebody of it, ordered by account, then side.

    `member` is the node of the account itself, or of the person who works for it.
    """

    account: Ints
    side: Ints
    member: Ints
    strength: Floats
    basis: Ints


def side_pairs(accounts: Accounts) -> SidePairs:
    """Return every pair of an account, or somebody of it, and the firm's side."""
    pairs = pair_strengths(accounts.active, accounts.place_of(accounts.sides) >= 0)
    account, side = accounts.account_of, accounts.place_of(accounts.sides)
    forward = (account[pairs.low] >= 0) & (side[pairs.high] >= 0)
    backward = (account[pairs.high] >= 0) & (side[pairs.low] >= 0)
    member = np.where(forward, pairs.low, pairs.high)
    here = account[member]
    there = np.where(forward, side[pairs.high], side[pairs.low])
    rows = np.flatnonzero(forward | backward)
    rows = rows[np.lexsort((there[rows], here[rows]))]
    return SidePairs(here[rows], there[rows], member[rows], pairs.strength[rows], pairs.basis[rows])


def find_firm_ties(accounts: Accounts) -> FirmTies:
    """Return every tie between an account and the firm's side.

    Ties of several people of an organisation merge as parallel ties do, to 1 − Π(1 − s).
    """
    pairs = side_pairs(accounts)
    here, there = pairs.account, pairs.side
    if not len(here):
        return FirmTies(here, there, pairs.strength, pairs.basis)
    starts, strength, basis = _merged(pairs, here, there)
    return FirmTies(here[starts], there[starts], strength, basis)


class Pairs(NamedTuple):
    """Pairs with a tie or a contact: their ends, strength, and basis in `evidence.BASES`."""

    low: Ints
    high: Ints
    strength: Floats
    basis: Ints


def organisation_pairs(accounts: Accounts) -> Pairs:
    """Return every pair of stakeholders, with organisations in place of their people."""
    pairs = pair_strengths(accounts.active)
    ends = accounts.organisation[pairs.low], accounts.organisation[pairs.high]
    low, high = np.minimum(*ends), np.maximum(*ends)
    rows = np.flatnonzero(low != high)
    rows = rows[np.lexsort((high[rows], low[rows]))]
    pairs = Pairs(low[rows], high[rows], pairs.strength[rows], pairs.basis[rows])
    if not len(rows):
        return pairs
    starts, strength, basis = _merged(pairs, pairs.low, pairs.high)
    return Pairs(pairs.low[starts], pairs.high[starts], strength, basis)


def _merged(pairs: Pairs | SidePairs, one: Ints, other: Ints) -> tuple[Ints, Floats, Ints]:
    """Return where each of some ordered groups begins, its strength and its best basis."""
    starts = np.flatnonzero((np.diff(one, prepend=-1) != 0) | (np.diff(other, prepend=-1) != 0))
    strength = noisy_or(pairs.strength, starts)
    return starts, strength, np.maximum.reduceat(pairs.basis, starts)


def pair_strengths(evidence: Evidence, touching: Mask | None = None) -> Pairs:
    """Return the strength of every pair, the median of ties like it where nothing is known.

    Of those pairs only of which one end is `touching`, if that is given.
    """
    taken = evidence if touching is None else evidence.touching(touching)
    arcs = known_arcs(taken, taken.history())
    pairs = known_pairs(arcs, len(evidence.nodes))
    strength = pairs.combine(arcs.strength)
    unknown = pairs.basis == NONE
    if unknown.any():
        likely = filled_network(evidence)
        strength[unknown] = _mutual(likely, pairs.low[unknown], pairs.high[unknown])
    return Pairs(pairs.low, pairs.high, strength, pairs.basis)


def filled_network(evidence: Evidence, types: tuple[str, ...] | None = None) -> Network:
    """Return the network of these types in which a tie without a strength counts as those like it.

    Other than in `build_network` that holds even where no tie has one: they count as 0.5, since
    a strength that nobody gave may not earn money.
    """
    ties, like = evidence.ties, evidence.like
    if types is not None:
        ties = ties.take(np.isin(ties.type.astype(str), types))
        like = like and (like[0], like[1].take(np.isin(like[1].type.astype(str), types)))
    likely = likely_strengths(evidence.nodes, ties, like).strength
    ties = replace(ties, strength=np.where(np.isnan(ties.strength), likely, ties.strength))
    every = Projection(types=tuple(set(ties.type.tolist())), include_left=True)
    return build_network(evidence.nodes, ties, every)


def _mutual(network: Network, low: Ints, high: Ints) -> Floats:
    """Return the geometric mean of both directions of pairs, or that of the one there is."""
    n = network.n
    keys = network.sources.astype(np.int64) * n + network.indices

    def of(wanted: Ints) -> Floats:
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, network.strength[place], np.nan)

    forth, back = of(low * n + high), of(high * n + low)
    both = np.sqrt(forth * back)
    return np.where(np.isnan(forth), back, np.where(np.isnan(back), forth, both))


def contact_trends(accounts: Accounts) -> tuple[Floats, Ints]:
    """Return the trend of each account's contacts with employees, and the earlier contacts.

    Where fewer than 4 contacts fall in the earlier half-life a trend is chance, and counts as 0.
    """
    history = accounts.evidence.history()
    n = max(1, len(accounts.evidence.nodes))
    source, target = history.keys // n, history.keys % n
    account, staff = accounts.place_of(accounts.rows), accounts.place_of(accounts.staff)
    now, before = np.zeros((2, accounts.n))
    for here, there in ((source, target), (target, source)):
        ours = (account[here] >= 0) & (staff[there] >= 0)
        np.add.at(now, account[here[ours]], history.now[ours])
        np.add.at(before, account[here[ours]], history.before[ours])
    told = before >= assumptions.TREND_CONTACTS
    moving = trend(now.astype(np.int64), before.astype(np.int64))
    return np.where(told, moving, 0.0), before.astype(np.int64)


def looked_after(accounts: Accounts) -> tuple[Floats, Ints]:
    """Return which accounts an active employee looks after, and who: 1.0 or 0.0, and a side.

    That is their `owner`, else whoever has the strongest MANAGES tie to them.
    """
    nodes, ties = accounts.evidence.nodes, accounts.evidence.ties
    side = accounts.place_of(accounts.staff)
    account = accounts.place_of(accounts.rows)
    position = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    owner = np.array(
        [side[position[i]] if i in position else -1 for i in accounts.texts("owner").tolist()],
        dtype=np.int64,
    )
    for source, target in _managed(ties, side, account):
        if owner[target] < 0:
            owner[target] = source
    return (owner >= 0).astype(np.float64), owner


def _managed(ties: Ties, side: Ints, account: Ints) -> list[tuple[int, int]]:
    """Return employee and account of every MANAGES tie, the strongest first."""
    rows = np.flatnonzero(
        np.asarray(ties.type == "MANAGES", dtype=bool)
        & (side[ties.source] >= 0)
        & (account[ties.target] >= 0)
    )
    order = np.lexsort((side[ties.source[rows]], -np.nan_to_num(ties.strength[rows])))
    rows = rows[order]
    return list(
        zip(side[ties.source[rows]].tolist(), account[ties.target[rows]].tolist(), strict=True)
    )
