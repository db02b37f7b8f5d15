"""Rows as a table for people: aligned columns that stay readable on a narrow terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relgraph.cells import TextColumn
from relgraph.cli.speech import display_width, fold, pad, shorten

_GAP = "  "
_KEYS = ("id", "source", "target")
_LEAST = 20  # columns that a text keeps on any terminal
_LEAST_TEXT = 10  # and where it shares a line with others
_LEAST_SENTENCE = 24  # from which the last column is wrapped, not shortened


def table(columns: Sequence[TextColumn], width: int | None = None) -> Iterator[list[str]]:
    """Yield the blocks of a table, each as its header line and the lines of its rows.

    Without a width there is one block, with nothing shortened. With one, sentences are wrapped, in
    the last column too, and other texts shortened until all fit. Where they can't, columns go into
    further blocks, which repeat the columns that tell the rows apart: those up to `id` or `target`,
    else the first.
    """
    keys = _keys([column.name for column in columns])
    if width is not None and (fitting := _fitted(columns, width)) is not None:
        lines = zip(*fitting, strict=True)
        yield [_GAP.join(line).rstrip() for row in lines for line in _wrapped(row)]
        return
    head = [_padded(column, width and width // 2) for column in columns[:keys]]
    room = None if width is None else max(width - _width(head) - len(_GAP), _LEAST)
    rest = [_padded(column, room) for column in columns[keys:]]
    for block in _blocks(head, rest, width):
        yield [_GAP.join(line).rstrip() for line in zip(*block, strict=True)]


def _fitted(columns: Sequence[TextColumn], width: int) -> list[list[str]] | None:
    """Return padded columns that fit a line, the longest texts shortened; None if none can be."""
    longest = [max(map(display_width, (column.head, *column.cells))) for column in columns]
    least = [
        size if column.is_number else min(size, max(display_width(column.head), _LEAST_TEXT))
        for column, size in zip(columns, longest, strict=True)
    ]
    room = width - len(_GAP) * (len(columns) - 1)
    if sum(least) > room:
        return None
    last = columns[-1]
    if not last.is_number and room - sum(longest[:-1]) >= _LEAST_SENTENCE < longest[-1]:
        longest[-1] = min(longest[-1], room - sum(longest[:-1]))
        return [
            *(_padded(column, None) for column in columns[:-1]),
            ["\n".join(fold(cell, longest[-1])) for cell in (last.head, *last.cells)],
        ]
    while (over := sum(longest) - room) > 0:
        widest = max(range(len(columns)), key=lambda place: longest[place] - least[place])
        ranked = sorted((a - b for a, b in zip(longest, least, strict=True)), reverse=True)
        step = ranked[0] - (ranked[1] if len(ranked) > 1 else 0)
        longest[widest] -= max(1, min(step, over))
    return [
        _folded(column, size) if column.is_sentence else _padded(column, size)
        for column, size in zip(columns, longest, strict=True)
    ]


def _folded(column: TextColumn, width: int) -> list[str]:
    """Return the header and the cells as lines of one width, in place of shortened ones."""
    return [
        "\n".join(pad(line, width) for line in fold(cell, width))
        for cell in (column.head, *column.cells)
    ]


def _wrapped(row: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield a row as lines: a cell can be several, with nothing below the last."""
    cells = [cell.split("\n") for cell in row]
    blank = [" " * display_width(lines[0]) for lines in cells]
    for place in range(max(map(len, cells))):
        yield [
            lines[place] if place < len(lines) else empty
            for lines, empty in zip(cells, blank, strict=True)
        ]


def _padded(column: TextColumn, longest: int | None) -> list[str]:
    """Return the header and the cells, shortened to `longest` and padded to one width."""
    cells = [column.head, *column.cells]
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
