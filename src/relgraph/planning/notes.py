"""Notes on what planning figures rest on: what was missing, and what stood in for it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import NONE, Evidence
from relgraph.messages import Message, Note
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.churn import GROUPS
from relgraph.planning.margins import BASES, people_margins

# What the moment that is looked at changes; told once, whatever reads the store.
OF_THE_MOMENT = (
    *("ties.ended", "ties.to_come", "stakeholders.still_there", "contacts.later"),
    *("contacts.to_come", "as_of.evidence", "as_of.given"),
)

OF_MONEY = ("money.", "margin.")  # what notes begin with that say where money is from


def basis_notes(basis: Basis) -> tuple[Note, ...]:
    """Return what was assumed of margins, churn, strengths and satisfaction."""
    return (
        *assumption_notes(basis),
        *churn_notes(basis),
        *margin_notes(basis),
        *_tie_notes(basis),
    )


def moment_notes(evidence: Evidence) -> Iterator[Note]:
    """Return what the moment that is looked at leaves out, and what has no history."""
    return (note for note in evidence.notes if note.key in OF_THE_MOMENT)


def assumption_notes(basis: Basis) -> Iterator[Note]:
    """Return what money is in, what the moment changes, and which assumptions are not the usual."""
    evidence = basis.accounts.evidence
    yield from (note for note in evidence.notes if note.key.startswith("money."))
    yield from moment_notes(evidence)
    for name, (low, value, high) in basis.ranges.items():
        usual = assumptions.PLANNED[name]
        if low == high and (usual.drawn or value != usual.value):
            yield Note("assume.set", name=name, value=value, usual=usual.value)


def churn_notes(basis: Basis) -> Iterator[Note]:
    """Return the rate of every market that has accounts, with its interval."""
    present = np.bincount(basis.market, minlength=len(MARKETS)) > 0
    rates = tuple(told_rate(basis, code) for code in np.flatnonzero(present).tolist())
    if rates:
        yield Note("churn.rates", rates=rates)
    usual = basis.churn.usual[: len(present)]
    if (present & ~usual).any() and not basis.churn.leavers.any():
        yield Note("churn.nobody_left")


def told_rate(basis: Basis, code: int) -> Message:
    """Return the rate of one of `GROUPS`, with its interval."""
    market = Message(f"markets.{GROUPS[code]}")
    leavers, years = int(basis.churn.leavers[code]), float(basis.churn.years[code])
    seen = {"market": market, "leavers": leavers, "years": years}
    if basis.churn.usual[code]:
        return Message("churn.usual", rate=basis.values["churn"], **seen)
    low, high = gamma_interval(leavers + 0.5, years)
    return Message("churn.observed", rate=(leavers + 0.5) / years, low=low, high=high, **seen)


def gamma_interval(shape: float, rate: float) -> tuple[float, float]:
    """Return the 95 % interval of a rate whose posterior is Gamma(shape, rate).

    Examples
    --------
    >>> [round(end, 7) for end in gamma_interval(7.5, 92.55)]
    [0.0338311, 0.1485056]
    """
    from scipy.special import gammaincinv

    tail = (1 - assumptions.CONFIDENCE) / 2
    low, high = gammaincinv(shape, [tail, 1 - tail]) / rate
    return float(low), float(high)


def margin_notes(basis: Basis) -> Iterator[Note]:
    """Return where margins are from, and how many are missing."""
    buyers = basis.is_buyer
    counts = np.bincount(basis.margins.basis[buyers], minlength=len(BASES))
    by_ties, by_revenue, missing = (int(counts[BASES.index(b)]) for b in BASES[1:])
    accounts = int(buyers.sum())
    if by_ties:
        yield Note("margin.by_ties", count=by_ties, accounts=accounts)
    if by_revenue:
        yield Note("margin.by_revenue", count=by_revenue, accounts=accounts)
    if missing:
        yield Note("margin.missing", count=missing, accounts=accounts)
    overlap = basis.margins.overlap > 0
    if count := int((overlap & ~basis.margins.clash).sum()):
        yield Note("margin.overlap", count=count)
    if count := int(basis.margins.clash.sum()):
        yield Note("margin.clash", count=count)
    if count := basis.accounts.several:
        yield Note("people.several", count=count)
    if count := basis.accounts.orphans:
        yield Note("people.left", count=count)
    if count := people_margins(basis.accounts):
        yield Note("margin.people", count=count)
    if count := int((basis.margin < 0).sum()):
        yield Note("margin.negative", count=count)


def _tie_notes(basis: Basis) -> Iterator[Note]:
    unknown = int((basis.ties.basis == NONE).sum())
    if unknown:
        yield Note("firm_ties.missing", count=unknown, ties=len(basis.ties.basis))
    untied = basis.n - len(np.unique(basis.ties.account))
    if untied:
        yield Note("firm_ties.none", count=untied, accounts=basis.n)
    if count := int(basis.accounts.hostile.sum()):
        yield Note("accounts.hostile", count=count)
    unsatisfied = int(np.isnan(basis.known_satisfaction).sum())
    if unsatisfied == basis.n > 0:
        yield Note("satisfaction.none", assumed=assumptions.MISSING_SATISFACTION)
    elif unsatisfied:
        yield Note("satisfaction.missing", count=unsatisfied, accounts=basis.n)
