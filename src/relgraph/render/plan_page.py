"""The plan as a document: a page to read, print and mail, or Markdown, or sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from relgraph.messages import Language, Message, Note, Speaker
from relgraph.network import text_array
from relgraph.render.page import join_styles, render_page
from relgraph.render.report import MONEY_SHOWN, Section, inline, table_lines, table_rows
from relgraph.render.style import STYLE
from relgraph.result import Result


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawing, with the key of its heading, `document.chart.KEY`."""

    key: str
    drawing: Markup


@dataclass(frozen=True, eq=False)
class PlanDocument:
    """What a planning process needs, in the order in which it is read.

    Parameters
    ----------
    title : str
    day : str or None
        The day up to which contacts count.
    sentences : tuple of Message
        What a board has to know.
    sections : tuple of Section
        `document.KEY` is the heading of each, `document.KEY.lead` a sentence.
    charts : tuple of Chart
    notes : tuple of Note
    currency : str, optional
    said : mapping of str to Message
        What a section says beside its lead.
    contents : tuple of Message
        What it contains.
    """

    title: str
    day: str | None
    sentences: tuple[Message, ...]
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    notes: tuple[Note, ...]
    currency: str | None = None
    said: dict[str, Message] = field(default_factory=dict)
    contents: tuple[Message, ...] = ()

    def unit(self, name: str) -> str:
        """Return the currency of a column of money, with a space before it."""
        return f" {self.currency}" if self.currency and name in MONEY_SHOWN else ""

    def headings(self, section: Section, say: Speaker) -> list[str]:
        """Return the headings of a table."""
        return [
            say(f"column.{name}", name.replace("_", " ")) + self.unit(name)
            for name in section.rows.columns
        ]


def render_plan(document: PlanDocument, language: Language = "en") -> str:
    """Return a plan as one HTML page that needs nothing else."""
    say = Speaker(language, None)
    tables = [
        (section, document.headings(section, say), list(table_rows(section, say)))
        for section in document.sections
    ]
    return render_page(
        "plan.html.j2",
        document=document,
        say=say,
        language=language,
        tables=tables,
        style=STYLE,
        styles=join_styles("base", "report", "plan"),
    )


def render_plan_markdown(document: PlanDocument, language: Language = "en") -> str:
    """Return a plan as Markdown, for a mail."""
    say = Speaker(language, None)
    lines = [f"# {inline(document.title)}", ""]
    if document.day:
        lines += [say("header.asOf", date=document.day), ""]
    lines += [f"- {inline(say(sentence))}" for sentence in document.sentences]
    for section in document.sections:
        lines += ["", f"## {say(f'document.{section.key}')}", ""]
        lines += [" ".join(_leads(document, section, say)), ""]
        table = table_lines(document.headings(section, say), list(table_rows(section, say)))
        lines += table or [say("document.empty")]
    for key, sentences in (("report.notes", document.notes), ("contents", document.contents)):
        if sentences:
            lines += ["", f"## {say(key)}", "", *(f"- {inline(say(each))}" for each in sentences)]
    return "\n".join(lines) + "\n"


def _leads(document: PlanDocument, section: Section, say: Speaker) -> Iterator[str]:
    yield say(f"document.{section.key}.lead")
    if section.key in document.said:
        yield inline(say(document.said[section.key]))
    if section.cut:
        yield say("report.part", **section.cut)


def plan_sheets(document: PlanDocument, language: Language) -> dict[str, Result]:
    """Return the tables of a plan by the names of their sheets; the sentences come first."""
    say = Speaker(language, None)
    sheets: dict[str, Result] = {}
    for section in document.sections:
        columns = dict(
            zip(document.headings(section, say), section.rows.columns.values(), strict=True)
        )
        sheets[say(f"document.{section.key}.sheet")] = Result(columns)
    sentences = text_array(say(each) for each in document.contents)
    return sheets | {say("contents.sheet"): Result({say("contents"): sentences})}
