"""The report: summary figures, tables with bars and a small map, as one page or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from relgraph.render.columns import plain
from relgraph.render.page import join_modules, join_styles, render_page
from relgraph.render.payload import sheet_payload
from relgraph.render.sheet import Sheet
from relgraph.render.style import as_payload
from relgraph.result import Result

Cell = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Section:
    """A table with its heading.

    Parameters
    ----------
    title : str
        The heading.
    lead : str
        One sentence: what the table tells.
    rows : Result
        The table.
    bar : str, optional
        The column whose values are drawn as bars too.
    empty : str
        What is said when there is no row.
    """

    title: str
    lead: str
    rows: Result
    bar: str | None = None
    empty: str = "There is none."


@dataclass(frozen=True, eq=False)
class Report:
    """What a report holds.

    Parameters
    ----------
    title : str
        The heading.
    as_of : str or None
        The date that the data describes.
    figures : tuple of (str, object)
        Summary figures, each with its name.
    sections : tuple of Section
        In the order of the page.
    sheet : Sheet
        What the small map shows.
    notes : tuple of str
        What was assumed or left out.
    """

    title: str
    as_of: str | None
    figures: tuple[tuple[str, Any], ...]
    sections: tuple[Section, ...]
    sheet: Sheet
    notes: tuple[str, ...]


def render_report(report: Report, *, seed: int = 0) -> str:
    """Return a report as one HTML page that needs nothing else; the same seed, the same text."""
    payload = {
        "style": as_payload(),
        "sheet": sheet_payload(report.sheet, seed=seed, radius="hop"),
    }
    return render_page(
        "report.html.j2",
        report=report,
        figures=[(name, readable(value)) for name, value in report.figures],
        tables=[(section, list(table_rows(section))) for section in report.sections],
        payload=payload,
        styles=join_styles("base", "report"),
        script=join_modules("report"),
    )


def render_markdown(report: Report) -> str:
    """Return a report as Markdown, for a mail."""
    lines = [f"# {_inline(report.title)}", ""]
    if report.as_of:
        lines += [f"Data as of {report.as_of}.", ""]
    lines += [f"- {name}: {_inline(readable(value))}" for name, value in report.figures]
    for section in report.sections:
        lines += ["", f"## {section.title}", "", section.lead, ""]
        lines += _markdown_table(section) or [section.empty]
    if report.notes:
        lines += ["", "## Notes", "", *(f"- {_inline(note)}" for note in report.notes)]
    return "\n".join(lines) + "\n"


def _markdown_table(section: Section) -> list[str]:
    rows = list(table_rows(section))
    if not rows:
        return []
    head = [words(name) for name in section.rows.columns]
    rules = ["---:" if cell["number"] else "---" for cell in rows[0]]
    body = [[_inline(cell["text"]) for cell in row] for row in rows]
    return [f"| {' | '.join(cells)} |" for cells in (head, rules, *body)]


def _inline(text: str) -> str:
    """Return text that means nothing in Markdown and stays on its line."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_[]<>|#~" else letter for letter in text)
    return " ".join(escaped.split())


def table_rows(section: Section) -> Iterator[list[Cell]]:
    """Yield each row of a section as cells: text, whether a number, and a bar's share."""
    columns = section.rows.columns
    numbers = {name: values.dtype.kind in "iuf" for name, values in columns.items()}
    rows = list(section.rows.rows())
    known = [row[section.bar] or 0 for row in rows] if section.bar else []
    largest = max((abs(value) for value in known), default=0) or 1
    for row in rows:
        yield [
            {
                "text": readable(value),
                "number": numbers[name],
                "bar": max(0, value or 0) / largest if name == section.bar else None,
            }
            for name, value in row.items()
        ]


def words(name: str) -> str:
    """Return a column's name as words.

    Examples
    --------
    >>> words("effective_size")
    'effective size'
    """
    return name.replace("_", " ")


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
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)
