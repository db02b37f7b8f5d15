"""From text to values: numbers, dates, times, words, and the type of a column that has none yet.

Each reader takes a column of text, null where a cell is empty, and returns the values (in the
dtypes of `relgraph.dataset`) with a mask of the cells that don't fit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.model import ColumnType
from relgraph.readwrite.raw_table import Mask

# A leading plus sign or zero makes text (a telephone number, a postal code), and so does a bare
# exponent (the article 1E5). Every store keeps integers of eighteen digits, and numbers of
# fifteen, unchanged.
_INTEGER = r"^(0|-?[1-9]\d{0,17})$"
_NUMBER = r"^-?((0|[1-9]\d*)?\.\d+([eE][+-]?\d+)?|(0|[1-9]\d{0,14})|(0|[1-9]\d*)[eE][+-]\d+)$"
_BOOLEAN = r"^(?i:true|false)$"
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?$"
_TIME = (
    r"^\d{4}-\d{2}-\d{2}"
    r"([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$"
)
_BEYOND_MICROSECONDS = r"(\.\d{6})\d+"
_FIRST_TIME = pd.Timestamp("0001-01-01", tz="UTC")
_LAST_TIME = pd.Timestamp("9999-12-31T23:59:59.999999", tz="UTC")


Floats = npt.NDArray[np.float64]


class Parsed(NamedTuple):
    """The values of a column, and which of its cells don't fit its type."""

    values: pd.Series
    bad: Mask


def parse_text(cells: pa.StringArray) -> pd.Series:
    """Return text as it is."""
    series: pd.Series = cells.to_pandas(
        types_mapper={pa.string(): pd.StringDtype(na_value=np.nan)}.get
    )
    return series


def is_shortened(cells: pa.StringArray) -> Mask:
    """Return which cells are long numbers as a spreadsheet shortens them: 1.23457E+17.

    Examples
    --------
    >>> is_shortened(pa.array(["1.23457E+17", "1E5", None])).tolist()
    [True, False, False]
    """
    found: Mask = pc.match_substring_regex(cells, r"^-?\d(\.\d+)?[eE]\+\d{2,}$").fill_null(False)
    return np.asarray(found, dtype=bool)


def parse_numbers(cells: pa.StringArray) -> Parsed:
    """Read numbers, with spaces around them, a plus sign, or a typographic minus.

    Examples
    --------
    >>> parsed = parse_numbers(pa.array(["0.5", " +3", "1,5", "NaN", None]))
    >>> parsed.values.tolist(), parsed.bad.tolist()
    ([0.5, 3.0, nan, nan, nan], [False, False, True, True, False])
    """
    try:
        values = _floats(cells)
    except pa.ArrowInvalid:
        values = _tidied_floats(cells)
    bad = _filled(cells) & ~np.isfinite(values)
    return Parsed(pd.Series(np.where(bad, np.nan, values)), bad)


def _floats(cells: pa.StringArray) -> Floats:
    floats: Floats = cells.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return floats


def _tidied_floats(cells: pa.StringArray) -> Floats:
    tidy = pc.replace_substring(pc.utf8_trim_whitespace(cells), "−", "-")
    tidy = pc.replace_substring_regex(tidy, r"^\+", "")
    fits = pc.match_substring_regex(tidy, r"^-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$")
    return _floats(pc.if_else(fits, tidy, pa.scalar(None, pa.string())))


def parse_dates(cells: pa.StringArray) -> Parsed:
    """Read ISO dates; a midnight without a zone is its date."""
    encoded = cells.dictionary_encode()
    trimmed = pc.utf8_trim_whitespace(encoded.dictionary)
    days = _parse_days(pc.replace_substring_regex(trimmed, _MIDNIGHT, r"\1"))
    return _spread(days, encoded)


def _parse_days(distinct: pa.StringArray) -> pd.Series:
    fitting = parse_text(_only(distinct, _DATE))
    days = pd.to_datetime(fitting, format="ISO8601", errors="coerce").astype("datetime64[s]")
    return days.where(days >= _FIRST_TIME.tz_localize(None))


def _spread(distinct: pd.Series, encoded: pa.DictionaryArray) -> Parsed:
    """Return the values of all cells from those of the distinct ones; there are few of them."""
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    values = pd.Series(distinct.array.take(codes, allow_fill=True))
    return Parsed(values, (codes >= 0) & values.isna().to_numpy())


