"""Churn: how often the stakeholders of a market leave, from those who did."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Evidence
from relgraph.network import Floats, Ints
from relgraph.network.projection import outside
from relgraph.planning.accounts import EMPLOYEE, MARKETS, texts
from relgraph.planning.belonging import find_organisations

GROUPS = (*MARKETS, EMPLOYEE)
_YEAR = np.timedelta64(365 * 24 + 6, "h") / np.timedelta64(1, "us")  # of 365.25 days

Times = npt.NDArray[np.datetime64]


class Churn(NamedTuple):
    """What was seen of leaving in each of `GROUPS`, each of shape (g,).

    `leavers` left within the window from the first contact to the moment that is looked at;
    `years` are the stakeholder-years observed; `usual` says where too little was seen, so that
    the usual rate stands in.
    """

    leavers: Ints
    years: Floats
    usual: npt.NDArray[np.bool_]

    def rate(self, usual: float) -> Floats:
        """Return the rate a year, (L + ½)/E; the usual one where too little was seen.

        Examples
        --------
        >>> Churn(np.array([7, 0]), np.array([92.55, 3.0]), np.array([False, True])).rate(0.2)
        array([0.08103728, 0.2       ])
        """
        return np.where(
            self.usual, usual, (self.leavers + 0.5) / np.where(self.usual, 1, self.years)
        )


class Stays(NamedTuple):
    """How long each stakeholder was observed, in years, and who left on a day that was."""

    years: Floats
    left: npt.NDArray[np.bool_]


def observe_churn(evidence: Evidence) -> Churn:
    """Return the leavers and the stakeholder-years of each group.

    People of an organisation are left out: it is the organisation that stays or leaves.
    """
    stays = observe_stays(evidence)
    group = _groups(evidence)
    here = group >= 0
    years = np.bincount(group[here], stays.years[here], len(GROUPS)).astype(np.float64)
    leavers = np.bincount(group[here & stays.left], minlength=len(GROUPS)).astype(np.int64)
    few = (years < assumptions.CHURN_YEARS) & (leavers == 0)
    return Churn(leavers, years, few | (years <= 0))


def observe_stays(evidence: Evidence) -> Stays:
    """Return how long each stakeholder was observed, and who was seen to leave.

    A stakeholder is observed from the start of the window, or their earliest `since` if that is
    later, to its end or the day they left. One who left without a date counts for half the window.
    """
    start, end = _window(evidence)
    n = len(evidence.nodes)
    if start >= end:
        return Stays(np.zeros(n), np.zeros(n, dtype=bool))
    entry, exit_, dated = _stays(evidence, start, end)
    years = np.maximum((exit_ - entry) / np.timedelta64(1, "us"), 0) / _YEAR
    return Stays(years, dated & (exit_ >= start) & (exit_ <= end))


def _groups(evidence: Evidence) -> Ints:
    code = {name: position for position, name in enumerate(GROUPS)}
    markets = evidence.nodes.markets.tolist()
    group = np.fromiter((code.get(name, -1) for name in markets), np.int64, count=len(markets))
    own = find_organisations(evidence.nodes, evidence.ties) == np.arange(len(markets))
    return np.where(own, group, -1)


def _window(evidence: Evidence) -> tuple[np.datetime64, np.datetime64]:
    """Return the first contact, and the moment that is looked at; equal without contacts."""
    at = evidence.contacts.at
    end = evidence.as_of
    if end is None or not len(at):
        return np.datetime64(0, "us"), np.datetime64(0, "us")
    return at.min().astype("datetime64[us]"), end.astype("datetime64[us]")


def _stays(
    evidence: Evidence, start: np.datetime64, end: np.datetime64
) -> tuple[Times, Times, npt.NDArray[np.bool_]]:
    """Return when each came and went within the window, and who left on a known day."""
    n = len(evidence.nodes)
    entry = np.full(n, start, "datetime64[us]")
    earliest = first_since(evidence)
    entry = np.where(np.isnat(earliest), entry, np.maximum(entry, earliest))
    left = np.asarray(texts(evidence.nodes, "status") == "left", dtype=bool)
    left_on = dates(evidence.nodes.attributes.get("left_on"), n)
    dated = left & ~np.isnat(left_on)
    exit_ = np.where(dated, np.minimum(left_on, end), end)
    half = start + (end - start) / 2
    undated = left & ~dated
    entry = np.where(undated, start, entry)
    return entry, np.where(undated, half, exit_), dated & (left_on <= end)


def first_since(evidence: Evidence) -> Times:
    """Return the earliest `since` of each stakeholder's ties, not-a-time for none.

    Ties that have ended and those of an organisation's people are among them; ties that are to
    come only where there are no others.
    """
    ties, n = evidence.ever, len(evidence.nodes)
    since = dates(ties.attributes.get("since"), len(ties))
    begun = np.ones(len(ties), dtype=bool)
    if evidence.as_of is not None:
        begun = ~outside(ties, evidence.as_of)[1]
    organisation = find_organisations(evidence.nodes, evidence.ties)
    ends = organisation[np.concatenate([ties.source, ties.target])]
    begun, since = np.tile(begun, 2), np.tile(since, 2)
    present = np.bincount(ends[begun], minlength=n) > 0
    counts = ~np.isnat(since) & (begun | ~present[ends])
    never = np.datetime64("9999-12-31", "us")
    earliest = np.full(n, never)
    np.minimum.at(earliest, ends[counts], since[counts])
    return np.where(earliest < never, earliest, np.datetime64("NaT", "us"))


def dates(values: npt.NDArray[np.generic] | None, count: int) -> Times:
    """Return dates as moments, not-a-time where unknown."""
    if values is None:
        return np.full(count, np.datetime64("NaT", "us"))
    if values.dtype.kind == "M":
        return values.astype("datetime64[us]")
    plain = [np.datetime64("NaT") if value is None else value for value in values.tolist()]
    return np.array(plain, dtype="datetime64[us]")
