"""Rhythm: when the firm was last in touch with each account or tie, and how often it usually is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.partnerships.contacts import contact_strength, trend
from relgraph.network import Floats, Ints
from relgraph.planning.accounts import MARKETS, Accounts

Times = npt.NDArray[np.datetime64]

_DAY = np.timedelta64(1, "D").astype("timedelta64[us]")
_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class Touches:
    """Contacts between accounts and the firm's side up to the moment that is looked at.

    Parameters
    ----------
    account, side : ndarray of int64, shape (c,)
        Positions in `Accounts.rows` and `Accounts.sides`.
    at : ndarray of datetime64, shape (c,)
        When.
    days : ndarray of float64, shape (c,)
        How many days ago.
    person : ndarray of int64, shape (c,)
        With whom of the account, among all nodes.
    """

    account: Ints
    side: Ints
    at: Times
    days: Floats
    person: Ints

    def take(self, rows: npt.NDArray[np.bool_]) -> Touches:
        """Return the contacts where this mask is true."""
        return Touches(
            self.account[rows], self.side[rows], self.at[rows], self.days[rows], self.person[rows]
        )


@dataclass(frozen=True, eq=False)
class Rhythm:
    """What contacts say of each of g groups, an account or a tie; each of shape (g,).

    Parameters
    ----------
    last : ndarray of datetime64
        The last contact, not-a-time for none.
    person : ndarray of int64
        With whom of the account it was, among all nodes; −1 for none.
    days : ndarray of float64
        Days since then; NaN for none, as below where too little is known.
    year : ndarray of int64
        Contacts in the year that ends at the last one, so that silence doesn't lower it.
    usual : ndarray of float64
        Median days between two contacts, from five contacts on.
    quiet : ndarray of float64
        The chance of a silence as long as the present one at the group's own rhythm.
    trend : ndarray of float64
        (now − before)/max(now, before) of contacts in the last half-life and the one before.
    before : ndarray of int64
        Contacts in the half-life before the last one.
    velocity : ndarray of float64
        How much the strength of contacts has changed over the last half-life.
    """

    last: Times
    person: Ints
    days: Floats
    year: Ints
    usual: Floats
    quiet: Floats
    trend: Floats
    before: Ints
    velocity: Floats


def find_touches(accounts: Accounts) -> Touches:
    """Return every contact between an account and the firm's side, whoever made it."""
    contacts, as_of = accounts.evidence.contacts, accounts.evidence.as_of
    if as_of is None:
        as_of = np.datetime64(0, "us")  # there is no contact
    account, side = find_ends(accounts, contacts.source, contacts.target)
    at = contacts.at.astype("datetime64[us]")
    days = (as_of.astype("datetime64[us]") - at) / _DAY
    near, ours = accounts.active.contacts, accounts.place_of(accounts.sides) >= 0
    person = np.where(ours[near.target], near.source, near.target)
    return Touches(account, side, at, days, person).take((account >= 0) & (days >= 0))


def find_ends(accounts: Accounts, source: Ints, target: Ints) -> tuple[Ints, Ints]:
    """Return which end is an account and which the firm's side, −1 both where it isn't so."""
    account, side = accounts.place_of(accounts.rows), accounts.place_of(accounts.sides)
    forth = (account[source] >= 0) & (side[target] >= 0)
    back = (account[target] >= 0) & (side[source] >= 0)
    here = np.where(forth, account[source], np.where(back, account[target], -1))
    return here, np.where(forth, side[target], np.where(back, side[source], -1))


def account_half_lives(accounts: Accounts) -> Floats:
    """Return the days after which a contact with each account counts half."""
    customer = accounts.market == MARKETS.index("customer")
    return np.where(customer, assumptions.HALF_LIFE_CUSTOMER, assumptions.HALF_LIFE_OTHER)


def find_rhythm(group: Ints, touches: Touches, half_life: Floats) -> Rhythm:
    """Return the rhythm of groups of contacts.

    Parameters
    ----------
    group : ndarray of int64, shape (c,)
        The group of each contact.
    touches : Touches
    half_life : ndarray of float64, shape (g,)
        In days, of each group.

    Notes
    -----
    The rate behind `quiet` counts the gaps that end in the two half-lives up to the last contact,
    or since the first one if that is later: a rate that includes the silence itself would fall
    with it, and no silence would be unusual. It takes at least four gaps.
    """
    g = len(half_life)
    order = np.lexsort((touches.person, touches.days, group))
    group, days, at = group[order], touches.days[order], touches.at[order]
    starts = np.searchsorted(group, np.arange(g + 1))
    count = np.diff(starts)
    some = count > 0
    last = np.full(g, np.datetime64("NaT", "us"))
    since, first = np.full((2, g), np.nan)
    person = np.full(g, -1)
    person[some] = touches.person[order][starts[:-1][some]]
    last[some], since[some] = at[starts[:-1][some]], days[starts[:-1][some]]
    first[some] = days[starts[1:][some] - 1]

    def counted(wanted: npt.NDArray[np.bool_]) -> Ints:
        return np.bincount(group[wanted], minlength=g).astype(np.int64)

    def activity(ago: Floats) -> Floats:
        present = ago >= 0
        halves = np.exp2(-ago[present] / half_life[group[present]])
        return np.bincount(group[present], halves, minlength=g).astype(np.float64)

    span = half_life[group]
    begin = np.minimum(since + 2 * half_life, first)
    gaps = counted(days < begin[group])
    with np.errstate(invalid="ignore", divide="ignore"):
        quiet = np.exp(-gaps / (begin - since) * since)
    now, before = counted(days < span), counted((days >= span) & (days < 2 * span))
    return Rhythm(
        last=last,
        person=person,
        days=since,
        year=counted(days < since[group] + _YEAR),
        usual=np.where(count >= assumptions.USUAL_CONTACTS, _median_gaps(group, days, g), np.nan),
        quiet=np.where(gaps >= assumptions.QUIET_GAPS, quiet, np.nan),
        trend=trend(now, before),
        before=before,
        velocity=np.where(
            some, contact_strength(activity(days)) - contact_strength(activity(days - span)), np.nan
        ),
    )


def _median_gaps(group: Ints, days: Floats, g: int) -> Floats:
    """Return the median gap of each group, NaN for none, of contacts ordered by group and day."""
    same = group[1:] == group[:-1]
    gaps, of = np.diff(days)[same], group[1:][same]
    gaps = gaps[np.lexsort((gaps, of))]
    starts = np.searchsorted(of, np.arange(g + 1))
    count = np.diff(starts)
    found = np.full(g, np.nan)
    some = count > 0
    low = starts[:-1][some] + (count[some] - 1) // 2
    high = starts[:-1][some] + count[some] // 2
    found[some] = (gaps[low] + gaps[high]) / 2
    return found
