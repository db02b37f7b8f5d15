"""`relgraph intro`: who can introduce us."""

from __future__ import annotations

from datetime import datetime

import click

from relgraph import assumptions
from relgraph.cli import completion, options
from relgraph.cli.command import Command
from relgraph.cli.output import write_ranking


@click.command("intro", cls=Command)
@click.argument("stakeholder", metavar="TARGET", shell_complete=completion.ids)
@options.db
@click.option(
    "-k",
    "k",
    type=options.Count("introductions"),
    default=int(assumptions.INTRODUCTIONS),
    show_default=True,
    metavar="N",
    help="Number of ways.",
)
@click.option(
    "--from",
    "start",
    multiple=True,
    metavar="ID",
    help="Begin with this stakeholder (default: any active employee); repeatable.",
)
@click.option(
    "--exclude", multiple=True, metavar="ID", help="Leave this stakeholder out; repeatable."
)
@click.option(
    "--hops",
    type=options.Count("introduction_hops"),
    default=int(assumptions.INTRODUCTION_HOPS),
    show_default=True,
    metavar="N",
    help="The most ties of a way.",
)
@options.as_of
@options.listed_rows
def command(
    stakeholder: str,
    db: str,
    k: int,
    start: tuple[str, ...],
    exclude: tuple[str, ...],
    hops: int,
    as_of: datetime | None,
    rows: options.RowOptions,
) -> None:
    """Find who can introduce us to a stakeholder, by several warm ways.

    A way begins with an employee and leads along ties of known strength, never through the firm,
    a second employee, a competitor, or anybody who is hostile or has left. Ways are chosen so that
    it is as likely as possible that one of them holds: they share as few ties as they can.

    \b
    Columns: rank,
      way               ids, from who begins to the target
      names
      chance            product of the strengths along the way, to rank by: it
                        is no forecast
      together          chance that this way or one above it holds
      weakest           the weakest tie of the way
      weakest_strength

    docs/planning.md explains each figure.
    """
    import relgraph.api as api

    write_ranking(
        db,
        lambda store: api.find_introductions(
            store, stakeholder, k=k, start=start, exclude=exclude, hops=hops, as_of=as_of
        ),
        rows,
    )
