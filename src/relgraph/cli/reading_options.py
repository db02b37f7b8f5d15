"""The options of `relgraph import` that say how files are read, taken together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from relgraph.errors import UsageError
from relgraph.model import ALL_MARKETS

_OPTIONS = (
    click.option(
        "--stakeholders", multiple=True, metavar="FILE", help="A stakeholders file of any name."
    ),
    click.option(
        "--relationships", multiple=True, metavar="FILE", help="A relationships file of any name."
    ),
    click.option(
        "--interactions", multiple=True, metavar="FILE", help="An interactions file of any name."
    ),
    click.option(
        "--mapping",
        metavar="FILE|NAME",
        help="Rules that turn any export into the three tables; PATH is then a folder, files or -.",
    ),
    click.option(
        "--market",
        type=click.Choice(ALL_MARKETS),
        help="Market of all who have none; unknown ends of ties become stakeholders.",
    ),
    click.option(
        "--market-from",
        metavar="ATTRIBUTE",
        help="For graphs: the node attribute that holds the market.",
    ),
    click.option(
        "--market-map",
        multiple=True,
        metavar="VALUE=MARKET",
        help="For --market-from: the market of a value, such as Person=influencer; repeatable.",
    ),
    click.option(
        "--type-from",
        metavar="ATTRIBUTE",
        help="For graphs: the edge attribute that holds the type of tie.",
    ),
    click.option(
        "--transposed",
        is_flag=True,
        help="For matrices: read ties from column to row (default: from row to column).",
    ),
    click.option("--replace", is_flag=True, help="Replace all that the store holds."),
    click.option(
        "--allow-change",
        is_flag=True,
        help="Import even if an id is stored with another name and market.",
    ),
    click.option(
        "--strength-from",
        metavar="COLUMN",
        help="Use this column of relationships as strength, divided by its largest value.",
    ),
    click.option(
        "--strength-scale",
        metavar="LOW-HIGH",
        help="The scale of that column, like 1-5: divide by its upper end.",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of text files (default: detected)."),
    click.option(
        "--decimal",
        type=click.Choice([".", ","]),
        default=".",
        show_default=True,
        help="Decimal separator of numbers in text.",
    ),
    click.option(
        "--thousands",
        default="",
        metavar="CHARACTER",
        help="Thousands separator of numbers in text: , . space ' or _ (default: none).",
    ),
    click.option(
        "--null",
        multiple=True,
        metavar="TEXT",
        help="A cell with this text is empty; repeatable.",
    ),
)
_NAMES = (
    *(
        "stakeholders",
        "relationships",
        "interactions",
        "mapping",
        "market",
        "market_from",
        "market_map",
        "type_from",
        "transposed",
        "replace",
        "allow_change",
    ),
    *("strength_from", "strength_scale", "encoding", "decimal", "thousands", "null"),
)

_MAIL = (
    click.option(
        "--internal",
        multiple=True,
        metavar="DOMAIN",
        help="For mail: a domain of our own, whose addresses are colleagues; repeatable.",
    ),
    click.option(
        "--unmatched",
        metavar="FILE",
        help="For mail: write the addresses that match nobody to this file.",
    ),
    click.option(
        "--day-first/--month-first",
        default=None,
        help="For Outlook exports: whether 3/4 is 3 April or 4 March (default: as other dates "
        "show).",
    ),
)
_MAIL_NAMES = ("internal", "unmatched", "day_first")


def _pair(text: str) -> tuple[str, str]:
    value, equals, market = text.rpartition("=")
    if not equals or not value.strip():
        raise UsageError("market_map.wrong", parameter="market_map", value=text)
    return value, market


def reading(command: Callable[..., Any]) -> Any:
    """Give a command these options, whose values it takes as `reading`, for `api.import_files`."""
    return _taken(command, "reading", _OPTIONS, _NAMES)


def mail(command: Callable[..., Any]) -> Any:
    """Give a command the options of mail and calendars, as `mail`, for `api.import_mail`."""
    return _taken(command, "mail", _MAIL, _MAIL_NAMES)


def _taken(
    command: Callable[..., Any], name: str, choices: Sequence[Any], names: Sequence[str]
) -> Any:
    @wraps(command)
    def wrapper(**values: Any) -> Any:
        taken = {each: values.pop(each) for each in names}
        if "market_map" in taken:
            taken["market_map"] = dict(map(_pair, taken["market_map"]))
        values[name] = taken
        return command(**values)

    wrapped: Any = wrapper
    for option in reversed(choices):
        wrapped = option(wrapped)
    return wrapped
