"""Other tools' words: columns of their tables of nodes and edges that mean one of ours."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from relgraph.messages import Note
from relgraph.model import RelationshipType, TableName, relationship_type
from relgraph.readwrite.names import canonical_column, canonical_type, folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask, RawTable

# Taken for a column of ours where a table has no such column itself.
_ENDS = {
    "from": "source",
    "to": "target",
    "vertex_1": "source",
    "vertex_2": "target",  # NodeXL
}
_COLUMNS: dict[TableName, dict[str, str]] = {
    "stakeholders": {"label": "name", "vertex": "id", "_id": "id", "key": "id"},
    "relationships": _ENDS,
    "interactions": _ENDS,
}
# Which way a tie runs, as Gephi says in `Type` and Kumu in `Direction`.
_ONE_WAY = frozenset({"directed"})
_BOTH_WAYS = frozenset({"undirected", "mutual", "bidirectional"})
# What a tie is where nothing else says its type.
UNDIRECTED, DIRECTED = "KNOWS", "LINKED_TO"
_WEIGHT = re.compile(r"(tie_|edge_)?(weight|value|strength)s?(_?\(?\d+_(to_)?\d+\)?)?|权重")


def meant_columns(table: TableName, headers: Sequence[str]) -> list[str | None]:
    """Return the known column of a table that each header stands for, None for an extra one.

    Examples
    --------
    >>> meant_columns("relationships", ["From", "To", "Weight"])
    ['source', 'target', None]
    >>> meant_columns("relationships", ["source", "target", "from"])
    ['source', 'target', None]
    """
    own = [canonical_column(table, header) for header in headers]
    foreign = [_COLUMNS[table].get(folded(header)) for header in headers]
    return [
        name or (None if word in own else word) for name, word in zip(own, foreign, strict=True)
    ]


_OWN: dict[TableName, frozenset[str]] = {
    "stakeholders": frozenset({"id", "name"}),
    "relationships": frozenset({"source", "target", "type"}),
    "interactions": frozenset({"source", "target", "at"}),
}


def is_foreign(raw: RawTable) -> bool:
    """Return whether the keys of a table have another tool's words, or one is lacking.

    A column `Type` that says which way ties run is no type of ours.
    """
    for table, keys in _OWN.items():
        own = {canonical_column(table, header) for header in raw.headers}
        if keys <= own:
            return table == "relationships" and any(
                _holds_directions(raw, place) for place in range(len(raw.headers))
            )
    return True


def says_direction(header: str) -> bool:
    """Return whether a column of this name may say which way ties run."""
    return folded(header) in ("type", "direction")


def translate(
    raw: RawTable,
    table: TableName,
    stored: Collection[str],
    kinds: Mapping[str, RelationshipType],
    log: ProblemLog,
) -> RawTable:
    """Return a table with our names for columns of other tools whose meaning is sure.

    Parameters
    ----------
    raw : RawTable
        The table as read; one that declares the types of its columns is relgraph's own.
    table : {"stakeholders", "relationships", "interactions"}
        Which one it is.
    stored : collection of str
        Further columns that the store has, in lower case; they mean what they meant.
    kinds : mapping of str to RelationshipType
        The types whose meaning is known.
    log : ProblemLog
        Told what a column was taken for.
    """
    if raw.types:
        return raw
    headers = [
        meant
        if meant and canonical_column(table, header) is None and _is_new(header, stored)
        else header
        for header, meant in zip(raw.headers, meant_columns(table, raw.headers), strict=True)
    ]
    raw = replace(raw, headers=tuple(headers))
    if table == "relationships":
        raw = _with_directions(raw, stored, kinds, log)
        _note_weights(raw, stored, log)
    return raw


def _is_new(header: str, stored: Collection[str]) -> bool:
    return header.strip().casefold() not in stored


def _with_directions(
    raw: RawTable,
    stored: Collection[str],
    kinds: Mapping[str, RelationshipType],
    log: ProblemLog,
) -> RawTable:
    """Return a table whose types and rows say what a column of directions says."""
    place = next((p for p in range(len(raw.headers)) if _holds_directions(raw, p)), None)
    if place is None or not _is_new(raw.headers[place], stored):
        return raw
    words = [folded(text or "") for text in raw.columns[place].to_pylist()]
    both = np.array([word in _BOTH_WAYS for word in words], dtype=bool)
    said = {"file": raw.file, "header": shortened(raw.headers[place])}
    named = [p for p, header in enumerate(raw.headers) if p != place and folded(header) == "type"]
    if not named:
        counts = {"both": int(both.sum()), "one": sum(word in _ONE_WAY for word in words)}
        log.note(
            Note("file_column.direction", **said, **counts, mutual=UNDIRECTED, directed=DIRECTED)
        )
        types = np.where(both, UNDIRECTED, DIRECTED).tolist()
        cells = [name if word else None for name, word in zip(types, words, strict=True)]
        return raw.with_column(place, "type", pa.array(cells, pa.string()))
    types = [canonical_type(text or "") or "" for text in raw.columns[named[0]].to_pylist()]
    twice = both & np.array([not relationship_type(name, kinds).both_ways for name in types])
    if twice.any():
        log.note(Note("file_column.mutual", **said, count=int(twice.sum())))
    return with_mirrored(raw, twice).without_column(place)


def _holds_directions(raw: RawTable, place: int) -> bool:
    """Return whether every filled cell of a column says which way a tie runs."""
    if not says_direction(raw.headers[place]):
        return False
    words = {folded(text) for text in raw.columns[place].unique().to_pylist() if text is not None}
    return bool(words) and words <= _ONE_WAY | _BOTH_WAYS


def says_both_ways(text: str | None) -> bool:
    """Return whether a word says that a tie runs both ways."""
    return folded(text or "") in _BOTH_WAYS


def with_mirrored(raw: RawTable, rows: Mask) -> RawTable:
    """Return a table in which these rows stand a second time, from target to source."""
    again = raw.take(np.concatenate([np.arange(len(raw)), np.flatnonzero(rows)]))
    meant = meant_columns("relationships", raw.headers)
    ends = [p for p, name in enumerate(meant) if name in ("source", "target")]
    if len(ends) != 2:
        return raw
    one, other = (raw.columns[place] for place in ends)
    mask = pa.array(rows)
    swapped = (
        pa.concat_arrays([one, other.filter(mask)]),
        pa.concat_arrays([other, one.filter(mask)]),
    )
    for place, column in zip(ends, swapped, strict=True):
        again = again.with_column(place, raw.headers[place], column)
    return again


def _note_weights(raw: RawTable, stored: Collection[str], log: ProblemLog) -> None:
    """Note columns that may hold strengths, where nothing says that they do."""
    columns = zip(raw.headers, raw.columns, strict=True)
    filled = [header for header, cells in columns if cells.null_count < len(cells)]
    if "strength" in map(folded, filled):
        return
    for header in filled:
        if _WEIGHT.fullmatch(folded(header)) and _is_new(header, stored):
            log.note(Note("file_column.weight", file=raw.file, header=shortened(header)))
