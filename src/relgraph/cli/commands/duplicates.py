"""`relgraph duplicates`: who may be stored twice."""

from __future__ import annotations

import click

from relgraph.cli import diagnostics, options, output
from relgraph.cli.command import Command


@click.command("duplicates", cls=Command)
@options.db
@click.option(
    "--email",
    "emails",
    multiple=True,
    metavar="PROPERTY",
    help="This property holds mail addresses, too; repeatable.",
)
@click.option(
    "--phone",
    "phones",
    multiple=True,
    metavar="PROPERTY",
    help="This property holds telephone numbers, too; repeatable.",
)
@click.option("--marked", is_flag=True, help="List the pairs that are marked yes or no already.")
@options.listed_rows
def command(
    db: str,
    emails: tuple[str, ...],
    phones: tuple[str, ...],
    marked: bool,
    rows: options.RowOptions,
) -> None:
    """List pairs that may be the same, for you to review; nothing is merged.

    \b
      relgraph duplicates -o review.csv    write yes or no into the column same
      relgraph import --same review.csv    hold as one those with yes, part those with no

    Names count without case, accents, punctuation and legal form. The first of a pair stays.

    \b
    Columns: id, name, market; other, other_name, other_market,
      score         how alike the names are, from 0 to 100
      likely        high, medium or low
      shared        how many both are tied to, and shared_with, who they are
      same_email    the mail address that both have; same_phone, the number
      reason        what speaks for it, and against it
      same          empty, for you

    docs/duplicates.md tells what joining does, and how it is undone.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        if marked:
            result = api.list_marked(store)
        else:
            progress = diagnostics.progress()
            result = api.find_duplicates(store, emails=emails, phones=phones, progress=progress)
    output.write_rows(result, rows)
