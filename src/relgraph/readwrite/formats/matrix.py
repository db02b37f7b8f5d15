"""Adjacency matrices in tables: ids above the columns and before the rows, weights in the cells."""

from __future__ import annotations

import re

import numpy as np

from relgraph.messages import Note
from relgraph.readwrite.formats.graph_tables import GraphTables
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

_COLUMNS_FIRST = re.compile(r"\s*(to|target|终点|目标)(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?")


def is_matrix(raw: RawTable) -> bool:
    """Return whether the first column of a table has the ids that stand above the others.

    Up to half of the rows may be missing, as a workbook leaves out empty ones. Where most cells
    are no numbers, it is a list.
    """
    if len(raw.headers) < 2 or not len(raw):
        return False
    above = [header.strip() for header in raw.headers[1:]]
    before = [(text or "").strip() for text in raw.columns[0].to_pylist()]
    distinct = "" not in above and len(set(above)) == len(above)
    if not (distinct and set(before) <= set(above) and 2 * len(before) >= len(above)):
        return False
    cells = [cell for column in raw.columns[1:] for cell in column.drop_null().to_pylist()]
    return 2 * sum(map(_is_number, cells)) > len(cells) or not cells


def edges_of(raw: RawTable, log: ProblemLog, *, transposed: bool = False) -> list[RawTable]:
    """Return the nodes and edges of a matrix: a tie runs from its row to its column.

    It runs the other way if asked for, or if the corner says so: `to`, `target / source`.

    Parameters
    ----------
    raw : RawTable
        The matrix.
    log : ProblemLog
        Told of cells that are no numbers.
    transposed : bool
        Whether ties run from columns to rows.
    """
    graph = GraphTables(raw.file, raw.name, log)
    transposed = transposed or _COLUMNS_FIRST.match(raw.headers[0]) is not None
    above = [header.strip() for header in raw.headers[1:]]
    before = [(text or "").strip() for text in raw.columns[0].to_pylist()]
    lines = raw.lines.tolist()
    for node, line in zip(before, lines, strict=True):
        graph.node(node, line)
    for node in above:
        graph.mention(node, raw.header_line)
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for column, cells in zip(above, raw.columns[1:], strict=True):
        for row, text, line in zip(before, cells.to_pylist(), lines, strict=True):
            weight = (text or "0").strip()
            if not _is_number(weight):
                graph.wrong(line, "pajek.no_number", value=shortened(weight))
            elif float(weight.replace(",", ".")):
                found[(column, row) if transposed else (row, column)] = weight, line
    both = bool(found) and all(
        found.get((b, a), ("", 0))[0] == weight for (a, b), (weight, _) in found.items()
    )
    if transposed:
        log.note(Note("matrix.transposed", file=raw.file, nodes=len(above)))
    else:
        log.note(Note("matrix.read", file=raw.file, nodes=len(above)))
    place = {node: at for at, node in enumerate(above)}
    for (source, target), (weight, line) in sorted(found.items(), key=lambda each: each[1][1]):
        if not both or place[source] <= place[target]:
            graph.tie(source, target, line, values={"weight": weight}, directed=not both)
    tables = graph.tables()
    return [table for table in tables if np.size(table.lines)]


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None
