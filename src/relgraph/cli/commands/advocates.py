"""`relgraph advocates`: whom to win first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

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
            self.fail(f"{value!r} is not of the form market=3", param, ctx)
        return options.MarketName().convert(market, param, ctx), int(number)


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
@click.option("-k", "k", type=int, metavar="N", help="How many to win (10 without --budget).")
@options.settings(confidence=options.CHOSEN_AGAIN)
@click.option(
    "--model",
    type=click.Choice(["ic", "wc", "lt"]),
    default="ic",
    show_default=True,
    help="How word spreads: a tie passes it on by its strength (ic) or with 1/in-degree (wc), or "
    "who is told joins when enough others did (lt).",
)
@click.option(
    "--tell-rate",
    type=float,
    default=assumptions.TELL_RATE,
    show_default=True,
    metavar="P",
    help="Under ic: chance, 0 to 1, that a tie of strength 1 passes word on.",
)
@click.option(
    "--quality",
    type=Quality(),
    default=assumptions.QUALITY,
    show_default=True,
    metavar="Q",
    help="Chance that who hears well of it likes it: a number, or a property (satisfaction).",
)
@click.option("--exclude", multiple=True, metavar="ID", help="Who can't be chosen; repeatable.")
@click.option(
    "--quota",
    type=Quota(),
    multiple=True,
    metavar="MARKET=N",
    help="At most so many of a market; repeatable.",
)
@click.option("--budget", type=float, metavar="SUM", help="What all may cost together.")
@click.option("--cost", metavar="COLUMN", help="The property that tells what each costs.")
@click.option(
    "--evaluate",
    multiple=True,
    metavar="ID",
    help="Choose nobody, but tell the spread of these; repeatable.",
)
@click.option(
    "--epsilon",
    type=float,
    default=assumptions.EPSILON,
    show_default=True,
    metavar="E",
    help="Share of the greedy choice's ratio that sampling may cost.",
)
@click.option(
    "--delta",
    type=float,
    default=assumptions.DELTA,
    show_default=True,
    metavar="D",
    help="Chance that the certified ratio is wrong.",
)
@click.option(
    "--cascades",
    type=int,
    default=int(assumptions.CASCADES),
    show_default=True,
    metavar="N",
    help="Cascades to run for a spread that is simulated.",
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
    """Tell whom to win first, so that word reaches as many stakeholders as possible.

    The firm and competitors are never chosen. The note says how close to the best possible the
    choice is certain to be; with budgets, quotas or a quality for each stakeholder there is no
    such guarantee.

    \b
    Columns: rank, id, name, market,
      gain          what this one adds
      spread        what the first so many reach together, themselves counted
      spread_low, spread_high
                    its 95 % interval
      guarantee     spread of all of them, as a share of the best possible, at least

    --write stores the rank.
    """
    from relgraph import api

    write_ranking(
        db,
        lambda store: api.find_advocates(store, k, settings, quota=dict(quota), **choices),
        rows,
        property_name,
        "rank",
    )
