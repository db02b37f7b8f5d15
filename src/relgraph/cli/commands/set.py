"""`relgraph set`: properties of one stakeholder, by hand."""

from __future__ import annotations

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command
from relgraph.cli.value_types import Given, gather


@click.command("set", cls=Command)
@click.argument("stakeholder", metavar="ID", shell_complete=completion.ids)
@click.argument("values", metavar="PROPERTY=VALUE...", nargs=-1, required=True, type=Given())
@options.db
@click.option("--dry-run", is_flag=True, help="Store nothing; show what would change.")
@options.listed_rows
def command(
    stakeholder: str,
    values: tuple[tuple[str, str], ...],
    db: str,
    dry_run: bool,
    rows: options.RowOptions,
) -> None:
    """Set properties of one stakeholder, checked as an import is.

    Give the id or the exact name. PROPERTY= without a value empties the property. An id that the
    store doesn't have makes a new stakeholder if name and market are given. All is stored or
    nothing, and a snapshot of what was there is kept (`relgraph history`).

    \b
    Columns: kind, what (added, changed, removed), id, name, market, field,
    before, after, change.
    """
    import relgraph.api as api

    given = gather(values)
    api.open_store(db).close()  # opened for writing, a missing one would read as empty
    with api.open_store(db, write=True) as store:
        result = api.set_properties(store, stakeholder, given, dry_run=dry_run)
    output.write_rows(result, rows)
