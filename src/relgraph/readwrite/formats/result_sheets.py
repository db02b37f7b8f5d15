"""Rows of several results as the sheets of one workbook: numbers as numbers, all else as text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from relgraph.dataset import DTYPES
from relgraph.readwrite.formats.xlsx_writer import write_sheets
from relgraph.readwrite.formats.xml_text import with_escapes
from relgraph.result import Result


def write_result_sheets(sheets: Mapping[str, Result], path: Path) -> None:
    """Write results, each as the sheet of its name.

    Text is never a formula in a workbook of ours; what XML forbids is shown as escapes.
    """
    write_sheets({name: _frame(result) for name, result in sheets.items()}, path)


def _frame(result: Result) -> pd.DataFrame:
    columns = {
        with_escapes(name): _series(values.tolist(), values.dtype.kind)
        for name, values in result.columns.items()
    }
    return pd.DataFrame(columns, index=range(len(result)))


def _series(values: list[Any], kind: str) -> pd.Series:
    if kind == "i":
        return pd.Series(values, dtype=DTYPES["integer"])
    if kind == "f":
        known = [value if math.isfinite(value) else None for value in values]
        return pd.Series(known, dtype=DTYPES["number"])
    told = [None if value is None else with_escapes(str(value)) for value in values]
    return pd.Series(told, dtype=DTYPES["text"])
