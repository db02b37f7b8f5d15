"""Reading text whose cells and rows end in any text: `~` between cells, `;;` between rows."""

from __future__ import annotations

import numpy as np

from relgraph.messages import Message, Note
from relgraph.readwrite.formats.csv_reader import Layout
from relgraph.readwrite.problems import ProblemLog, first_lines
from relgraph.readwrite.raw_table import RawTable, empty_table, transposed


def read_records(
    text: str, file: str, name: str, log: ProblemLog, layout: Layout, row_end: str | None
) -> list[RawTable]:
    """Read a file without quotes; a row's line is the one on which it starts."""
    rows, lines = _split(text, layout.separator or ",", row_end or "\n")
    above = sum(line < (layout.header or 1) for line in lines)
    rows, lines = rows[above:], lines[above:]
    headers, header_line = list(layout.columns), 1
    if not headers and rows:
        headers, header_line = rows.pop(0), lines.pop(0)
    if not headers:
        log.add(Message("csv.no_header"), file, 1)
        return [empty_table(file, name)]
    width, kept, cut_at = len(headers), [], []
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        if len(row) != width and not layout.cut:
            log.add(Message("csv.ragged", cells=len(row), width=width), file, line)
            continue
        if len(row) != width:
            cut_at.append(line)
            rows[at] = [*row[:width], *[""] * (width - len(row))]
        kept.append(at)
    if cut_at:
        log.note(Note("csv.cut", file=file, count=len(cut_at), lines=first_lines(cut_at)))
    columns = transposed([rows[at] for at in kept], width)
    numbers = np.array([lines[at] for at in kept], dtype=np.int64)
    table = RawTable(file, name, tuple(headers), header_line, columns, numbers)
    return [table.without_blank_rows()]


def _split(text: str, separator: str, row_end: str) -> tuple[list[list[str]], list[int]]:
    """Return the cells of each row that isn't blank, and the line where it starts."""
    rows, lines, line = [], [], 1
    for record in text.split(row_end):
        start = len(record) - len(record.lstrip("\r\n"))
        first = line + record.count("\n", 0, start)
        line += record.count("\n") + row_end.count("\n")
        cells = record.strip("\r\n")
        if cells.strip():
            rows.append(cells.split(separator))
            lines.append(first)
    return rows, lines
