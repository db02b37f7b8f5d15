"""`relgraph info`: what is in a store."""

from __future__ import annotations

import click

from relgraph.cli import options, output


@click.command("info")
@options.db
@options.rows
def command(db: str, rows: options.RowOptions) -> None:
    """Tell what is in the store and what was imported last.

    \b
    Columns:
      kind    store: rows of each table; market: stakeholders of each; type: relationships
              of each; property: how many have it; import: files of the last import
      name    of the market, type, property or file
      count   how many
      at      when the file was imported (UTC)
      sha256  of the file's content
    """
    from relgraph import api

    with api.open_store(db) as store:
        result = api.describe_store(store)
    output.write_rows(result, rows)
