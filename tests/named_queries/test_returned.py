"""Rows of a store are levelled to the declared types, or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from relgraph.errors import QueryFailed
from relgraph.messages import Note
from relgraph.named_queries.returned import ReturnColumn, conform
from relgraph.result import Result
from tests.told import told


def objects(*values: Any) -> Any:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def level(kind: str, column: Any) -> Any:
    return conform("q", [ReturnColumn("x", kind)], Result({"x": column}))["x"]


@pytest.mark.parametrize(
    ("kind", "column", "values", "dtype"),
    [
        ("STRING", objects("a", None), ["a", None], "O"),
        ("INTEGER", np.array([1, 2]), [1, 2], "i"),
        ("INTEGER", np.array([1.0, 2.0]), [1, 2], "i"),
        ("INTEGER", np.array([1.0, np.nan]), [1, None], "O"),
        ("INTEGER", objects(2**60 + 1, None), [2**60 + 1, None], "O"),
        ("INTEGER", objects(None), [None], "O"),
        ("INTEGER", objects(), [], "i"),
        ("DOUBLE", np.array([1, 2]), [1.0, 2.0], "f"),
        ("DOUBLE", objects(1, 2.5), [1.0, 2.5], "f"),
        ("BOOLEAN", np.array([True]), [True], "b"),
        ("BOOLEAN", objects(True, None), [True, None], "O"),
        ("DATE", objects(date(2024, 5, 1), None), [date(2024, 5, 1), None], "O"),
        ("LIST", objects(["a"], None), [["a"], None], "O"),
        ("STRING", np.array([], dtype=np.float64), [], "O"),
    ],
)
def test_values_of_the_declared_type(kind: str, column: Any, values: list[Any], dtype: str) -> None:
    found = level(kind, column)
    assert found.tolist() == values
    assert found.dtype.kind == dtype


def test_missing_numbers_and_times() -> None:
    assert np.isnan(level("DOUBLE", objects(None, None))).all()
    assert np.isnat(level("DATETIME", objects(None))).all()
    assert level("DATETIME", np.array(["2024-05-01"], "datetime64[us]")).dtype.kind == "M"


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("STRING", np.array([1])),
        ("STRING", objects("a", 1)),
        ("INTEGER", np.array([1.5])),
        ("INTEGER", objects("1")),
        ("INTEGER", np.array([True])),
        ("DOUBLE", objects(True)),
        ("BOOLEAN", np.array([1])),
        ("DATE", objects("2024-05-01")),
        ("DATETIME", objects("2024-05-01")),
    ],
)
def test_values_of_another_type_are_an_error(kind: str, column: Any) -> None:
    with pytest.raises(
        QueryFailed, match=f"query q: column x has values that are not of type {kind}"
    ):
        level(kind, column)


def test_other_columns_are_an_error() -> None:
    with pytest.raises(QueryFailed, match=r"gave the columns y instead of x"):
        conform("q", [ReturnColumn("x", "STRING")], Result({"y": objects("a")}))


def test_notes_stay() -> None:
    result = Result({"x": objects("a")}, (Note("a note"),))
    assert told(conform("q", [ReturnColumn("x", "STRING")], result).notes) == ("a note",)
