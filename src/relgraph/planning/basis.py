"""Basis: the facts that every planning figure rests on, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Evidence, Mask
from relgraph.errors import UsageError, did_you_mean
from relgraph.network import Floats, Ints, Texts
from relgraph.network.columns import text_codes
from relgraph.planning.accounts import MARKETS, Accounts, find_accounts
from relgraph.planning.churn import Churn, observe_churn
from relgraph.planning.firm_ties import FirmTies, contact_trends, find_firm_ties, looked_after
from relgraph.planning.margins import Margins, find_margins
from relgraph.planning.word import WordArcs, find_word
from relgraph.planning.worlds import central_world, draw_worlds
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings

_BLOCK = 1 << 18  # figures of a block of worlds: few enough to stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Basis:
    """Facts of a firm's accounts; arrays of shape (n,) are of the accounts.

    Parameters
    ----------
    accounts : Accounts
    ties : FirmTies
        Between accounts and the firm's side.
    word : WordArcs
        Along which word of mouth travels among accounts.
    churn : Churn
        What was seen of leaving, by market.
    margins : Margins
        As known; `margin` counts a distributor's overlap with its customers once.
    margin : ndarray of float64
        Money a year; NaN where missing.
    satisfaction : ndarray of float64
        The mean of the market where it isn't known.
    trend : ndarray of float64
        Of contacts with employees, 0 where there are too few to tell.
    looked_after, owner : ndarray
        1.0 where an active employee looks after the account, and a position in the firm's side
        (−1 for nobody).
    retention : ndarray of float64
        The chance to stay a year where it is given, else NaN.
    market : ndarray of int64
        Positions in `accounts.MARKETS`.
    values : mapping of str to float
        Central values of assumptions.
    ranges : mapping of str to tuple
        Low, value and high of assumptions.
    years : float or None
        The horizon of lifetime values.
    present : Basis or None
        Of the firm as it is, where this is one that something has changed: rates of leaving and
        what makes them up, means, medians and ratios stay those of the present, since they would
        move with every change and hide what it does.
    """

    accounts: Accounts
    ties: FirmTies
    word: WordArcs
    churn: Churn
    margins: Margins
    margin: Floats
    satisfaction: Floats
    trend: Floats
    looked_after: Floats
    owner: Ints
    retention: Floats
    market: Ints
    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float, float]]
    years: float | None
    supply_share: Floats
    replaceable: Mask
    known_satisfaction: Floats
    present: Basis | None = None

    @property
    def n(self) -> int:
        """Return how many accounts there are."""
        return self.accounts.n

    @property
    def is_buyer(self) -> Mask:
        """Return which accounts are customers or distributors."""
        return self.accounts.is_buyer

    def satisfaction_drawn(self, uniform: Floats) -> Floats:
        """Return satisfactions in which the unknown ones are some known one of their market."""
        drawn = self.satisfaction.copy()
        for wanted, known in self._satisfactions:
            drawn[wanted] = known[(uniform[wanted] * len(known)).astype(np.int64)]
        return drawn

    @cached_property
    def _satisfactions(self) -> list[tuple[Ints, Floats]]:
        """Return for each market whose satisfaction is missing, and the known ones in order."""
        missing, found = np.isnan(self.known_satisfaction), []
        source = self.present or self
        told = ~np.isnan(source.known_satisfaction)
        for code in range(len(MARKETS)):
            known = np.sort(source.known_satisfaction[(source.market == code) & told])
            if len(known):
                found.append((np.flatnonzero((self.market == code) & missing), known))
        return found

    def central(self) -> Worth:
        """Return what accounts are worth at the central assumptions."""
        return self._central

    @cached_property
    def _central(self) -> Worth:
        present = None if self.present is None else self.present.central()
        return Worth(self, central_world(self), present)

    @property
    def block(self) -> int:
        """Return how many worlds at once fit the cache."""
        return max(1, _BLOCK // max(1, self.n, len(self.ties.strength), len(self.word.strength)))

    def drawn(self, draws: int, seed: int, block: int | None = None) -> Iterator[Worth]:
        """Return what they are worth in drawn worlds, in blocks of a size that fits the cache."""
        size = block or self.block
        for first in range(0, draws, size):
            yield self._drawn(range(first, min(first + size, draws)), seed)

    def _drawn(self, numbers: Sequence[int], seed: int) -> Worth:
        present = None if self.present is None else self.present._drawn(numbers, seed)
        return Worth(self, draw_worlds(self, numbers, seed), present)


def find_basis(
    evidence: Evidence, settings: PlanningSettings, present: Basis | None = None
) -> Basis:
    """Return the basis of everything that is known of a firm.

    Parameters
    ----------
    evidence : Evidence
        Everyone in the store with `accounts.ATTRIBUTES` and `accounts.TIE_ATTRIBUTES`.
    settings : PlanningSettings
        With the assumptions that are set.
    present : Basis, optional
        Of the firm as it is, where this is one that something has changed.
    """
    if present is not None:
        evidence = replace(evidence, like=present.accounts.active.like)
    accounts = find_accounts(evidence)
    ranges = assumed_ranges(settings.assume)
    values = {name: value for name, (_, value, _) in ranges.items()}
    margins = find_margins(accounts, present.margins if present else None)
    known = accounts.amounts("satisfaction")
    market = accounts.market
    after, owner = looked_after(accounts)
    trend, _ = contact_trends(accounts)
    return Basis(
        accounts=accounts,
        ties=find_firm_ties(accounts),
        word=find_word(accounts),
        churn=present.churn if present else observe_churn(evidence),
        margins=margins,
        margin=_counted_once(margins, values["distributor_margin_includes"]),
        satisfaction=_filled(known, market, present),
        trend=trend,
        looked_after=after,
        owner=owner,
        retention=accounts.amounts("retention"),
        market=market,
        values=values,
        ranges=ranges,
        years=settings.years,
        supply_share=_supply_share(accounts),
        replaceable=replaceable_suppliers(accounts, np.zeros(accounts.n, dtype=bool)),
        known_satisfaction=known,
        present=present,
    )


def assumed_ranges(assume: Mapping[str, float]) -> dict[str, tuple[float, float, float]]:
    """Return low, value and high of what planning assumes; one that is set isn't drawn.

    Raises
    ------
    UsageError
        A name is unknown, or a value out of its range.
    """
    for name, value in assume.items():
        known = assumptions.PLANNED.get(name)
        if known is None or known.within is None:
            meant = did_you_mean(name, list(assumptions.PLANNED))
            raise UsageError("assume.unknown", parameter="assume", name=name, meant=meant)
        low, high = known.within
        if not low <= value <= high:
            values = {"name": name, "value": value, "low": low, "high": high}
            raise UsageError("assume.range", parameter="assume", **values)
    ranges = {}
    for name, each in assumptions.PLANNED.items():
        low, high = each.drawn or (each.value, each.value)
        given = assume.get(name)
        ranges[name] = (low, each.value, high) if given is None else (given, given, given)
    return ranges


def _counted_once(margins: Margins, includes: float) -> Floats:
    """Return margins without what a distributor's margin includes of its customers'."""
    return np.where(margins.clash, margins.margin, margins.margin - includes * margins.overlap)


def _filled(known: Floats, market: Ints, present: Basis | None) -> Floats:
    """Return satisfaction, the mean of the market for those who gave none."""
    filled = known.copy()
    told, of = (present.known_satisfaction, present.market) if present else (known, market)
    for code in range(len(MARKETS)):
        values = told[(of == code) & ~np.isnan(told)]
        mean = values.mean() if len(values) else assumptions.MISSING_SATISFACTION
        filled[(market == code) & np.isnan(known)] = mean
    return filled


def _supply_share(accounts: Accounts) -> Floats:
    """Return each supplier's share of all spending, NaN for others and where it isn't known."""
    supplier = accounts.market == MARKETS.index("supplier")
    spent = np.where(supplier, accounts.amounts("revenue"), np.nan)
    total = np.nansum(spent)
    return spent / total if total > 0 else np.full(accounts.n, np.nan)


def replaceable_suppliers(accounts: Accounts, gone: Mask) -> Mask:
    """Return for which suppliers another of their sub-market, who isn't gone, stands in."""
    stays = (accounts.market == MARKETS.index("supplier")) & ~gone
    kinds: Texts = accounts.texts("sub_market")
    code, count = text_codes(kinds)
    alike = np.bincount(code[stays], minlength=count)[code] - stays
    named = np.array([kind is not None for kind in kinds.tolist()], dtype=bool)
    return np.asarray(named & (alike > 0), dtype=bool)
