"""What `types` says of a column: how its cells are written, and the values they stand for."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from relgraph.errors import did_you_mean
from relgraph.messages import Message
from relgraph.readwrite.checking.notation import PLAIN, Notation
from relgraph.readwrite.checking.parsing import parse_dates, parse_numbers, parse_times
from relgraph.readwrite.raw_table import Mask

Kind = Literal["text", "integer", "number", "money", "percent", "boolean", "date", "time"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# How the number 1234.56 is written; without a sample, 1234.56.
SAMPLES = {
    "1234.56": PLAIN,
    "1,234.56": Notation(".", ","),
    "1 234.56": Notation(".", " "),
    "1'234.56": Notation(".", "'"),
    "1234,56": Notation(",", ""),
    "1.234,56": Notation(",", "."),
    "1 234,56": Notation(",", " "),
    "1'234,56": Notation(",", "'"),
}
ARROW = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "time": pa.timestamp("us"),
}
_BESIDE = r"(?:[€$£¥₹₩₽₺₴₫฿₦]|R\$|kr\.?|zł|Fr\.|[A-Z]{3})"
_BLANK = "[\\s\u00a0\u2009\u202f]*"
_BESIDE_NUMBER = rf"^([-−+]?){_BLANK}(?:{_BESIDE}{_BLANK})?(.*?){_BLANK}(?:{_BESIDE})?$"
_INTEGER = r"^[+-]?\d{1,18}$"
_DATE_FORM = re.compile(r"(?=.*%[A-Za-z])([^%]|%[aAbBcdfHIjmMpSxXyYzZ%])+")


class ValueType(NamedTuple):
    """How the cells of a column are written.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    notation : Notation
        Of numbers.
    form : str or None
        Of dates and times, as `strptime` has it; ISO 8601 for None.
    words : (str, str)
        What says yes and what says no, in lower case.
    """

    kind: Kind
    notation: Notation = PLAIN
    form: str | None = None
    words: tuple[str, str] = ("true", "false")

    @property
    def arrow(self) -> pa.DataType:
        """The type of the values."""
        return ARROW["number" if self.kind in ("money", "percent") else self.kind]


def read_type(text: str) -> ValueType | Message:
    """Return what a text such as `number 1.234,56` says, or why it says nothing.

    Examples
    --------
    >>> read_type("date %d.%m.%Y").form
    '%d.%m.%Y'
    >>> str(read_type("numbr"))
    "'numbr' is not one of text, integer, number, money, percent, boolean, date, time (did you
    mean 'number'?)"
    """
    word, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if word not in KINDS:
        meant = did_you_mean(word, KINDS)
        return Message("choice.unknown", value=word, choices=KINDS, meant=meant)
    kind = word
    if not rest:
        return ValueType(kind)
    if kind in ("number", "money", "percent"):
        sample = re.sub("[\u00a0\u2009\u202f]", " ", rest).replace("\u2019", "'")
        if sample in SAMPLES:
            return ValueType(kind, SAMPLES[sample])
        return Message("choice.unknown", value=rest, choices=tuple(SAMPLES), meant=None)
    if kind in ("date", "time") and _DATE_FORM.fullmatch(rest):
        return ValueType(kind, form=rest)
    yes, slash, no = (part.strip().casefold() for part in rest.partition("/"))
    if kind == "boolean" and slash and yes and no and yes != no:
        return ValueType(kind, words=(yes, no))
    return Message(f"mapping.form.{kind}" if kind in _FORMED else "mapping.form.none", value=rest)


_FORMED = ("boolean", "date", "time")


def read_values(cells: pa.StringArray, type: ValueType) -> tuple[pa.Array, Mask]:
    """Return the values of a column, and which filled cells don't fit.

    Examples
    --------
    >>> cells = pa.array(["€ 1.234,50", "-12", "1026x", None])
    >>> values, bad = read_values(cells, read_type("money 1.234,56"))
    >>> values.to_pylist(), bad.tolist()
    ([1234.5, -12.0, None, None], [False, False, True, False])
    """
    filled: Mask = cells.is_valid().to_numpy(zero_copy_only=False)
    if type.kind == "text":
        return cells, np.zeros(len(cells), dtype=bool)
    values = _values(cells, type)
    return values, filled & ~values.is_valid().to_numpy(zero_copy_only=False)


def _values(cells: pa.StringArray, type: ValueType) -> pa.Array:
    if type.kind in ("number", "money", "percent"):
        return _numbers(cells, type)
    encoded = cells.dictionary_encode()
    distinct = pc.utf8_trim_whitespace(encoded.dictionary)
    if type.kind == "integer":
        fitting = _only(distinct, _INTEGER)
        values = pc.replace_substring_regex(fitting, r"^\+", "").cast(pa.int64())
    elif type.kind == "boolean":
        words = {type.words[0]: True, type.words[1]: False}
        found = [words.get(text.casefold()) for text in distinct.to_pylist()]
        values = pa.array(found, pa.bool_())
    else:
        values = _moments(distinct, type)
    return values.take(encoded.indices)


def _numbers(cells: pa.StringArray, type: ValueType) -> pa.Array:
    """Return numbers, beside which a currency, an ISO code or a percent sign may stand."""
    read = type.notation.in_plain(cells)
    if (quick := _plain_numbers(read)) is not None:
        return pc.divide(quick, 100.0) if type.kind == "percent" else quick
    plain = parse_numbers(read)
    if plain.bad.any():
        cells = pc.utf8_trim_whitespace(cells)
        if type.kind == "percent":
            cells = pc.replace_substring_regex(cells, f"{_BLANK}%$", "")
        if type.kind == "money":  # bookkeepers write what is owed in brackets
            cells = pc.replace_substring_regex(cells, r"^\((.*)\)$", r"-\1")
        bare = pc.replace_substring_regex(cells, _BESIDE_NUMBER, r"\1\2")
        plain = parse_numbers(type.notation.in_plain(bare))
    numbers = plain.values.to_numpy(dtype=np.float64)
    if type.kind == "percent":
        numbers = numbers / 100
    return pa.array(numbers, mask=np.isnan(numbers))


def _plain_numbers(cells: pa.StringArray) -> pa.Array | None:
    """Return numbers as most columns have them; None if a cell is written otherwise."""
    try:
        numbers = cells.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    return numbers if pc.all(pc.is_finite(numbers), skip_nulls=True).as_py() is not False else None


def _moments(distinct: pa.StringArray, type: ValueType) -> pa.Array:
    if type.form is None:
        parsed = parse_dates(distinct) if type.kind == "date" else parse_times(distinct)
        moments = parsed.values
    else:
        texts = pd.Series(distinct.to_pylist(), dtype="str")
        zoned = "%z" in type.form
        moments = pd.to_datetime(texts, format=type.form, errors="coerce", utc=zoned)
    if getattr(moments.dt, "tz", None) is not None:
        moments = moments.dt.tz_convert("UTC").dt.tz_localize(None)
    stamps = pa.array(moments.astype("datetime64[us]"), pa.timestamp("us"), from_pandas=True)
    if type.kind == "time":
        return stamps
    return pc.floor_temporal(stamps, unit="day").cast(pa.date32())


def _only(cells: pa.StringArray, pattern: str) -> pa.StringArray:
    return pc.if_else(pc.match_substring_regex(cells, pattern), cells, pa.scalar(None, pa.string()))
