"""The report: the whole picture of a store on one page, or as Markdown for a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from relgraph.api.projection import Strength
from relgraph.api.report_sections.evidence import assumptions_section, coverage_section
from relgraph.api.report_sections.leaders import brokers_section, measure_sections, reach_section
from relgraph.api.report_sections.markets import markets_section, summary_figures
from relgraph.api.report_sections.partnerships import partnership_sections
from relgraph.api.sheets import Gathered, gather_sheet, what_is_missing, with_communities
from relgraph.errors import UsageError
from relgraph.messages import LANGUAGES, Language, Speaker
from relgraph.network import Projection
from relgraph.progress import SILENT, Progress
from relgraph.render.overview import LARGEST_MAP, group_sheet
from relgraph.render.report import Report, render_markdown, render_report
from relgraph.render.sheet import Sheet
from relgraph.replacing import replacing
from relgraph.store import Store

Format = Literal["html", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True)
class ReportSummary:
    """What a report holds: the file, its bytes, how many stakeholders and ties."""

    path: Path
    stakeholders: int
    ties: int
    size: int


def write_report(
    store: Store,
    path: str | Path,
    *,
    format: Format = "html",
    projection: Projection | None = None,
    strength: Strength = "given",
    as_of: datetime | None = None,
    title: str | None = None,
    language: Language = "en",
    seed: int = 0,
    progress: Progress = SILENT,
) -> ReportSummary:
    """Write the report of a store as one page, or as Markdown.

    Parameters
    ----------
    store : Store
        An open store.
    path : str or Path
        The file; it is replaced when all went well.
    format : {"html", "markdown"}
        A page with a small map, or text for a mail.
    projection : Projection, optional
        Types and stakeholders to take; the default network for None.
    strength : {"given", "index"}
        Whether measures take strengths as given, or the partnership index where there is one.
    as_of : datetime, optional
        Contacts up to then count; up to the latest for None.
    title : str, optional
        Heading; the firm's name by default.
    language : {"en", "zh"}
        The report's language; the page can be turned to another.
    seed : int
        The same seed and store give the same bytes.
    progress : Progress
        Told of the steps.

    Raises
    ------
    UsageError
        The format or the language is unknown.
    OutputError
        The file can't be written.
    """
    for name, value, allowed in (("format", format, FORMATS), ("lang", language, LANGUAGES)):
        if value not in allowed:
            raise UsageError(f"--{name}: {value!r} is not one of {', '.join(allowed)}")
    progress.start("progress.reading_store")
    gathered = gather_sheet(store, projection, strength, as_of)
    report = _report(gathered, title, language, seed, progress)
    if format == "html":
        written = render_report(report, seed=seed, language=language).encode()
    else:
        written = render_markdown(report, language=language).encode()
    with replacing(path) as beside:
        beside.write_bytes(written)
    progress.finish()
    drawn = gathered.network.n - int(gathered.network.is_firm.sum())
    return ReportSummary(Path(path), drawn, len(gathered.ties), len(written))


def _report(
    gathered: Gathered, title: str | None, language: Language, seed: int, progress: Progress
) -> Report:
    sheet = gathered.sheet
    sections = (
        markets_section(sheet),
        *measure_sections(sheet),
        *partnership_sections(gathered.partnerships),
        brokers_section(gathered.network),
        reach_section(gathered, seed, progress),
        coverage_section(sheet),
        assumptions_section(),
    )
    as_of = gathered.as_of.date().isoformat() if gathered.as_of else None
    say, firm = Speaker(language), sheet.firm_name
    heading = say("report.untitled") if firm is None else say("report.title", firm=firm)
    figures, picture = summary_figures(gathered), _picture(gathered, seed)
    notes = (*what_is_missing(sheet), *sheet.notes)
    return Report(title or heading, as_of, figures, sections, picture, notes)


def _picture(gathered: Gathered, seed: int) -> Sheet:
    """Return what the small map shows: everyone, or groups when they are too many."""
    sheet = with_communities(gathered, seed)
    return sheet if len(sheet.nodes) <= LARGEST_MAP else group_sheet(sheet, "pagerank").sheet
