"""Ties at risk: which of the firm's own ties may break, why, and the money behind each.

The firm's own ties are those between an account and the firm or one of its employees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.analysis.partnerships.evidence import Mask
from relgraph.analysis.ranking.rows import ranked
from relgraph.arguments import check_fields
from relgraph.errors import check_choice, check_range
from relgraph.messages import Message, Note
from relgraph.network import Ints, Texts, text_array
from relgraph.planning.accounts import MARKETS, amounts
from relgraph.planning.basis import Basis
from relgraph.planning.overdue import owner_ids
from relgraph.result import Result

By = Literal["strength", "margin", "at_stake"]
BY: tuple[By, ...] = get_args(By)


@dataclass(frozen=True)
class RiskLimits:
    """When a tie is at risk: a trend at or below, or a satisfaction below these."""

    trend: float = assumptions.RISK_TREND
    satisfaction: float = assumptions.RISK_SATISFACTION

    def __post_init__(self) -> None:
        check_fields(self)
        check_range(self.trend, "trend", -1, 1)
        check_range(self.satisfaction, "satisfaction", 0, 1)


def judge_ties(ties: Result, basis: Basis, limits: RiskLimits | None = None) -> Result:
    """Return partnerships with the money behind each, and why it is at risk.

    Parameters
    ----------
    ties : Result
        Rows of `analysis.partnerships.partnerships.partnership_rows`.
    basis : Basis
        Of the firm.
    limits : RiskLimits, optional
        When contacts are cooling, and an account is unhappy.

    Returns
    -------
    Result
        The same rows with `account, own, margin, owner, at_stake, at_risk, reasons`. `account` is
        the end that is one, or the organisation that it works for; of two a customer, else the
        source. `margin` and `owner` are the account's: money a year, and the id of who looks after
        it. `own` tells whether the other end is the firm or an employee; `at_stake` is what the
        account of such a tie is worth if it is still there in a year. A tie of the firm's own is at
        risk for up to three `reasons`: contacts are cooling (of at least 4 in the half-life
        before), the person or the account is unhappy, or nobody looks after the account.
    """
    account, end, own = _ends(ties, basis)
    reasons = _reasons(ties, basis, limits or RiskLimits(), account, end, own)
    at_stake = _at(basis.central().at_stake[0], account, np.nan)
    return ties.replaced(
        account=_at(basis.accounts.nodes.ids, account, None),
        own=own,
        margin=_at(basis.margin, account, np.nan),
        owner=_at(owner_ids(basis), account, None),
        at_stake=np.where(own, at_stake, np.nan),
        at_risk=np.logical_or.reduce([*reasons.values()]),
        reasons=_told(reasons, len(ties)),
    )


def _ends(ties: Result, basis: Basis) -> tuple[Ints, Ints, Mask]:
    """Return the account of each tie and the end that it is, −1 for none, and which are our own."""
    accounts, nodes = basis.accounts, basis.accounts.evidence.nodes
    place = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    one, other = (
        np.array([place.get(node_id, -1) for node_id in ties[name].tolist()], np.int64)
        for name in ("source", "target")
    )
    account, side = accounts.account_of, accounts.place_of(accounts.sides)
    first, second = _at(account, one, -1), _at(account, other, -1)
    forth = (first >= 0) & (_at(side, other, -1) >= 0)
    back = (second >= 0) & (_at(side, one, -1) >= 0)
    is_customer = basis.market == MARKETS.index("customer")
    rather = _at(is_customer, second, False) & ~_at(is_customer, first, False)
    takes_target = back | (~forth & (second >= 0) & ((first < 0) | rather))
    return np.where(takes_target, second, first), np.where(takes_target, other, one), forth | back


def _at(values: npt.NDArray[Any], places: Ints, missing: Any) -> npt.NDArray[Any]:
    """Return the values at these places, what is missing at −1."""
    return np.append(values, np.array([missing], dtype=values.dtype))[places]


def _reasons(
    ties: Result, basis: Basis, limits: RiskLimits, account: Ints, end: Ints, own: Mask
) -> dict[str, Mask]:
    """Return which ties each reason puts at risk."""
    person = _at(amounts(basis.accounts.evidence.nodes, "satisfaction"), end, np.nan)
    satisfaction = np.fmin(person, _at(basis.known_satisfaction, account, np.nan))
    few = ties["contacts_before"] < assumptions.TREND_CONTACTS
    return {
        "cooling": own & (ties["trend"] <= limits.trend) & ~few,
        "unhappy": own & (satisfaction < limits.satisfaction),
        "unowned": own & (_at(basis.looked_after, account, 1.0) == 0),
    }


def _told(reasons: dict[str, Mask], count: int) -> Texts:
    """Return the reasons of each tie as a message, None where there is none."""
    code = np.zeros(count, np.int64)
    told: list[Message | None] = [None]
    for position, (name, found) in enumerate(reasons.items()):
        code += found * 2**position
        earlier = [() if message is None else message.values["named"] for message in told]
        told += [Message("reasons", named=(*named, Message(f"reason.{name}"))) for named in earlier]
    return text_array(told)[code]


def ranked_ties(ties: Result, by: By) -> Result:
    """Return partnerships that were judged, ranked by strength, margin or what is at stake."""
    check_choice(by, BY, "by")
    columns = {name: column for name, column in ties.columns.items() if name != "rank"}
    return Result(ranked(columns, by, key=("source", "target")).columns, ties.notes)


def ties_at_risk(ties: Result) -> Result:
    """Return those at risk of partnerships that were judged, with notes on what isn't known."""
    risky = ties.take(np.asarray(ties["at_risk"], dtype=bool))
    unknown = int(np.isnan(risky["at_stake"]).sum())
    notes = (Note("ties.no_stake", count=unknown, rows=len(risky)),) if unknown else ()
    return risky.with_notes(*notes)
