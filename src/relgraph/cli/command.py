"""The click command of every `relgraph X`.

Its help begins with the question that it answers and ends with an example and what comes next.
Messages name its options while it runs, and it also takes the global options (`-q`, `-v`,
`--color`, `--lang`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from relgraph.cli import diagnostics, speech
from relgraph.cli.catalogue import ENTRIES, Entry
from relgraph.cli.help_texts import Context, translated
from relgraph.errors import UsageError
from relgraph.messages import LANGUAGES

# What the help calls a value that is a path.
_PATHS = frozenset({"FILE", "PATH", "DIR", "URL", "FROM", "TO"})
ON_SPARK = ("--engine", "--master")
SPARK_COMMANDS = ("centrality", "communities", "reach", "strength")
EXAMPLE, NEXT = "Example, on six_markets", "Next"
SHOW_HELP = "Show this message and exit."
COLORS = ("auto", "always", "never")


class PagedHelp(click.Command):
    """A command whose help goes through a pager where it is longer than the terminal."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help`."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback, option.help = _show_help, SHOW_HELP
        return option


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from relgraph.cli.output import write_long

        write_long(ctx.get_help().splitlines())
        ctx.exit()


class Answering(PagedHelp):
    """A command whose help says what it answers, how to try it, and what to ask next."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        own = {name for param in self.params for name in param.opts}
        self.params += [
            option for option in global_options(hidden=True) if own.isdisjoint(option.opts)
        ]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the question, then the help's own text."""
        if (entry := entry_of(ctx)) is not None:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(entry.question)
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example and the command to go on with."""
        if (entry := entry_of(ctx)) is not None:
            following = f"relgraph {entry.next}   {translated(ENTRIES[entry.next].question)}"
            for title, lines in ((EXAMPLE, entry.example), (NEXT, following)):
                with formatter.section(title):
                    formatter.write_text(f"\b\n{lines}")


def entry_of(ctx: click.Context) -> Entry | None:
    """Return the entry of a context's command in the catalogue, if it has one."""
    names: list[str] = []
    at: click.Context | None = ctx
    while at is not None and at.parent is not None:
        names.insert(0, at.info_name or "")
        at = at.parent
    return ENTRIES.get(" ".join(names))


class Group(Answering, click.Group):
    """A command that has commands of its own."""


class Command(Answering):
    """A command whose errors and notes name its own options."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        speech.follow(self)
        diagnostics.route_logs()
        try:
            os.getcwd()  # noqa: PTH109 pathlib is slow to import
        except FileNotFoundError:  # libraries ask for the working folder, and fail without one
            _leave_deleted_folder(ctx)
        return super().invoke(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an option of Spark is told which commands have it."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name in ON_SPARK:
                raise UsageError(
                    "spark.commands", option=error.option_name, commands=SPARK_COMMANDS
                ) from None
            raise


def _leave_deleted_folder(ctx: click.Context) -> None:
    """Work in the root folder instead of a deleted one, unless a path needs that."""
    for parameter, path in _paths(ctx):
        if not os.path.isabs(path):  # noqa: PTH117
            raise UsageError("folder.gone", parameter=parameter, path=path) from None
    os.chdir("/")


def _paths(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the paths that a command was given, each with the name of its parameter."""
    from relgraph.store.neo4j_address import is_server

    for param in ctx.command.params:
        given = ctx.params.get(str(param.name))
        if (param.metavar or "").strip("[].") in _PATHS and given is not None:
            for path in [given] if isinstance(given, str) else given:
                if path != "-" and not is_server(path):
                    yield str(param.name), path


def global_options(*, hidden: bool) -> list[click.Parameter]:
    """Return `-v`, `-q`, `--color` and `--lang`.

    The first three take effect as soon as they are read, the language before anything is.
    """
    return [
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            default=None,
            expose_value=False,
            hidden=hidden,
            callback=_set,
            help="Show the cause of each error.",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            default=None,
            expose_value=False,
            hidden=hidden,
            callback=_set,
            help="Hide notes and progress.",
        ),
        click.Option(
            ["--color"],
            type=click.Choice(COLORS),
            metavar=f"[{'|'.join(COLORS)}]",
            expose_value=False,
            hidden=hidden,
            callback=_set,
            help="Colour the output; auto, the default: on a terminal unless NO_COLOR is set.",
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            hidden=hidden,
            help="Language of help, notes, errors and table headings (default: RELGRAPH_LANG, or "
            "that of the locale).",
        ),
    ]


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is None or ctx.resilient_parsing:
        return
    diagnostics.change(**{str(param.name): value})
    if diagnostics.is_contradictory():
        raise click.UsageError(speech.say("command.verbose_quiet"), ctx)
    ctx.find_root().color = ctx.color = diagnostics.color()
