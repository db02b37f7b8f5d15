"""`relgraph explain`: what a column, a measure or an assumption means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import completion, options, output, speech
from relgraph.cli.command import Command

if TYPE_CHECKING:
    from relgraph.result import Result

_WIDTH = 78
_FEW = 6  # commands that text names


@click.command("explain", cls=Command)
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completion.explained)
@options.listed_rows
def command(names: tuple[str, ...], rows: options.RowOptions) -> None:
    """Explain columns, measures and assumptions: what each is, how to read it, what it rests on.

    NAME is a column as a table's header has it, a measure of `relgraph centrality`, or one of
    `relgraph assumptions`. Without a name all that can be explained are listed.

    \b
    Columns: name, kind,
      commands      those that show it, where it means this
      explanation   in two sentences
    Without NAME: kind, command, names.
    """
    import relgraph.api as api

    if not names:
        output.write_rows(api.list_explained(), rows)
        return
    explained = api.explain(names)
    speech.follow(None)  # assumptions name options of all commands
    if rows == options.RowOptions(pager=rows.pager, command=rows.command):
        output.write_text("\n\n".join(_paragraphs(explained)))
    else:
        output.write_rows(explained, rows)


def _paragraphs(explained: Result) -> list[str]:
    """Return each meaning as text: the name, who shows it, and its sentences."""
    return [
        click.wrap_text(f"{row['name']} ({_shown(row)})", _WIDTH, subsequent_indent="    ")
        + "\n"
        + click.wrap_text(speech.say(row["explanation"]), _WIDTH, "  ", "  ")
        for row in explained.rows()
    ]


def _shown(row: Mapping[str, Any]) -> str:
    """Return what a row is, and the first of the commands that show it."""
    if row["kind"] == "assumption":
        return "assumption"
    more = ["…"] if len(row["commands"]) > _FEW else []
    return f"{row['kind']}: {', '.join([*row['commands'][:_FEW], *more])}"
