"""`relgraph centrality`: who is central in the network."""

from __future__ import annotations

import inspect
from datetime import datetime
from typing import TYPE_CHECKING

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command
from relgraph.messages import read_sentences

if TYPE_CHECKING:
    from relgraph.api.projection import Strength
    from relgraph.network import Projection


class MeasuringCommand(Command):
    """A command whose help lists the measures, which are looked up when the help is asked for."""

    @property
    def help(self) -> str | None:
        """Return the help."""
        return self._help.replace("{measures}", measure_lines())

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = inspect.cleandoc(text or "")


def measure_lines() -> str:
    """Return a line for each measure that has words: its name and what it is."""
    lines = {
        key.split(".")[1]: str(text)
        for key, text in read_sentences("en", "page").items()
        if key.startswith("measure.") and key.endswith(".is")
    }
    lines["all"] = "every one of these"
    width = max(map(len, lines))
    return "\n".join(f"  {name:{width}}  {text}" for name, text in lines.items())


@click.command("centrality", cls=MeasuringCommand)
@options.db
@options.projection
@options.as_of
@click.option(
    "--measure",
    "measures",
    multiple=True,
    default=("pagerank",),
    show_default=True,
    metavar="NAME",
    help="What to rank by (see above); can be given several times, and the first decides.",
)
@options.confidence
@options.seed
@options.write_property
@options.rows
def command(
    db: str,
    projection: Projection,
    strength: Strength,
    as_of: datetime | None,
    measures: tuple[str, ...],
    confidence: bool,
    seed: int,
    write_property: str | None,
    rows: options.RowOptions,
) -> None:
    """Rank stakeholders by how central they are.

    \b
    Measures:
    {measures}

    Strong ties are short: a tie is 1/strength long. Columns: rank, id, name, market and one for
    each measure.
    """
    from relgraph import api

    with api.open_store(db) as store:
        result = api.rank_centrality(
            store,
            measures,
            projection,
            strength=strength,
            as_of=as_of,
            confidence=confidence,
            seed=seed,
            progress=diagnostics.progress(),
        )
    if write_property:
        ranked_by = tuple(result.columns)[4]
        with api.open_store(db, write=True) as store:
            result = api.write_property(store, write_property, result, ranked_by)
    output.write_rows(result, rows)
