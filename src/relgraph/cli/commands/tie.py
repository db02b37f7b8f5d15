"""`relgraph tie`: one tie, by hand."""

from __future__ import annotations

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command
from relgraph.cli.value_types import Given, gather


@click.command("tie", cls=Command)
@click.argument("source", metavar="A", shell_complete=completion.ids)
@click.argument("type_", metavar="TYPE")
@click.argument("target", metavar="B", shell_complete=completion.ids)
@click.argument("values", metavar="[PROPERTY=VALUE]...", nargs=-1, type=Given())
@options.db
@click.option("--dry-run", is_flag=True, help="Store nothing; show what would change.")
@options.listed_rows
def command(
    source: str,
    type_: str,
    target: str,
    values: tuple[tuple[str, str], ...],
    db: str,
    dry_run: bool,
    rows: options.RowOptions,
) -> None:
    """Make a tie from A to B, or set properties of it, checked as an import is.

    A and B are ids or exact names, TYPE is a relationship type like REFERS. PROPERTY= without a
    value empties the property. All is stored or nothing, and a snapshot of what was there is kept
    (`relgraph history`). `relgraph remove --tie A TYPE B` removes a tie.

    \b
    Columns: kind, what (added, changed), id, name, market, field, before,
    after, change.
    """
    import relgraph.api as api

    given = gather(values)
    api.open_store(db).close()  # opened for writing, a missing one would read as empty
    with api.open_store(db, write=True) as store:
        result = api.set_tie(store, source, type_, target, given, dry_run=dry_run)
    output.write_rows(result, rows)
