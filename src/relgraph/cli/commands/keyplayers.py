"""`relgraph keyplayers`: whose loss breaks the network, who reaches it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command

if TYPE_CHECKING:
    from relgraph.analysis.keyplayers.search import Criterion, Goal
    from relgraph.api.projection import Strength
    from relgraph.network import Projection


@click.command("keyplayers", cls=Command)
@options.db
@options.projection
@options.as_of
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
    type=click.Choice(["distance", "F"]),
    default="distance",
    show_default=True,
    help="What fragmentation counts: distances, or connected pairs only (F).",
)
@click.option("--directed", is_flag=True, help="Follow arcs; ties run both ways otherwise.")
@click.option(
    "--confidence",
    is_flag=True,
    help="Add chosen, the share of draws in which each is chosen when ties are uncertain.",
)
@options.seed
@options.write_property
@options.rows
def command(
    db: str,
    projection: Projection,
    strength: Strength,
    as_of: datetime | None,
    k: int | None,
    goal: Goal,
    criterion: Criterion,
    directed: bool,
    confidence: bool,
    seed: int,
    write_property: str | None,
    rows: options.RowOptions,
) -> None:
    """Find the set of stakeholders that matters most, the firm left out.

    All sets are searched while there are at most a million, else the set is built greedily and
    improved by swaps; a note says which.

    \b
    Columns: rank, id, name, market, and of the set of a row and all rows above
      fragmentation    how far the network falls apart without them, by distance
      fragmentation_f  the same by connected pairs (F)
      reach            how near they are to everyone

    --write stores the rank.
    """
    from relgraph import api

    with api.open_store(db) as store:
        result = api.find_keyplayers(
            store,
            k,
            projection,
            goal=goal,
            criterion=criterion,
            directed=directed and not projection.undirected,
            strength=strength,
            as_of=as_of,
            confidence=confidence,
            seed=seed,
            progress=diagnostics.progress(),
        )
    if write_property:
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, write_property, result, "rank")
    output.write_rows(result, rows)
