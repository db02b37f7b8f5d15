"""`relgraph communities`: who belongs together."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from relgraph.cli import options, output
from relgraph.cli.command import Command

if TYPE_CHECKING:
    from relgraph.api.projection import Strength
    from relgraph.network import Projection


@click.command("communities", cls=Command)
@options.db
@options.projection
@options.as_of
@options.seed
@options.write_property
@options.rows
def command(
    db: str,
    projection: Projection,
    strength: Strength,
    as_of: datetime | None,
    seed: int,
    write_property: str | None,
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

    with api.open_store(db) as store:
        result = api.find_communities(store, projection, strength=strength, as_of=as_of, seed=seed)
    if write_property:
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, write_property, result, "community")
    output.write_rows(result, rows)
