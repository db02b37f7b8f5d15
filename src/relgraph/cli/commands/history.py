"""`relgraph history`: what was imported when, and what was replaced."""

from __future__ import annotations

import click

from relgraph.cli import options, output
from relgraph.cli.command import Command


@click.command("history", cls=Command)
@options.db
@options.summary_rows
def command(db: str, rows: options.RowOptions) -> None:
    """List the imports that changed the store; each left a snapshot of what was there before.

    Write the number of an import, or a date, behind a store to look back: every command that reads
    takes the snapshot like a store.

    \b
      relgraph value -d relgraph.lbug@3            as it was before import 3
      relgraph diff relgraph.lbug@2026-06-30       what has changed since that day

    A file keeps its snapshots in itself: the newest 12, or as many as `import --keep` says,
    together never larger than the rest of it. A server keeps them only in a folder that its
    settings name.

    \b
    Columns: number, at (UTC), files, created, updated, rows (there were before),
    bytes (of the snapshot).
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        result = api.list_history(store)
    output.write_rows(result, rows)
