"""`relgraph communities`: who belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph.cli import options
from relgraph.cli.command import Command
from relgraph.cli.ranking import write_ranking

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


@click.command("communities", cls=Command)
@options.db
@options.settings()
@options.write_property
@options.rows
def command(
    db: str,
    settings: RankingSettings,
    property_name: str | None,
    rows: options.RowOptions,
) -> None:
    """Group stakeholders who are tied more among themselves than with others.

    \b
    Columns, the largest community first:
      community, size   number of the community (Louvain) and how many are in it
      id, name, market
      component         of those tied whichever way; strong_component: along arcs
      core              the densest core that they are part of
      triangles         of stakeholders all tied to one another, through them
      clustering        share of their neighbours who are tied to one another
      ei_index          their ties outside their market against those inside, -1 to 1

    --write stores the number of the community.
    """
    from relgraph import api

    write_ranking(
        db,
        lambda store: api.find_communities(store, settings),
        rows,
        property_name,
        "community",
    )
