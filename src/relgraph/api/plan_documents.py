"""The plan as a document: one page, Markdown, or a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Unpack

import numpy as np

from relgraph.api.contents import Counts, page_contents
from relgraph.api.inline import Inline
from relgraph.api.plan import PlanChanges, check_new, read_plan, save_plan
from relgraph.api.plan_sections.artefacts import artefact_sections
from relgraph.api.plan_sections.campaign import Campaign, campaign_sections
from relgraph.api.plan_sections.material import SHOWN, Material
from relgraph.api.shared import Shared, Sharing, key_beside
from relgraph.api.sharing import share
from relgraph.arguments import checked
from relgraph.endings import choose_format
from relgraph.errors import UsageError
from relgraph.messages import Language, Message, Note, Speaker
from relgraph.planning.accounts import MARKETS
from relgraph.planning.plan.headline import headline
from relgraph.planning.plan.plan import Plan
from relgraph.planning.plan.saved import moment_of
from relgraph.planning.plan.unpriced import without_money as without_money_of
from relgraph.planning.reading import read_basis
from relgraph.readwrite.formats.result_sheets import write_result_sheets
from relgraph.render.charts import Bar, bars, intervals, steps
from relgraph.render.plan_page import (
    Chart,
    PlanDocument,
    plan_sheets,
    render_plan,
    render_plan_markdown,
)
from relgraph.replacing import replacing
from relgraph.result import Result
from relgraph.settings import PlanningSettings, parse_moment
from relgraph.store import Store

Format = Literal["html", "markdown", "xlsx"]
ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".xlsx": "xlsx"}
SENTENCES = 3


@dataclass(frozen=True)
class PlanSummary(Inline):
    """What was written: the file, its bytes, how many investments, and what to keep in mind."""

    path: Path
    investments: int
    size: int
    notes: tuple[Note, ...]


@checked
def write_plan(
    store: Store,
    path: str | Path,
    settings: PlanningSettings | None = None,
    *,
    format: Format | None = None,
    language: Language = "en",
    title: str | None = None,
    manager: str | None = None,
    theme: str | None = None,
    start: datetime | date | str | None = None,
    end: datetime | date | str | None = None,
    save: str | Path | None = None,
    without_money: bool = False,
    anonymise: bool = False,
    key: str | Path | None = None,
    **changes: Unpack[PlanChanges],
) -> PlanSummary:
    """Write what a planning process needs: whom to invest in, by whom, how, and when.

    Parameters
    ----------
    path : str or Path
        The file; it is replaced when all went well.
    settings, **changes
        As for `plan_investments`.
    format : {"html", "markdown", "xlsx"}, optional
        A page to read and print, text for a mail, or a workbook that holds every row; by default
        what the ending of the file says.
    language : {"en", "zh"}
    title : str, optional
        Heading.
    manager : str, optional
        The id or name of the employee who manages the plan; by default whom most report to.
    theme : str, optional
        What a campaign for these relationships is about; its five steps are added.
    start, end : datetime, date or str, optional
        When it begins and ends.
    save : path, optional
        As for `plan_investments`; a plan that is kept has names and money.
    without_money : bool
        Leave out every figure that is money or made from it, and columns of unknown meaning.
    anonymise : bool
        Name everyone by market and number, and leave out what could say who they are.
    key : str or Path, optional
        The file that tells who is who, for its owner alone; one that is there is used again. By
        default it is kept beside the plan.

    Raises
    ------
    UsageError
        The ending says another format, the manager is no active employee, the campaign ends
        before it begins, or as for `plan_investments`.
    OutputError
        A file can't be written.
    """
    chosen = choose_format(path, ENDINGS, format, "html")
    campaign = _campaign(theme, start, end)
    check_new(save)
    if save is not None and (without_money or anonymise):
        raise UsageError("document.saved_whole", parameter="save")
    if anonymise and key is None:
        key = key_beside(path)
    shared = share(store, Sharing(without_money, anonymise, key), language)
    if campaign is not None:
        campaign = replace(campaign, theme=shared.text(campaign.theme))
    plan = _plan(shared, settings, changes)
    leader = shared.find_one(manager, "manager")
    material = Material(plan, leader, complete=chosen == "xlsx")
    title = shared.text(title) if title else None
    document = _document(material, title, language, campaign, shared)
    with replacing(path) as beside:
        if chosen == "xlsx":
            sentences = [Speaker(language, None)(each) for each in document.sentences]
            sheets = plan_sheets(document, language)
            write_result_sheets(_told(sheets, sentences, language), beside)
        else:
            render = render_plan if chosen == "html" else render_plan_markdown
            beside.write_bytes(render(document, language).encode("utf-8", "replace"))
        size = beside.stat().st_size
    notes = (*material.rows.notes, *shared.notes)
    if save is not None:
        notes = (*notes, save_plan(plan, save, language))
    return PlanSummary(Path(path), len(material.investments), size, notes)


def _plan(shared: Shared, settings: PlanningSettings | None, changes: PlanChanges) -> Plan:
    """Return the plan of what may be shown; users name people as the store does."""
    if shared.pseudonyms is not None:
        for name in ("exclude", "must"):
            if name in changes:
                changes[name] = shared.find(changes[name], name)
        if "owner" in changes:
            changes["owner"] = shared.find_one(changes["owner"], "owner")
    plan = read_plan(shared.planned, settings, **changes)
    if shared.money:
        return plan
    return without_money_of(plan, read_basis(shared.store, plan.settings))


def _campaign(theme: str | None, start: Any, end: Any) -> Campaign | None:
    days = [
        None if day is None else parse_moment(day, name).date()
        for name, day in (("start", start), ("end", end))
    ]
    if theme is None:
        if days != [None, None]:
            raise UsageError("document.no_theme", parameter="start" if days[0] else "end")
        return None
    if days[0] and days[1] and days[1] < days[0]:
        raise UsageError("document.backwards", parameter="end", start=days[0], end=days[1])
    return Campaign(theme, *days)


def _document(
    material: Material,
    title: str | None,
    language: Language,
    campaign: Campaign | None,
    shared: Shared,
) -> PlanDocument:
    plan = material.plan
    evidence = plan.basis.accounts.evidence
    nodes, firm = evidence.nodes, plan.basis.accounts.firm
    say = Speaker(language, None)
    name = (nodes.names[firm[0]] or nodes.ids[firm[0]]) if len(firm) else None
    heading = say("document.title", firm=name) if name else say("document.untitled")
    sections = artefact_sections(material)
    if campaign is not None:
        sections = (*sections, *campaign_sections(material, campaign))
    leader = material.named(material.leader)
    manager = Message("document.manager", name=leader) if leader else Message("document.unmanaged")
    day = moment_of(plan.basis).date().isoformat() if evidence.as_of is not None else None
    everyone = len(nodes) - len(firm)
    counts = Counts(everyone, len(evidence.ties), len(evidence.contacts), day)
    columns = (name for section in sections for name in section.rows.columns)
    return PlanDocument(
        title or heading,
        day,
        tuple(each.message for each in headline(plan.basis, plan))[:SENTENCES],
        sections,
        tuple(_charts(material, say)),
        material.rows.notes,
        evidence.currency,
        {"team": manager},
        page_contents(shared, counts, columns),
    )


def _charts(material: Material, say: Speaker) -> Iterable[Chart]:
    """Return the charts for which there is something to draw; their figures stand in tables."""
    if not material.plan.priced:
        return
    market, worth = material.plan.basis.market, material.stakes.worth
    sums = np.bincount(market, worth, minlength=len(MARKETS)).tolist()
    stakes = [Bar(say(f"markets.{name}"), sums[place]) for place, name in enumerate(MARKETS)]
    if any(stake.value for stake in stakes):
        yield Chart("stake", bars([stake for stake in stakes if stake.value]))
    nan = float("nan")
    nets = [
        Bar(
            row["name"] or row["id"],
            row["net"],
            *(nan if row[end] is None else row[end] for end in ("net_low", "net_high")),
        )
        for row in material.investments[:SHOWN]
    ]
    if nets:
        yield Chart("net", intervals(nets))
    points = list(
        zip(material.frontier["budget"].tolist(), material.frontier["net"].tolist(), strict=True)
    )
    if len(points) > 1:
        yield Chart(
            "frontier", steps(points, say("document.axis.budget"), say("document.axis.net"))
        )


def _told(sheets: dict[str, Result], sentences: list[str], language: Language) -> dict[str, Result]:
    """Return sheets whose messages are said in a language, after one of the sentences."""
    from relgraph.network import text_array

    say = Speaker(language, None)
    first = Result({say("document.summary"): text_array(sentences)})
    told = {say("document.summary.sheet"): first}
    for name, sheet in sheets.items():
        columns = {
            heading: text_array(say(v) if isinstance(v, Message) else v for v in values)
            if values.dtype == object
            else values
            for heading, values in sheet.columns.items()
        }
        told[name] = Result(columns)
    return told
