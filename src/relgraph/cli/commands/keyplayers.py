"""`relgraph keyplayers`: whose loss breaks the network, who reaches everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


class Criterion(click.Choice[str]):
    """A measure of fragmentation, by its name here or by Borgatti's letter."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name."""
        return super().convert("pairs" if value == "F" else value, param, ctx)


@click.command("keyplayers", cls=Command)
@options.db
@options.settings(confidence=options.CHOSEN_AGAIN)
@click.option(
    "-k",
    "k",
    type=options.Count("keyplayers"),
    metavar="N",
    help="Number to find (default: 5, or all if fewer).",
)
@click.option(
    "--goal",
    type=click.Choice(["fragment", "reach"]),
    default="fragment",
    show_default=True,
    help="Find whose loss fragments the network most, or who is nearest to everyone.",
)
@click.option(
    "--criterion",
    type=Criterion(["distance", "pairs"]),
    default="distance",
    show_default=True,
    help="Measure fragmentation by distance, or by disconnected pairs (Borgatti's F).",
)
@click.option("--directed", is_flag=True, help="Keep the direction of ties (default: both ways).")
@options.write_property
@options.rows
def command(
    db: str,
    settings: RankingSettings,
    k: int | None,
    directed: bool,
    property_name: str | None,
    rows: options.RowOptions,
    **choices: Any,
) -> None:
    """Find the set of stakeholders that matters most to the network.

    The firm is left out. Up to a million sets are all compared; above that, a set is built greedily
    and improved by swaps. A note says which.

    \b
    Columns: rank, id, name, market, and for the set of all rows so far
      fragmentation       how far the network falls apart without them
      disconnected_pairs  pairs without a path any more, as a share (Borgatti's F)
      reach               how near they are to everyone

    --write stores the rank.
    """
    import relgraph.api as api

    directed = directed and not settings.projection.undirected
    write_ranking(
        db,
        lambda store: api.find_keyplayers(store, k, settings, directed=directed, **choices),
        rows,
        property_name,
        "rank",
    )
