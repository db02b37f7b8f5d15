"""The report: the whole picture of a store on one page, or as Markdown for a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Unpack

from relgraph import assumptions
from relgraph.api.contents import counts_of, page_contents
from relgraph.api.decisions import Decisions, decide
from relgraph.api.inline import Inline
from relgraph.api.report_sections.decisions import (
    plan_section,
    served_sections,
    staff_names,
    stake_sections,
)
from relgraph.api.report_sections.evidence import assumptions_section, coverage_section
from relgraph.api.report_sections.leaders import brokers_section, measure_sections, reach_section
from relgraph.api.report_sections.markets import markets_section, summary_figures
from relgraph.api.report_sections.partnerships import partnership_sections
from relgraph.api.shared import Shared, Sharing, key_beside
from relgraph.api.sharing import share
from relgraph.api.sheets import Gathered, gather_sheet, what_is_missing, with_communities
from relgraph.arguments import checked
from relgraph.endings import choose_format
from relgraph.messages import Language, Message, Note
from relgraph.render.overview import LARGEST_MAP, group_sheet
from relgraph.render.report import Report, render_markdown, render_report
from relgraph.render.sheet import Sheet
from relgraph.replacing import replacing
from relgraph.settings import Changes, RankingSettings, settle
from relgraph.store import Store

Format = Literal["html", "markdown"]
ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown"}


@dataclass(frozen=True)
class ReportSummary(Inline):
    """What a report holds: the file, its bytes, how many stakeholders and ties, and notes."""

    path: Path
    stakeholders: int
    ties: int
    size: int
    notes: tuple[Note, ...] = ()


@checked
def write_report(
    store: Store,
    path: str | Path,
    settings: RankingSettings | None = None,
    *,
    format: Format | None = None,
    title: str | None = None,
    language: Language = "en",
    plan: bool | None = None,
    without_money: bool = False,
    anonymise: bool = False,
    key: str | Path | None = None,
    **changes: Unpack[Changes],
) -> ReportSummary:
    """Write the report of a store as one page, or as Markdown.

    Parameters
    ----------
    path : str or Path
        The file; it is replaced when all went well.
    settings, **changes
        Which network, as of when (`relgraph.RankingSettings`), or single settings by name.
        The same seed and store give the same bytes.
    format : {"html", "markdown"}, optional
        A page with a small map, or text for a mail; by default what the ending of the file says.
    title : str, optional
        Heading; the firm's name by default.
    language : {"en", "zh"}
        The report's language; the page can switch to the other.
    plan : bool, optional
        Whether it says what to do this quarter; by default up to 100,000 stakeholders.
    without_money : bool
        Leave out every figure that is money or made from it, and columns of unknown meaning.
    anonymise : bool
        Name everyone by market and number, and leave out what could say who they are.
    key : str or Path, optional
        The file that tells who is who, for its owner alone; one that is there is used again. By
        default it is kept beside the report.

    Raises
    ------
    UsageError
        The ending of the file says another format, or one that can't be written; or there is a
        file for a key, and nothing to keep in it.
    OutputError
        A file can't be read or written.
    """
    settings = settle(settings, changes)
    chosen = choose_format(path, ENDINGS, format, "html")
    if anonymise and key is None:
        key = key_beside(path)
    settings.progress.start("progress.reading_store")
    shared = share(store, Sharing(without_money, anonymise, key), language)
    gathered = gather_sheet(shared.store, settings, int(assumptions.CASCADES))
    decisions = decide(shared, gathered, settings, plan)
    report = _report(gathered, decisions, shared.text(title) if title else None, settings, shared)
    if chosen == "html":
        written = render_report(report, seed=settings.seed, language=language).encode()
    else:
        written = render_markdown(report, language=language).encode()
    with replacing(path) as beside:
        beside.write_bytes(written)
    settings.progress.finish()
    picture = gathered.picture
    counts = (picture.stakeholders, len(picture.ties), len(written))
    return ReportSummary(Path(path), *counts, shared.notes)


def _report(
    gathered: Gathered,
    decisions: Decisions,
    title: str | None,
    settings: RankingSettings,
    shared: Shared,
) -> Report:
    sheet, picture = gathered.sheet, gathered.picture
    sections = (
        plan_section(decisions),
        *stake_sections(decisions),
        *partnership_sections(
            picture.partnerships, staff_names(decisions.basis), priced=decisions.priced
        ),
        *(served_sections(decisions.basis) if decisions.priced else ()),
        markets_section(sheet, decisions.stakes),
        *measure_sections(sheet),
        brokers_section(picture.network),
        reach_section(gathered, settings),
        coverage_section(gathered),
        assumptions_section(),
    )
    firm = sheet.firm_name
    heading = Message("report.untitled") if firm is None else Message("report.title", firm=firm)
    columns = (name for section in sections for name in section.rows.columns)
    return Report(
        title or heading,
        picture.as_of_date,
        summary_figures(gathered),
        sections,
        _small_map(gathered, decisions.ranks, settings.seed),
        tuple(dict.fromkeys((*what_is_missing(sheet), *sheet.notes, *decisions.notes))),
        picture.evidence.currency,
        tuple(each.message for each in decisions.headline),
        page_contents(shared, counts_of(gathered), columns),
    )


def _small_map(gathered: Gathered, ranks: Mapping[str, int], seed: int) -> Sheet:
    """Return what the small map shows: everyone, or groups if there are too many; no figures."""
    sheet = with_communities(gathered, seed)
    nodes, ties = replace(sheet.nodes, attributes={}), replace(sheet.ties, figures={})
    sheet = replace(sheet, nodes=nodes, ties=ties, ranks=ranks)
    return sheet if len(sheet.nodes) <= LARGEST_MAP else group_sheet(sheet).sheet
