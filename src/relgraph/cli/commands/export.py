"""`relgraph export`: everything in the store, as files."""

from __future__ import annotations

import click

from relgraph.cli import options
from relgraph.cli.command import Command


@click.command("export", cls=Command)
@options.db
@click.option(
    "-o",
    "--output",
    "path",
    metavar="PATH",
    required=True,
    help="DIR/ for three CSV files, or a file that ends in .xlsx, .json, .graphml or .gexf.",
)
@click.option(
    "--defuse",
    is_flag=True,
    help="Put an apostrophe before text in CSV files that Excel would run as a formula.",
)
def command(db: str, path: str, defuse: bool) -> None:
    """Write everything in the store to files.

    CSV, .xlsx and .json can be imported again and give the same store. In .graphml and .gexf
    every contact is a tie of type CONTACTED.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        api.export_store(store, path, defuse=defuse)
