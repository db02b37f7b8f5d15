"""The report: sentences, tables with bars and a small map, as one page or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from relgraph.messages import (
    LANGUAGES,
    Language,
    Message,
    Note,
    Speaker,
    in_languages,
    read_sentences,
)
from relgraph.model import MONEY
from relgraph.render.columns import plain
from relgraph.render.page import join_modules, join_styles, render_page
from relgraph.render.payload import sheet_payload
from relgraph.render.sheet import Sheet
from relgraph.render.style import STYLE
from relgraph.result import Result

Cell = dict[str, Any]

MONEY_SHOWN = (
    *(*MONEY, "at_stake", "cost", "net", "interval", "expected_loss", "worth", "loss"),
    *("more_cost", "saves"),
    *("net_low", "net_high", "budget"),
)
SHARES = ("p_leave", "top_ten", "of_profit", "so_far", "share")  # shown as percentages
_WHOLE = 100  # money from which cents are left out
PARTS = ("plan", "stake", "served", "markets", "measures", "appendix")


@dataclass(frozen=True, eq=False)
class Section:
    """A table with its heading.

    Parameters
    ----------
    key : str
        What its words begin with: `report.KEY` is the heading, `report.KEY.lead` a sentence on
        what the table shows, `report.KEY.empty` the text for a table without rows.
    rows : Result
        The table; a column's heading is `column.NAME`, cells may be messages.
    bar : str, optional
        The column whose values are drawn as bars too.
    all : int, optional
        Of how many rows these are the first.
    part : str
        The part of the report that it belongs to, one of `PARTS`; one of the same key is headed
        by its part alone.
    half : bool
        Whether it is narrow enough to stand beside another.
    """

    key: str
    rows: Result
    bar: str | None = None
    all: int | None = None
    part: str = "measures"
    half: bool = False

    @property
    def cut(self) -> dict[str, int] | None:
        """Return how many rows are shown of all, or None where all are."""
        shown = len(self.rows)
        return None if self.all in (None, shown) else {"shown": shown, "all": self.all or 0}


@dataclass(frozen=True, eq=False)
class Report:
    """What a report holds.

    Parameters
    ----------
    title : str or Message
        The heading; a message is said in the reader's language.
    as_of : str or None
        The day up to which contacts count.
    figures : tuple of (str, object)
        Summary figures; each one's name is the word `report.figure.NAME`.
    sections : tuple of Section
        In the order of the page within each part.
    sheet : Sheet
        What the small map shows.
    notes : tuple of Note
        What was assumed or left out.
    currency : str, optional
        What money is in, if that is known.
    headline : tuple of Message
        The sentences that it opens with.
    contents : tuple of Message
        What it contains.
    """

    title: str | Message
    as_of: str | None
    figures: tuple[tuple[str, Any], ...]
    sections: tuple[Section, ...]
    sheet: Sheet
    notes: tuple[Note, ...]
    currency: str | None = None
    headline: tuple[Message, ...] = ()
    contents: tuple[Message, ...] = ()

    def parts(self) -> Iterator[tuple[str, list[Section]]]:
        """Yield each part with its sections; the map stands with the markets, notes at the end."""
        for part in PARTS:
            found = [section for section in self.sections if section.part == part]
            if found or part == "markets" or (part == "appendix" and (self.notes or self.contents)):
                yield part, found

    def unit(self, name: str) -> str:
        """Return the currency of a column or figure of money, with a space before it."""
        return f" {self.currency}" if self.currency and name in MONEY_SHOWN else ""

    def told_figures(self) -> list[tuple[str, str]]:
        """Return the key of each summary figure's name, and the figure as people read it."""
        return [
            (f"report.figure.{name}", f"{readable(value)}{self.unit(name)}")
            for name, value in self.figures
        ]


def render_report(report: Report, *, seed: int = 0, language: Language = "en") -> str:
    """Return a report as one HTML page that needs nothing else; the same seed, the same text."""
    payload = {
        "language": language,
        "style": STYLE,
        "sheet": sheet_payload(report.sheet, seed=seed, radius="hop"),
    }
    say = Speaker(language, None)
    return render_page(
        "report.html.j2",
        report=report,
        say=say,
        title=in_languages(report.title) if isinstance(report.title, Message) else report.title,
        figures=report.told_figures(),
        parts=[
            (part, [(section, list(table_rows(section, say))) for section in sections])
            for part, sections in report.parts()
        ],
        headline=[in_languages(sentence) for sentence in report.headline],
        notes=[in_languages(note) for note in report.notes],
        contents=[in_languages(each) for each in report.contents],
        payload=payload,
        words={name: read_sentences(name, "page") for name in LANGUAGES},
        styles=join_styles("base", "report"),
        script=join_modules("report"),
    )


