"""`relgraph keyplayers`: whose loss breaks the network, who reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


class Criterion(click.Choice[str]):
    """A fragmentation by its name here, or by Borgatti's letter."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name."""
        return super().convert("pairs" if value == "F" else value, param, ctx)


@click.command("keyplayers", cls=Command)
@options.db
@options.settings(confidence=options.CHOSEN_AGAIN)
@click.option("-k", "k", type=int, metavar="N", help="How many to find (5, or all there are).")
@click.option(
    "--goal",
    type=click.Choice(["fragment", "reach"]),
    default="fragment",
    show_default=True,
    help="Whose loss breaks the network most, or who is nearest to everyone.",
)
@click.option(
    "--criterion",
    type=Criterion(["distance", "pairs"]),
    default="distance",
    show_default=True,
    help="What fragmentation counts: distances, or only pairs that are cut apart (Borgatti's F).",
)
@click.option("--directed", is_flag=True, help="Follow arcs; ties run both ways otherwise.")
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
    """Find the set of stakeholders that matters most, the firm left out.

    All sets are searched while there are at most a million, else the set is built greedily and
    improved by swaps; a note says which.

    \b
    Columns: rank, id, name, market, and of the set of a row and all rows above
      fragmentation       how far the network falls apart without them, by distance
      disconnected_pairs  share of pairs that no path joins any more (Borgatti's F)
      reach               how near they are to everyone

    --write stores the rank.
    """
    from relgraph import api

    directed = directed and not settings.projection.undirected
    write_ranking(
        db,
        lambda store: api.find_keyplayers(store, k, settings, directed=directed, **choices),
        rows,
        property_name,
        "rank",
    )
