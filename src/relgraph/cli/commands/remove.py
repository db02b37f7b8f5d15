"""`relgraph remove`: delete stakeholders with all their ties."""

from __future__ import annotations

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command


@click.command("remove", cls=Command)
@click.argument(
    "stakeholders", nargs=-1, required=True, metavar="ID...", shell_complete=completion.ids
)
@options.db
@options.summary_rows
def command(stakeholders: tuple[str, ...], db: str, rows: options.RowOptions) -> None:
    """Delete stakeholders with all their ties and contacts, for good.

    Give ids or exact names; if one is unknown, nothing is removed. Stakeholders whom they owned
    are left without an owner. The store keeps no copy, not in its snapshots either (somebody who is
    only there can be removed, too), but the files you imported, and copies and backups of the store
    still hold them, so delete them there if a person asks to be forgotten.

    Columns: table, removed.
    """
    import relgraph.api as api

    api.open_store(db).close()  # opened for writing, a missing one would read as empty
    with api.open_store(db, write=True) as store:
        result = api.remove_stakeholders(store, stakeholders)
    output.write_rows(result, rows)
