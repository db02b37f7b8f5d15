"""Help in the reader's language: `zh/help.json` has what each English text of the help is there.

A text is a paragraph, a sentence on an option, a question or a title; line breaks and spaces do
not count. The English stands where the command is written, and tests/cli/test_language.py says
what has no Chinese yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import click

from relgraph.cli import speech
from relgraph.messages import Language

_AS_IT_IS = "\b\n"  # click's mark of a paragraph whose lines stay
_EXTRA = "  ["  # click's beginning of what follows the text of an option, as [default: 5]


@cache
def read_table(language: Language, name: str) -> dict[str, str]:
    """Return a table of the command line's own texts in a language."""
    import json  # late: in English nothing is read
    from pathlib import Path

    path = Path(__file__).parent / language / f"{name}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def key(text: str) -> str:
    """Return what a text of the help is called in the table."""
    return " ".join(text.replace("\b", " ").split())


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [each.strip("\n") for each in text.split("\n\n") if each.strip()]


def translated(text: str) -> str:
    """Return a text in the reader's language; one without a translation as it is."""
    if speech.language() == "en":
        return text
    return read_table(speech.language(), "help").get(key(text), text)


class Formatter(click.HelpFormatter):
    """Lays out help in Chinese, whose characters take two columns and need no space to break at."""

    def write_heading(self, heading: str) -> None:
        """Write a title."""
        self.write(f"{'':>{self.current_indent}}{translated(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        width = self.width - self.current_indent
        super().write_text("\n\n".join(_laid_out(each, width) for each in paragraphs(text)))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names, each with a text."""
        rows = list(rows)
        width = self.width - min(max(len(name) for name, _ in rows), col_max) - col_spacing - 2
        super().write_dl([(n, _laid_out(text, width)) for n, text in rows], col_max, col_spacing)


def _laid_out(text: str, width: int) -> str:
    """Return a paragraph in the reader's language, broken into lines that click keeps."""
    text, gap, extra = text.partition(_EXTRA)
    said = translated(text)
    if text.startswith("\b"):
        return _AS_IT_IS + said.removeprefix(_AS_IT_IS)
    lines = speech.fold(said, width)
    if speech.display_width(lines[-1] + gap + extra) <= width:
        lines[-1] += gap + extra
    else:
        lines += speech.fold((gap + extra).strip(), width)
    return _AS_IT_IS + "\n".join(lines)


class Context(click.Context):
    """A command's context, whose help is laid out for the reader's language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what writes the help."""
        if speech.language() != "en":
            self.formatter_class = Formatter
        return super().make_formatter()
