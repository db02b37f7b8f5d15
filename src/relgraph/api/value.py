"""What stakeholders are worth, and how profit is spread among them."""

from __future__ import annotations

from typing import Unpack

from relgraph.arguments import checked
from relgraph.planning.reading import read_basis
from relgraph.planning.value import By, profit_curve, value_rows
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, settle_planning
from relgraph.store import Store


@checked
def value_stakeholders(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    by: By = "clv",
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return stakeholders by what they are worth, the most valuable first.

    Its columns are those of `relgraph.planning.value.value_rows`.

    Parameters
    ----------
    settings, **changes
        How the figures are made (`relgraph.PlanningSettings`), all together or single ones by
        name.
    by : {"clv", "margin", "revenue", "network_value"}
        What to rank by.

    Raises
    ------
    UsageError
        An assumption is unknown or out of its range, or leaves a worth without a bound.
    """
    settings = settle_planning(settings, changes)
    return value_rows(read_basis(store, settings), settings, by)


@checked
def trace_profit_curve(
    store: Store,
    settings: PlanningSettings | None = None,
    *,
    market: str = "customer",
    **changes: Unpack[PlanningChanges],
) -> Result:
    """Return the whale curve of a market: what share of its profit the best stakeholders bring.

    Parameters
    ----------
    settings, **changes
        As for `value_stakeholders`.
    market : str
        customer, distributor, supplier or influencer.

    Returns
    -------
    Result
        `share_of_stakeholders, share_of_profit`.
    """
    return profit_curve(read_basis(store, settle_planning(settings, changes)), market)
