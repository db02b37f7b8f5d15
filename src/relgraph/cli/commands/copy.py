"""`relgraph copy`: everything from one store into another."""

from __future__ import annotations

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command


@click.command("copy", cls=Command)
@click.argument("source", metavar="FROM", callback=options.ask_password)
@click.argument("target", metavar="TO", callback=options.ask_password)
@click.option("--replace", is_flag=True, help="Replace what TO holds.")
@click.option(
    "--batched",
    is_flag=True,
    help="To a server: use many transactions, for data too large for one.",
)
@options.summary_rows
def command(
    source: str, target: str, replace: bool, batched: bool, rows: options.RowOptions
) -> None:
    """Copy a store to another, a file or a server, and check that both hold the same data.

    FROM and TO are stores as --db takes them. TO must be empty unless --replace is given. An
    interrupted copy stores nothing; with --batched, run the same command again to complete it.
    Snapshots come along, unless TO is a server that keeps none; a snapshot as FROM goes back to it.

    \b
    Columns: table, rows, created, updated, unchanged.
    """
    import relgraph.api as api

    with api.open_store(source) as read, api.open_store(target, write=True) as written:
        result = api.copy_store(
            read, written, replace=replace, batched=batched, progress=diagnostics.progress()
        )
    output.write_rows(result, rows)
