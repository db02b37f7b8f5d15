"""`relgraph centrality`: who is central in the network."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

from relgraph.cli import completion, options, speech
from relgraph.cli.command import Command
from relgraph.cli.help_texts import translated
from relgraph.cli.output import write_ranking, write_rows
from relgraph.messages import read_sentences

if TYPE_CHECKING:
    from relgraph.api.spark.rankings import SparkSource
    from relgraph.settings import RankingSettings


_LISTED = "Measures:\n{measures}"


class MeasuringCommand(Command):
    """A command whose help lists the measures, which are read only when the help is shown."""

    @property
    def help(self) -> str | None:
        """Return the help."""
        return self.template.replace(_LISTED, translated(_LISTED)).replace(
            "{measures}", measure_lines()
        )

    @help.setter
    def help(self, text: str | None) -> None:
        self.template = inspect.cleandoc(text or "")


def measure_lines() -> str:
    """Return one line per measure: its name and what it is."""
    lines = {
        key.split(".")[1]: str(text)
        for key, text in read_sentences(speech.language(), "page").items()
        if key.startswith("measure.") and key.endswith(".is")
    }
    lines["all"] = speech.say("measure.all")
    width = max(map(len, lines))
    return "\n".join(f"  {name:{width}}  {text}" for name, text in lines.items())


@click.command("centrality", cls=MeasuringCommand)
@options.db
@options.settings(confidence=options.RANK_INTERVALS)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    default=("pagerank",),
    show_default=True,
    metavar="NAME",
    shell_complete=completion.measures,
    help="What to rank by (see above); repeatable, and rows are ranked by the first.",
)
@click.option(
    "--error",
    type=float,
    metavar="E",
    help="Sample betweenness, closeness and harmonic, so that none is off by more than E "
    "(default: sample them only in large networks).",
)
@click.option("--exact", is_flag=True, help="Never sample, however long it takes.")
@options.spark
@options.write_property
@options.rows
def command(
    db: str,
    settings: RankingSettings,
    measures: tuple[str, ...],
    error: float | None,
    exact: bool,
    spark: SparkSource | None,
    property_name: str | None,
    rows: options.RowOptions,
) -> None:
    """Rank stakeholders by how central they are.

    \b
    Measures:
    {measures}

    Strong ties are short: the distance along a tie is 1/strength. Columns: rank, id, name, market
    and one per measure; where it is sampled, the ends of its 95 % interval too.
    """
    import relgraph.api as api

    if spark is not None:
        from relgraph.api.spark.rankings import rank_centrality_on_spark

        options.refuse_on_spark(property_name=property_name, error=error, exact=exact or None)
        write_rows(rank_centrality_on_spark(spark, measures, settings, rows.first), rows)
        return
    write_ranking(
        db,
        lambda store: api.rank_centrality(store, measures, settings, error=error, exact=exact),
        rows,
        property_name,
    )
