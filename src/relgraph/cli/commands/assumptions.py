"""`relgraph assumptions`: every default behind a figure."""

from __future__ import annotations

import click

from relgraph.cli import options, output


@click.command("assumptions")
@options.rows
def command(rows: options.RowOptions) -> None:
    """List every default behind a figure, with its unit, meaning and source.

    \b
    Columns: name, value, unit, meaning, source.
    """
    from relgraph import api

    output.write_rows(api.list_assumptions(), rows)
