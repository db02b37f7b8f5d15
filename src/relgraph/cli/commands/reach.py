"""`relgraph reach`: how far word of mouth travels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import completion, options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking, write_rows
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.api.spark.rankings import SparkSource
    from relgraph.settings import RankingSettings
    from relgraph.store import Store

FACTORS = (
    *("share_unhappy", "hearers_positive", "hearers_negative"),
    *("impact_positive", "impact_negative"),
)


@click.command("reach", cls=Command)
@click.argument("stakeholders", nargs=-1, metavar="[ID]...", shell_complete=completion.ids)
@options.db
@options.settings(confidence=options.RANK_INTERVALS)
@click.option(
    "--by",
    type=click.Choice(["reached", "expected", "people"]),
    default="reached",
    show_default=True,
    help="What to rank by if no ID is given.",
)
@click.option(
    "--tell-rate",
    type=float,
    default=assumptions.TELL_RATE,
    show_default=True,
    metavar="P",
    help="Chance (0 to 1) that a tie of strength 1 passes word on.",
)
@click.option(
    "--preset",
    type=click.Choice(["literal", "girard", "survey"]),
    default="girard",
    show_default=True,
    help="Share of a circle that hears: all, 19.23 % or 4 % (see `relgraph rule250`).",
)
@click.option(
    "--hop-decay",
    type=float,
    default=assumptions.HOP_DECAY,
    show_default=True,
    metavar="A",
    help="Factor (0 to 1) by which telling fades with each further hop.",
)
@click.option("--population", type=float, metavar="M", help="Number of people in the market.")
@click.option(
    "--sentiment",
    type=click.Choice(["symmetric", "folklore", "east"]),
    help="Split people into hearers of positive and of negative word: equal, negative told to "
    "twice as many, or positive three times as common (East, Hammond, Wright 2007).",
)
@click.option("--share-unhappy", type=float, metavar="S", help="Share of unhappy tellers, 0 to 1.")
@click.option("--hearers-positive", type=float, metavar="F", help="Multiplier of positive hearers.")
@click.option("--hearers-negative", type=float, metavar="F", help="Multiplier of negative hearers.")
@click.option("--impact-positive", type=float, metavar="F", help="Value of a positive hearer.")
@click.option("--impact-negative", type=float, metavar="F", help="Value of a negative hearer.")
@click.option(
    "--cascades",
    type=options.Count("cascades"),
    default=int(assumptions.CASCADES),
    show_default=True,
    metavar="N",
    help="Cascades to run where expected reach is sampled.",
)
@click.option(
    "--error",
    type=float,
    default=assumptions.SPREAD_ERROR,
    show_default=True,
    metavar="E",
    help="In large networks, stop when expected is off by less than this share of it; 0 runs all "
    "cascades.",
)
@click.option(
    "--hops",
    type=click.IntRange(min=1),
    metavar="N",
    help="Count only those within N hops; needed to read from Spark.",
)
@options.spark
@options.write_property
@options.rows
def command(
    stakeholders: tuple[str, ...],
    db: str,
    settings: RankingSettings,
    by: str,
    sentiment: str | None,
    hops: int | None,
    spark: SparkSource | None,
    property_name: str | None,
    rows: options.RowOptions,
    **choices: Any,
) -> None:
    """Show how far word of mouth travels from a stakeholder, hop by hop, or rank them all.

    With IDs (or exact names), each hop has a row that counts everyone up to it. Without, all
    stakeholders but the firm are ranked, and hop is the farthest. Word travels along REFERS,
    INFLUENCES, KNOWS and PARTNERS_WITH unless --type is given.

    \b
    Columns: id, name, market, hop,
      reached       stakeholders who can hear, without the first teller
      expected      stakeholders expected to hear, with the first teller
      people_at_least, people, people_at_most
                    people who hear, including the circles of stakeholders who do
      people_distinct
                    estimate of the same if circles overlap as known ones do
      expected_low, expected_high
                    95 % interval, where expected is sampled
      reached_std_error
                    standard error where reached is sketched, above 100,000 nodes
      people_positive, people_negative, net
                    with --sentiment or a figure of it

    --write stores the figure ranked by. With --hops, rows have only reached and its error.
    """
    import relgraph.api as api
    from relgraph.analysis.word_of_mouth.sentiment import SENTIMENTS

    if spark is not None:
        _from_spark(spark, settings, hops, rows, stakeholders, property_name, by)
        return
    if stakeholders and (settings.confidence or property_name):
        raise UsageError("reach.ranking_only")
    factors = {name: choices.pop(name) for name in FACTORS}
    given = {name: value for name, value in factors.items() if value is not None}
    if sentiment or given:
        choices["sentiment"] = replace(SENTIMENTS[sentiment or "symmetric"], **given)

    def rank(store: Store) -> Any:
        if stakeholders:
            result = api.trace_reach(store, stakeholders, settings, **choices)
            return result if hops is None else result.take(result["hop"] <= hops)
        return api.rank_reach(store, settings, by=by, hops=hops, **choices)

    write_ranking(db, rank, rows, property_name, by)


def _from_spark(
    spark: SparkSource,
    settings: RankingSettings,
    hops: int | None,
    rows: options.RowOptions,
    stakeholders: tuple[str, ...],
    property_name: str | None,
    by: str,
) -> None:
    """Write who reaches most within some hops, of what is read from Spark."""
    from relgraph.api.spark.rankings import rank_reach_on_spark

    if hops is None:
        raise UsageError("spark.hops", parameter="hops")
    wrong = None if by == "reached" else by
    options.refuse_on_spark(stakeholders=stakeholders, by=wrong, property_name=property_name)
    write_rows(rank_reach_on_spark(spark, settings, hops, rows.first), rows)
