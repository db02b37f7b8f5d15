"""`relgraph map`: the six-market map as one HTML file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from relgraph import assumptions
from relgraph.cli import completion, diagnostics, options
from relgraph.cli.command import Command
from relgraph.cli.value_types import MarketName
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


BROWSER = ""  # --open without a value


@click.command("map", cls=Command)
@options.db
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="map.html",
    show_default=True,
    help="File to write; replaced only on success.",
)
@options.settings()
@click.option(
    "--focus",
    metavar="ID",
    shell_complete=completion.ids,
    help="Draw only stakeholders near this one.",
)
@click.option(
    "--hops",
    type=options.Count("hops"),
    default=int(assumptions.MAP_HOPS),
    show_default=True,
    help="How many steps around the focus.",
)
@click.option(
    "--market",
    "markets",
    type=MarketName(),
    multiple=True,
    help="Draw only this market and the firm; repeatable.",
)
@click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help="Draw only the first N by --size."
)
@click.option(
    "--radius",
    metavar="NAME",
    default="hop",
    show_default=True,
    help="What the rings around the firm show: `hop`, `strength` or `level` of the tie to it, or"
    " any measure or column.",
)
@click.option(
    "--size",
    metavar="NAME",
    help="What the size shows at first: a measure, any numeric column, `at_stake`, `loss`,"
    " `p_leave` or `level` (default: pagerank; of groups, their members).",
)
@click.option(
    "--colour",
    metavar="NAME",
    default="market",
    show_default=True,
    help="What the colour shows at first: `market`, any of these, `grade`, `class`, or any column.",
)
@options.plan
@options.page_language
@options.sharing
@click.option("--title", help="Heading (default: the firm's name).")
@click.option("--story", metavar="FILE", help="Story that the page tells, a TOML file.")
@click.option(
    "--open",
    "opening",
    is_flag=False,
    flag_value=BROWSER,
    metavar="[WHAT]",
    help="Open the map in the browser; with WHAT, choose what the map first shows instead: "
    "`ribbons` between markets, all `lines`, or `finding:N`, the Nth sentence.",
)
def command(
    db: str,
    output: str,
    settings: RankingSettings,
    focus: str | None,
    hops: int,
    markets: tuple[str, ...],
    top: int | None,
    opening: str | None,
    **drawing: Any,
) -> None:
    """Draw the six-market map as one HTML file that can be mailed."""
    import relgraph.api as api
    from relgraph.api.choice import Choice

    with api.open_store(db) as store:
        summary = api.draw_map(
            store,
            output,
            settings,
            choice=Choice(focus, hops, markets, top),
            opening=None if opening == BROWSER else opening,
            **drawing,
        )
    diagnostics.note(
        Note(
            "map.drawn",
            path=summary.path,
            stakeholders=summary.stakeholders,
            ties=summary.ties,
            megabytes=summary.size / 1e6,
        )
    )
    for note in summary.notes:
        diagnostics.note(note)
    if opening == BROWSER:
        click.launch(str(summary.path.resolve()))
