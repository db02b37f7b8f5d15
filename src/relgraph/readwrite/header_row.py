"""Which row of a table has its headers, and whether a row looks like data instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa

from relgraph.messages import Message, Note
from relgraph.model import RELATIONSHIP_TYPES, TABLES
from relgraph.readwrite.foreign import meant_columns
from relgraph.readwrite.names import VALUE_NAMES, canonical_type, folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

LOOKED_AT = 20  # rows that may stand above the headers, with them
_SURE = 2  # known columns that make a row one of headers
_VALUE = re.compile(r"[+-]?\d[\d.,:/ T-]*Z?|true|false", re.IGNORECASE)


def count_known(headers: Sequence[str]) -> int:
    """Return how many of these are columns of one table, of the one that has most."""
    return max(sum(name is not None for name in meant_columns(table, headers)) for table in TABLES)


def find_headers(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows has the headers.

    It is the first, unless that has hardly a known column and another has more: a title, or a
    line of notes, stands above them.

    Examples
    --------
    >>> find_headers([["Customers of 2024"], ["id", "name", "market"], ["1", "Ann", "customer"]])
    1
    """
    known = [count_known(row) for row in rows]
    by_names = next((at for at, count in enumerate(known) if count >= _SURE), None)
    if by_names is not None:
        return by_names
    return next((at for at in range(len(rows)) if _is_above_matrix(rows, at)), 0)


def _is_above_matrix(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Return whether a row names those who stand first in the rows below, as in a matrix."""
    below = rows[at + 1 :]
    names = {row[0].strip() for row in below if row}
    numbers = all(not cell.strip() or _VALUE.fullmatch(cell) for row in below for cell in row[1:])
    return len(names) > 1 and names <= set(map(str.strip, rows[at])) and numbers


def note_skipped(file: str, line: int, title: Sequence[str], log: ProblemLog) -> None:
    """Note that rows above the headers were skipped."""
    text = ", ".join(filter(None, map(str.strip, title)))
    log.note(Note("heading.skipped", file=file, line=str(line), title=shortened(text)))


def looks_like_data(raw: RawTable) -> bool:
    """Return whether the first row is data rather than headers.

    It is if no known column is in it, but a number or a date, or, as in the rows below, a market
    or a type of relationship.
    """
    return count_known(raw.headers) == 0 and any(
        bool(_VALUE.fullmatch(header)) or (_is_word(header) and _holds_words(column))
        for header, column in zip(raw.headers, raw.columns, strict=True)
    )


def _is_word(text: str) -> bool:
    return folded(text) in VALUE_NAMES["market"] or canonical_type(text) in RELATIONSHIP_TYPES


def _holds_words(column: pa.StringArray) -> bool:
    return any(map(_is_word, column[:LOOKED_AT].drop_null().to_pylist()))


def data_found(headers: Sequence[str]) -> Message:
    """Return that the first row is data, and which."""
    return Message("heading.data", found=tuple(repr(shortened(each)) for each in headers[:5]))
