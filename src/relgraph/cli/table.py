"""Rows as a table for people: aligned columns that stay readable on a narrow terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relgraph.cli.cells import display_width, pad, shorten

_GAP = "  "


class TextColumn(NamedTuple):
    """A column as cells of text, without line breaks."""

    name: str
    cells: list[str]
    is_number: bool


class _Block(NamedTuple):
    """Columns that stand side by side, each padded to its width."""

    columns: list[list[str]]

    def lines(self) -> Iterator[str]:
        for line in zip(*self.columns, strict=True):
            yield _GAP.join(line).rstrip()


def table(columns: Sequence[TextColumn], width: int | None = None) -> Iterator[list[str]]:
    """Yield the blocks of a table, each as its header line and the lines of its rows.

    Without a width everything stands in one block, whole. With one, long texts are shortened
    and what doesn't fit beside goes into further blocks, which repeat the columns that tell
    the rows apart: those up to `id`, else the first.
    """
    longest = None if width is None else max(width // 2, 20)
    padded = [_padded(column, longest) for column in columns]
    for block in _blocks(padded, _keys([column.name for column in columns]), width):
        yield list(block.lines())


def _padded(column: TextColumn, longest: int | None) -> list[str]:
    cells = [column.name, *column.cells]
    if longest is not None:
        cells = [shorten(cell, longest) for cell in cells]
    width = max(map(display_width, cells))
    return [pad(cell, width, right=column.is_number) for cell in cells]


def _keys(names: list[str]) -> int:
    """Return how many leading columns tell the rows apart."""
    return names.index("id") + 1 if "id" in names[:3] else min(1, len(names))


def _blocks(padded: list[list[str]], keys: int, width: int | None) -> Iterator[_Block]:
    head, rest = padded[:keys], padded[keys:]
    block = list(head)
    for column in rest:
        fits = width is None or _width([*block, column]) <= width
        if not fits and len(block) > keys:
            yield _Block(block)
            block = list(head)
        block.append(column)
    yield _Block(block)


def _width(block: list[list[str]]) -> int:
    return sum(display_width(column[0]) for column in block) + len(_GAP) * (len(block) - 1)
