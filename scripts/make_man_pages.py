"""Write a man page of each command into a folder: `python scripts/make_man_pages.py build/man`.

A page is the command's help as the terminal shows it; its sections become those of a man page.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from relgraph.cli import main
from relgraph.cli.catalogue import ENTRIES
from relgraph.cli.command import entry_of

Page = tuple[str, str]

WIDTH = 76
PURPOSE = "which relationships to invest in, what each is worth, and what breaks if one breaks"


def pages(command: click.Command = main, parent: click.Context | None = None) -> Iterator[Page]:
    """Yield the name and the text of a command's page, and of those below it."""
    name = (command.name or "") if parent else "relgraph"
    context = click.Context(command, parent, name, terminal_width=WIDTH, max_content_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    title = context.command_path.replace(" ", "-")
    yield title, "\n".join(_page(title, command, context)) + "\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from pages(found, context)


def _page(title: str, command: click.Command, context: click.Context) -> Iterator[str]:
    entry = entry_of(context)
    yield f'.TH "{title.upper()}" "1" "" "relgraph {version("relgraph")}" "relgraph"'
    yield f".SH NAME\n{_safe(title)} \\- {_safe(entry.question if entry else PURPOSE)}"
    yield f".SH SYNOPSIS\n.nf\n{_safe(_usage(command, context))}\n.fi\n.SH DESCRIPTION\n.nf"
    for line in command.get_help(context).partition("\n\n")[2].splitlines():
        if line.endswith(":") and not line.startswith(" "):
            yield f".fi\n.SH {_safe(line[:-1].upper())}\n.nf"
        else:
            yield _safe(line.removeprefix("  "))
    yield ".fi"
    if entry is not None and entry.next in ENTRIES:
        yield f".SH SEE ALSO\nrelgraph(1), relgraph\\-{_safe(entry.next.replace(' ', '-'))}(1)"


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _safe(line: str) -> str:
    """Return text that troff shows as it is: no escapes, no requests, hyphens to be copied."""
    shown = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown


def run(folder: Path) -> None:
    """Write all pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for title, text in pages():
        (folder / f"{title}.1").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pages go")
    run(parser.parse_args().folder)
