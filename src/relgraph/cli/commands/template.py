"""`relgraph template`: empty files with headers, or filled ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relgraph.cli import diagnostics
from relgraph.cli.command import Command
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.api.templates import Sample

SAMPLES = ("six_markets", "northwind", "worked_example", "crm_export")


@click.command("template", cls=Command)
@click.argument("folder", metavar="DIR")
@click.option(
    "--sample",
    type=click.Choice(SAMPLES),
    help="Write this sample data instead; crm_export is a raw export, to try a mapping on.",
)
def command(folder: str, sample: Sample | None) -> None:
    """Write stakeholders.csv, relationships.csv and interactions.csv with headers only."""
    import relgraph.api as api

    for path in api.write_template(folder, sample):
        diagnostics.note(Note("template.written", path=path))
