"""What losing customers costs, as arithmetic that needs no store."""

from __future__ import annotations

import math

import numpy as np

from relgraph.errors import check_range
from relgraph.result import Result


def churn_cost(
    customers: float, rate: float, revenue: float, profit_rate: float, budget: float | None = None
) -> Result:
    """Return what a rate of churn costs a year, and how many saves a budget needs.

    Parameters
    ----------
    customers : float
        How many there are.
    rate : float
        The share of them that is lost, from 0 to 1.
    revenue : float
        Of each a year.
    profit_rate : float
        The share of revenue that is profit, from 0 to 1.
    budget : float, optional
        Money for keeping customers.

    Returns
    -------
    Result
        One row: `customers, rate, lost, revenue, profit, save, budget, saves_needed,
        share_needed`. `revenue` and `profit` are those lost, `save` is what keeping one customer
        is worth; so many saves, a share of the lost, pay for the budget.

    Examples
    --------
    >>> row = next(churn_cost(6600, 0.05, 10_000, 0.1, 200_000).rows())
    >>> row["lost"], row["revenue"], row["profit"], row["save"], row["saves_needed"]
    (330.0, 3300000.0, 330000.0, 1000.0, 200.0)
    """
    check_range(customers, "customers", 0, finite=True)
    check_range(rate, "rate", 0, 1)
    check_range(revenue, "revenue", 0, finite=True)
    check_range(profit_rate, "profit_rate", 0, 1)
    if budget is not None:
        check_range(budget, "budget", 0, finite=True)
    lost, save = customers * rate, revenue * profit_rate
    needed = budget / save if budget is not None and save > 0 else math.nan
    figures = {
        "customers": customers,
        "rate": rate,
        "lost": lost,
        "revenue": lost * revenue,
        "profit": lost * save,
        "save": save,
        "budget": math.nan if budget is None else budget,
        "saves_needed": needed,
        "share_needed": needed / lost if lost > 0 else math.nan,
    }
    return Result({name: np.array([value], np.float64) for name, value in figures.items()})
