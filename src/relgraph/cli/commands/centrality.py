"""`relgraph centrality`: who is central in the network."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command

if TYPE_CHECKING:
    from relgraph.api.projection import Strength
    from relgraph.network import Projection


@click.command("centrality", cls=Command)
@options.db
@options.projection
@options.as_of
@click.option(
    "--measure",
    "measures",
    multiple=True,
    default=("pagerank",),
    show_default=True,
    metavar="NAME",
    help="What to rank by (see below); can be given several times; the first ranks.",
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
    measures: tuple[str, ...],
    confidence: bool,
    seed: int,
    write_property: str | None,
    rows: options.RowOptions,
) -> None:
    """Rank stakeholders by how central they are.

    \b
    Measures:
      degree, in_degree, out_degree   neighbours, whatever the tie's strength
      weighted_degree                 sum of the strengths of their ties
      closeness, harmonic             how near they are to all others
      betweenness                     share of shortest paths that run through them
      eigenvector, katz, pagerank     pointed at by those who matter
      core                            the densest core that they are part of
      all                             every one of these

    Strong ties are short: a tie is 1/strength long. Columns: rank, id, name, market and one for
    each measure.
    """
    from relgraph import api

    with api.open_store(db) as store:
        result = api.rank_centrality(
            store,
            measures,
            projection,
            strength=strength,
            as_of=as_of,
            confidence=confidence,
            seed=seed,
            progress=diagnostics.progress(),
        )
    if write_property:
        ranked_by = tuple(result.columns)[4]
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, write_property, result, ranked_by)
    output.write_rows(result, rows)
