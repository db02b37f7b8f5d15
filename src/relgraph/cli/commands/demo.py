"""`relgraph demo`: the sample data through all of it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple, cast

import click

from relgraph.cli import diagnostics, output
from relgraph.cli.command import Command

if TYPE_CHECKING:
    from pathlib import Path

    from relgraph.api.demo import DemoFiles


class Step(NamedTuple):
    """A command of the tour, and one line on what its rows show."""

    explanation: str
    command: tuple[str, ...]


OVERVIEW = Step(
    "The markets: how many stakeholders, how many lost, what they bring, how satisfied they are.",
    ("query", "run", "market-overview"),
)
TOUR = {
    "six_markets": (
        "A fictional maker of water meters, with all six markets",
        (
            OVERVIEW,
            Step(
                "Who matters: betweenness is the share of shortest paths through a stakeholder.",
                ("centrality", "--measure", "betweenness", "--top", "5"),
            ),
            Step(
                "Whose word travels: how many can hear it, are expected to, how many people do.",
                ("reach", "--top", "5"),
            ),
            Step(
                "How strong partnerships are: as given, by their components or by contacts.",
                ("strength", "--top", "5"),
            ),
            Step(
                "Who connects others who don't know each other: low constraint is best.",
                ("brokers", "--top", "5"),
            ),
            Step(
                "Key players: the three whose loss would break the network most.",
                ("keyplayers", "-k", "3"),
            ),
            Step(
                "Customers who know only one employee: they may leave when that employee does.",
                ("query", "run", "single-contact-customers", "--top", "5"),
            ),
        ),
    ),
    "northwind": (
        "Microsoft's sample trading company, from its orders; no competitors or influencers",
        (
            OVERVIEW,
            Step(
                "Which employees hold customers and the firm together.",
                (
                    *("centrality", "--measure", "betweenness", "--undirected"),
                    *("--market", "employee", "--top", "5"),
                ),
            ),
            Step(
                "The one customer that a single employee looks after.",
                ("query", "run", "single-contact-customers"),
            ),
        ),
    ),
}
RULE = Step(
    "Girard's rule: two unhappy customers a week, and how many people they tell.", ("rule250",)
)


@click.command("demo", cls=Command)
@click.argument("folder", metavar="[DIR]", default="relgraph-demo", type=click.Path())
@click.pass_context
def command(context: click.Context, folder: str) -> None:
    """Take a tour: import sample data, show the main tables, draw the maps.

    Files go into DIR (default: relgraph-demo), which must hold nothing else; files of an earlier
    demo are replaced.
    """
    from relgraph import api

    made = api.run_demo(folder, diagnostics.progress())
    for files in made:
        title, steps = TOUR[files.dataset]
        output.write_text(f"== {files.dataset}: {title} ==\n")
        for step in steps:
            _show(context, step, files.store)
    _show(context, RULE)
    output.write_text(_farewell(made))


def _show(context: click.Context, step: Step, store: Path | None = None) -> None:
    """Run a command as if typed, under its explanation and its command line."""
    from shlex import join

    arguments = [*step.command, *([] if store is None else ["-d", str(store)])]
    output.write_text(f"{step.explanation}\n$ {_program()} {join(arguments)}")
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

    program, store = _program(), quote(str(made[0].store))
    maps = "\n".join(f"  {files.map.resolve().as_uri()}" for files in made)
    return f"""\
Maps, to open in a browser (they work offline):
{maps}

What to try next:
  {program} show cus-42 -d {store}
  {program} reach inf-01 -d {store}
  {program} report -d {store}
  {program} query list
  {program} template my-data       # empty files with headers; fill them in, then
  {program} import my-data         # into relgraph.lbug, the default store
"""
