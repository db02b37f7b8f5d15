"""What stakeholders are worth, and how profit is spread among them."""

from __future__ import annotations

from typing import Literal, Unpack, get_args

from relgraph.arguments import checked
from relgraph.errors import check_choice
from relgraph.planning.parents import parent_rows
from relgraph.planning.reading import read_basis
from relgraph.planning.value import profit_curve, value_rows
from relgraph.result import Result
from relgraph.settings import PlanningChanges, PlanningSettings, settle_planning
from relgraph.store import Store

By = Literal["clv", "margin", "revenue", "network_value", "parent"]


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
    by : {"clv", "margin", "revenue", "network_value", "parent"}
        What to rank by; by parent, subsidiaries are summed to groups, which have the columns of
        `relgraph.planning.parents.parent_rows`.

    Returns
    -------
    Result
        `rank, id, name, market, grade, basis, retention, margin, clv, clv_low, clv_high, received,
        given, network_value, share, cumulative`; by parent `rank, id, name, market, accounts,
        margin, clv, clv_low, clv_high, received, given, network_value, share, cumulative`.

    Raises
    ------
    UsageError
        An assumption is unknown or out of its range, or leaves a worth without a bound.
    """
    settings = settle_planning(settings, changes)
    check_choice(by, get_args(By), "by")
    basis = read_basis(store, settings)
    return parent_rows(basis, settings) if by == "parent" else value_rows(basis, settings, by)


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
