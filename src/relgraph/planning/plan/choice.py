"""Choice: which packages to take together, and how near to the best possible that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.network import Floats, Ints
from relgraph.planning.plan.additive import BestSums, Room
from relgraph.planning.plan.packages import Packages

_LEAST = 1e-9  # improvement, as a share of the largest net


@dataclass(frozen=True, eq=False)
class Choice:
    """What can be chosen, and what it brings.

    Parameters
    ----------
    packages : Packages
    net : ndarray of float64, shape (p,)
        What each brings alone beyond its cost.
    pairs : ndarray of float64, shape (p, p)
        What two bring less (or more) together than alone, on both sides of the diagonal.
    room : Room
    free : ndarray of float64, shape (e + 1,), optional
        The contacts that each employee can still make, without end for the last, nobody.
    """

    packages: Packages
    net: Floats
    pairs: Floats
    room: Room
    free: Floats | None = None

    def value(self, rows: Ints | Sequence[int]) -> float:
        """Return what packages bring together beyond their cost."""
        rows = np.asarray(rows, np.int64)
        return float(self.net[rows].sum() + self.pairs[np.ix_(rows, rows)].sum() / 2)

    def best(self, *starts: Ints) -> Ints:
        """Return the best set found from some starts, by single changes."""
        by_net = np.argsort(-np.nan_to_num(self.net, nan=-np.inf), kind="stable")
        rate = self.net / np.maximum(self.packages.contacts, 1)
        by_rate = np.argsort(-np.nan_to_num(rate, nan=-np.inf), kind="stable")
        found = [self._improved(self._filled(order)) for order in (*starts, by_net, by_rate)]
        return max(found, key=self.value)

    def quick(self) -> Ints:
        """Return a good set without looking for a better one: the best first, while they fit."""
        by_net = np.argsort(-np.nan_to_num(self.net, nan=-np.inf), kind="stable")
        return np.array(self._filled(by_net), np.int64)

    def _filled(self, order: Ints) -> list[int]:
        """Return packages taken in an order as long as they fit, and what has to be taken."""
        first = [row for row in order.tolist() if self.packages.account[row] in self.room.must]
        for forced in (first, self._cheapest()):
            chosen: list[int] = []
            for row in [*forced, *order.tolist()]:
                if len(chosen) == self.room.count:
                    break
                needed = self.packages.account[row] in self.room.must
                if (needed or self.net[row] > 0) and self.fits(chosen)[row]:
                    chosen.append(row)
            if self._keeps_promises(chosen):
                break
        return chosen

    def _cheapest(self) -> list[int]:
        """Return the packages of accounts that have to be taken, those of few contacts first."""
        rows = np.flatnonzero(np.isin(self.packages.account, self.room.must))
        return [int(row) for row in rows[np.argsort(self.packages.contacts[rows], kind="stable")]]

    def _keeps_promises(self, rows: Sequence[int]) -> bool:
        return set(self.room.must) <= set(self.packages.account[list(rows)].tolist())

    def is_possible(self) -> bool:
        """Return whether what has to be taken fits."""
        return self._keeps_promises(self._filled(np.zeros(0, np.int64)))

    def fits(self, rows: Sequence[int]) -> Mask:
        """Return which packages can be taken beside some others."""
        packages = self.packages
        taken = packages.take(np.asarray(rows, np.int64))
        fit = ~np.isin(packages.account, taken.account) & ~np.isnan(self.net)
        if self.room.contacts is not None:
            fit &= packages.contacts <= self.room.contacts - int(taken.contacts.sum())
        if self.free is not None:
            free = self.free - load(taken, len(self.free) - 1)
            own = packages.contacts - packages.new_contacts
            fit &= (own == 0) | (own <= free[packages.owner])
            new = packages.new_contacts
            fit &= (new == 0) | (new <= free[packages.newcomer])
        return np.asarray(fit, dtype=bool)

    def _improved(self, rows: list[int]) -> Ints:
        """Return a set that no change of one package makes better: adding, dropping, swapping."""
        scale = _LEAST * max(1.0, float(np.nanmax(np.abs(self.net), initial=0)))
        while True:
            together = self.net + self.pairs[:, rows].sum(axis=1)
            best, change = scale, None
            for out in [None, *rows]:
                rest = [row for row in rows if row != out]
                lost = 0.0 if out is None else together[out]
                gain = together - lost
                if out is not None:
                    gain = gain - self.pairs[:, out]
                    if -lost > best and self.packages.account[out] not in self.room.must:
                        best, change = -lost, rest
                if len(rest) == self.room.count:
                    continue
                gain = np.where(self.fits(rest), gain, -np.inf)
                if out is not None and (account := self.packages.account[out]) in self.room.must:
                    gain = np.where(self.packages.account == account, gain, -np.inf)
                if len(gain) and gain.max() > best:
                    best, change = float(gain.max()), [*rest, int(gain.argmax())]
            if change is None:
                return np.array(sorted(rows), np.int64)
            rows = change

    def frontier(self) -> list[tuple[int, Ints]]:
        """Return contacts and set for every number of contacts at which a better set is found."""
        sums = BestSums(self.net, self.packages, self.room)
        found: list[tuple[int, Ints]] = []
        best = -np.inf if self.room.must else 0.0
        for contacts in range(sums.most + 1):
            within = replace(self, room=replace(self.room, contacts=contacts))
            if not within.is_possible():
                continue
            rows = within.best(sums.rows(contacts))
            if (value := self.value(rows)) > best:
                best = value
                found.append((int(self.packages.contacts[rows].sum()), rows))
        return found


def load(taken: Packages, staff: int) -> Floats:
    """Return the contacts that packages ask of each employee, and of nobody, shape (e + 1,)."""
    own = taken.contacts - taken.new_contacts
    asked = np.bincount(taken.owner % (staff + 1), own, staff + 1)
    asked += np.bincount(taken.newcomer % (staff + 1), taken.new_contacts, staff + 1)
    return asked.astype(np.float64)
