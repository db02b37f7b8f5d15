"""`relgraph settings`: what a store carries along beside its data."""

from __future__ import annotations

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command
from relgraph.cli.help_texts import translated
from relgraph.cli.input import read_text

EXAMPLE = """\
# No settings yet. Money is in one unit without a name, and a relationship type that isn't
# relgraph's own runs one way and carries no word of mouth, unless you say otherwise:
#
# currency = "EUR"
#
# [rates]
# USD = 0.9
#
# [types.LENDS_TO]
# both_ways = true
# word_of_mouth = true
# hostile = false
#
# [capacities]          # contacts a year that employees can make, by id
# default = 250
#
# [snapshots]           # where those of a server are kept (`relgraph history`)
# folder = "/srv/crm"
"""


@click.command("settings", cls=Command)
@click.argument("file", required=False)
@options.db
def command(file: str | None, db: str) -> None:
    """Show the settings that a store carries along, or replace them by a TOML file.

    FILE is its path, or - for stdin. Settings are exported and copied with the data, and stay when
    an import replaces the data. An import also reads them, from a file called relgraph.toml.

    \b
    currency = "EUR"        what money is in (first in the file)
    [rates]                 what others are worth: stakeholders with another currency are converted
    USD = 0.9               1 USD is worth 0.9 EUR
    [types.LENDS_TO]        a relationship type of your own, and what it means:
    both_ways = true        it runs in both directions
    word_of_mouth = true    word travels along it
    hostile = true          its ties have sign -1, unless their row says otherwise

    What isn't declared is false.

    \b
    [capacities]            contacts a year that employees can make, for plans:
    default = 250           each of them
    emp-06 = 120            this one, by id
    [snapshots]             where those of a server are kept (see `relgraph history`):
    folder = "/srv/crm"     a whole path, the same wherever you import
    """
    import relgraph.api as api

    if file is None:
        with api.open_store(db) as store:
            output.write_text(api.read_settings(store) or translated(EXAMPLE))
        return
    text = read_text(file)
    with api.open_store(db, write=True) as store:
        for note in api.save_settings(store, text, file=file):
            diagnostics.note(note)
