"""Where a command reads from Spark, and what is measured there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import speech
from relgraph.cli.options.given import given

if TYPE_CHECKING:
    from relgraph.api.spark.rankings import SparkSource

_SPARK = (
    click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        help="Where to measure what is read from Spark (default: here if it fits in memory).",
    ),
    click.option(
        "--master",
        metavar="ADDRESS",
        help="Read from this Spark: local[2], spark://…, yarn, or sc://… for Spark Connect.",
    ),
    click.option(
        "--data",
        metavar="DIR",
        help="Read these tables by Spark (Parquet or CSV as `relgraph export` writes them) instead "
        "of the store.",
    ),
)


def _pack_spark(values: dict[str, Any]) -> SparkSource | None:
    engine, master, data = (values.pop(name) for name in ("engine", "master", "data"))
    if engine != "spark" and master is data is None:
        return None
    from relgraph.api.spark.rankings import SparkSource

    return SparkSource(engine, master, data, values["db"])


# Options that say where data is read from by Spark, as `spark`; None where it isn't.
spark = given("spark", _pack_spark, *_SPARK)


def refuse_on_spark(**given: object) -> None:
    """Refuse options that have no effect on what is read from Spark."""
    from relgraph.errors import UsageError

    wrong = [speech.option_name(name) or name for name, value in given.items() if value]
    if wrong:
        raise UsageError("spark.options", options=wrong)
