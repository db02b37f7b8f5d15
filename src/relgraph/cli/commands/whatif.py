"""`relgraph whatif`: what would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.output import write_rows

if TYPE_CHECKING:
    from relgraph.settings import PlanningSettings


@click.command("whatif", cls=Command)
@click.argument("scenarios", metavar="FILE...", nargs=-1, required=True)
@options.db
@options.planning
@options.compared
@click.option(
    "--together", is_flag=True, help="Apply the scenarios one after the other, as a single one."
)
@click.option("--map", "draw", metavar="FILE", help="Draw the map as it would be after the change.")
@click.option("--report", metavar="FILE", help="Write the report as it would be after the change.")
@options.page_language
@options.rows
def command(
    scenarios: tuple[str, ...],
    db: str,
    settings: PlanningSettings,
    measures: tuple[str, ...],
    together: bool,
    draw: str | None,
    report: str | None,
    language: str,
    rows: options.RowOptions,
) -> None:
    """Show what would change: figures and ranks before and after a scenario.

    FILE is a scenario: a TOML file, or a folder or file as `relgraph import` reads it. It is
    checked like an import and never stored. In TOML:

    \b
      name = "Closer to cus-42, without cus-13"
      [[stakeholders]]
      id = "cus-13"
      status = "left"        # takes with it what `relgraph exit` says
      [[relationships]]
      source = "emp-13"
      target = "cus-42"
      type = "MANAGES"
      strength = "+0.2"      # relative; remove = true takes a row out

    Several scenarios are shown side by side.

    \b
    Columns: scenario (of several),
      measure         customer_equity, expected_loss, referrals, departures; clv, p_leave,
                      pagerank, betweenness, harmonic, reached; fragmentation,
                      disconnected_pairs, components; strength, grade, level_gap
      id, name, market   empty for figures of the firm as a whole
      before, after, change
      low, high       95 % interval of the change, of money
      rank_before, rank_after, rank_change   below 0 for a better rank

    docs/comparing.md explains scenarios and what stays as it is.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        result = api.compare_scenario(
            store,
            scenarios,
            settings,
            measures=measures,
            together=together,
            draw=draw,
            report=report,
            language=language,
        )
    write_rows(result, rows)
