"""A review list of duplicates, as a user has filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from relgraph.errors import UsageError
from relgraph.messages import Message
from relgraph.readwrite.formats.encoding import decode
from relgraph.readwrite.formats.registry import FORMATS
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable
from relgraph.readwrite.sources import read_bytes

_COLUMNS = ("id", "other", "same")
_ENDINGS = tuple(ending for ending, each in FORMATS.items() if each.reads and each.holds != "graph")
_YES = frozenset(("yes", "y", "true", "1", "x", "ja", "oui", "si", "sí", "是", "同", "对", "✓"))
_NO = frozenset(("no", "n", "false", "0", "nein", "non", "否", "不", "不是"))


class Marked(NamedTuple):
    """A row that is marked: two ids, whether they are the same, and where it says so."""

    one: str
    other: str
    same: bool
    file: str
    line: int


def read_review(path: str | Path, known: Mapping[str, object], log: ProblemLog) -> list[Marked]:
    """Return the rows of a review list that are marked yes or no.

    Parameters
    ----------
    path : str or Path
        A file of one table, with the columns `id`, `other` and `same`.
    known : mapping of str to object
        The ids that there are.
    log : ProblemLog
        Told of what can't be read.

    Raises
    ------
    UsageError
        The file can't be used.
    """
    name, file = str(path), Path(path)
    format = FORMATS.get(file.suffix.lower())
    if format is None or file.suffix.lower() not in _ENDINGS:
        raise UsageError("path.ending", path=name, ending=file.suffix, endings=_ENDINGS)
    if not file.exists():
        raise UsageError("path.missing", path=name)
    data = read_bytes(name, file)
    content = decode(data, name, log) if format.is_text else data
    marked: list[Marked] = []
    for raw in format.reader()(content, name, file.stem, log):
        columns = _columns(raw)
        lacking = [column for column in _COLUMNS if column not in columns]
        if lacking:
            log.add(Message("same.columns", columns=lacking), raw.file, raw.header_line)
        else:
            marked += _rows(raw, columns, known, log)
    return marked


def _columns(raw: RawTable) -> dict[str, pa.StringArray]:
    headers = [header.strip().casefold() for header in raw.headers]
    return dict(zip(headers, raw.columns, strict=False))


def _rows(
    raw: RawTable,
    columns: Mapping[str, pa.StringArray],
    known: Mapping[str, object],
    log: ProblemLog,
) -> list[Marked]:
    cells = (columns[name].to_pylist() for name in _COLUMNS)
    found = []
    for line, one, other, same in zip(raw.lines.tolist(), *cells, strict=True):
        word = (same or "").strip().casefold()
        if not word:
            continue
        if word not in _YES | _NO:
            log.add(Message("same.word", value=shortened(same)), raw.file, line)
            continue
        ids = [_id(cell, known) for cell in (one, other)]
        found.append(Marked(ids[0], ids[1], word in _YES, raw.file, line))
    return found


def _id(cell: str | None, known: Mapping[str, object]) -> str:
    """Return an id without blanks, and without the apostrophe that a list for Excel gave it."""
    text = (cell or "").strip()
    return text[1:] if text not in known and text.startswith("'") else text
