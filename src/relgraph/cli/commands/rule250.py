"""`relgraph rule250`: the rule of 250 as arithmetic."""

from __future__ import annotations

import click

from relgraph import assumptions
from relgraph.cli import options, output
from relgraph.cli.command import Command


@click.command("rule250", cls=Command)
@click.option(
    "--unhappy",
    type=float,
    default=assumptions.UNHAPPY,
    show_default=True,
    metavar="N",
    help="Unhappy customers a week.",
)
@click.option(
    "--circle",
    type=float,
    default=assumptions.CIRCLE,
    show_default=True,
    metavar="N",
    help="People each of them knows: 250 (Girard), 150 (Dunbar), 290 (Killworth, Bernard, "
    "McCarty), 611 (McCormick, Salganik, Zheng).",
)
@click.option(
    "--weeks",
    type=float,
    default=assumptions.WEEKS,
    show_default=True,
    metavar="N",
    help="Weeks in a year.",
)
@click.option(
    "--population",
    type=float,
    metavar="M",
    help="Number of people in the market, to estimate distinct hearers.",
)
@options.listed_rows
def command(
    unhappy: float,
    circle: float,
    weeks: float,
    population: float | None,
    rows: options.RowOptions,
) -> None:
    """Work out the rule of 250: how many people a year hear from unhappy customers.

    The presets differ in who hears: everyone in the circle (literal), as many as make Girard's own
    total of 5,000 a year (girard), or ten people each (survey).

    Columns: preset, week, year (people who hear), unique_at_least, unique, unique_at_most (distinct
    people).
    """
    import relgraph.api as api

    result = api.rule250(unhappy=unhappy, circle=circle, weeks=weeks, population=population)
    output.write_rows(result, rows)
