"""The command line: `relgraph X` is `commands/X.py`, imported only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

import relgraph.kernels as kernels
from relgraph.cli import diagnostics, interrupts, language
from relgraph.cli.catalogue import COMMANDS, GROUPS
from relgraph.cli.command import PagedHelp, global_options
from relgraph.cli.speech import say
from relgraph.errors import did_you_mean

EPILOG = """\b
Exit codes:
  0    done, even if there is nothing to show
  1    failed
  2    wrong usage: unknown command, option or stakeholder
  3    the store is missing, locked or can't be reached
  4    the input data is wrong; nothing was stored
  5    something was found (--fail-if-any)
  130  interrupted

Run `relgraph COMMAND --help` for a command's own options, with an example on the sample data
six_markets, and `relgraph explain NAME` for what a column means."""


class Commands(PagedHelp, click.Group):
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
        """Write each command with its question, group by group."""
        width = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(f"{name:{width}}", entry.question) for name, entry in commands.items()]
                )

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
            language.speak(language.locale_language(os.environ))  # until it is clear which
            language.speak(
                language.find_language(sys.argv[1:] if args is None else args, os.environ)
            )
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
