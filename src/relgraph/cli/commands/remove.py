"""`relgraph remove`: delete stakeholders with all their ties."""

from __future__ import annotations

import click

from relgraph.cli import options, output
from relgraph.cli.command import Command


@click.command("remove", cls=Command)
@click.argument("stakeholders", nargs=-1, required=True, metavar="ID...")
@options.db
@options.summary_rows
def command(stakeholders: tuple[str, ...], db: str, rows: options.RowOptions) -> None:
    """Delete stakeholders with all their ties and contacts, as is a person's right.

    They are named by id or exact name; when one of them is unknown, nothing is removed. Where
    they were somebody's owner, the owner is emptied. The store keeps no copy; files that were
    imported still have them.

    Columns: table, removed.
    """
    from relgraph import api

    with api.open_store(db) as read:
        ids = api.resolve_ids(read, stakeholders)
    with api.open_store(db, write=True) as store:
        result = api.remove_stakeholders(store, ids)
    output.write_rows(result, rows)
