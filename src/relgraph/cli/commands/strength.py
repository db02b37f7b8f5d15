"""`relgraph strength`: partnerships by strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph import assumptions
from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings

INDEX_INTERVALS = (
    "Add where each rank lies, and who stands before the next, when weights and means are drawn."
)


@click.command("strength", cls=Command)
@click.argument("stakeholders", nargs=-1, metavar="[ID [ID]]")
@options.db
@options.settings(reading=False, confidence=INDEX_INTERVALS)
@click.option("--directed", is_flag=True, help="Show a row for each direction, not each pair.")
@click.option(
    "--saturation",
    type=float,
    default=assumptions.SATURATION,
    show_default=True,
    metavar="N",
    help="Recent contacts that bring contact strength to 0.63.",
)
@click.option(
    "--count-value",
    is_flag=True,
    help="Let a contact count its value instead of 1 (choose --saturation in that unit).",
)
@click.option(
    "--risk-trend",
    type=click.FloatRange(-1, 1),
    default=assumptions.RISK_TREND,
    show_default=True,
    metavar="T",
    help="A tie is at risk at this trend or below.",
)
@click.option(
    "--risk-satisfaction",
    type=click.FloatRange(0, 1),
    default=assumptions.RISK_SATISFACTION,
    show_default=True,
    metavar="S",
    help="A tie is at risk when its stakeholder's satisfaction is below this.",
)
@options.rows
def command(
    stakeholders: tuple[str, ...],
    db: str,
    settings: RankingSettings,
    directed: bool,
    saturation: float,
    count_value: bool,
    risk_trend: float,
    risk_satisfaction: float,
    rows: options.RowOptions,
) -> None:
    """Rank partnerships by strength: all of them, one stakeholder's, or that of two.

    A strength that is given wins; else it is the index of the tie's components, with contacts
    standing in for cooperation and two_way; else that of its contacts alone.

    \b
    Columns: rank, source, target,
      strength      from 0 to 1, the geometric mean of both directions
      low, high     the index with what is missing at 0.1 and at 0.9
      coverage      share of the index's weight that is known
      basis         given, index, contact or none
      imbalance     how much stronger source to target is than back, -1 to 1; 0: alike
      trend         contacts in the last half-life against the one before, -1 to 1
      at_risk       trend or satisfaction is too low
      source_name, target_name, market,
      remark        why there is no index
    """
    from relgraph import api
    from relgraph.analysis.partnerships.partnerships import RiskLimits

    limits = RiskLimits(risk_trend, risk_satisfaction)
    write_ranking(
        db,
        lambda store: api.rank_partnerships(
            store,
            stakeholders,
            settings,
            directed=directed,
            count_value=count_value,
            saturation=saturation,
            limits=limits,
        ),
        rows,
    )
