"""How options come to a command: each defined once, those that belong together packed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from relgraph import assumptions
from relgraph.cli import speech

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]


class Count(click.IntRange):
    """A whole number within the limits of its assumption."""

    def __init__(self, assumption: str) -> None:
        self.assumption = assumption
        self.limits = assumptions.LIMITS[assumption]
        super().__init__(*self.limits)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; one that is out of range is told the range."""
        from relgraph.errors import UsageError, check_range

        number: int = click.INT.convert(value, param, ctx)
        try:
            check_range(number, "", *self.limits)
        except UsageError as error:
            raise click.BadParameter(speech.say(error.message), ctx, param) from error
        return number


def given(name: str, pack: Callable[[dict[str, Any]], Any], *choices: Any) -> Decorator[Any]:
    """Give a command some options, whose values it takes together, packed, under one name."""

    def decorate(command: Callable[..., Any]) -> Any:
        @wraps(command)
        def wrapper(**values: Any) -> Any:
            values[name] = pack(values)
            return command(**values)

        wrapped: Any = wrapper
        for option in reversed(choices):
            wrapped = option(wrapped)
        return wrapped

    return decorate
