"""The report: summary figures, tables with bars and a small map, as one page or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
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

MONEY_SHOWN = (*MONEY, "at_stake")


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
    """

    key: str
    rows: Result
    bar: str | None = None
    all: int | None = None

    @property
    def part(self) -> dict[str, int] | None:
        """Return how many rows are shown of all, or None where all are."""
        shown = len(self.rows)
        return None if self.all in (None, shown) else {"shown": shown, "all": self.all or 0}


@dataclass(frozen=True, eq=False)
class Report:
    """What a report holds.

    Parameters
    ----------
    title : str
        The heading.
    as_of : str or None
        The day up to which contacts count.
    figures : tuple of (str, object)
        Summary figures; each one's name is the word `report.figure.NAME`.
    sections : tuple of Section
        In the order of the page.
    sheet : Sheet
        What the small map shows.
    notes : tuple of Note
        What was assumed or left out.
    currency : str, optional
        What money is in, if that is known.
    """

    title: str
    as_of: str | None
    figures: tuple[tuple[str, Any], ...]
    sections: tuple[Section, ...]
    sheet: Sheet
    notes: tuple[Note, ...]
    currency: str | None = None

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
        figures=report.told_figures(),
        tables=[(section, list(table_rows(section, say))) for section in report.sections],
        notes=[in_languages(note) for note in report.notes],
        payload=payload,
        words={name: read_sentences(name, "page") for name in LANGUAGES},
        styles=join_styles("base", "report"),
        script=join_modules("report"),
    )


def render_markdown(report: Report, *, language: Language = "en") -> str:
    """Return a report as Markdown, for a mail."""
    say = Speaker(language, None)
    lines = [f"# {_inline(report.title)}", ""]
    if report.as_of:
        lines += [say("header.asOf", date=report.as_of), ""]
    lines += [f"- {say(key)}: {_inline(figure)}" for key, figure in report.told_figures()]
    for section in report.sections:
        start = f"report.{section.key}"
        part = section.part
        lead = say(f"{start}.lead") + (f" {say('report.part', **part)}" if part else "")
        lines += ["", f"## {say(start)}", "", lead, ""]
        lines += _markdown_table(report, section, say) or [
            say(f"{start}.empty", say("report.empty"))
        ]
    if report.notes:
        lines += ["", f"## {say('report.notes')}", ""]
        lines += [f"- {_inline(say(note))}" for note in report.notes]
    return "\n".join(lines) + "\n"


def _markdown_table(report: Report, section: Section, say: Speaker) -> list[str]:
    rows = list(table_rows(section, say))
    if not rows:
        return []
    head = [
        _inline(say(f"column.{name}", name.replace("_", " ")) + report.unit(name))
        for name in section.rows.columns
    ]
    rules = ["---:" if cell["number"] else "---" for cell in rows[0]]
    body = [[_inline(cell["text"]) for cell in row] for row in rows]
    return [f"| {' | '.join(cells)} |" for cells in (head, rules, *body)]


def _inline(text: str) -> str:
    """Return text escaped for Markdown, on one line."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_[]<>|#~" else letter for letter in text)
    return " ".join(escaped.split())


def table_rows(section: Section, say: Speaker) -> Iterator[list[Cell]]:
    """Yield each row of a section as cells.

    A cell has its `text`, whether it is a `number`, its `bar` as a share of the longest, and
    for a message what it `said` in each language.
    """
    columns = section.rows.columns
    numbers = {name: values.dtype.kind in "iuf" for name, values in columns.items()}
    rows = list(section.rows.rows())
    known = [row[section.bar] or 0 for row in rows] if section.bar else []
    largest = max((abs(value) for value in known), default=0) or 1
    for row in rows:
        cells = []
        for name, value in row.items():
            unknown = name == "strength" and value is None
            word = Message("strength.unknown") if unknown else value
            worded = isinstance(word, Message)
            barred = name == section.bar and not worded
            cells.append(
                {
                    "text": say(word) if worded else readable(value),
                    "said": in_languages(word) if worded else None,
                    "number": numbers[name],
                    "bar": max(0, value or 0) / largest if barred else None,
                }
            )
        yield cells


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
