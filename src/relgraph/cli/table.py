"""Rows as a table for people: aligned columns that stay readable on a narrow terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from relgraph.cli.cells import display_width, pad, shorten

_GAP = "  "
_KEYS = ("id", "source", "target")
_LEAST = 20  # columns that a text keeps on any terminal


class TextColumn(NamedTuple):
    """A column as cells of text, without line breaks."""

    name: str
    cells: list[str]
    is_number: bool


def table(columns: Sequence[TextColumn], width: int | None = None) -> Iterator[list[str]]:
    """Yield the blocks of a table, each as its header line and the lines of its rows.

    Without a width there is one block, with nothing shortened. With one, columns that don't fit
    go into further blocks, which repeat the columns that tell the rows apart: those up to `id`
    or `target`, else the first; a text too long for a line is shortened.
    """
    keys = _keys([column.name for column in columns])
    if width is not None and _width([_padded(column, None) for column in columns]) <= width:
        width = None
    head = [_padded(column, width and width // 2) for column in columns[:keys]]
    room = None if width is None else max(width - _width(head) - len(_GAP), _LEAST)
    rest = [_padded(column, room) for column in columns[keys:]]
    for block in _blocks(head, rest, width):
        yield [_GAP.join(line).rstrip() for line in zip(*block, strict=True)]


def _padded(column: TextColumn, longest: int | None) -> list[str]:
    """Return the header and the cells, shortened to `longest` and padded to one width."""
    cells = [column.name, *column.cells]
    if longest is not None:
        cells = [shorten(cell, longest) for cell in cells]
    width = max(map(display_width, cells))
    return [pad(cell, width, right=column.is_number) for cell in cells]


def _keys(names: list[str]) -> int:
    """Return how many leading columns tell the rows apart."""
    last = [place for place, name in enumerate(names[:3], 1) if name in _KEYS]
    return last[-1] if last else min(1, len(names))


def _blocks(
    head: list[list[str]], rest: list[list[str]], width: int | None
) -> Iterator[list[list[str]]]:
    block = list(head)
    for column in rest:
        fits = width is None or _width([*block, column]) <= width
        if not fits and len(block) > len(head):
            yield block
            block = list(head)
        block.append(column)
    yield block


def _width(block: list[list[str]]) -> int:
    return sum(display_width(column[0]) for column in block) + len(_GAP) * (len(block) - 1)
