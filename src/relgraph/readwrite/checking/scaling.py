"""Strengths from a column of another name or scale, as an import asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import UsageError, check_choice
from relgraph.messages import Message, Note
from relgraph.readwrite.checking.near_misses import remedy
from relgraph.readwrite.checking.notation import Notation
from relgraph.readwrite.checking.parsing import parse_numbers
from relgraph.readwrite.names import folded
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import RawTable

_SCALE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[-–—]\s*(\d+(?:\.\d+)?)\s*")
STRENGTH = "strength"


@dataclass(frozen=True)
class StrengthSource:
    """The column that holds strengths, and its scale.

    Parameters
    ----------
    column : str
        Its header.
    low, high : float or None
        The least and the largest that a cell may say; None for any above 0, where the largest one
        given is the strength 1.
    """

    column: str
    low: float | None = None
    high: float | None = None

    @classmethod
    def asked(cls, column: str | None, scale: str | None) -> Self | None:
        """Return what two arguments ask for; None for nothing.

        Examples
        --------
        >>> StrengthSource.asked("Weight", "1-5")
        StrengthSource(column='Weight', low=1.0, high=5.0)
        """
        if column is None:
            if scale is not None:
                raise UsageError("strength_scale.alone", parameter="strength_scale")
            return None
        if scale is None:
            return cls(column)
        ends = _SCALE.fullmatch(scale)
        if ends is None or not 0 <= float(ends[1]) < float(ends[2]):
            raise UsageError("strength_scale.wrong", parameter="strength_scale", value=scale)
        return cls(column, float(ends[1]), float(ends[2]))


def take_strengths(
    raws: Sequence[RawTable], source: StrengthSource, notation: Notation, log: ProblemLog
) -> list[RawTable]:
    """Return relationships whose strengths are a column of theirs, divided by its largest value.

    Raises
    ------
    UsageError
        No table of relationships has the column.
    """
    places = [_place(raw, source.column) for raw in raws]
    if log.problems and all(place is None for place in places):
        return list(raws)  # a file that can't be read has no columns
    if not raws:
        raise UsageError("strength_from.no_table", parameter="strength_from")
    if all(place is None for place in places):
        headers = dict.fromkeys(header.strip() for raw in raws for header in raw.headers)
        check_choice(source.column, tuple(headers), "strength_from")
    having = [(raw, place) for raw, place in zip(raws, places, strict=True) if place is not None]
    values = [_values(raw, place, source, notation, log) for raw, place in having]
    largest = max(
        (float(np.nanmax(each)) for each in values if not np.isnan(each).all()), default=1
    )
    divisor = largest if source.high is None else source.high
    if having:
        log.note(Note("strength.scaled", column=shortened(source.column), divisor=divisor))
    scaled = iter(
        _with_strengths(raw, place, each / divisor, notation, log)
        for (raw, place), each in zip(having, values, strict=True)
    )
    return [raw if place is None else next(scaled) for raw, place in zip(raws, places, strict=True)]


def _place(raw: RawTable, column: str) -> int | None:
    wanted = folded(column)
    return next((p for p, header in enumerate(raw.headers) if folded(header) == wanted), None)


def _values(
    raw: RawTable, place: int, source: StrengthSource, notation: Notation, log: ProblemLog
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the numbers of a column, NaN where there is none; report what is none of the scale."""
    cells = raw.columns[place]
    text = True if raw.texts is None else pa.array(raw.texts[place])
    values, bad = parse_numbers(pc.if_else(text, notation.in_plain(cells), cells))
    numbers = values.to_numpy(dtype=np.float64)
    low, high = source.low or 0.0, source.high or np.inf
    outside = ~np.isnan(numbers) & ((numbers <= 0) | (numbers < low) | (numbers > high))
    for row in np.flatnonzero(bad | outside).tolist():
        found = {"column": shortened(source.column), "value": shortened(cells[row])}
        if bad[row]:
            what = remedy(str(cells[row]), "number") or Message("remedy.number")
            message = Message("cell.not_number", **found, remedy=what)
        elif source.high is None:
            message = Message("cell.not_positive", **found)
        else:
            message = Message("cell.not_on_scale", **found, low=source.low, high=source.high)
        log.add(message, raw.file, int(raw.lines[row]))
    return np.where(bad | outside, np.nan, numbers)


def _with_strengths(
    raw: RawTable,
    place: int,
    strengths: np.ndarray[tuple[int], np.dtype[np.float64]],
    notation: Notation,
    log: ProblemLog,
) -> RawTable:
    """Return a table with strengths, in their own column or in the one that they are from."""
    texts = [None if value != value else repr(value) for value in strengths.tolist()]
    column = pa.array(texts, pa.string())
    if raw.texts is None:  # numbers in text are read in the notation of the import
        column = pc.replace_substring(column, ".", notation.decimal)
    own = _place(raw, STRENGTH)
    if own == place or (own is not None and raw.columns[own].null_count == len(raw)):
        return raw.with_column(own, STRENGTH, column)
    if own is not None:
        message = Message("strength.two_columns", column=shortened(raw.headers[place]))
        log.add(message, raw.file, raw.header_line)
        return raw
    added = replace(
        raw, headers=(*raw.headers, STRENGTH), columns=(*raw.columns, column), texts=None
    )
    if raw.texts is None:
        return added
    return replace(added, texts=(*raw.texts, np.zeros(len(raw), dtype=bool)))
