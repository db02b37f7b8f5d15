"""`relgraph query`: named queries, and a user's own Cypher, for reading only."""

from __future__ import annotations

from collections.abc import Sequence

import click

from relgraph.cli import completion, options, output
from relgraph.cli.command import Command, Group
from relgraph.cli.help_texts import translated
from relgraph.cli.input import STDIN, read_text
from relgraph.errors import UsageError


@click.group("query", cls=Group)
def command() -> None:
    """List, show and run Cypher queries; named ones run on every store."""


@command.command("list", cls=Command)
@options.listed_rows
def list_(rows: options.RowOptions) -> None:
    """List the named queries.

    Columns: name, purpose, parameters (with type and default).
    """
    import relgraph.api as api

    queries = api.list_queries()
    purposes = queries["purpose"].copy()
    purposes[:] = [translated(purpose) for purpose in purposes]
    output.write_rows(queries.replaced(purpose=purposes), rows)


@command.command("show", cls=Command)
@click.argument("name", shell_complete=completion.queries)
def show(name: str) -> None:
    """Print a named query.

    Its comments give its purpose, parameters, columns and an example.
    """
    import relgraph.api as api

    output.write_text(api.show_query(name))


@command.command("run", cls=Command)
@click.argument("name", required=False, shell_complete=completion.queries)
@options.db
@click.option(
    "-p",
    "--param",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="KEY VALUE",
    help="Set a parameter; repeatable.",
)
@click.option("--cypher", "file", metavar="FILE", help="Run the query in this file (-: stdin).")
@options.rows
def run(
    name: str | None,
    db: str,
    parameters: Sequence[tuple[str, str]],
    file: str | None,
    rows: options.RowOptions,
) -> None:
    """Run the query NAME, or your own with --cypher.

    The columns are the query's own; if market is none of them, --market keeps the rows that name a
    stakeholder of that market. Write dates as 2024-05-01, durations as a number of days, lists
    as a,b or in JSON.

    Your own query is one statement that only reads: MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND,
    RETURN, ORDER BY, SKIP, LIMIT, UNION and CALL of reading procedures. Parameters that look like
    numbers, true, false, null or JSON lists are read as such, all others as text.
    """
    import relgraph.api as api
    from relgraph.named_queries import parse_value

    if (name is None) == (file is None):
        raise UsageError("query.which")
    values = _named(parameters)
    cypher = "" if file is None else read_text(file)
    with api.open_store(db) as store:
        if name is not None:
            result = api.run_named_query(store, name, values, markets=rows.markets)
        else:
            place = "stdin" if file == STDIN else str(file)
            parsed = {key: parse_value(key, value) for key, value in values.items()}
            result = api.run_cypher(store, cypher, parsed, place=place, markets=rows.markets)
    output.write_rows(result, rows._replace(markets=()))


def _named(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in parameters:
        if name in values:
            raise UsageError("parameter.twice", parameter="parameters", name=name)
        values[name] = value
    return values
