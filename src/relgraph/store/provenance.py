"""Provenance: which rows came from files of which name, so that an import can tell what vanished.

A store keeps a number for the key of each row (48 bits of a hash), by the name of its file and its
table; it says whether a row is one of them, and nothing else of it.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from relgraph.dataset import DTYPES, Dataset, known_column
from relgraph.messages import Message, Note
from relgraph.model import CONTACTED, KEYS, ColumnType, TableName
from relgraph.store.fetch import read_relationships, read_stakeholders
from relgraph.store.frames import to_frame

if TYPE_CHECKING:
    from relgraph.store.graph import Graph

Numbers = npt.NDArray[np.uint64]
_UNUSED = np.uint64(16)  # bits of a hash: 48 tell a million rows apart
_SHOWN = 3  # rows that a note names
NONE: Numbers = np.zeros(0, dtype=np.uint64)


class TableOrigin(NamedTuple):
    """A table that was read: its name as rows know it, its file without the folder, its kind."""

    read_as: str
    file: str
    table: TableName

    @classmethod
    def of(cls, read_as: str, files: Iterable[str], table: TableName) -> TableOrigin:
        """Return where a table is from; a sheet is called after its workbook, `book.xlsx#sheet`."""
        file = next((f for f in files if read_as == f or read_as.startswith(f"{f}#")), read_as)
        return cls(read_as, PurePath(file).name, table)


def trace_rows(
    graph: Graph | None, dataset: Dataset, files: Iterable[str], tables: Iterable[TableOrigin]
) -> tuple[str, tuple[Note, ...]]:
    """Return the provenance after an import, and notes on earlier rows that are gone from files.

    Parameters
    ----------
    graph : Graph or None
        What is stored; None for what will be replaced.
    dataset : Dataset
        What is imported; its rows know their file.
    files : iterable of str
        The names of the files.
    tables : iterable of TableOrigin
        The tables in them.

    Returns
    -------
    str
        For `Draft.write_text`.
    tuple of Note
    """
    before = _read_rows(graph)
    given = _given(dataset, tables)
    names = {PurePath(file).name for file in files}
    for file, table in before:
        if file in names:
            given.setdefault((file, table), NONE)
    notes: list[Note] = []
    after = dict(before)
    for (file, table), numbers in given.items():
        anywhere = union(*(each for (_, other), each in given.items() if other == table))
        earlier = before.get((file, table), NONE)
        gone = np.setdiff1d(earlier, anywhere, assume_unique=True)
        if len(gone) and graph is not None:
            stored = read_keys(graph, table)
            held = key_numbers(table, stored)
            rows = np.isin(held, gone)
            gone = union(held[rows])
            notes += _told(file, table, stored[rows])
        after[file, table] = union(numbers, gone)
    return _to_text(after), tuple(notes)


def find_files(graph: Graph, table: TableName, keys: pd.DataFrame | None = None) -> tuple[str, ...]:
    """Return the files that gave some rows of a table, by their keys, or any of its rows.

    Empty where the store doesn't know, as with one that was copied from elsewhere.
    """
    known = _read_rows(graph)
    wanted = None if keys is None else key_numbers(table, keys)
    return tuple(
        file
        for (file, of), numbers in sorted(known.items())
        if of == table and (wanted is None or bool(np.isin(wanted, numbers).any()))
    )


def _to_text(rows: Mapping[tuple[str, TableName], Numbers]) -> str:
    return json.dumps([[*place, pack(each)] for place, each in sorted(rows.items()) if len(each)])


def _read_rows(graph: Graph | None) -> dict[tuple[str, TableName], Numbers]:
    """Return the numbers of the rows that each file gave to each table."""
    text = graph.read_text("rows") if graph is not None else None
    return {(file, table): unpack(packed) for file, table, packed in json.loads(text or "[]")}


def without_gone(before: Graph, after: Graph, is_named: Callable[[str], bool]) -> str:
    """Return the provenance of a graph without rows that another lacks, and without some files."""
    known = _read_rows(before)
    held = {table: key_numbers(table, read_keys(after, table)) for _, table in known}
    return _to_text(
        {
            (file, table): np.intersect1d(numbers, held[table])
            for (file, table), numbers in known.items()
            if not is_named(file)
        }
    )


def _given(dataset: Dataset, tables: Iterable[TableOrigin]) -> dict[tuple[str, TableName], Numbers]:
    """Return the numbers of the rows that each file gives to each table."""
    given: dict[tuple[str, TableName], Numbers] = {}
    for origin in tables:
        frame = dataset.tables()[origin.table]
        if "file" in frame.index.names:
            frame = frame[frame.index.get_level_values("file") == origin.read_as]
        found = key_numbers(origin.table, frame)
        place = origin.file, origin.table
        given[place] = union(given.get(place, NONE), found)
    return given


def union(*parts: Numbers) -> Numbers:
    """Return the numbers of several parts in rising order, each once."""
    numbers = np.sort(np.concatenate([NONE, *parts]))
    repeated = np.zeros(len(numbers), dtype=bool)
    repeated[1:] = numbers[1:] == numbers[:-1]
    each: Numbers = numbers[~repeated]
    return each


def _key_types(table: TableName) -> dict[str, ColumnType]:
    specs = {name: known_column(table, name) for name in KEYS[table]}
    return {name: spec.type for name, spec in specs.items() if spec is not None}


def key_numbers(table: TableName, frame: pd.DataFrame) -> Numbers:
    """Return the number of each row's key."""
    keys = {
        name: frame[name] if name in frame else pd.Series(None, frame.index, DTYPES[kind])
        for name, kind in _key_types(table).items()
    }
    hashes: Numbers = np.asarray(
        pd.util.hash_pandas_object(pd.DataFrame(keys), index=False), dtype=np.uint64
    )
    return hashes >> _UNUSED


def read_keys(graph: Graph, table: TableName) -> pd.DataFrame:
    """Return the keys of what a table holds."""
    types = _key_types(table)
    if table == "stakeholders":
        return to_frame(read_stakeholders(graph, []), types)
    contacts = table == "interactions"
    names = [name for name in types if name not in ("source", "target", "type")]
    kinds = [CONTACTED] if contacts else None
    return to_frame(read_relationships(graph, kinds, names), types)


def _told(file: str, table: TableName, rows: pd.DataFrame) -> list[Note]:
    if rows.empty:
        return []
    named = [_named(table, row) for row in rows.head(_SHOWN).to_dict("records")]
    more = [Message("gone.more", count=len(rows) - _SHOWN)] if len(rows) > _SHOWN else []
    return [Note(f"gone.{table}", file=file, count=len(rows), rows=(*named, *more))]


def _named(table: TableName, row: Mapping[Any, Any]) -> Message:
    if table == "interactions":
        at = row["at"].to_pydatetime().replace(tzinfo=None)
        return Message("contact.named", source=row["source"], target=row["target"], at=at)
    if table == "relationships":
        return Message("gone.tie", **{str(name): value for name, value in row.items()})
    return Message("gone.stakeholder", id=row["id"])


def pack(numbers: Numbers) -> str:
    """Return rising numbers as text: byte by byte, so that the leading ones take little room."""
    planes = numbers.astype(">u8").view(np.uint8).reshape(-1, 8).T
    return base64.b64encode(zlib.compress(planes.tobytes(), 1)).decode("ascii")


def unpack(text: str) -> Numbers:
    """Return the numbers that `pack` made text of."""
    planes = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8).reshape(8, -1)
    return np.ascontiguousarray(planes.T).view(">u8").ravel().astype(np.uint64)
