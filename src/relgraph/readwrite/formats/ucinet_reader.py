"""Reading UCINET's own files: labels and sizes in X.##h, the numbers of the matrices in X.##d.

Both layouts of the header are read: `DATE:`, with sizes of two bytes and labels of one byte a
character, and `V6404`, with four and two. Numbers stand row by row.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import numpy as np

from relgraph.readwrite.formats.graph_tables import GraphTables
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable

_LAYOUTS = {b"\x05DATE:": ("H", "cp1252"), b"\x05V6404": ("I", "utf-16-le")}
_NUMBERS = {1: "u1", 3: "i1", 4: "<u2", 5: "<i2", 6: "<i4", 7: "<f4", 9: "<f8"}
_MOST = 1 << 25  # numbers in all
_MISSING = 1e37  # and above: UCINET's mark of a missing value


class _Bytes:
    """Bytes with the place that has been read up to."""

    def __init__(self, data: bytes, place: int) -> None:
        self.data, self.place = data, place

    def take(self, format: str) -> tuple[int, ...]:
        """Return the numbers that come next."""
        found: tuple[int, ...] = struct.unpack_from(f"<{format}", self.data, self.place)
        self.place += struct.calcsize(f"<{format}")
        return found

    def text(self, size: int, encoding: str) -> str:
        """Return the text that comes next."""
        if self.place + size > len(self.data):
            raise struct.error
        self.place += size
        return self.data[self.place - size : self.place].decode(encoding, "replace").strip("\0 ")


def read_ucinet(content: bytes, file: str, name: str, log: ProblemLog) -> list[RawTable]:
    """Read the stakeholders and relationships of a header and of the data beside it."""
    graph = GraphTables(file, name, log)
    layout = _LAYOUTS.get(content[:6])
    data = Path(f"{file[:-1]}{'D' if file.endswith('H') else 'd'}")
    if layout is None:
        graph.wrong(1, "ucinet.none")
    elif not data.is_file():
        graph.wrong(1, "ucinet.no_data", file=data.name)
    else:
        try:
            _take(_Bytes(content, 6), data.read_bytes(), layout, graph)
        except (struct.error, OSError):
            graph.wrong(1, "ucinet.short")
    return graph.tables()


def _take(head: _Bytes, data: bytes, layout: tuple[str, str], graph: GraphTables) -> None:
    size, encoding = layout
    *_, kind, dimensions = head.take("5hBh")
    if kind not in _NUMBERS or not 2 <= dimensions <= 3:
        graph.wrong(1, "ucinet.kind", kind=kind, dimensions=dimensions)
        return
    columns, rows, *further = head.take(size * dimensions)
    matrices = max(further[0], 1) if further else 1
    if not 0 < columns * rows * matrices <= _MOST:
        graph.wrong(1, "ucinet.size", rows=rows, columns=columns, matrices=matrices)
        return
    head.text(head.take("B")[0], "cp1252")  # the title
    labelled = head.take("B" * dimensions)
    labels = [
        [head.text(head.take("H")[0], encoding) for _ in range(count)] if given else []
        for count, given in zip((columns, rows, matrices), labelled, strict=False)
    ]
    dtype = np.dtype(_NUMBERS[kind])
    needed = columns * rows * matrices
    if len(data) != needed * dtype.itemsize:
        graph.wrong(1, "dl.numbers", count=len(data) // dtype.itemsize, needed=needed)
        return
    of_columns = labels[0] or [str(at + 1) for at in range(columns)]
    of_rows = labels[1] or [str(at + 1) for at in range(rows)]
    if rows == columns and not (labels[0] and labels[1]):
        of_columns = of_rows = labels[1] or of_columns
    for each in of_rows:
        graph.node(each, 1)
    if of_columns != of_rows:
        for each in of_columns:
            graph.mention(each, 1)
    numbers = np.frombuffer(data, dtype).reshape(matrices, rows, columns)
    for at, matrix in enumerate(numbers):
        said = labels[2][at] if matrices > 1 and len(labels) > 2 and labels[2] else ""
        relation = re.sub(r"[^A-Za-z0-9_]+", "_", said).strip("_").upper()
        if matrices > 1 and not relation:
            relation = f"RELATION_{at + 1}"
        usable = np.isfinite(matrix) & (np.abs(matrix) < _MISSING) & (matrix != 0)
        for row, column in np.argwhere(usable).tolist():
            values = {"weight": repr(matrix[row, column].item())}
            graph.tie(of_rows[row], of_columns[column], 1, relation, values)
