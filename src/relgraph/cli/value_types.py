"""Types of option values: markets, relationship types, moments, assumptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

import relgraph.assumptions as assumptions
from relgraph.cli import speech

if TYPE_CHECKING:
    from datetime import datetime

    from click.shell_completion import CompletionItem


class MarketName(click.ParamType[str]):
    """One of the six markets or the firm, by any name that an import reads."""

    name = "market"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the market's canonical name; an unknown one gets a suggestion."""
        from relgraph.errors import did_you_mean
        from relgraph.model import ALL_MARKETS
        from relgraph.readwrite.names import VALUE_NAMES, folded

        names = VALUE_NAMES["market"]
        if folded(value) in names:
            return names[folded(value)]
        meant = did_you_mean(value, ALL_MARKETS)
        raise click.BadParameter(
            speech.say("choice.unknown", value=value, choices=ALL_MARKETS, meant=meant), ctx, param
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the markets that begin with the text."""
        from click.shell_completion import CompletionItem

        from relgraph.model import ALL_MARKETS

        return [CompletionItem(name) for name in ALL_MARKETS if name.startswith(incomplete)]


class TypeName(click.ParamType[str]):
    """A relationship type, by any name that an import reads."""

    name = "type"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the type's name as it is stored."""
        from relgraph.readwrite.names import canonical_type

        name = canonical_type(value)
        if name is None:
            raise click.BadParameter(speech.say("type.bad", value=value), ctx, param)
        return name

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the known types that begin with the text."""
        from click.shell_completion import CompletionItem

        from relgraph.model import RELATIONSHIP_TYPES

        wanted = incomplete.upper()
        return [CompletionItem(name) for name in RELATIONSHIP_TYPES if name.startswith(wanted)]


class Moment(click.ParamType["datetime"]):
    """A date or a time."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the moment in UTC, without its zone."""
        from relgraph.errors import UsageError
        from relgraph.settings import parse_moment

        try:
            return parse_moment(value, "as_of")
        except UsageError as error:
            raise click.BadParameter(speech.say(error.message), ctx, param) from error


class Assumption(click.ParamType[tuple[str, float]]):
    """An assumption of planning with its value, as NAME=VALUE."""

    name = "assumption"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """Return the name and the number."""
        if isinstance(value, tuple):
            return value
        name, equals, number = value.partition("=")
        if not equals:
            raise click.BadParameter(speech.say("assume.form", value=value), ctx, param)
        try:
            return name.strip(), float(number)
        except ValueError:
            text = speech.say("assume.number", name=name.strip(), value=number)
            raise click.BadParameter(text, ctx, param) from None

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the assumptions that begin with the text."""
        from click.shell_completion import CompletionItem

        names = [name for name in assumptions.PLANNED if name.startswith(incomplete)]
        return [CompletionItem(f"{name}=") for name in names]


class Given(click.ParamType[tuple[str, str]]):
    """A property with its value, as PROPERTY=VALUE; without a value it is emptied."""

    name = "property"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return the name and the text."""
        if isinstance(value, tuple):
            return value
        name, equals, text = value.partition("=")
        if not equals or not name.strip():
            raise click.BadParameter(speech.say("edit.form", value=value), ctx, param)
        return name.strip(), text


def gather(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return properties by name; one that is given twice is refused."""
    values: dict[str, str] = {}
    for name, text in given:
        if name in values:
            raise click.BadParameter(speech.say("edit.twice", name=name))
        values[name] = text
    return values