def render_markdown(report: Report, *, language: Language = "en") -> str:
    """Return a report as Markdown, for a mail."""
    say = Speaker(language, None)
    lines = [
        f"# {inline(say(report.title) if isinstance(report.title, Message) else report.title)}",
        "",
    ]
    if report.as_of:
        lines += [say("header.asOf", date=report.as_of), ""]
    lines += [f"- {inline(say(sentence))}" for sentence in report.headline]
    for part, sections in report.parts():
        lines += ["", f"## {say(f'report.part.{part}')}"]
        if part == "markets":
            figures = report.told_figures()
            lines += ["", *(f"- {say(key)}: {inline(figure)}" for key, figure in figures)]
        for section in sections:
            lines += _markdown_section(report, section, say)
    for key, sentences in (("report.notes", report.notes), ("contents", report.contents)):
        if sentences:
            lines += ["", f"### {say(key)}", "", *(f"- {inline(say(each))}" for each in sentences)]
    return "\n".join(lines) + "\n"


def _markdown_section(report: Report, section: Section, say: Speaker) -> list[str]:
    start, cut = f"report.{section.key}", section.cut
    heading = [] if section.key == section.part else ["", f"### {say(start)}"]
    lead = say(f"{start}.lead") + (f" {say('report.part', **cut)}" if cut else "")
    table = _markdown_table(report, section, say)
    return [*heading, "", lead, "", *(table or [say(f"{start}.empty", say("report.empty"))])]


def _markdown_table(report: Report, section: Section, say: Speaker) -> list[str]:
    head = [
        say(f"column.{name}", name.replace("_", " ")) + report.unit(name)
        for name in section.rows.columns
    ]
    return table_lines(head, list(table_rows(section, say)))


def table_lines(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """Return rows as a table of Markdown, no lines for none."""
    if not rows:
        return []
    rules = ["---:" if cell["number"] else "---" for cell in rows[0]]
    body = [[inline(cell["text"]) for cell in row] for row in rows]
    lines = (list(map(inline, head)), rules, *body)
    return [f"| {' | '.join(cells)} |" for cells in lines]


def inline(text: str) -> str:
    """Return text escaped for Markdown, on one line."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_[]<>|#~" else letter for letter in text)
    return " ".join(escaped.split())


def table_rows(section: Section, say: Speaker) -> Iterator[list[Cell]]:
    """Yield each row of a section as cells.

    A cell has its `text`, whether it is a `number`, its `kind` (the name of the row, a number or
    its column), its `bar` as a share of the longest, and for a message what it `said` in each
    language.
    """
    columns = section.rows.columns
    numbers = {name: values.dtype.kind in "iuf" for name, values in columns.items()}
    title = "name" if "name" in columns else next(iter(columns), None)
    rows = list(section.rows.rows())
    known = [row[section.bar] or 0 for row in rows] if section.bar else []
    largest = max((abs(value) for value in known), default=0) or 1
    for row in rows:
        cells = []
        for name, value in row.items():
            unknown = name == "strength" and value is None
            word = Message("strength.unknown") if unknown else value
            worded = isinstance(word, Message)
            number = numbers[name] or name in ("leaving", "interval")
            barred = name == section.bar and not worded
            cells.append(
                {
                    "text": say(word) if worded else _figure(name, value),
                    "said": in_languages(word) if worded else None,
                    "number": number,
                    "kind": "name" if name == title else "number" if number else name,
                    "bar": max(0, value or 0) / largest if barred else None,
                }
            )
        yield cells


def _figure(name: str, value: Any) -> str:
    if isinstance(value, int | float):
        if name in SHARES:
            return f"{value:z.0%}"
        if name in MONEY_SHOWN and abs(value) >= _WHOLE:
            return f"{value:,.0f}"
    return readable(value)


def readable(value: Any) -> str:
    """Return a value as people read it: numbers grouped and short, – for none.

    Examples
    --------
    >>> readable(1234567.8), readable(0.012345), readable(None), readable(True)
    ('1,234,568', '0.01235', '–', 'yes')
    """
    value = plain(value)
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:z,.0f}" if abs(value) >= 1000 else f"{value:z.4g}"
    return str(value)
