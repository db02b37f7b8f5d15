"""Contact history: how lively a tie is, from who wrote or called whom and when.

Each contact counts 1 on its day and half as much a half-life h later: a(t) = Σ 2^(−(t − t_k)/h).
`contact_strength` turns that activity into a figure in (0, 1). The half-life follows the market
of the end that is neither the firm nor an employee: customers are met more often than others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.network import Floats, Ints, Texts

Times = npt.NDArray[np.datetime64]

_DAY = np.timedelta64(1, "D").astype("timedelta64[us]")


@dataclass(frozen=True, eq=False)
class Contacts:
    """Interactions as columns; ends are positions of stakeholders.

    Parameters
    ----------
    source, target : ndarray of int64, shape (c,)
        Who wrote or called, and whom.
    at : ndarray of datetime64, shape (c,)
        When, in UTC.
    count : ndarray of float64, shape (c,)
        What each counts: 1, or its value.
    """

    source: Ints
    target: Ints
    at: Times
    count: Floats

    def __len__(self) -> int:
        return len(self.source)

    def take(self, rows: npt.NDArray[np.bool_]) -> Contacts:
        """Return the contacts where this mask is true."""
        return Contacts(self.source[rows], self.target[rows], self.at[rows], self.count[rows])


@dataclass(frozen=True, eq=False)
class ContactHistory:
    """What contacts say about each ordered pair that has any, as of one moment.

    Parameters
    ----------
    keys : ndarray of int64, shape (p,)
        source·n + target, ascending.
    activity : ndarray of float64, shape (p,)
        a(t), the decayed number of contacts from source to target.
    now, before : ndarray of int64, shape (p,)
        Contacts in (t − h, t] and in (t − 2h, t − h].
    """

    keys: Ints
    activity: Floats
    now: Ints
    before: Ints

    def rows(self, keys: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Return the row of each key, and whether it has one."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), dtype=bool)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return place, self.keys[place] == keys

    def activity_of(self, keys: Ints) -> Floats:
        """Return the activity of these pairs, 0 where there was no contact."""
        place, present = self.rows(keys)
        if not len(self.keys):
            return np.zeros(len(keys))
        return np.where(present, self.activity[place], 0.0)


def half_lives(markets: Texts, source: Ints, target: Ints) -> Floats:
    """Return the half-life in days of contacts between these stakeholders.

    Examples
    --------
    >>> markets = np.array(["employee", "customer", "supplier"], object)
    >>> half_lives(markets, np.array([0, 2]), np.array([1, 0])).tolist()
    [90.0, 180.0]
    """
    customer = np.asarray(markets == "customer", dtype=bool)
    either = customer[source] | customer[target]
    return np.where(either, assumptions.HALF_LIFE_CUSTOMER, assumptions.HALF_LIFE_OTHER)


def contact_strength(activity: Floats, saturation: float = assumptions.SATURATION) -> Floats:
    """Return 1 − e^(−a/κ): 0 without contacts, towards 1 with many recent ones.

    Examples
    --------
    >>> contact_strength(np.array([0.0, 6.0])).round(4).tolist()
    [0.0, 0.6321]
    """
    return -np.expm1(-activity / saturation)


def contact_history(contacts: Contacts, markets: Texts, as_of: np.datetime64) -> ContactHistory:
    """Return activity and recent numbers of contacts of every ordered pair.

    Parameters
    ----------
    contacts : Contacts
        Those later than `as_of` or with oneself are ignored.
    markets : ndarray of object, shape (n,)
        Of every stakeholder.
    as_of : numpy.datetime64
        The moment t, in UTC.
    """
    contacts = contacts.take((contacts.at <= as_of) & (contacts.source != contacts.target))
    half_life = half_lives(markets, contacts.source, contacts.target)
    age = (as_of.astype("datetime64[us]") - contacts.at.astype("datetime64[us]")) / _DAY
    pair = contacts.source * len(markets) + contacts.target
    keys, inverse = np.unique(pair, return_inverse=True)

    def total(count: npt.NDArray[np.generic]) -> Floats:
        sums = np.bincount(inverse, count.astype(np.float64), minlength=len(keys))
        return sums.astype(np.float64)

    periods = age / half_life
    return ContactHistory(
        keys,
        total(contacts.count * np.exp2(-periods)),
        total(periods < 1).astype(np.int64),
        total((periods >= 1) & (periods < 2)).astype(np.int64),
    )


def trend(now: npt.NDArray[np.int64], before: npt.NDArray[np.int64]) -> Floats:
    """Return (now − before)/max(now, before), NaN where there was no contact in either.

    Examples
    --------
    >>> trend(np.array([1, 0, 0]), np.array([4, 0, 2])).tolist()
    [-0.75, nan, -1.0]
    """
    larger = np.maximum(now, before)
    share = (now - before) / np.maximum(larger, 1)
    return np.where(larger > 0, share, np.nan).astype(np.float64)
