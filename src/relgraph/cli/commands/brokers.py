"""`relgraph brokers`: who stands between others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command
from relgraph.errors import UsageError

if TYPE_CHECKING:
    from relgraph.analysis.brokerage.brokers import By
    from relgraph.analysis.brokerage.holes import Model
    from relgraph.api.projection import Strength
    from relgraph.network import Projection

MEASURES = (
    *("constraint", "effective_size", "efficiency", "hierarchy"),
    *("coordinator", "consultant", "gatekeeper", "representative", "liaison", "brokered"),
    "cut_off",
)


@click.command("brokers", cls=Command)
@options.db
@options.projection
@options.as_of
@click.option(
    "--by",
    type=click.Choice(MEASURES),
    default="constraint",
    show_default=True,
    help="What to rank by; constraint and hierarchy rank the smallest first.",
)
@click.option(
    "--model",
    type=click.Choice(["whole", "ego"]),
    default="whole",
    show_default=True,
    help="Structural holes over the whole network, or within each ego network.",
)
@click.option("--between", is_flag=True, help="Show which market reaches which through whom.")
@click.option("--bridges", is_flag=True, help="Show ties whose loss cuts stakeholders off.")
@click.option(
    "--permutations",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="How often --between permutes the markets.",
)
@options.confidence
@options.seed
@options.write_property
@options.rows
def command(
    db: str,
    projection: Projection,
    strength: Strength,
    as_of: datetime | None,
    by: By,
    model: Model,
    between: bool,
    bridges: bool,
    permutations: int,
    confidence: bool,
    seed: int,
    write_property: str | None,
    rows: options.RowOptions,
) -> None:
    """Rank stakeholders by how they stand between others, the best placed first.

    \b
    Columns: rank, id, name, market,
      constraint      how far their contacts lead back to the same people; low is free
      effective_size  contacts that are not redundant
      efficiency      effective_size by contact
      hierarchy       whether one contact holds the constraint
      coordinator     pairs they join: all three of one market,
      consultant      the pair of one market, they of another,
      gatekeeper      from outside into their own market,
      representative  from their own market to outside,
      liaison         all three of different markets
      brokered        all of these
      articulation    whether the network falls apart without them
      cut_off         stakeholders who then are cut off
      cut_off_margin  margin of the customers among them

    \b
    With --between: from_market, to_market, pairs, expected, z, p (markets permuted), broker,
    broker_name, broker_share. With --bridges: source, target, cut_off, cut_off_margin,
    source_name, target_name; the side of the target is cut off.
    """
    from relgraph import api

    if (between or bridges) and (write_property or confidence or between == bridges):
        raise UsageError("--between and --bridges stand alone: no --write, --confidence or both")
    progress = diagnostics.progress()
    with api.open_store(db) as store:
        if between:
            result = api.connect_markets(
                store, projection, permutations=permutations, seed=seed, progress=progress
            )
        elif bridges:
            result = api.list_bridges(store, projection)
        else:
            result = api.rank_brokers(
                store,
                projection,
                by=by,
                model=model,
                strength=strength,
                as_of=as_of,
                confidence=confidence,
                seed=seed,
                progress=progress,
            )
    if write_property:
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, write_property, result, by)
    output.write_rows(result, rows)
