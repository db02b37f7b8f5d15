"""Basis: the facts of planning, read once, and what accounts are worth by them."""

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
from relgraph.planning.churn import observe_churn
from relgraph.planning.facts import PlanningFacts
from relgraph.planning.firm_ties import contact_trends, find_firm_ties, looked_after
from relgraph.planning.margins import Margins, find_margins
from relgraph.planning.word import find_word
from relgraph.planning.worlds import central_world, draw_worlds
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings

_BLOCK = 1 << 18  # figures of a block of worlds: few enough to stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Basis(PlanningFacts):
    """The facts with their figures: central ones, which are kept, and drawn ones."""

    present: Basis | None = None

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
