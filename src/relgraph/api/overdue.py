"""Whom to call: accounts and ties that wait for a contact."""

from __future__ import annotations

from typing import Unpack

from relgraph.api.stakeholders import find_ids
from relgraph.arguments import checked
from relgraph.planning.overdue import By, overdue_rows
from relgraph.planning.reading import read_basis
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, settle_planning
from relgraph.store import Store


@checked
def list_overdue(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    by: By = "overdue",
    per_tie: bool = False,
    owner: str | None = None,
    everyone: bool = False,
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return whom to call: who has waited longer than their level or their own rhythm allows.

    Its columns are those of `relgraph.planning.overdue.overdue_rows`.

    Parameters
    ----------
    settings, **changes
        How the figures are made (`relgraph.PlanningSettings`), all together or single ones by
        name.
    by : {"overdue", "quiet", "at_stake", "velocity"}
        What to rank by.
    per_tie : bool
        A row for each employee and account in place of one for each account.
    owner : str, optional
        The id or name of an employee: only whom they look after, or their own ties.
    everyone : bool
        Show those who needn't be called yet too.

    Returns
    -------
    Result
        `rank, id, name, market, owner, level, last, person, role, due_every, overdue, usual, quiet,
        trend, velocity, at_stake, remark`; by tie also `employee, employee_name`.

    Raises
    ------
    UnknownStakeholder
        The owner is not in the store.
    UsageError
        The owner is no active employee, or an assumption is unknown or out of its range.
    """
    settings = settle_planning(settings, changes)
    if owner is not None:
        [owner] = find_ids(store, [owner], "owner")
    return overdue_rows(
        read_basis(store, settings), by, per_tie=per_tie, owner=owner, everyone=everyone
    )
