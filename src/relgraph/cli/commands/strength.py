"""`relgraph strength`: partnerships by strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph import assumptions
from relgraph.cli import completion, options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking, write_rows

if TYPE_CHECKING:
    from relgraph.api.spark.rankings import SparkSource
    from relgraph.settings import RankingSettings

BY = ("strength", "margin", "at_stake")
INDEX_INTERVALS = (
    "Add how certain the ranks are if given strengths, and the weights and means of the index, are "
    "uncertain: rank_low, rank_high (95 %) and stays_ahead."
)


@click.command("strength", cls=Command)
@click.argument("stakeholders", nargs=-1, metavar="[ID [ID]]", shell_complete=completion.ids)
@options.db
@options.settings(reading=False, confidence=INDEX_INTERVALS)
@click.option(
    "--by",
    type=click.Choice(BY),
    help="What to rank by (default: strength; with --at-risk, at_stake).",
)
@click.option("--at-risk", is_flag=True, help="Show only the firm's own ties that are at risk.")
@click.option("--directed", is_flag=True, help="Show one row per direction instead of per pair.")
@click.option(
    "--saturation",
    type=float,
    default=assumptions.SATURATION,
    show_default=True,
    metavar="N",
    help="Recent contacts that make a contact strength of 0.63.",
)
@click.option(
    "--count-value",
    is_flag=True,
    help="Count a contact's value instead of 1 (give --saturation in that unit).",
)
@click.option(
    "--risk-trend",
    type=click.FloatRange(-1, 1),
    default=assumptions.RISK_TREND,
    show_default=True,
    metavar="T",
    help="A tie is cooling if its trend is this or below.",
)
@click.option(
    "--risk-satisfaction",
    type=click.FloatRange(0, 1),
    default=assumptions.RISK_SATISFACTION,
    show_default=True,
    metavar="S",
    help="A tie is unhappy if its stakeholder's satisfaction is below this.",
)
@options.spark
@options.write_property
@options.rows
def command(
    stakeholders: tuple[str, ...],
    db: str,
    settings: RankingSettings,
    by: str | None,
    at_risk: bool,
    directed: bool,
    saturation: float,
    count_value: bool,
    risk_trend: float,
    risk_satisfaction: float,
    spark: SparkSource | None,
    property_name: str | None,
    rows: options.RowOptions,
) -> None:
    """Rank partnerships: all, one stakeholder's, or the one between two.

    Strength is as given; otherwise the index of the tie's components, with contacts standing in
    for a missing cooperation or two_way; otherwise that of contacts alone.

    A tie between an account and the firm or an employee (own) is at risk if its contacts are
    cooling, if the account is unhappy, or if nobody looks after the account. --write keeps, for
    each account, the largest figure of its own ties that are listed.

    \b
    Columns: rank, source, target,
      strength      from 0 to 1, the geometric mean of both directions
      low, high     the index with missing components at 0.1 and at 0.9, or the index itself
                    if it lies beyond; the 95 % interval of a given strength
      coverage      share of the index's weight that is known
      basis         given, index, contact or none
      imbalance     source to target against the way back, -1 to 1; 0 if equal
      trend         contacts in the last half-life against the one before, -1 to 1
      contacts_before   those in the one before; fewer than 4 tell no risk
      source_name, target_name, market,
      remark        why there is no index
      account       the end that is one, or the organisation that it works for
      own           whether the other end is the firm or an employee
      margin        what the account brings a year
      owner         who looks after the account
      at_stake      what the account is worth if it is still there in a year
      at_risk       whether there are reasons why the tie may break
      reasons       cooling, unhappy, nobody looks after it

    From Spark, only those that rest on ties and contacts.
    """
    import relgraph.api as api
    from relgraph.planning.tie_risks import RiskLimits

    if spark is not None:
        from relgraph.api.spark.rankings import rank_partnerships_on_spark

        by = None if by == "strength" else by
        options.refuse_on_spark(
            stakeholders=stakeholders,
            by=by,
            at_risk=at_risk,
            directed=directed,
            count_value=count_value,
            property_name=property_name,
        )
        write_rows(rank_partnerships_on_spark(spark, settings, saturation, rows.first), rows)
        return
    limits = RiskLimits(risk_trend, risk_satisfaction)
    if at_risk:
        rows = rows._replace(command="strength --at-risk")
    write_ranking(
        db,
        lambda store: api.rank_partnerships(
            store,
            stakeholders,
            settings,
            by=by,
            at_risk=at_risk,
            directed=directed,
            count_value=count_value,
            saturation=saturation,
            limits=limits,
        ),
        rows,
        property_name,
        by or ("at_stake" if at_risk else "strength"),
    )
