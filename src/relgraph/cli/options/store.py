"""The store that a command reads or writes."""

from __future__ import annotations

import os
import sys

import click
from click.core import ParameterSource

from relgraph.cli import speech


def choose_store(ctx: click.Context, param: click.Parameter, url: str) -> str:
    """Return the store that a command's own `-d` names, else the one before the command."""
    before: str | None = ctx.find_root().params.get("db")
    if before is not None and ctx.get_parameter_source("db") is not ParameterSource.COMMANDLINE:
        url = before
    return ask_password(ctx, param, url)


def ask_password(ctx: click.Context, param: click.Parameter, url: str) -> str:
    """Ask a person for the password of a store that needs one, unless the environment has it."""
    from relgraph.store import missing_password

    if ctx.resilient_parsing or not is_interactive():  # the shell completes a word
        return url
    if (wanted := missing_password(url)) is not None:
        os.environ[wanted.variable] = click.prompt(
            speech.say(wanted.question),
            default="",
            show_default=False,
            hide_input=True,
            err=True,
        )
    return url


def is_interactive() -> bool:
    """Return whether a person can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()


# The store's address, as `db`.
db = click.option(
    "-d",
    "--db",
    metavar="URL",
    envvar="RELGRAPH_DB",
    default="relgraph.lbug",
    show_default=True,
    show_envvar=True,
    callback=choose_store,
    help="The store: a file, or neo4j://… or bolt://… for a server; with @NUMBER or @DATE a "
    "snapshot of it, to read.",
)
