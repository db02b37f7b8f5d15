"""`relgraph history`: the snapshots that imports left."""

from __future__ import annotations

import click

from relgraph.cli import options, output
from relgraph.cli.command import Command


@click.command("history", cls=Command)
@options.db
@options.summary_rows
def command(db: str, rows: options.RowOptions) -> None:
    """List the snapshots of a store: what was there before each import that changed it.

    Every command that reads takes a snapshot like a store. Write a date behind the @ for what was
    stored at the end of that day, or a time.

    \b
      relgraph diff relgraph.lbug@3                what has changed since import 3
      relgraph diff relgraph.lbug@3 relgraph.lbug@4
      relgraph value -d relgraph.lbug@2026-06-30   as it was stored on that day
      relgraph copy relgraph.lbug@3 before.lbug    back to what was there

    A file keeps its snapshots in itself: the newest 12, or as many as `import --keep` says,
    together never larger than the rest of it. A server keeps none, unless its settings name a
    folder on this machine: `folder = "/path"` under `[snapshots]`.

    \b
    Columns:
      snapshot   its name, for -d, diff and copy
      at         when an import replaced it (UTC)
      changed    rows that the import changed or created
      rows       of the snapshot
      files      that were imported
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        result = api.list_history(store)
    output.write_rows(result, rows)
