"""`relgraph advocates`: whom to win first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking
from relgraph.cli.speech import say
from relgraph.cli.value_types import MarketName

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


class Quota(click.ParamType[tuple[str, int]]):
    """MARKET=N."""

    name = "quota"

    def convert(
        self,
        value: str | tuple[str, int],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, int]:
        """Return the market and the number."""
        if isinstance(value, tuple):
            return value
        market, found, number = value.partition("=")
        if not found or not number.strip().isdecimal():
            self.fail(say("quota.form", value=value), param, ctx)
        return MarketName().convert(market, param, ctx), int(number)


class Quality(click.ParamType["float | str"]):
    """A number, or the name of a property."""

    name = "quality"

    def convert(
        self, value: float | str, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | str:
        """Return a number as one, else the text."""
        try:
            return float(value)
        except ValueError:
            return value


@click.command("advocates", cls=Command)
@options.db
@click.option(
    "-k",
    "k",
    type=options.Count("advocates"),
    metavar="N",
    help="Number to win (default: 10 without --budget).",
)
@options.settings(confidence=options.CHOSEN_AGAIN)
@click.option(
    "--model",
    type=click.Choice(["ic", "wc", "lt"]),
    default="ic",
    show_default=True,
    help="How word spreads: independent cascade, by tie strength (ic); weighted cascade, by "
    "1/in-degree (wc); or linear threshold, once enough neighbours have joined (lt).",
)
@click.option(
    "--tell-rate",
    type=float,
    default=assumptions.TELL_RATE,
    show_default=True,
    metavar="P",
    help="With ic: chance (0 to 1) that a tie of strength 1 passes word on.",
)
@click.option(
    "--quality",
    type=Quality(),
    default=assumptions.QUALITY,
    show_default=True,
    metavar="Q",
    help="Chance that a hearer likes it: a number, or a property such as satisfaction.",
)
@click.option("--exclude", multiple=True, metavar="ID", help="Never choose this one; repeatable.")
@click.option(
    "--quota",
    type=Quota(),
    multiple=True,
    metavar="MARKET=N",
    help="Choose at most N from a market; repeatable.",
)
@click.option("--budget", type=float, metavar="SUM", help="Total cost of the choice, at most.")
@click.option("--cost", metavar="COLUMN", help="Property that holds each stakeholder's cost.")
@click.option(
    "--evaluate",
    multiple=True,
    metavar="ID",
    help="Show the spread of these instead of choosing; repeatable.",
)
@click.option(
    "--epsilon",
    type=float,
    default=assumptions.EPSILON,
    show_default=True,
    metavar="E",
    help="Share of the greedy guarantee that sampling may lose.",
)
@click.option(
    "--delta",
    type=float,
    default=assumptions.DELTA,
    show_default=True,
    metavar="D",
    help="Chance that the guarantee is wrong.",
)
@click.option(
    "--cascades",
    type=options.Count("cascades"),
    default=int(assumptions.CASCADES),
    show_default=True,
    metavar="N",
    help="Cascades to run where spread is simulated.",
)
@options.write_property
@options.rows
def command(
    db: str,
    k: int | None,
    settings: RankingSettings,
    quota: tuple[tuple[str, int], ...],
    property_name: str | None,
    rows: options.RowOptions,
    **choices: Any,
) -> None:
    """Choose whom to win first so that word reaches as many stakeholders as possible.

    The firm and competitors are never chosen. A note gives the guarantee: how close the choice is
    to the best possible. There is none with budgets, quotas or a quality for each stakeholder.

    \b
    Columns: rank, id, name, market,
      gain          spread that this one adds
      spread        stakeholders reached by the rows so far, themselves included
      spread_low, spread_high
                    95 % interval of spread
      guarantee     spread of all rows is at least this share of the best possible

    --write stores the rank.
    """
    import relgraph.api as api

    write_ranking(
        db,
        lambda store: api.find_advocates(store, k, settings, quota=dict(quota), **choices),
        rows,
        property_name,
        "rank",
    )
