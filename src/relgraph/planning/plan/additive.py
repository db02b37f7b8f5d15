"""The best choice if what packages bring simply adds up: exact, and a bound on every choice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from relgraph.network import Floats, Ints
from relgraph.planning.plan.packages import Packages


@dataclass(frozen=True, eq=False)
class Room:
    """What a choice may take.

    Parameters
    ----------
    count : int
        The most packages.
    contacts : int, optional
        The most contacts; None for any number.
    must : tuple of int
        The accounts of which one package has to be taken.
    """

    count: int
    contacts: int | None = None
    must: tuple[int, ...] = ()


class BestSums:
    """The largest sums of nets for every number of packages and of contacts.

    A table over both is filled account by account. Of packages that take the same number of
    contacts only as many accounts as may be chosen have to be looked at, the best of each: who
    comes after them could be replaced by one of them.
    """

    def __init__(self, net: Floats, packages: Packages, room: Room) -> None:
        self.net, self.contacts = net, packages.contacts
        rows = _worth_a_look(net, packages, room)
        accounts = packages.account[rows]
        starts = np.flatnonzero(np.diff(accounts, prepend=-1))
        self.groups = [group for group in np.split(rows, starts[1:]) if len(group)]
        most = sum(int(self.contacts[group].max()) for group in self.groups)
        self.most = most if room.contacts is None else min(room.contacts, most)
        self.count = min(room.count, len(self.groups))
        self.must = set(room.must)
        self.account = packages.account

    @cached_property
    def _table(self) -> tuple[Floats, list[npt.NDArray[np.uint8]]]:
        best = np.full((self.count + 1, self.most + 1), -np.inf)
        best[0] = 0.0
        taken = []
        for group in self.groups:
            forced = int(self.account[group[0]]) in self.must
            after = np.full_like(best, -np.inf) if forced else best.copy()
            which = np.zeros(best.shape, np.uint8)
            for place, row in enumerate(group.tolist(), 1):
                cost = int(self.contacts[row])
                if cost > self.most:
                    continue
                with_it = best[:-1, : self.most + 1 - cost] + self.net[row]
                better = with_it > after[1:, cost:]
                after[1:, cost:][better] = with_it[better]
                which[1:, cost:][better] = place
            best = after
            taken.append(which)
        return best, taken

    def value(self, contacts: int | None = None) -> float:
        """Return the largest sum with at most so many contacts, −∞ if nothing is possible."""
        return float(self._table[0][:, self._within(contacts)].max())

    def rows(self, contacts: int | None = None) -> Ints:
        """Return the packages of that sum."""
        best, taken = self._table
        left = self._within(contacts)
        count = int(best[:, left].argmax())
        chosen = []
        for group, which in zip(reversed(self.groups), reversed(taken), strict=True):
            if place := int(which[count, left]):
                row = int(group[place - 1])
                chosen.append(row)
                count, left = count - 1, left - int(self.contacts[row])
        return np.array(sorted(chosen), np.int64)

    def _within(self, contacts: int | None) -> int:
        return self.most if contacts is None else min(contacts, self.most)


def _worth_a_look(net: Floats, packages: Packages, room: Room) -> Ints:
    """Return the packages that a best choice may be made of, ordered by account."""
    account, contacts = packages.account, packages.contacts
    must = np.isin(account, room.must)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero((net > 0) | must)
    rows = rows[np.lexsort((-net[rows], contacts[rows], account[rows]))]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (np.diff(account[rows]) != 0) | (np.diff(contacts[rows]) != 0)
    rows = rows[first]  # the best of each account at each number of contacts
    rows = rows[np.lexsort((account[rows], -net[rows], contacts[rows]))]
    starts = np.flatnonzero(np.diff(contacts[rows], prepend=-1))
    place = np.arange(len(rows)) - np.repeat(starts, np.diff([*starts, len(rows)]))
    rows = rows[(place < room.count) | must[rows]]
    return rows[np.lexsort((contacts[rows], account[rows]))]


def chosen_in_each(net: Floats, packages: Packages, room: Room) -> npt.NDArray[np.bool_]:
    """Return which packages the best additive choice takes in each of b worlds, shape (b, p)."""
    chosen = np.zeros(net.shape, dtype=bool)
    if not len(packages) or not room.count:
        return chosen
    if room.contacts is None:
        _take_best(net, packages, room, chosen)
        return chosen
    for row, nets in enumerate(net):
        chosen[row, BestSums(nets, packages, room).rows()] = True
    return chosen


def _take_best(net: Floats, packages: Packages, room: Room, chosen: npt.NDArray[np.bool_]) -> None:
    """Take the best package of each of the best accounts, where contacts don't matter."""
    account = packages.account
    starts = np.flatnonzero(np.diff(account, prepend=-1))
    best = np.maximum.reduceat(net, starts, axis=1)
    group = np.cumsum(np.diff(account, prepend=-1) != 0) - 1
    is_best = net == best[:, group]
    must = np.isin(account[starts], room.must)
    wanted = np.where(must, np.inf, best)
    count = min(room.count, len(starts))
    top = np.argpartition(-wanted, count - 1, axis=1)[:, :count]
    taken = np.zeros(best.shape, dtype=bool)
    np.put_along_axis(taken, top, values=True, axis=1)
    taken &= (best > 0) | must
    chosen[:] = is_best & taken[:, group]


def best_in_each(net: Floats, packages: Packages, room: Room) -> Floats:
    """Return the largest sum of nets in each of b cases, shape (b,)."""
    chosen = chosen_in_each(net, packages, room)
    return np.asarray(np.where(chosen, net, 0.0).sum(axis=1))
