"""Write docs/cli.md from the help texts of the commands (`--check`: only compare)."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from relgraph.cli import main
from relgraph.cli.catalogue import ENTRIES
from relgraph.cli.columns import CHOSEN, OTHERS
from relgraph.cli.command import entry_of

DOCUMENT = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """\
# The command line

<!-- Written by `make docs` from the commands' help. Edit the help, not this file. -->

Rows go to stdout; notes, progress and errors go to stderr. `relgraph COMMAND --help` shows
each section of this page in the terminal.

A table shows at most seven columns, those that answer the command's question; a note names the
rest, `--wide` shows all, `--columns` those that you name. Other formats always have all.

relgraph speaks Chinese with `--lang zh`, with `RELGRAPH_LANG=zh` or else in a Chinese locale.
Commands, options and the columns of CSV and JSON keep their names.

| command | columns of its table |
| --- | --- |
{columns}
"""


def document() -> str:
    """Return the whole page."""
    rows = [f"| `{name}` | {_listed(columns)} |" for name, columns in sorted(CHOSEN.items())]
    head = HEAD.format(columns="\n".join(rows))
    return "\n".join([head, *_sections(main, None, "relgraph")])


def _listed(columns: tuple[str, ...]) -> str:
    """Return the columns of a table, the most needed first."""
    return ", ".join("and others" if name == OTHERS else f"`{name}`" for name in columns)


def _sections(command: click.Command, parent: click.Context | None, name: str) -> Iterator[str]:
    context = click.Context(command, parent, name, **command.context_settings)
    level = len(context.command_path.split())
    yield f"{'#' * min(level + 1, 4)} {context.command_path}\n"
    yield f"```\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    entry = entry_of(context)
    if entry is not None:
        yield f"**{entry.question}**\n"
    yield from _paragraphs(command.help)
    yield from _options(command, context)
    if entry is not None:
        place = f"relgraph-{entry.next.replace(' ', '-')}"
        yield f"Example, on six_markets:\n\n```sh\n{entry.example}\n```\n"
        yield f"Next: [{entry.next}](#{place}): {ENTRIES[entry.next].question}\n"
    yield from _paragraphs(command.epilog)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from _sections(found, context, child)


def _paragraphs(text: str | None) -> Iterator[str]:
    """Yield the paragraphs; one that click must not rewrap stays as it is."""
    for paragraph in inspect.cleandoc(text or "").split("\n\n"):
        if paragraph.startswith("\b"):
            yield "```\n" + paragraph.removeprefix("\b").strip("\n") + "\n```\n"
        elif paragraph.strip():
            yield paragraph.strip() + "\n"


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    records = [param.get_help_record(context) for param in command.get_params(context)]
    known = [record for record in records if record is not None]
    if known:
        rows = [f"| `{_cell(names)}` | {_cell(meaning)} |" for names, meaning in known]
        yield "\n".join(["| option | |", "| --- | --- |", *rows]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def run() -> int:
    """Write the page, or with `--check` say whether it is in step."""
    text = document()
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(text, encoding="utf-8")
        return 0
    if DOCUMENT.is_file() and DOCUMENT.read_text(encoding="utf-8") == text:
        return 0
    print("docs/cli.md is not in step with the commands' help; run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run())
