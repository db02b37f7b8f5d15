"""`relgraph report`: the whole picture on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from relgraph.cli import diagnostics, options
from relgraph.cli.command import Command
from relgraph.messages import Note

if TYPE_CHECKING:
    from relgraph.settings import RankingSettings


def _choose_name(ctx: click.Context, param: click.Parameter, output: str) -> str:
    """Return the file to write: the usual one ends as the format does."""
    usual = ctx.get_parameter_source("output") is ParameterSource.DEFAULT
    return "report.md" if usual and ctx.params.get("format_") == "markdown" else output


@click.command("report", cls=Command)
@options.db
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=_choose_name,
    default="report.html",
    show_default=True,
    help="File to write, .html or .md; replaced only on success.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["html", "markdown"]),
    is_eager=True,
    help="A page with a small map, or text for an e-mail (default: what the ending says).",
)
@options.settings()
@options.plan
@options.page_language
@options.sharing
@click.option("--title", help="Heading (default: the firm's name).")
@click.option("--open", "open_", is_flag=True, help="Open the report in the browser.")
def command(
    db: str,
    output: str,
    format_: str | None,
    settings: RankingSettings,
    open_: bool,
    **writing: Any,
) -> None:
    """Write a report: what to do this quarter, what is at stake, the markets, who matters.

    It opens with a few sentences and the ten relationships to invest in, as `relgraph plan` has
    them; assumptions and notes stand in an appendix. Printed, it takes a few pages of A4.
    """
    import relgraph.api as api

    with api.open_store(db) as store:
        summary = api.write_report(
            store,
            output,
            settings,
            format=format_,
            **writing,
        )
    diagnostics.note(
        Note(
            "report.written",
            path=summary.path,
            stakeholders=summary.stakeholders,
            ties=summary.ties,
            megabytes=summary.size / 1e6,
        )
    )
    for note in summary.notes:
        diagnostics.note(note)
    if open_:
        click.launch(str(summary.path.resolve()))
