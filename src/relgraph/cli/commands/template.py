"""`relgraph template`: empty files with headers."""

from __future__ import annotations

import click

from relgraph.cli import diagnostics
from relgraph.cli.command import Command
from relgraph.messages import Note


@click.command("template", cls=Command)
@click.argument("folder", metavar="DIR")
def command(folder: str) -> None:
    """Write stakeholders.csv, relationships.csv and interactions.csv with headers only."""
    import relgraph.api as api

    for path in api.write_template(folder):
        diagnostics.note(Note("template.written", path=path))
