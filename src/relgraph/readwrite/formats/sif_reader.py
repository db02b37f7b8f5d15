"""Reading Cytoscape's SIF: `a type b c`, ties of a type from one node to others; `a` alone."""

from __future__ import annotations

import re

from relgraph.readwrite.formats.graph_tables import GraphTables
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # interactsWith


def read_sif(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a SIF file; names may have blanks if tabs part."""
    graph = GraphTables(file, name, log)
    separator = "\t" if "\t" in text else None
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().split(separator)]
        cells = [cell for cell in cells if cell]
        if len(cells) == 2:
            graph.wrong(number, "sif.short", value=shortened(line.strip()))
            continue
        for node in (cells[:1] + cells[2:]) if cells else []:
            graph.mention(node, number)
        for target in cells[2:]:
            graph.tie(cells[0], target, number, _WORDS.sub("_", cells[1]))
    return graph.tables()
