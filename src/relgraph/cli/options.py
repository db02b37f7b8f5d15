"""Options that commands share, each defined once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
from click.core import ParameterSource

import relgraph.assumptions as assumptions
from relgraph.cli import completion, diagnostics, speech
from relgraph.cli.value_types import Assumption, MarketName, Moment, TypeName
from relgraph.endings import choose_format
from relgraph.messages import LANGUAGES
from relgraph.settings import (
    STRENGTHS,
    USUAL,
    PlanningSettings,
    Projection,
    RankingSettings,
)

if TYPE_CHECKING:
    from relgraph.api.spark.rankings import SparkSource

Command = TypeVar("Command", bound=Callable[..., Any])
Decorator = Callable[[Command], Command]

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown")
# What the ending of a file says; the last three formats are for files alone.
ENDINGS = {
    ".txt": "table",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".md": "markdown",
    ".html": "html",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}


class RowOptions(NamedTuple):
    """Which rows are shown, in which format, and where they go."""

    format: str = "table"
    output: str | None = None
    top: int | None = None
    markets: tuple[str, ...] = ()
    pager: bool = True
    columns: tuple[str, ...] = ()
    wide: bool = False
    command: str = ""

    @property
    def first(self) -> int | None:
        """Return how many of all rows are enough, None if all are needed."""
        return None if self.markets else self.top


def choose_store(ctx: click.Context, param: click.Parameter, url: str) -> str:
    """Return the store that a command's own `-d` names, else the one before the command."""
    before: str | None = ctx.find_root().params.get("db")
    if before is not None and ctx.get_parameter_source("db") is not ParameterSource.COMMANDLINE:
        url = before
    return ask_password(ctx, param, url)


def ask_password(ctx: click.Context, param: click.Parameter, url: str) -> str:
    """Ask a person for the password of a store that needs one, unless the environment has it."""
    from relgraph.store import missing_password

    if ctx.resilient_parsing or not is_interactive():  # the shell completes a word
        return url
    if (wanted := missing_password(url)) is not None:
        os.environ[wanted.variable] = click.prompt(
            speech.say(wanted.question),
            default="",
            show_default=False,
            hide_input=True,
            err=True,
        )
    return url


