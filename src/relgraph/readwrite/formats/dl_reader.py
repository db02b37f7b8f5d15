"""Reading UCINET's DL: matrices, lists of edges and of nodes, with labels apart or embedded.

`dl n=3 nm=2 format=edgelist1 labels: a,b,c data: …`; several matrices are several relations. A
file of two modes (`nr=`, `nc=`) has ties from its rows to its columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from relgraph.readwrite.formats.graph_tables import GraphTables
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

_SECTION = re.compile(
    r"\b(?:(row|column|col|matrix|level)\s+)?labels(\s+embedded)?\s*:?|\bdata\s*:", re.IGNORECASE
)
_SIZE = re.compile(r"\b(nm|nr|nc|n)\s*=\s*(\S+?)(?=[,\s]|$)", re.IGNORECASE)
_FORMAT = re.compile(r"\bformat\s*=\s*([a-z0-9]+)", re.IGNORECASE)
_DIAGONAL = re.compile(r"\bdiagonal\s*=?\s*(absent|present)", re.IGNORECASE)
_WORD = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s,"\']+)')
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
# Rows or columns: a matrix of more is no file to read as text, and nodes of a list are made of
# nothing but their number.
_MOST, _MOST_LISTED = 5000, 100_000
_FORMATS = (
    *("fullmatrix", "edgelist1", "edgelist2", "nodelist1", "nodelist2"),
    *("lowerhalf", "upperhalf"),
)

Word = tuple[str, int]  # with its line


@dataclass
class _Header:
    """What stands above the data, with the labels of rows, columns and matrices."""

    format: str = "fullmatrix"
    rows: int = 0
    columns: int = 0
    matrices: int = 1
    two_modes: bool = False
    diagonal: bool = True
    embedded: bool = False
    labels: dict[str, list[str]] = field(default_factory=dict)


def read_dl(text: str, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a DL file."""
    graph = GraphTables(file, name, log)
    if not re.match(r"\s*dl\b", text, re.IGNORECASE):
        graph.wrong(1, "dl.none")
        return graph.tables()
    header, start = _header(text, graph)
    if header is None:
        return graph.tables()
    lines = text[start:].splitlines()
    first = text.count("\n", 0, start) + 1
    body = [words for at, line in enumerate(lines) if (words := _words(line, first + at))]
    if header.format.endswith("list1") or header.format.endswith("list2"):
        _read_lists(header, body, graph)
    else:
        _read_matrices(header, [word for words in body for word in words], graph)
    return graph.tables()


def _words(text: str, line: int) -> list[Word]:
    return [(next(filter(None, found), ""), line) for found in _WORD.findall(text)]


def _header(text: str, graph: GraphTables) -> tuple[_Header | None, int]:
    """Return what the file says of its data, and where they start."""
    header = _Header()
    sections = list(_SECTION.finditer(text))
    data = next((at for at, part in enumerate(sections) if part[0].lower()[:4] == "data"), None)
    if data is None:
        graph.wrong(1, "dl.no_data")
        return None, 0
    head = text[: sections[0].start()]
    for at, part in enumerate(sections[:data]):
        given = text[part.end() : sections[at + 1].start()]
        if part[2]:
            header.embedded = True
        kind = {"column": "col", "level": "matrix"}.get(
            (part[1] or "").lower(), (part[1] or "all").lower()
        )
        said = _SIZE.sub(" ", _FORMAT.sub(" ", given))
        head += "\n" + "\n".join(m[0] for m in (*_FORMAT.finditer(given), *_SIZE.finditer(given)))
        words = [word for word, _ in _words(said, 1)]
        if words:
            header.labels[kind] = words
    return (header if _take_sizes(header, head, graph) else None), sections[data].end()


def _take_sizes(header: _Header, head: str, graph: GraphTables) -> bool:
    """Take sizes and format from the head of a file; return False if they can't be."""
    sizes = {key.lower(): value for key, value in _SIZE.findall(head)}
    if found := _FORMAT.search(head):
        said = found[1].lower()
        header.format = {"fm": "fullmatrix", "el1": "edgelist1", "nl1": "nodelist1"}.get(said, said)
    if header.format not in _FORMATS:
        graph.wrong(1, "dl.format", value=shortened(header.format), formats=_FORMATS)
        return False
    most = _MOST_LISTED if "list" in header.format else _MOST
    for key, value in sizes.items():
        if not (value.isascii() and value.isdigit() and 0 < int(value[:9]) <= most):
            graph.wrong(1, "dl.size", size=key, value=shortened(value), most=most)
            return False
    header.two_modes = "nr" in sizes and "nc" in sizes and sizes["nr"] != sizes["nc"]
    header.rows = int(sizes.get("nr", sizes.get("n", 0)))
    header.columns = int(sizes.get("nc", sizes.get("n", 0)))
    header.matrices = int(sizes.get("nm", 1))
    if not header.rows or not header.columns:
        graph.wrong(1, "dl.no_size")
        return False
    header.two_modes |= header.format.endswith("list2")
    if found := _DIAGONAL.search(head):
        header.diagonal = found[1].lower() == "present"
    return True


