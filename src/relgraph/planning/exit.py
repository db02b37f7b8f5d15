"""Who leaves with how much: a ranking of what falls with each account and employee."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args

import numpy as np

from relgraph.analysis.ranking.rows import ranked
from relgraph.errors import check_choice
from relgraph.messages import Note
from relgraph.network import Floats, Ints, Nodes
from relgraph.planning.accounts import EMPLOYEE, MARKETS, amounts
from relgraph.planning.basis import Basis
from relgraph.planning.churn import GROUPS
from relgraph.planning.intervals import Interval, intervals
from relgraph.planning.losses import Losses, Parts, find_losses
from relgraph.planning.notes import basis_notes, told_rate
from relgraph.planning.people import people_columns
from relgraph.planning.worth import Worth, rate_of
from relgraph.result import Result
from relgraph.settings import PlanningSettings

By = Literal["loss", "budget", "only"]
BY: tuple[By, ...] = get_args(By)


def exit_rows(basis: Basis, settings: PlanningSettings, by: By = "loss") -> Result:
    """Return everyone by what falls if they leave now, the largest loss first.

    Parameters
    ----------
    basis : Basis
        Of the firm.
    settings : PlanningSettings
        How many draws, and their seed.
    by : {"loss", "budget", "only"}
        What to rank by.

    Returns
    -------
    Result
        `rank, id, name, market, loss, loss_low, loss_high, direct, chained, held, referrals,
        p_leave, budget, only, accounts, person, role, person_share` of accounts, employees and
        competitors. `loss` is the sum of what follows: `direct`, the lifetime value of a buyer, or
        what is lost with a supplier; `chained`, that of buyers who follow the example; `held`,
        what goes with an employee, or with a distributor who is customers' only seller;
        `referrals`, new business that doesn't come. `budget` is the most that certain keeping is
        worth this year, `only` the lifetime value of accounts that are in contact with this
        employee alone, `accounts` how many depend.
        `person` is whom of an organisation's people its contact depends on most, `person_share` the
        share of its coverage that would go with them.

    Notes
    -----
    Example: Nitzan and Libai 2011, doi 10.1509/jm.10.0209. Departures: Shi, Sridhar, Grewal and
    Lilien 2017, Journal of Marketing 81(2), 25–44.
    """
    check_choice(by, BY, "by")
    losses = find_losses(basis, settings.seed)
    return ranked(_columns(losses, settings), by).with_notes(
        *basis_notes(basis), *loss_notes(losses), *_ranking_notes(losses)
    )


def exit_row(basis: Basis, settings: PlanningSettings, node_id: str) -> Result:
    """Return the row of one stakeholder in `exit_rows` without its rank, or no row.

    Nobody else's followers are looked for, so that it takes little time in a large network.
    """
    asked = np.flatnonzero(basis.accounts.nodes.ids == node_id)
    losses = find_losses(basis, settings.seed, asked)
    rows = Result(_columns(losses, settings))
    return rows.take(rows["id"] == node_id).with_notes(*_following_notes(losses))


def _columns(losses: Losses, settings: PlanningSettings) -> dict[str, Any]:
    """Return the figures of accounts, employees and competitors."""
    basis, others = losses.basis, competitors(losses.basis)
    (total,) = intervals(basis, settings, lambda worth: _total(losses, worth, len(others)))
    return {**_named(basis, others), **_figures(losses, total, len(others))}


def _total(losses: Losses, worth: Worth, others: int) -> Floats:
    """Return the losses of accounts, employees and competitors, with whom nothing falls."""
    total = losses.parts(worth).total
    return np.concatenate([total, np.zeros((len(total), others))], axis=1)


def competitors(basis: Basis) -> Ints:
    """Return where the active competitors are among the nodes of the evidence."""
    accounts = basis.accounts
    own = accounts.organisation == np.arange(len(accounts.organisation))
    return np.flatnonzero(own & (accounts.evidence.nodes.markets == "competitor"))


def _named(basis: Basis, others: Ints) -> dict[str, Any]:
    accounts = basis.accounts
    nodes: Nodes = accounts.evidence.nodes.take(
        np.concatenate([accounts.rows, accounts.staff, others])
    )
    return {"id": nodes.ids, "name": nodes.names, "market": nodes.markets}


def _figures(losses: Losses, total: Interval, others: int) -> dict[str, Any]:
    basis, worth = losses.basis, losses.central
    parts = Parts(*(part[0] for part in losses.parts(worth)))
    staff = len(basis.accounts.staff)

    def column(of_accounts: Floats, of_staff: Any = 0.0, of_others: Any = 0.0) -> Floats:
        more = [np.broadcast_to(of_staff, staff), np.broadcast_to(of_others, others)]
        return np.concatenate([of_accounts, *more])

    distributor = basis.market == MARKETS.index("distributor")
    held = parts.through if staff else np.where(distributor, parts.through, np.nan)
    p_employee = -np.expm1(-employee_hazard(basis, worth))
    at_stake = worth.at_stake[0] + parts.chained + parts.through
    at_stake = at_stake + worth.stream[0] * worth.years_of_margin[0]
    only, depend = depending(losses)
    return {
        "loss": total.value,
        "loss_low": total.low,
        "loss_high": total.high,
        "direct": column(parts.direct),
        "chained": column(parts.chained, of_others=np.nan),
        "held": column(held, parts.held, 0.0 if staff else np.nan),
        "referrals": column(parts.referrals, of_others=np.nan),
        "p_leave": column(worth.p_leave[0], p_employee, np.nan),
        "budget": column(worth.p_leave[0] * at_stake, p_employee * parts.held, np.nan),
        "only": column(np.zeros(basis.n), np.where(np.isnan(parts.held), np.nan, only)),
        "accounts": np.concatenate([depend, np.zeros(others, np.int64)]),
        **people_columns(
            basis.accounts, np.append(np.arange(basis.n), np.full(staff + others, basis.n))
        ),
    }


def employee_hazard(basis: Basis, worth: Worth) -> Floats:
    """Return the rate at which each employee leaves this year."""
    accounts = basis.accounts
    retention = amounts(accounts.evidence.nodes, "retention")[accounts.staff]
    usual = worth.worlds.churn[0, GROUPS.index(EMPLOYEE)]
    return np.where(np.isnan(retention), usual, rate_of(retention))


def depending(losses: Losses) -> tuple[Floats, Ints]:
    """Return the worth that hangs on each employee alone, and how many accounts depend on each."""
    basis, threads = losses.basis, losses.threads
    staff = len(basis.accounts.staff)
    single = threads.count[threads.account] == 1
    worth = np.nan_to_num(losses.central.lifetime[0])
    only = np.bincount(threads.employee[single], worth[threads.account[single]], staff)
    of_accounts = np.bincount(losses.dependent.leaver, minlength=basis.n)
    of_staff = np.bincount(threads.employee, minlength=staff)
    return only.astype(np.float64), np.concatenate([of_accounts, of_staff])


def loss_notes(losses: Losses) -> Iterator[Note]:
    """Return whose loss is unknown, and what is assumed of employees."""
    basis, worth = losses.basis, losses.central
    unknown = np.isnan(worth.lifetime[0])
    supplier = basis.market == MARKETS.index("supplier")
    if count := int((unknown & basis.is_buyer).sum()):
        yield Note("exit.unknown", count=count)
    if count := int((unknown & supplier).sum()):
        yield Note("exit.supply_unknown", count=count)
    if not len(basis.accounts.staff):
        yield Note("exit.no_employees")
    elif len(losses.threads.ties):
        yield Note("exit.departure", share=basis.values["departure_loss"])


def _ranking_notes(losses: Losses) -> Iterator[Note]:
    """Return how often employees leave, and which chained losses aren't exact."""
    if len(losses.basis.accounts.staff):
        yield Note("exit.turnover", rate=told_rate(losses.basis, GROUPS.index(EMPLOYEE)))
    yield from _following_notes(losses)
    if len(losses.contagion.arcs):
        yield Note("exit.intervals")


def _following_notes(losses: Losses) -> Iterator[Note]:
    """Return how many chained losses aren't exact."""
    if losses.chained.drawn:
        yield Note("exit.drawn", count=losses.chained.drawn)
    if losses.chained.two_steps:
        yield Note("exit.two_steps", count=losses.chained.two_steps)