def is_interactive() -> bool:
    """Return whether a person can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty()


# The store's address, as `db`.
db = click.option(
    "-d",
    "--db",
    metavar="URL",
    envvar="RELGRAPH_DB",
    default="relgraph.lbug",
    show_default=True,
    show_envvar=True,
    callback=choose_store,
    help="The store: a file, or neo4j://… or bolt://… for a server; with @NUMBER or @DATE a "
    "snapshot of it, to read.",
)


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
_SEED = click.option(
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


def _given(name: str, pack: Callable[[dict[str, Any]], Any], *choices: Any) -> Decorator[Any]:
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
    return _given("settings", _pack_settings, *chosen, _SEED)


_ASSUMED = (
    click.option(
        "--assume",
        type=Assumption(),
        multiple=True,
        metavar="NAME=VALUE",
        help="Give an assumption another value, taken as certain; repeatable (`relgraph "
        "assumptions` lists them).",
    ),
    click.option(
        "--years",
        type=float,
        metavar="T",
        help="Count the money of T years from now (default: of all years).",
    ),
)
_DRAWS = click.option(
    "--draws",
    type=Count("draws"),
    default=int(assumptions.PLAN_DRAWS),
    show_default=True,
    metavar="N",
    help="Draws of the assumptions behind each interval; 0 for none.",
)


def _pack_planning(values: dict[str, Any]) -> PlanningSettings:
    return PlanningSettings(
        dict(values.pop("assume")),
        values.pop("years"),
        values.pop("draws", 0),
        values.pop("seed", USUAL.seed),
        values.pop("as_of", None),
        diagnostics.progress(),
    )


# Options that say how planning figures are made, as `settings`: with intervals, without, and for
# what has no date.
planning = _given("settings", _pack_planning, *_ASSUMED, _DRAWS, as_of, _SEED)
central_planning = _given("settings", _pack_planning, *_ASSUMED, as_of)
undated_planning = _given("settings", _pack_planning, *_ASSUMED)


def compared(command: Command) -> Command:
    """Give a command `--measure`, what it compares, as `measures`."""
    return click.option(
        "--measure",
        "measures",
        multiple=True,
        metavar="NAME",
        help="Compare this measure, or one of `relgraph centrality`; repeatable (default: those "
        "listed in `relgraph whatif --help`).",
    )(command)


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


_FORMAT = (
    click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="Output format (default: what the ending of the file says, else table).",
    ),
    click.option("--csv", "format_", flag_value="csv", help="Short for --format csv."),
    click.option("--json", "format_", flag_value="json", help="Short for --format json."),
    click.option("--jsonl", "format_", flag_value="jsonl", help="Short for --format jsonl."),
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        help=f"Write to a file ({', '.join(ENDINGS)}); replace it only on success.",
    ),
    click.option("--no-pager", is_flag=True, help="Don't page a long table on a terminal."),
    click.option(
        "--columns",
        metavar="NAME,…",
        shell_complete=completion.columns,
        default="",
        help="Show these columns, in this order, in any format.",
    ),
    click.option("--wide", is_flag=True, help="Show all columns of a table, not just seven."),
)
_TOP = click.option("--top", type=click.IntRange(min=1), metavar="N", help="Show the first N rows.")
_MARKET = click.option(
    "--market",
    "markets",
    type=MarketName(),
    multiple=True,
    help="Show only rows of this market; repeatable.",
)


def _pack_market_rows(values: dict[str, Any]) -> RowOptions:
    # Elsewhere a command's own `markets` say what it looks at, not what it shows.
    return _pack_rows(values)._replace(markets=values.pop("markets"))


def _pack_rows(values: dict[str, Any]) -> RowOptions:
    output, format = values.pop("output"), values.pop("format_")
    return RowOptions(
        format=choose_format(output, ENDINGS, format, "table") if output else format or "table",
        output=output,
        top=values.pop("top", None),
        pager=not values.pop("no_pager"),
        columns=tuple(filter(None, map(str.strip, values.pop("columns").split(",")))),
        wide=values.pop("wide"),
        command=click.get_current_context().info_name or "",
    )


# Options of row output, as `rows`: of stakeholders in markets, of a list, of a summary.
rows = _given("rows", _pack_market_rows, _MARKET, _TOP, *_FORMAT)
listed_rows = _given("rows", _pack_rows, _TOP, *_FORMAT)
summary_rows = _given("rows", _pack_rows, *_FORMAT)


_SPARK = (
    click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        help="Where to measure what is read from Spark (default: here if it fits in memory).",
    ),
    click.option(
        "--master",
        metavar="ADDRESS",
        help="Read from this Spark: local[2], spark://…, yarn, or sc://… for Spark Connect.",
    ),
    click.option(
        "--data",
        metavar="DIR",
        help="Read these tables by Spark (Parquet or CSV as `relgraph export` writes them) instead "
        "of the store.",
    ),
)


def _pack_spark(values: dict[str, Any]) -> SparkSource | None:
    engine, master, data = (values.pop(name) for name in ("engine", "master", "data"))
    if engine != "spark" and master is data is None:
        return None
    from relgraph.api.spark.rankings import SparkSource

    return SparkSource(engine, master, data, values["db"])


# Options that say where data is read from by Spark, as `spark`; None where it isn't.
spark = _given("spark", _pack_spark, *_SPARK)


def refuse_on_spark(**given: object) -> None:
    """Refuse options that have no effect on what is read from Spark."""
    from relgraph.errors import UsageError

    wrong = [speech.option_name(name) or name for name, value in given.items() if value]
    if wrong:
        raise UsageError("spark.options", options=wrong)


plan = click.option(
    "--plan/--no-plan",
    default=None,
    help="Include the plan for this quarter (default: up to 100,000 stakeholders).",
)


def _choose_language(ctx: click.Context, param: click.Parameter, language: str | None) -> str:
    return language or speech.language()


def lang(help: str) -> Decorator[Any]:
    """Give a command `--lang`, the language of what it writes too, as `language`."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(LANGUAGES),
        callback=_choose_language,
        help=f"{help} (default: that of the command line).",
    )


page_language = lang("Initial language; readers can switch it on the page")

_SHARING = (
    click.option(
        "--without-money",
        is_flag=True,
        help="Leave out everything that is money or made from it, and columns that relgraph "
        "doesn't know.",
    ),
    click.option(
        "--anonymise",
        is_flag=True,
        help="Write 'customer 12' in place of names and ids, and leave out other texts that could "
        "say who somebody is; who is who is kept in a file of its own.",
    ),
    click.option(
        "--key",
        metavar="FILE",
        help="That file; one that is there is used again (default: beside the output, .key.csv).",
    ),
)


def sharing(command: Command) -> Command:
    """Give a command the options of a page that is sent away."""
    for option in reversed(_SHARING):
        command = option(command)
    return command


# The property that keeps the figure ranked by, as `property_name` (or None).
write_property = click.option(
    "--write",
    "property_name",
    metavar="PROPERTY",
    help="Store the figure ranked by as this property of the stakeholders.",
)
