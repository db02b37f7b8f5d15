"""The click command of every `relgraph X`: its options are known to what is said meanwhile."""

from __future__ import annotations

from typing import Any

import click

from relgraph.cli import speech


class Command(click.Command):
    """A command whose errors and notes name its own options."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        speech.follow(self)
        return super().invoke(ctx)
