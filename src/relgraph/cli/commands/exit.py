"""`relgraph exit`: what is lost if somebody leaves, and why others did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking
from relgraph.cli.value_types import Moment
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from relgraph.settings import PlanningSettings
    from relgraph.store import Store

ARITHMETIC = ("customers", "rate", "revenue", "profit_rate")


@click.command("exit", cls=Command)
@click.argument("stakeholders", nargs=-1, metavar="[ID]...", shell_complete=completion.ids)
@options.db
@options.planning
@click.option(
    "--by",
    metavar="COLUMN",
    help="Rank by loss (default), budget or only; with --rates, count by this property of "
    "stakeholders, or by level or bond, instead of by reason.",
)
@click.option("--rates", is_flag=True, help="Show who left, why, and what was lost with them.")
@click.option(
    "--backtest",
    "day",
    type=Moment(),
    metavar="DATE",
    help="Show how well the contacts up to this day told who left after it.",
)
@click.option("--customers", type=float, metavar="N", help="Work out what churn costs: customers,")
@click.option("--rate", type=float, metavar="P", help="the share (0 to 1) that is lost a year,")
@click.option("--revenue", type=float, metavar="R", help="revenue of each a year,")
@click.option("--profit-rate", type=float, metavar="Q", help="and the share of it that is profit.")
@click.option(
    "--budget",
    type=float,
    metavar="B",
    help="With --rates or --customers, how many must be kept for this money to pay.",
)
@options.write_property
@options.rows
def command(
    stakeholders: tuple[str, ...],
    db: str,
    settings: PlanningSettings,
    by: Any,
    rates: bool,
    day: datetime | None,
    budget: float | None,
    property_name: str | None,
    rows: options.RowOptions,
    **figures: Any,
) -> None:
    """Rank stakeholders by what is lost if they leave, or show who falls with whom.

    With IDs (or exact names), they leave together (churn), and each stakeholder affected has a row
    for every way: directly, chained (following the example), held (by an employee), through (a
    customer's only seller), or as referrals that don't come. Of an employee it shows what leaves
    with them, and who should be introduced to whom first.

    \b
    Columns: rank, id, name, market,
      loss          all that is lost with them, in money
      loss_low, loss_high   95 % interval
      direct        their own lifetime value, or what is lost with a supplier
      chained       that of buyers who follow them
      held          what goes with an employee, or with customers' only distributor
      referrals     new business that they would have brought
      p_leave       the chance that they leave this year
      budget        the most that certain keeping is worth this year
      only          lifetime value of accounts that know this employee alone
      accounts      how many accounts depend on them
      person        whom of an organisation's people its contact depends on most
      role, person_share   what they do there, share of contact that goes with them
    With IDs: id, name, market, how, hop,
      chance        chance or share that is lost, of the value
      value, loss
      backup        others in contact, the strongest first
      cover         best second contact
      cover_saves   what having one would save
      person, role, person_share   as above

    docs/planning.md explains each figure.
    """
    import relgraph.api as api

    given = {name: value for name, value in figures.items() if value is not None}
    _check(stakeholders, by, rates, day, budget, property_name, given)
    if given:
        shown = rows._replace(command="exit --customers")
        output.write_rows(api.estimate_churn_cost(**given, budget=budget), shown)
        return

    more = {"markets": rows.markets} if rows.markets else {}

    def rank(store: Store) -> Any:
        if rates:
            return api.measure_churn(store, settings, by=by or "reason", budget=budget, **more)
        if day is not None:
            return api.backtest_churn(store, day, settings)
        if stakeholders:
            return api.trace_exit(store, stakeholders, settings)
        return api.rank_exits(store, settings, by=by or "loss")

    if rates:
        rows = rows._replace(command="exit --rates", markets=())
    elif stakeholders:
        rows = rows._replace(command="exit ID")
    write_ranking(db, rank, rows, property_name, by or "loss")


def _check(
    stakeholders: tuple[str, ...],
    by: str | None,
    rates: bool,
    day: datetime | None,
    budget: float | None,
    property_name: str | None,
    given: dict[str, float],
) -> None:
    """Refuse options that belong to different questions."""
    asked = [bool(stakeholders), rates, day is not None, bool(given)]
    if sum(asked) > 1:
        raise UsageError("exit.one_question")
    if given and len(given) < len(ARITHMETIC):
        missing = [name for name in ARITHMETIC if name not in given]
        raise UsageError("exit.arithmetic", parameter=missing[0])
    if budget is not None and not (rates or given):
        raise UsageError("exit.budget", parameter="budget")
    if by is not None and any(asked) and not rates:
        raise UsageError("exit.by", parameter="by")
    if property_name is not None and any(asked):
        raise UsageError("exit.write", parameter="property_name")
