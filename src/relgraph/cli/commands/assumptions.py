"""`relgraph assumptions`: every default behind a figure."""

from __future__ import annotations

import click

from relgraph.cli import options, output, speech
from relgraph.cli.command import Command


@click.command("assumptions", cls=Command)
@options.listed_rows
def command(rows: options.RowOptions) -> None:
    """List every default behind the figures, with its unit, meaning and source.

    \b
    Columns: name, value,
      low, high   the range that planning commands draw it from
      unit, meaning, source
    """
    import relgraph.api as api

    speech.follow(None)  # the list names options of all commands
    output.write_rows(api.list_assumptions(), rows)
