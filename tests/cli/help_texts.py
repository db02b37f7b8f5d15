"""Every text of the command line's help, as the table of translations calls them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from relgraph.api import list_queries
from relgraph.cli import main
from relgraph.cli.catalogue import ENTRIES, GROUPS
from relgraph.cli.command import EXAMPLE, NEXT
from relgraph.cli.commands.settings import EXAMPLE as EXAMPLE_SETTINGS
from relgraph.cli.help_texts import key, paragraphs


def texts() -> list[str]:
    """Return the texts, in the order of the help, each once."""
    found = [*_texts(main, click.Context(main)), *GROUPS, EXAMPLE, NEXT]
    found += [entry.question for entry in ENTRIES.values()]
    found += [EXAMPLE_SETTINGS, *list_queries()["purpose"]]
    return list(dict.fromkeys(map(key, found)))


def _texts(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from paragraphs(inspect.cleandoc(getattr(command, "template", command.help) or ""))
    yield from (option.help for option in _options(command, context) if option.help)
    yield from paragraphs(inspect.cleandoc(command.epilog or ""))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _texts(found, click.Context(found, context, name))


def _options(command: click.Command, context: click.Context) -> Iterator[click.Option]:
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            yield parameter
