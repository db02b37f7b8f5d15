"""`relgraph communities`: who belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking, write_rows

if TYPE_CHECKING:
    from relgraph.api.spark.rankings import SparkSource
    from relgraph.settings import RankingSettings


@click.command("communities", cls=Command)
@options.db
@options.settings()
@options.spark
@options.write_property
@options.rows
def command(
    db: str,
    settings: RankingSettings,
    spark: SparkSource | None,
    property_name: str | None,
    rows: options.RowOptions,
) -> None:
    """Find communities: groups with more ties among themselves than to others.

    \b
    Columns, the largest community first:
      community, size   number of the community (Leiden) and how many are in it
      id, name, market
      component         connected in any direction; strong_component: along arcs
      core              the densest core that they are part of
      triangles         groups of three, all tied, that they are part of
      clustering        share of pairs of their neighbours that are tied
      ei_index          ties to other markets against ties inside theirs, -1 to 1

    --write stores the number of the community.
    """
    import relgraph.api as api

    if spark is not None:
        from relgraph.api.spark.rankings import find_communities_on_spark

        options.refuse_on_spark(property_name=property_name)
        write_rows(find_communities_on_spark(spark, settings, rows.first), rows)
        return
    write_ranking(
        db,
        lambda store: api.find_communities(store, settings),
        rows,
        property_name,
        "community",
    )
