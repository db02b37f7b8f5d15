"""What a page shows, in which language, and what it leaves out."""

from __future__ import annotations

from typing import Any

import click

from relgraph.cli import speech
from relgraph.cli.options.given import Command, Decorator
from relgraph.messages import LANGUAGES


def _choose_language(ctx: click.Context, param: click.Parameter, language: str | None) -> str:
    return language or speech.language()


def lang(help: str) -> Decorator[Any]:
    """Give a command `--lang`, the language of what it writes too, as `language`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        callback=_choose_language,
        help=f"{help} (default: that of the command line).",
    )


page_language = lang("Initial language; readers can switch it on the page")

_SHARING = (
    click.option(
        "--without-money",
        is_flag=True,
        help="Leave out everything that is money or made from it, and columns that relgraph "
        "doesn't know.",
    ),
    click.option(
        "--anonymise",
        is_flag=True,
        help="Write 'customer 12' in place of names and ids, and leave out other texts that could "
        "say who somebody is; who is who is kept in a file of its own.",
    ),
    click.option(
        "--key",
        metavar="FILE",
        help="That file; one that is there is used again (default: beside the output, .key.csv).",
    ),
)


def sharing(command: Command) -> Command:
    """Give a command the options of a page that is sent away."""
    for option in reversed(_SHARING):
        command = option(command)
    return command