def _nodes(header: _Header, graph: GraphTables) -> tuple[list[str], list[str]]:
    """Take the nodes as labelled, and return the ids of rows and of columns."""
    everyone = header.labels.get("all", [])
    if {"row", "col"} <= header.labels.keys() and header.labels["row"] != header.labels["col"]:
        header.two_modes = True
    rows = header.labels.get("row") or everyone or header.labels.get("col", [])
    columns = header.labels.get("col") or everyone or rows
    if header.two_modes:
        columns = header.labels.get("col", everyone[header.rows :])
        rows = header.labels.get("row", everyone[: header.rows])
    found = []
    for labels, count, mode in ((rows, header.rows, ""), (columns, header.columns, "c")):
        if labels and len(labels) != count and (not mode or labels != rows):
            graph.wrong(1, "dl.labels", count=len(labels), needed=count)
        prefix = mode if header.two_modes else ""
        ids = [labels[at] if at < len(labels) else f"{prefix}{at + 1}" for at in range(count)]
        found.append(ids)
        if mode == "" or header.two_modes:
            for each in ids:
                graph.node(each, 1)
    return found[0], found[1]


def _relations(header: _Header) -> list[str]:
    labels = header.labels.get("matrix", [])
    return [
        labels[at] if at < len(labels) else ("" if header.matrices == 1 else f"RELATION_{at + 1}")
        for at in range(header.matrices)
    ]


def _read_matrices(header: _Header, words: list[Word], graph: GraphTables) -> None:
    if header.embedded:
        words = _without_labels(header, words)
    rows, columns = _nodes(header, graph)
    needed = _size(header) * header.matrices
    if len(words) != needed:
        line = words[-1][1] if words else 1
        graph.wrong(line, "dl.numbers", count=len(words), needed=needed)
        return
    relations = _relations(header) if header.matrices > 1 else [""]
    numbers = iter(words)
    for relation in map(_relation, relations):
        for (row, column), (word, line) in zip(_places(header), numbers, strict=False):
            if not _NUMBER.fullmatch(word):
                graph.wrong(line, "pajek.no_number", value=shortened(word))
            elif float(word):
                ends = (rows[row], columns[column])
                directed = header.format == "fullmatrix"
                graph.tie(*ends, line, relation, {"weight": word}, directed=directed)


def _places(header: _Header) -> Iterator[tuple[int, int]]:
    """Yield the row and column of each number of a matrix."""
    for row in range(header.rows):
        first = row if header.format == "upperhalf" else 0
        last = min(row + 1, header.columns) if header.format == "lowerhalf" else header.columns
        for column in range(first, last):
            if header.diagonal or row != column:
                yield row, column


def _size(header: _Header) -> int:
    """Return how many numbers a matrix has."""
    cells = header.rows * header.columns
    on_diagonal = min(header.rows, header.columns)
    if header.format != "fullmatrix":
        cells = (cells + on_diagonal) // 2
    return cells if header.diagonal else cells - on_diagonal


def _without_labels(header: _Header, words: list[Word]) -> list[Word]:
    """Return numbers without the labels of columns above them, and of rows beside them."""
    kept: list[Word] = []
    beside = Counter(row for row, _ in _places(header))
    size = header.columns + header.rows + sum(beside.values())
    for start in range(0, len(words), size):
        part = words[start : start + size]
        header.labels.setdefault("col", [word for word, _ in part[: header.columns]])
        labels, place = [], header.columns
        for row in range(header.rows):
            labels += [word for word, _ in part[place : place + 1]]
            kept += part[place + 1 : place + 1 + beside[row]]
            place += 1 + beside[row]
        kept += part[place:]
        header.labels.setdefault("row", labels)
    if not header.two_modes:
        header.labels["all"] = header.labels["col"] = header.labels.get("row", [])
    return kept


def _relation(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_").upper()


def _read_lists(header: _Header, body: list[list[Word]], graph: GraphTables) -> None:
    """Read `a b 2`, an edge a line, or `a b c`, a node and those it is tied to."""
    rows, columns = ([], []) if header.embedded else _nodes(header, graph)
    if header.embedded:
        for each in [word for labels in header.labels.values() for word in labels]:
            graph.mention(each, 1)
    relations, matrix = _relations(header), 0
    for words in body:
        if words[0][0] == "!":
            matrix = min(matrix + 1, header.matrices - 1)
            continue
        line = words[0][1]
        weight = ""
        if header.format.startswith("edge"):
            if len(words) < 2:
                graph.wrong(line, "pajek.short", value=shortened(words[0][0]))
                continue
            weight = words[2][0] if len(words) > 2 else ""
            words = words[:2]
        if weight and not _NUMBER.fullmatch(weight):
            graph.wrong(line, "pajek.no_number", value=shortened(weight))
        source = _end(words[0], rows, graph, embedded=header.embedded)
        for word in words[1:]:
            target = _end(word, columns, graph, embedded=header.embedded)
            if source and target:
                values = {"weight": weight} if weight else {}
                graph.tie(source, target, line, _relation(relations[matrix]), values)
    most = header.rows + (header.columns if header.two_modes else 0)
    if header.embedded and len(graph.nodes) > most:
        graph.wrong(1, "dl.labels", count=len(graph.nodes), needed=most)
    for number in range(len(graph.nodes), 0 if header.two_modes else most):
        graph.mention(str(number + 1), 1)  # n says that they are there, nothing names them


def _end(word: Word, ids: list[str], graph: GraphTables, *, embedded: bool) -> str | None:
    text, line = word
    if embedded:
        graph.mention(text, line)
        return text
    if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= len(ids):
        return ids[int(text) - 1]
    if text in ids:
        return text
    graph.wrong(line, "pajek.no_vertex", value=shortened(text), count=len(ids))
    return None
