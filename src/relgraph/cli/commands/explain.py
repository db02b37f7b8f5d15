"""`relgraph explain`: what a column, a measure or an assumption means."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from relgraph.cli import completion, options, output, speech, words
from relgraph.cli.command import Command

if TYPE_CHECKING:
    from relgraph.result import Result

_WIDTH = 78
_INDENT, _FURTHER = " " * 2, " " * 4
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
    explained = api.explain(tuple(chain.from_iterable(map(_known_as, names))))
    speech.follow(None)  # assumptions name options of all commands
    if rows == options.RowOptions(pager=rows.pager, command=rows.command):
        output.write_text("\n\n".join(_paragraphs(explained)))
    else:
        output.write_rows(explained, rows)


def _known_as(name: str) -> list[str]:
    """Return the names that a name is meant for: itself, or those under it as a heading."""
    return [name] if name.isascii() else words.columns_under(name) or [name]


def _paragraphs(explained: Result) -> list[str]:
    """Return each meaning as text: the name, who shows it, and its sentences."""
    paragraphs = []
    for row in explained.rows():
        head = speech.say("explain.head", name=_named(row), shown=_shown(row))
        first, *further = speech.fold(head, _WIDTH - len(_FURTHER))
        told = speech.fold(speech.say(row["explanation"]), _WIDTH - len(_INDENT))
        lines = [first, *(_FURTHER + line for line in further), *(_INDENT + line for line in told)]
        paragraphs.append("\n".join(lines))
    return paragraphs


def _named(row: Mapping[str, Any]) -> str:
    """Return the name, with the heading that it has in tables if that is another."""
    command = next(iter(row["commands"]), "").removeprefix("query ").split(" ")[0]
    name: str = row["name"]
    heading = name if row["kind"] == "assumption" else words.heading(name, command)
    return name if heading == name else f"{name} {heading}"


def _shown(row: Mapping[str, Any]) -> str:
    """Return what a row is, and the first of the commands that show it."""
    kind = words.word("kind", row["kind"])
    if row["kind"] == "assumption":
        return kind
    more = ["…"] if len(row["commands"]) > _FEW else []
    return speech.say("explain.shown", kind=kind, commands=[*row["commands"][:_FEW], *more])
