"""Outlook: who looks after one stakeholder, their money and their risk.

The figures are those of `value_rows` and `exit_rows`, at the central assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from relgraph.messages import Note
from relgraph.model import FIRM
from relgraph.planning.accounts import EMPLOYEE
from relgraph.planning.basis import Basis
from relgraph.planning.exit import exit_row
from relgraph.planning.reasons import TOLD, reason_factors
from relgraph.planning.value import value_row
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings

_MONEY = ("margin", "basis", "grade", "clv", "received", "given", "network_value")
_OF_ACCOUNTS = ("p_leave", "loss", "direct", "chained", "held", "referrals", "budget", "accounts")
_OF_EMPLOYEES = ("p_leave", "loss", "only", "budget", "accounts")


@dataclass(frozen=True)
class Outlook:
    """What planning knows of one stakeholder.

    Parameters
    ----------
    owner : str or None
        The id of the employee who looks after them.
    money : dict
        Of an account: `revenue`, `margin` and its `basis`, `grade`, `at_stake`, `clv`, `received`,
        `given` and `network_value`, as `relgraph value` has them; `at_stake` is what the account
        is worth if it is still there in a year.
    risk : dict
        `p_leave`, of an account its `reasons` with their factors, and what `relgraph exit` says
        is lost.
    notes : tuple of Note
        Why there are no figures, or how exact they are.
    """

    owner: str | None
    money: dict[str, Any]
    risk: dict[str, Any]
    notes: tuple[Note, ...] = ()


def find_outlook(basis: Basis, settings: PlanningSettings, node_id: str) -> Outlook:
    """Return the outlook of one stakeholder; its figures are empty for all but accounts and staff.

    Parameters
    ----------
    basis : Basis
        Of the firm.
    settings : PlanningSettings
        Its draws count for nothing: the figures are the central ones.
    node_id : str
    """
    settings = replace(settings, draws=0)
    nodes = basis.accounts.evidence.nodes
    found = np.flatnonzero(nodes.ids == node_id)
    if not len(found):
        return Outlook(None, {}, {})
    row = int(found[0])
    place = int(basis.accounts.place_of(basis.accounts.rows)[row])
    if place >= 0:
        return _of_account(basis, settings, node_id, place)
    above = int(basis.accounts.organisation[row])
    if above != row:
        whole = nodes.ids[above]
        return Outlook(None, {}, {}, (Note("outlook.organisation", id=node_id, whole=whole),))
    if nodes.markets[row] == EMPLOYEE:
        lost = exit_row(basis, settings, node_id)
        return Outlook(None, {}, _taken(next(lost.rows()), _OF_EMPLOYEES), _departure(basis))
    key = "outlook.firm" if nodes.markets[row] == FIRM else "outlook.rival"
    return Outlook(None, {}, {}, (Note(key),))


def _of_account(basis: Basis, settings: PlanningSettings, node_id: str, place: int) -> Outlook:
    worth = basis.central()
    earned = next(value_row(basis, settings, node_id).rows())
    lost = exit_row(basis, settings, node_id)
    money = {
        "revenue": _known(basis.accounts.amounts("revenue")[place]),
        **_taken(earned, _MONEY[:3]),
        "at_stake": _known(worth.at_stake[0, place]),
        **_taken(earned, _MONEY[3:]),
    }
    figures = _taken(next(lost.rows()), _OF_ACCOUNTS)
    risk = {"p_leave": figures.pop("p_leave"), "reasons": _reasons(worth, place), **figures}
    return Outlook(_owner(basis, place), money, risk, lost.notes)


def _taken(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _owner(basis: Basis, place: int) -> str | None:
    accounts, owner = basis.accounts, int(basis.owner[place])
    return None if owner < 0 else str(accounts.evidence.nodes.ids[accounts.staff[owner]])


def _reasons(worth: Worth, place: int) -> dict[str, float]:
    """Return why the account is likelier to leave than others, the strongest reason first."""
    factors = {name: float(each[place]) for name, each in reason_factors(worth).items()}
    told = {name: factor for name, factor in factors.items() if factor >= TOLD}
    return dict(sorted(told.items(), key=lambda item: -item[1]))


def _departure(basis: Basis) -> tuple[Note, ...]:
    return (Note("exit.departure", share=basis.values["departure_loss"]),)
