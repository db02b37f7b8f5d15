"""`relgraph sources`: what came from where."""

from __future__ import annotations

import click

from relgraph.cli import options, output
from relgraph.cli.command import Command


@click.command("sources", cls=Command)
@options.db
@options.listed_rows
def command(db: str, rows: options.RowOptions) -> None:
    """List the sources of a store: what `relgraph import --source NAME` marked.

    A row can be of several sources. `relgraph remove --source NAME` removes what only one gave.

    \b
    Columns:
      name           of the source
      at             when the file was imported last (UTC)
      file           that was imported
      rows           of the file
      sha256         of its content
      stakeholders, relationships, interactions
                     how many of those stored the source gives
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        result = api.list_sources(store)
    output.write_rows(result, rows)
