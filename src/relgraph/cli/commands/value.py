"""`relgraph value`: what each stakeholder is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import options, speech
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import PlanningSettings

BY = ("clv", "margin", "revenue", "network_value", "parent")


@click.command("value", cls=Command)
@options.db
@options.planning
@click.option(
    "--by",
    type=click.Choice(BY),
    default="clv",
    show_default=True,
    help="What to rank by; parent adds subsidiaries up to groups.",
)
@click.option(
    "--curve",
    is_flag=True,
    help="Show which share of profit the best customers bring instead (whale curve).",
)
@options.write_property
@options.rows
def command(
    db: str,
    settings: PlanningSettings,
    by: Any,
    curve: bool,
    property_name: str | None,
    rows: options.RowOptions,
) -> None:
    """Rank stakeholders by what they are worth, in money.

    \b
    Columns: rank, id, name, market,
      grade           A to C by margin within the market (80, 95 %), D for a loss
      margin          money a year, and its basis: given, ties, revenue or missing
      basis
      retention       the chance that they stay this year
      clv             lifetime value; of a supplier, what would be lost with it
      clv_low, clv_high   95 % interval
      received        worth of others that their recommendations brought
      given           worth of theirs that is owed to whoever recommended us
      network_value   clv + received - given
      share           of the sum of what is ranked by
      cumulative      share of these and all above
      accounts        by parent: how many accounts are summed

    docs/planning.md explains each figure.
    """
    import relgraph.api as api

    if curve:
        if property_name:
            raise click.UsageError(speech.say("value.curve_write"))
        market = rows.markets[0] if len(rows.markets) == 1 else "customer"
        shown = rows._replace(markets=())
        write_ranking(
            db, lambda store: api.trace_profit_curve(store, settings, market=market), shown
        )
        return
    write_ranking(
        db,
        lambda store: api.value_stakeholders(store, settings, by=by),
        rows._replace(command="value --by parent") if by == "parent" else rows,
        property_name,
        "clv" if by == "parent" else by,
    )
