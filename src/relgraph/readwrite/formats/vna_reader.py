"""Reading VNA, the text of UCINET and NetDraw: `*Node data`, `*Tie data`, a table in each."""

from __future__ import annotations

import csv

from relgraph.readwrite.formats.graph_tables import GraphTables
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable

_LABELS = ("shortlabel", "label", "name")


def read_vna(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a VNA file; how nodes are drawn is left out."""
    graph = GraphTables(file, name, log)
    section, headers = "", list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("*"):
            section, headers = " ".join(line.strip("* \t").lower().split()), []
        elif line.strip() and section in ("node data", "tie data"):
            cells = _cells(line)
            if not headers:
                headers = cells
            elif len(cells) != len(headers):
                graph.wrong(number, "csv.ragged", cells=len(cells), width=len(headers))
            elif section == "node data":
                _take_node(graph, dict(zip(headers, cells, strict=True)), number)
            else:
                _take_tie(graph, dict(zip(headers, cells, strict=True)), number)
    return graph.tables()


def _cells(line: str) -> list[str]:
    separator = "," if "," in line and " " not in line.strip() else " "
    line = line.replace("\t", " ") if separator == " " else line
    rows = list(csv.reader([line], delimiter=separator, skipinitialspace=True))
    return [cell for cell in rows[0] if cell or separator == ","] if rows else []


def _take_node(graph: GraphTables, row: dict[str, str], line: int) -> None:
    node = row.pop(next(iter(row)))
    label = next((text for key, text in row.items() if key.lower() in _LABELS), "")
    graph.node(node, line, label, {k: v for k, v in row.items() if k.lower() not in _LABELS})


def _take_tie(graph: GraphTables, row: dict[str, str], line: int) -> None:
    if len(row) < 2:
        graph.wrong(line, "pajek.short", value=" ".join(row.values()))
        return
    source, target = (row.pop(key) for key in list(row)[:2])
    for end in (source, target):
        graph.mention(end, line)
    relation = next((key for key in row if key.lower() in ("type", "relation")), "")
    kind = row.pop(relation, "")
    values = {"weight" if key.lower() == "strength" else key: text for key, text in row.items()}
    graph.tie(source, target, line, kind, values)
