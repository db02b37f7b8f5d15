"""The click command of every `relgraph X`.

Messages name its options while it runs, and it also takes the global options (`-q`, `-v`,
`--color`).
"""

from __future__ import annotations

from typing import Any

import click

from relgraph.cli import diagnostics, speech

COLORS = ("auto", "always", "never")


class Command(click.Command):
    """A command whose errors and notes name its own options."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.params += global_options(hidden=True)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        speech.follow(self)
        diagnostics.route_logs()
        return super().invoke(ctx)


def global_options(*, hidden: bool) -> list[click.Parameter]:
    """Return `-v`, `-q` and `--color`; each takes effect as soon as it is read."""
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
    ]


def _set(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is None or ctx.resilient_parsing:
        return
    diagnostics.change(**{str(param.name): value})
    if diagnostics.is_contradictory():
        raise click.UsageError(speech.say("command.verbose_quiet"), ctx)
    ctx.find_root().color = ctx.color = diagnostics.color()
