"""Levels of relationship: how closely each account or tie is served, and what a level costs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from relgraph.model import LEVELS
from relgraph.network import Floats, Ints, Texts, Ties, text_array
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.rhythm import account_half_lives, find_ends, find_rhythm, find_touches

_NUMBERS = range(1, len(LEVELS) + 1)


class Served(NamedTuple):
    """The level, from 1 to 5, that each is served at, and where it is from.

    The level is 0 where there was no contact, NaN where nothing tells it; the basis is given,
    contacts or None.
    """

    level: Floats
    basis: Texts


def served(given: Floats, year: Ints, values: Mapping[str, float], *, told: bool) -> Served:
    """Return levels: as given, else the highest whose contacts were made in a year.

    Parameters
    ----------
    given : ndarray of float64, shape (g,)
        The level of a tie, NaN where none is given.
    year : ndarray of int64, shape (g,)
        Contacts in the year that ends at the last one.
    values : mapping of str to float
        Assumptions, of which `contacts_1` to `contacts_5` count.
    told : bool
        Whether contacts are recorded at all; where none is, their absence says nothing.
    """
    reached = np.zeros(len(year))
    for number in _NUMBERS:
        reached[year >= values[f"contacts_{number}"]] = number
    unknown = np.isnan(given)
    basis = text_array(
        ("contacts" if told else None) if missing else "given" for missing in unknown.tolist()
    )
    return Served(np.where(unknown, reached if told else np.nan, given), basis)


def account_levels(basis: Basis) -> Served:
    """Return the level that each account is served at."""
    accounts, ties = basis.accounts, basis.accounts.evidence.ties
    touches = find_touches(accounts)
    rhythm = find_rhythm(touches.account, touches, account_half_lives(accounts))
    tied, _ = find_ends(accounts, ties.source, ties.target)
    given = highest_given(ties, tied, basis.n)
    return served(given, rhythm.year, basis.values, told=len(touches.at) > 0)


def highest_given(ties: Ties, group: Ints, g: int, name: str = "level") -> Floats:
    """Return the highest level (or bond) of the ties of each group, NaN for none.

    Parameters
    ----------
    ties : Ties
    group : ndarray of int64, shape (len(ties),)
        From 0 to g − 1, or −1 for a tie that doesn't count.
    g : int
        How many groups there are.
    name : {"level", "bond"}
    """
    found = np.full(g, -np.inf)
    if name in ties.attributes:
        level = ties.attributes[name].astype(np.float64)
        rows = (group >= 0) & ~np.isnan(level)
        np.maximum.at(found, group[rows], level[rows])
    return np.where(np.isinf(found), np.nan, found)


def due_every(level: Floats, values: Mapping[str, float]) -> Floats:
    """Return after how many days a contact is due at each level, NaN below level 1."""
    table = np.array([np.nan, *(values[f"due_{number}"] for number in _NUMBERS)])
    return np.where(np.isnan(level), np.nan, table[np.nan_to_num(level).astype(np.int64)])


def contacts_a_year(level: Floats, values: Mapping[str, float]) -> Floats:
    """Return how many contacts a year each level takes; one between two levels takes its share."""
    needed = [0.0, *(values[f"contacts_{number}"] for number in _NUMBERS)]
    return np.asarray(np.interp(level, np.arange(len(needed)), needed))


def whole(values: Floats) -> Texts:
    """Return numbers with whole ones as such, None for NaN.

    Examples
    --------
    >>> whole(np.array([3.0, 2.5, np.nan])).tolist()
    [3, 2.5, None]
    """
    return text_array(
        None if value != value else int(value) if value == int(value) else value
        for value in values.tolist()
    )


def contact_cost(basis: Basis) -> float:
    """Return what a contact costs: a share of the median positive margin of customers, or NaN."""
    return basis.values["contact_cost"] * median_gain(basis)


def median_gain(basis: Basis) -> float:
    """Return the median positive margin of customers, NaN for none."""
    customers = basis.margin[basis.market == MARKETS.index("customer")]
    gains = customers[customers > 0]
    return float(np.median(gains)) if len(gains) else math.nan
