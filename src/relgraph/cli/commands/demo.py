"""`relgraph demo`: the sample data through all of it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, cast

import click

from relgraph.cli import diagnostics, output, speech
from relgraph.cli.command import Command
from relgraph.cli.speech import say

if TYPE_CHECKING:
    from pathlib import Path

    from relgraph.api.demo import DemoFiles


class Step(NamedTuple):
    """A command of the tour, and the key of the line that says what its rows show."""

    explanation: str
    command: tuple[str, ...]


OVERVIEW = Step("demo.overview", ("query", "run", "market-overview"))
TOUR = {
    "six_markets": (
        Step("demo.plan", ("plan", "-k", "10")),
        OVERVIEW,
        Step("demo.value", ("value", "--top", "5")),
        Step("demo.betweenness", ("centrality", "--measure", "betweenness", "--top", "5")),
        Step("demo.reach", ("reach", "--top", "5")),
        Step("demo.strength", ("strength", "--top", "5")),
        Step("demo.brokers", ("brokers", "--top", "5")),
        Step("demo.keyplayers", ("keyplayers", "-k", "3")),
        Step("demo.single_contact", ("query", "run", "single-contact-customers", "--top", "5")),
    ),
    "northwind": (
        OVERVIEW,
        Step(
            "demo.employees",
            (
                *("centrality", "--measure", "betweenness", "--undirected"),
                *("--market", "employee", "--top", "5"),
            ),
        ),
        Step("demo.one_customer", ("query", "run", "single-contact-customers")),
    ),
}
RULE = Step("demo.rule250", ("rule250",))


@click.command("demo", cls=Command)
@click.argument("folder", metavar="[DIR]", default="relgraph-demo", type=click.Path())
@click.pass_context
def command(context: click.Context, folder: str) -> None:
    """Take a tour: import sample data, show the main tables, draw the maps.

    Files go into DIR (default: relgraph-demo), which must hold nothing else; files of an earlier
    demo are replaced.
    """
    import relgraph.api as api

    made = api.run_demo(folder, diagnostics.progress(), speech.language())
    for files in made:
        output.write_text(f"== {files.dataset}: {say(f'demo.{files.dataset}')} ==\n")
        for step in TOUR[files.dataset]:
            _show(context, step, files.store)
    _show(context, RULE)
    output.write_text(_farewell(made))


def _show(context: click.Context, step: Step, store: Path | None = None) -> None:
    """Run a command as if typed, under its explanation and its command line."""
    from shlex import join

    arguments = [*step.command, *([] if store is None else ["-d", str(store)])]
    output.write_text(f"{say(step.explanation)}\n$ {_program()} {join(arguments)}")
    root = context.find_root()
    name, *options = arguments
    found = cast(click.Group, root.command).get_command(root, name)
    if found is not None:
        with found.make_context(name, [*options, "--no-pager"], root) as typed:
            found.invoke(typed)
    output.write_text("")


def _program() -> str:
    """Return how this program was started, for users to type again."""
    from shlex import quote
    from shutil import which

    if which("relgraph") is None:
        typed = os.path.basename(sys.argv[0])  # noqa: PTH119 pathlib is slow to import
        if typed == "relgraph":
            return quote(sys.argv[0])
        if typed == "__main__.py":
            return "python -m relgraph"
    return "relgraph"


def _farewell(made: tuple[DemoFiles, ...]) -> str:
    from shlex import quote

    maps = "\n".join(f"  {files.map.resolve().as_uri()}" for files in made)
    return say("demo.farewell", maps=maps, program=_program(), store=quote(str(made[0].store)))
