"""From cells to the columns of a frame: each column in its type, and each cell that doesn't fit."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from relgraph.dataset import known_column
from relgraph.errors import did_you_mean
from relgraph.messages import Message
from relgraph.model import CONTACTED, ColumnSpec, ColumnType
from relgraph.readwrite.checking import parsing
from relgraph.readwrite.checking.cells import Cells
from relgraph.readwrite.checking.kept_as_text import note_deciding_cell
from relgraph.readwrite.checking.near_misses import remedy
from relgraph.readwrite.checking.notation import PLAIN
from relgraph.readwrite.checking.parsing import Parsed
from relgraph.readwrite.checking.tidying import clean_ids, trim_texts
from relgraph.readwrite.names import VALUE_NAMES, canonical_type, folded, is_market_alias
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.raw_table import Mask

_WHOLE_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.0*)?\s*")
_SIGNS = (-1, 1)


def read_columns(
    cells: Cells, stored_types: Mapping[str, ColumnType], log: ProblemLog
) -> pd.DataFrame:
    """Return the typed columns of a table; a cell that doesn't fit is reported and missing.

    Parameters
    ----------
    cells : Cells
        The rows as read.
    stored_types : mapping of str to {"text", "integer", "number", "boolean", "date", "time"}
        The extra columns that the store has already.
    log : ProblemLog
        Told of cells that don't fit.
    """
    columns: dict[str, pd.Series] = {}
    for name in cells.names():
        spec = known_column(cells.table, name)
        if spec is not None:
            columns[name] = _read_known(cells, spec, log)
        elif cells.column(name).null_count < len(cells):
            columns[name] = _read_extra(cells, name, stored_types.get(name), log)
    if cells.table == "stakeholders" and "market" in columns:
        columns |= _markets_as_read(cells, columns)
    frame = pd.DataFrame(columns)
    frame.index = cells.index()
    return frame


def misfits(cells: Cells, spec: ColumnSpec) -> Mask:
    """Return which cells are none of a known column."""
    parsed = _parse(cells, spec)
    return parsed.bad | _out_of_range(parsed.values, spec)


def _read_known(cells: Cells, spec: ColumnSpec, log: ProblemLog) -> pd.Series:
    column = cells.column(spec.name)
    parsed = _parse(cells, spec)
    bad = parsed.bad | _out_of_range(parsed.values, spec)

    def unfit(row: int) -> Message:
        return _unfit(spec, column[row].as_py(), is_misread=bool(parsed.bad[row]))

    cells.report(bad, unfit, log)
    return parsed.values.mask(bad) if bad.any() else parsed.values


def _parse(cells: Cells, spec: ColumnSpec) -> Parsed:
    column = cells.column(spec.name)
    if spec.name == "type":
        return parsing.parse_words(column, _relationship_type)
    if spec.type == "integer":
        return parsing.parse_codes(column, lambda text: _code(spec, text))
    if spec.choices:
        return parsing.parse_words(column, lambda text: VALUE_NAMES[spec.name].get(folded(text)))
    if spec.type == "number":
        return parsing.parse_numbers(cells.numbers(spec.name))
    if spec.type == "date":
        return parsing.parse_dates(column)
    if spec.type == "time":
        return parsing.parse_times(column)
    shortened = np.zeros(len(column), dtype=bool)
    if spec.is_id:
        shortened = parsing.is_shortened(column) & ~cells.marked(spec.name)
    tidy = clean_ids if spec.is_id else trim_texts
    return Parsed(parsing.parse_text(tidy(cells.text(spec.name))), shortened)


def _relationship_type(text: str) -> str | None:
    name = canonical_type(text)
    return None if name == CONTACTED else name


def _code(spec: ColumnSpec, text: str) -> int | None:
    """Return the number that a cell says, in digits or as a word."""
    word = VALUE_NAMES.get(spec.name, {}).get(folded(text))
    if word is not None:
        return spec.choices.index(word) + 1
    number = _WHOLE_NUMBER.fullmatch(text.replace("−", "-"))
    allowed = range(1, len(spec.choices) + 1) if spec.choices else _SIGNS
    return int(number[1]) if number and int(number[1]) in allowed else None


def _out_of_range(values: pd.Series, spec: ColumnSpec) -> Mask:
    if spec.type != "number":
        return np.zeros(len(values), dtype=bool)
    numbers = values.to_numpy()
    return (
        (numbers < (-np.inf if spec.low is None else spec.low))
        | (numbers > (np.inf if spec.high is None else spec.high))
        | (numbers <= (-np.inf if spec.above is None else spec.above))
    )


def _unfit(spec: ColumnSpec, text: str, *, is_misread: bool) -> Message:
    """Return what is wrong with a cell, misread or out of its range, and what was expected."""
    found = {"column": spec.name, "value": shortened(text)}
    if spec.is_id:
        return Message("cell.shortened", **found)
    if spec.name == "type":
        contact = canonical_type(text) == CONTACTED
        return Message("cell.contact" if contact else "cell.not_type", **found)
    if spec.type == "integer":
        words = tuple(f"{number} {word}" for number, word in enumerate(spec.choices, 1))
        return Message("cell.not_one_of", **found, choices=words or ("+1", "-1"), meant=None)
    if spec.choices:
        meant = did_you_mean(text, VALUE_NAMES[spec.name], 0.7)
        return Message("cell.not_one_of", **found, choices=spec.choices, meant=meant)
    if spec.type != "number" or is_misread:
        what = remedy(text, spec.type)
        if what is None and spec.type != "number":
            what = Message(f"remedy.{spec.type}")
        return Message(f"cell.not_{spec.type}", **found, remedy=what)
    if _is_tiny(text, spec):
        return Message("cell.tiny", **found, low=f"{spec.low:g}")
    if spec.above is not None:
        return Message("cell.not_above", **found, above=spec.above, high=spec.high)
    if spec.high is None:
        return Message("cell.below", **found, low=spec.low)
    return Message("cell.not_between", **found, low=spec.low, high=spec.high)


def _is_tiny(text: str, spec: ColumnSpec) -> bool:
    """Return whether a number is above the bound that must be exceeded, but too little to use."""
    if spec.above is None or spec.low is None:
        return False
    try:
        return spec.above < float(text) < spec.low
    except ValueError:  # written in another notation
        return False


def _read_extra(cells: Cells, name: str, stored: ColumnType | None, log: ProblemLog) -> pd.Series:
    column, numbers = cells.column(name), cells.numbers(name)
    type = stored or cells.declared_type(name)
    if type is None:
        marks = cells.marked(name) if cells.notation == PLAIN else None
        type = parsing.infer_type(column, marks, numbers)
        if type == "text":
            note_deciding_cell(cells, name, log)
    if type == "text":
        return parsing.parse_text(cells.text(name))
    parsed = parsing.parse_extra(numbers if type in parsing.NUMERIC else column, type)

    def unfit(row: int) -> Message:
        text = column[row].as_py()
        return Message(
            "cell.not_stored_type" if stored else "cell.not_declared_type",
            column=shortened(name),
            value=shortened(text),
            type=Message(f"value_type.{type}"),
            remedy=remedy(text, type),
        )

    cells.report(parsed.bad, unfit, log)
    return parsed.values


def _markets_as_read(cells: Cells, columns: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Return the columns that keep the names under which markets were read.

    A market given under another name than its own (referral, 经销商) keeps that name in
    `sub_market`, or in `market_as_read` where the file has a column `sub_market`.
    """
    as_read = parsing.parse_words(
        cells.column("market"), lambda text: text.strip() if is_market_alias(text) else None
    ).values
    given = cells.given("sub_market")
    kept: dict[str, pd.Series] = {}
    for name, rows in (("sub_market", ~given), ("market_as_read", given)):
        here = as_read.where(rows)
        if here.notna().any():
            before = columns.get(name)
            kept[name] = here if before is None else before.where(before.notna(), here)
    return kept