def parse_times(cells: pa.StringArray) -> Parsed:
    """Read ISO 8601 times: UTC without a zone, midnight without a time of day.

    Examples
    --------
    >>> parsed = parse_times(pa.array(["2024-05-01T08:00+08:00", "2024-05-01", "1 May"]))
    >>> parsed.values.dt.strftime("%d %H:%M").tolist(), parsed.bad.tolist()
    (['01 00:00', '01 00:00', nan], [False, False, True])
    """
    cells = pc.utf8_trim_whitespace(cells)
    fitting = pc.replace_substring_regex(_only(cells, _TIME), _BEYOND_MICROSECONDS, r"\1")
    values = pd.to_datetime(parse_text(fitting), format="ISO8601", utc=True, errors="coerce")
    values = values.astype("datetime64[us, UTC]")
    values = values.where((values >= _FIRST_TIME) & (values <= _LAST_TIME))
    return Parsed(values, _filled(cells) & values.isna().to_numpy())


def parse_words(cells: pa.StringArray, read: Callable[[str], str | None]) -> Parsed:
    """Read words, each distinct one once; `read` returns None for one that doesn't fit."""
    return _read_distinct(cells, read, pa.string())


def parse_codes(cells: pa.StringArray, read: Callable[[str], int | None]) -> Parsed:
    """Read words or numbers that stand for small integers."""
    return _read_distinct(cells, read, pa.int64())


def _read_distinct(
    cells: pa.StringArray, read: Callable[[str], object], type: pa.DataType
) -> Parsed:
    encoded = cells.dictionary_encode()
    distinct = pa.array([read(text) for text in encoded.dictionary.to_pylist()], type)
    values = distinct.take(encoded.indices)
    series = parse_text(values) if type == pa.string() else _masked(values)
    return Parsed(series, _filled(cells) & ~_filled(values))


def _masked(column: pa.Array) -> pd.Series:
    """Return integers or booleans in pandas' types that can be missing."""
    integers = pa.types.is_integer(column.type)
    plain = column.fill_null(0 if integers else False).to_numpy(zero_copy_only=False)
    array = pd.arrays.IntegerArray if integers else pd.arrays.BooleanArray
    return pd.Series(array(plain.copy(), ~_filled(column)))


def parse_extra(cells: pa.StringArray, type: ColumnType) -> Parsed:
    """Read an extra column strictly, as values of one type."""
    if type == "text":
        return Parsed(parse_text(cells), np.zeros(len(cells), dtype=bool))
    cells = pc.utf8_trim_whitespace(cells)
    if type == "date":
        encoded = cells.dictionary_encode()
        return _spread(_parse_days(encoded.dictionary), encoded)
    if type == "time":
        return parse_times(cells)
    pattern = {"integer": _INTEGER, "number": _NUMBER, "boolean": _BOOLEAN}[type]
    fitting = _only(cells, pattern)
    if type == "number":
        values = pd.Series(_floats(fitting))
        return Parsed(values, _filled(cells) & ~np.isfinite(values.to_numpy()))
    values = _masked(fitting.cast(pa.int64() if type == "integer" else pa.bool_()))
    return Parsed(values, _filled(cells) & values.isna().to_numpy())


def infer_type(
    cells: pa.StringArray, texts: Mask | None = None, numbers: pa.StringArray | None = None
) -> ColumnType:
    """Return the narrowest type that every filled cell fits.

    Parameters
    ----------
    cells : pyarrow.StringArray
        The column.
    texts : ndarray of bool, optional
        Which cells the file itself marks as text; such a column is a date, a time or text.
    numbers : pyarrow.StringArray, optional
        The same column with its numbers in plain notation, where they are in another.

    Examples
    --------
    >>> infer_type(pa.array(["1", "2.5"])), infer_type(pa.array(["007", "1"]))
    ('number', 'text')
    """
    filled = cells.drop_null()
    plain = filled if numbers is None else numbers.drop_null()
    marked = texts is not None and bool(texts[_filled(cells)].any())
    for type in _FROM_TEXT if marked else (*_FROM_NUMBERS, *_FROM_TEXT):
        column = plain if type in NUMERIC else filled
        # The first cell alone mostly tells that it isn't this type.
        if not any(parse_extra(part, type).bad.any() for part in (column[:1], column)):
            return type
    return "text"


NUMERIC: tuple[ColumnType, ...] = ("integer", "number")
_FROM_NUMBERS: tuple[ColumnType, ...] = (*NUMERIC, "boolean")
_FROM_TEXT: tuple[ColumnType, ...] = ("date", "time")


def _only(cells: pa.StringArray, pattern: str) -> pa.StringArray:
    """Return the cells that match a pattern; the others become null."""
    return pc.if_else(pc.match_substring_regex(cells, pattern), cells, pa.scalar(None, pa.string()))


def _filled(cells: pa.Array) -> Mask:
    filled: Mask = cells.is_valid().to_numpy(zero_copy_only=False)
    return filled
