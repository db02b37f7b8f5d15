"""`relgraph portfolio`: which class each stakeholder is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import PlanningSettings

MODELS = ("level", "value", "supply", "salience", "power")


@click.command("portfolio", cls=Command)
@options.db
@options.planning
@click.option(
    "--model",
    type=click.Choice(MODELS),
    default="level",
    show_default=True,
    help="Which classes (see below).",
)
@options.rows
def command(db: str, settings: PlanningSettings, model: Any, rows: options.RowOptions) -> None:
    """Show which class each stakeholder is in, and what to do about it.

    \b
    Models, with the columns that a class follows from:
      level     customers and distributors: does the level of relationship fit?
                grade, segment_size, level, basis, recommended, gap, saves
      value     customers by what they buy and whom they bring (Kumar, Petersen,
                Leone 2007): clv, crv
      supply    suppliers by spending and risk (Kraljic 1983): impact, risk,
                supplies_competitors
      salience  by power, legitimacy and urgency (Mitchell, Agle, Wood 1997):
                power, legitimacy, urgency, salience (how many are high)
      power     by power and interest (Mendelow 1991): power, interest
                and both: basis (of power), network_power, disagreement

    \b
    Columns: rank, id, name, market, class, those of the model, then
      sure            share of draws in the same class
      advice          what to do
      partner_group   supplier, lateral, buyer or internal (Morgan, Hunt 1994)
      relation        market or non-market (Gummesson 1997)

    docs/planning.md explains each figure.
    """
    import relgraph.api as api

    write_ranking(db, lambda store: api.classify_stakeholders(store, settings, model=model), rows)
