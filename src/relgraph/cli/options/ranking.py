"""The settings of a ranking (`relgraph.settings`), each as an option of the field's name."""

from __future__ import annotations

from typing import Any

import click

from relgraph.cli import diagnostics
from relgraph.cli.options.given import Decorator, given
from relgraph.cli.value_types import MarketName, Moment, TypeName
from relgraph.settings import STRENGTHS, USUAL, Projection, RankingSettings

# The settings of a ranking (`relgraph.settings`), each as an option of the field's name.
_TYPES = (
    click.option(
        "--type",
        "types",
        type=TypeName(),
        multiple=True,
        help="Use only ties of this type; repeatable.",
    ),
    click.option("--include-hostile", is_flag=True, help="Include ties of sign -1."),
)
_READING = (
    click.option("--undirected", is_flag=True, help="Let every tie run both ways."),
    click.option(
        "--weights",
        type=click.Choice(["strength", "none"]),
        default="strength",
        show_default=True,
        help="Whether tie strengths count.",
    ),
    click.option(
        "--strength",
        type=click.Choice(STRENGTHS),
        default=USUAL.strength,
        show_default=True,
        help="Use the given strengths, or the partnership index where there is one.",
    ),
    click.option(
        "--missing-strength",
        default=USUAL.projection.missing_strength,
        show_default=True,
        metavar="median|drop|VALUE",
        help="What a tie without a strength counts as: the median of its type between the same "
        "markets, nothing, or this strength.",
    ),
)
_STAKEHOLDERS = (
    click.option("--include-left", is_flag=True, help="Include stakeholders who have left."),
    click.option("--without-firm", is_flag=True, help="Leave the firm out."),
    click.option(
        "--within",
        type=MarketName(),
        multiple=True,
        help="Use only stakeholders in this market; repeatable.",
    ),
)
_CACHE = click.option(
    "--cache/--no-cache",
    default=None,
    help="Keep the network in a file beside the store for the next command, or don't (default: "
    "keep large ones, but none of a server).",
)
as_of = click.option(
    "--as-of",
    type=Moment(),
    metavar="DATE",
    help="Look at this time, or the end of this day: who was there, which ties held, contacts up "
    "to then (default: today, and contacts up to the latest).",
)
SEED = click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=USUAL.seed,
    show_default=True,
    help="Seed of random draws; the same seed gives the same result.",
)
RANK_INTERVALS = (
    "Add how certain the ranks are if ties are uncertain: rank_low and rank_high (95 %), and "
    "stays_ahead, the share of draws in which a row stays ahead of the next."
)
CHOSEN_AGAIN = "Add chosen, the share of draws in which each is chosen if ties are uncertain."


def settings(*, reading: bool = True, confidence: str | None = None) -> Decorator[Any]:
    """Give a command the options that say how a ranking is made, as `settings`.

    Parameters
    ----------
    reading : bool
        Whether the command lets the user ignore directions and choose strengths.
    confidence : str, optional
        The help of `--confidence`; if None, the command has no such option.
    """
    chosen = [*_TYPES, *(_READING if reading else ()), *_STAKEHOLDERS, as_of, _CACHE]
    if confidence is not None:
        chosen.append(click.option("--confidence", is_flag=True, help=confidence))
    return given("settings", _pack_settings, *chosen, SEED)


def _pack_settings(values: dict[str, Any]) -> RankingSettings:
    projection = Projection(
        types=values.pop("types") or None,
        undirected=values.pop("undirected", False),
        weighted=values.pop("weights", "strength") == "strength",
        include_left=values.pop("include_left"),
        without_firm=values.pop("without_firm"),
        within=values.pop("within"),
        include_hostile=values.pop("include_hostile"),
        missing_strength=values.pop("missing_strength", USUAL.projection.missing_strength),
    )
    return RankingSettings(
        projection,
        values.pop("strength", USUAL.strength),
        values.pop("as_of"),
        values.pop("confidence", False),
        values.pop("seed"),
        diagnostics.progress(),
        values.pop("cache"),
    )


# The property that keeps the figure ranked by, as `property_name` (or None).
write_property = click.option(
    "--write",
    "property_name",
    metavar="PROPERTY",
    help="Store the figure ranked by as this property of the stakeholders.",
)
