"""`relgraph centrality`: who is central in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


@click.command("centrality", cls=Command)
@options.db
@options.settings(confidence=options.RANK_INTERVALS)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    default=("pagerank",),
    show_default=True,
    metavar="NAME",
    help="What to rank by (see below); can be given several times; the first ranks.",
)
@options.write_property
@options.rows
def command(
    db: str,
    settings: RankingSettings,
    measures: tuple[str, ...],
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

    write_ranking(
        db, lambda store: api.rank_centrality(store, measures, settings), rows, write_property
    )
