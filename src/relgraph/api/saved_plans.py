"""Saved plans: what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

from relgraph.arguments import checked
from relgraph.comparison.review import review_rows
from relgraph.comparison.saved_plan import read_plan_file
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, settle_planning
from relgraph.store import Store


@checked
def review_plan(
    store: Store,
    path: str | Path,
    settings: PlanningSettings | None = None,
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return what became of a saved plan: what was done, and what moved.

    Its columns are those of `relgraph.comparison.review.review_rows`.

    Parameters
    ----------
    path : str or Path
        A file that `plan_investments` saved.
    settings, **changes
        How the figures of now are made (`relgraph.PlanningSettings`): assumptions and years are
        those of the plan unless they are given.

    Returns
    -------
    Result
        `group, rank, id, name, market, action, done, open, status, owner, contacts, due, made,
        strength_then, strength_planned, strength_now, satisfaction_then, satisfaction_planned,
        satisfaction_now, p_leave_then, p_leave_planned, p_leave_now, margin_now`.

    Raises
    ------
    InvalidInput
        The file has problems; all are listed.
    UsageError
        There is no such file, or the moment that is looked at lies before the plan.
    """
    settings = settle_planning(settings, changes)
    return review_rows(store, read_plan_file(path), settings)
