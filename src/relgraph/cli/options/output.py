"""Which rows a command shows, in which format, and where they go."""

from __future__ import annotations

from typing import Any, NamedTuple

import click

from relgraph.cli import completion
from relgraph.cli.options.given import given
from relgraph.cli.value_types import MarketName
from relgraph.endings import choose_format

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
rows = given("rows", _pack_market_rows, _MARKET, _TOP, *_FORMAT)
listed_rows = given("rows", _pack_rows, _TOP, *_FORMAT)
summary_rows = given("rows", _pack_rows, *_FORMAT)
