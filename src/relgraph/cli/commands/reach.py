"""`relgraph reach`: how far word of mouth travels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings
    from relgraph.store import Store

FACTORS = (
    *("share_unhappy", "hearers_positive", "hearers_negative"),
    *("impact_positive", "impact_negative"),
)


@click.command("reach", cls=Command)
@click.argument("stakeholders", nargs=-1, metavar="[ID]...")
@options.db
@options.settings(confidence=options.RANK_INTERVALS)
@click.option(
    "--by",
    type=click.Choice(["reached", "expected", "people"]),
    default="reached",
    show_default=True,
    help="What to rank by, without an ID.",
)
@click.option(
    "--tell-rate",
    type=float,
    default=assumptions.TELL_RATE,
    show_default=True,
    metavar="P",
    help="Chance, 0 to 1, that a tie of strength 1 passes word on.",
)
@click.option(
    "--preset",
    type=click.Choice(["literal", "girard", "survey"]),
    default="girard",
    show_default=True,
    help="The share of a circle that hears: all, 19.23 % or 4 % (see `relgraph rule250`).",
)
@click.option(
    "--hop-decay",
    type=float,
    default=assumptions.HOP_DECAY,
    show_default=True,
    metavar="A",
    help="What is left of the telling a hop further, 0 to 1.",
)
@click.option("--population", type=float, metavar="M", help="People in the market.")
@click.option(
    "--sentiment",
    type=click.Choice(["symmetric", "folklore", "east"]),
    help="Split people by good and bad word: alike, bad told to twice as many, or good three "
    "times as common (East, Hammond, Wright 2007).",
)
@click.option("--share-unhappy", type=float, metavar="S", help="Share of tellers unhappy, 0 to 1.")
@click.option("--hearers-positive", type=float, metavar="F", help="Factor on who hears good word.")
@click.option("--hearers-negative", type=float, metavar="F", help="Factor on who hears bad word.")
@click.option("--impact-positive", type=float, metavar="F", help="Worth of a hearer of good word.")
@click.option("--impact-negative", type=float, metavar="F", help="Worth of a hearer of bad word.")
@click.option(
    "--cascades",
    type=int,
    default=int(assumptions.CASCADES),
    show_default=True,
    metavar="N",
    help="Cascades to draw where the expected reach isn't exact.",
)
@options.write_property
@options.rows
def command(
    stakeholders: tuple[str, ...],
    db: str,
    settings: RankingSettings,
    by: str,
    sentiment: str | None,
    property_name: str | None,
    rows: options.RowOptions,
    **choices: Any,
) -> None:
    """Tell how far word of mouth travels from a stakeholder, hop by hop, or rank them all.

    With IDs (or exact names) there is a row for every hop, counting all within it; without,
    every stakeholder but the firm is ranked, and hop is the farthest. Word travels along REFERS,
    INFLUENCES, KNOWS and PARTNERS_WITH unless --type says otherwise.

    \b
    Columns: id, name, market, hop,
      reached       stakeholders who can hear, the first teller left out
      expected      stakeholders who are expected to hear, the first teller counted
      people_at_least, people, people_at_most
                    people who hear, the circles of those who hear included
      people_distinct
                    the same if circles overlap as the known ones do (an estimate)
      expected_low, expected_high
                    95 % interval, where expected is sampled
      reached_std_error
                    standard error, where reached is sketched (over 100,000 stakeholders)
      people_positive, people_negative, net
                    with --sentiment or one of its figures

    --write stores what ranks.
    """
    from relgraph import api
    from relgraph.analysis.word_of_mouth.sentiment import SENTIMENTS

    if stakeholders and (settings.confidence or property_name):
        raise click.UsageError("--confidence and --write go with the ranking: give no ID with them")
    factors = {name: choices.pop(name) for name in FACTORS}
    given = {name: value for name, value in factors.items() if value is not None}
    if sentiment or given:
        choices["sentiment"] = replace(SENTIMENTS[sentiment or "symmetric"], **given)

    def rank(store: Store) -> Any:
        if stakeholders:
            return api.trace_reach(store, stakeholders, settings, **choices)
        return api.rank_reach(store, settings, by=by, **choices)

    write_ranking(db, rank, rows, property_name, by)
