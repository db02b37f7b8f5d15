"""`relgraph import`: files into the store."""

from __future__ import annotations

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command


@click.command("import", cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@options.db
@click.option(
    "--stakeholders", multiple=True, metavar="FILE", help="A file of stakeholders, by any name."
)
@click.option(
    "--relationships", multiple=True, metavar="FILE", help="A file of relationships, by any name."
)
@click.option(
    "--interactions", multiple=True, metavar="FILE", help="A file of interactions, by any name."
)
@click.option("--replace", is_flag=True, help="Make the store exactly these files.")
@click.option("--dry-run", is_flag=True, help="Do everything but store.")
@click.option(
    "--batched",
    is_flag=True,
    help="On a server: store in many transactions, for what is too large for one.",
)
@click.option("--encoding", metavar="NAME", help="The encoding of text files, if not recognised.")
@options.summary_rows
def command(
    paths: tuple[str, ...],
    db: str,
    stakeholders: tuple[str, ...],
    relationships: tuple[str, ...],
    interactions: tuple[str, ...],
    replace: bool,
    dry_run: bool,
    batched: bool,
    encoding: str | None,
    rows: options.RowOptions,
) -> None:
    """Read, check and store stakeholders, relationships and interactions.

    PATH is a folder, or a .csv, .tsv, .xlsx or .json file; its name or its columns say which
    table it is. Every problem is reported in one pass, and then nothing is stored. What a file
    leaves out stays as it is in the store.

    An import happens whole or not at all. With --batched, other programs on the server see the
    parts as they arrive; relgraph refuses to read until the last has, and after an interruption
    the same command goes on where it stopped.

    \b
    Columns: file, rows, created, updated, unchanged.
    """
    from relgraph import api

    with api.open_store(db, write=True) as store:
        result = api.import_files(
            store,
            paths,
            stakeholders=stakeholders,
            relationships=relationships,
            interactions=interactions,
            replace=replace,
            dry_run=dry_run,
            batched=batched,
            encoding=encoding,
            progress=diagnostics.progress(),
        )
    if dry_run:
        diagnostics.note("dry run: nothing was stored")
    output.write_rows(result, rows)
