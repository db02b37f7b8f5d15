"""`relgraph contact`: one contact, by hand."""

from __future__ import annotations

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command
from relgraph.cli.value_types import Given, gather


@click.command("contact", cls=Command)
@click.argument("source", metavar="A", shell_complete=completion.ids)
@click.argument("target", metavar="B", shell_complete=completion.ids)
@click.argument("values", metavar="[PROPERTY=VALUE]...", nargs=-1, type=Given())
@options.db
@click.option("--at", metavar="TIME", help="When, in UTC unless it says otherwise (default: now).")
@click.option("--channel", metavar="TEXT", help="How, like email or phone.")
@click.option("--value", metavar="MONEY", help="What it was worth.")
@click.option("--note", metavar="TEXT", help="What to remember of it.")
@click.option("--dry-run", is_flag=True, help="Store nothing; show what would change.")
@options.listed_rows
def command(
    source: str,
    target: str,
    values: tuple[tuple[str, str], ...],
    db: str,
    at: str | None,
    channel: str | None,
    value: str | None,
    note: str | None,
    dry_run: bool,
    rows: options.RowOptions,
) -> None:
    """Store that A contacted B, checked as an import is.

    A and B are ids or exact names. A contact of the same time and channel is the same one: its
    value and note are set anew. All is stored or nothing, and a snapshot of what was there is kept
    (`relgraph history`). `relgraph remove --contact A B --at TIME` removes a contact.

    \b
    Columns: kind, what (added, changed), id, name, market, field, before,
    after, change.
    """
    import relgraph.api as api

    named = {"value": value, "note": note}
    given = gather([*values, *((name, text) for name, text in named.items() if text is not None)])
    api.open_store(db).close()  # opened for writing, a missing one would read as empty
    with api.open_store(db, write=True) as store:
        result = api.add_contact(
            store, source, target, at=at, channel=channel, values=given, dry_run=dry_run
        )
    output.write_rows(result, rows)
