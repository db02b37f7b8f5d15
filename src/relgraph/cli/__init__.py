"""The command line: `relgraph X` is `commands/X.py`, imported only when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

import relgraph.kernels as kernels
from relgraph.cli import diagnostics, interrupts
from relgraph.cli.command import global_options
from relgraph.cli.speech import say
from relgraph.errors import did_you_mean

# The commands in the order in which a newcomer meets them, each with the first sentence of its
# help, so that `relgraph --help` need not import them. A test compares the two.
COMMANDS = {
    "import": "Read, check and store stakeholders, relationships and interactions.",
    "template": "Write stakeholders.csv, relationships.csv and interactions.csv with headers only.",
    "export": "Write everything in the store to files.",
    "copy": "Copy a store to another, a file or a server, and check that both hold the same data.",
    "settings": "Show the settings that a store carries along, or replace them by a TOML file.",
    "info": "Show what the store holds and what was imported last, or describe the network.",
    "history": "List the snapshots of a store: what was there before each import that changed it.",
    "show": "Show everything about one stakeholder: owner, money, risk, properties, ties, ranks.",
    "remove": "Delete stakeholders with all their ties and contacts, for good.",
    "centrality": "Rank stakeholders by how central they are.",
    "reach": "Show how far word of mouth travels from a stakeholder, hop by hop, or rank them all.",
    "rule250": "Work out the rule of 250: how many people a year hear from unhappy customers.",
    "advocates": "Choose whom to win first so that word reaches as many stakeholders as possible.",
    "strength": "Rank partnerships: all, one stakeholder's, or the one between two.",
    "brokers": "Rank brokers, the stakeholders who connect others, best placed first.",
    "keyplayers": "Find the set of stakeholders that matters most to the network.",
    "communities": "Find communities: groups with more ties among themselves than to others.",
    "value": "Rank stakeholders by what they are worth, in money.",
    "portfolio": "Show which class each stakeholder is in, and what to do about it.",
    "exit": "Rank stakeholders by what is lost if they leave, or show who falls with whom.",
    "overdue": "List whom to call: who waits longer than their level or their own rhythm allows.",
    "intro": "Find who can introduce us to a stakeholder, by several warm ways.",
    "plan": "Choose the relationships to invest in: which ten, what each is worth, and how sure.",
    "whatif": "Show what would change: figures and ranks before and after a scenario.",
    "diff": "Show what has changed between two stores or dates, or what an import would change.",
    "query": "List, show and run Cypher queries; named ones run on every store.",
    "map": "Draw the six-market map as one HTML file that can be mailed.",
    "report": "Write a report: markets, who matters, partnerships, brokers, reach and risks.",
    "demo": "Take a tour: import sample data, show the main tables, draw the maps.",
    "assumptions": "List every default behind the figures, with its unit, meaning and source.",
}

EPILOG = """\b
Exit codes:
  0    done, even if there is nothing to show
  1    failed
  2    wrong usage: unknown command, option or stakeholder
  3    the store is missing, locked or can't be reached
  4    the input data is wrong; nothing was stored
  5    something was found (--fail-if-any)
  130  interrupted

Run `relgraph COMMAND --help` for a command's own options."""


class Commands(click.Group):
    """A group whose commands are the modules of `cli/commands`, imported when called.

    Errors leave it as lines on stderr and an exit code, never as a traceback.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module and return its attribute `command`."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        found: click.Command = import_module(f"relgraph.cli.commands.{module}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of this name; suggest others for an unknown one."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            meant = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(say("command.unknown", name=args[0], meant=meant), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with its whole first sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and exit with its code."""
        from relgraph.cli import output

        diagnostics.configure()
        kernels.on_compile = diagnostics.tell_compiling
        kernels.on_part = diagnostics.tell_part
        try:
            code = super().main(args, prog_name or "relgraph", complete_var, False, **extra)
            output.flush()
        except (Exception, KeyboardInterrupt) as error:
            if not standalone_mode:
                raise
            code = diagnostics.report(interrupts.find_reason(error))
        if standalone_mode:
            sys.exit(code if isinstance(code, int) else 0)
        return code


@click.group(
    "relgraph",
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)
@click.version_option(package_name="relgraph", prog_name="relgraph", message="%(prog)s %(version)s")
@click.option("-d", "--db", metavar="URL", help="The store for the command that follows.")
@click.pass_context
def main(ctx: click.Context, db: str | None) -> None:
    """Map the people and organisations that a firm depends on.

    Import stakeholders and their relationships, then ask who matters, how far word of mouth
    travels, how strong each partnership is, and what is lost if a tie breaks.
    """
    ctx.color = diagnostics.color()


main.params += global_options(hidden=False)
