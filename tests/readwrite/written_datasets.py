"""Datasets made by hand for the tests of the writers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from pandas.api.types import pandas_dtype

from relgraph.dataset import DTYPES, Dataset
from relgraph.model import ColumnType

HOSTILE = [
    "two\nlines",
    "two\r\nlines",
    "carriage\rreturn",
    '"quoted", comma; tab\t.',
    " spaces at both ends ",
    "王伟 😀 שלום مرحبا",
    "=1+1",
    "@SUM(A1)",
    "<&>]]>'\"",
    "007",
    "1e5",
    "true",
    "2024-01-01",
    "NULL",
    "NA",
    "_x0041_",
    "\ufeffbom",
    "\u202ertl",
]


def naughty_strings() -> list[str]:
    """Return the strings that a store can hold: not empty, no NUL."""
    path = Path(__file__).parents[1] / "data" / "naughty_strings" / "blns.json"
    return [text for text in dict.fromkeys(json.loads(path.read_text("utf-8"))) if text]


def column(kind: ColumnType, values: Sequence[object]) -> pd.Series:
    """Return a column of a canonical type."""
    return pd.Series(list(values), dtype="object").astype(pandas_dtype(DTYPES[kind]))


def stakeholders_named(names: Sequence[str]) -> Dataset:
    """Return stakeholders with these names and with ids in their order."""
    ids = [f"s{number:04}" for number in range(len(names))]
    frame = pd.DataFrame(
        {
            "id": column("text", ids),
            "name": column("text", names),
            "market": column("text", ["customer"] * len(names)),
        }
    )
    return Dataset(stakeholders=frame)


def every_type() -> Dataset:
    """Return a dataset with every type of column, gaps, and ties in parallel."""
    stakeholders = pd.DataFrame(
        {
            "paid": column("boolean", [True, None, False]),
            "market": column("text", ["firm", "customer", "customer"]),
            "visits": column("integer", [None, 2**53 + 1, -3]),
            "nothing": column("text", [None, None, None]),
            "id": column("text", ["firm", "b", "a"]),
            "name": column("text", ["Firm", "Ben, “B”", "Ann"]),
            "margin": column("number", [None, 0.1 + 0.2, -40.0]),
            "left_on": column("date", [None, "2028-02-29", None]),
            "seen": column("time", ["2024-01-02T03:04:05Z", "2024-01-02T03:04:05.678Z", None]),
        }
    )
    relationships = pd.DataFrame(
        {
            "source": column("text", ["b", "a", "a"]),
            "target": column("text", ["firm", "b", "b"]),
            "type": column("text", ["BUYS_FROM", "REFERS", "KNOWS"]),
            "level": column("integer", [5, None, 1]),
            "strength": column("number", [None, 1.0, 0.25]),
            "value": column("text", ["much", None, None]),
        }
    )
    interactions = pd.DataFrame(
        {
            "source": column("text", ["a", "a", "a"]),
            "target": column("text", ["b", "b", "b"]),
            "at": column("time", ["2024-05-06T07:08:09.000001Z"] * 2 + ["2024-05-06"]),
            "channel": column("text", ["email", "email", None]),
            "value": column("number", [2.0, 1.0, None]),
            "occurrence": column("integer", [1, 0, 0]),
        }
    )
    return Dataset(stakeholders, relationships, interactions)
