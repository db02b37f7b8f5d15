"""Ranked rows: order, ties, missing values, rounding."""

from __future__ import annotations

import numpy as np

from relgraph.analysis.ranking.rows import ranked
from relgraph.network import text_array
from relgraph.result import Result


def rank(ids: str, values: list[float]) -> Result:
    return ranked({"id": text_array(ids), "value": np.array(values)}, "value")


def test_equal_values_share_a_rank_and_go_by_id() -> None:
    result = rank("dcba", [1, 2, 3, 2])
    assert result["id"].tolist() == list("bacd")
    assert result["rank"].tolist() == [1, 2, 2, 4]
    assert result["value"].tolist() == [3, 2, 2, 1]


def test_missing_values_come_last_without_a_rank() -> None:
    result = rank("dcba", [np.nan, 2, np.nan, -1])
    assert result["id"].tolist() == ["c", "a", "b", "d"]
    assert result["rank"].tolist() == [1, 2, None, None]


def test_values_that_differ_by_rounding_are_one_value() -> None:
    total = 0.1 + 0.2
    assert total != 0.3
    result = rank("ba", [total, 0.3])
    assert result["id"].tolist() == ["a", "b"]
    assert result["rank"].tolist() == [1, 1]
    assert result["value"].tolist() == [total, total]


def test_values_that_differ_by_more_are_not() -> None:
    assert rank("ba", [1 + 1e-10, 1.0])["rank"].tolist() == [1, 2]
    assert rank("ba", [1e-300, 0.0])["rank"].tolist() == [1, 2]


def test_infinite_values_rank_first_and_last() -> None:
    result = rank("abcd", [np.inf, -np.inf, 0.0, np.inf])
    assert result["id"].tolist() == ["a", "d", "c", "b"]
    assert result["rank"].tolist() == [1, 1, 3, 4]


def test_no_rows() -> None:
    assert list(rank("", []).rows()) == []


def test_other_columns_follow() -> None:
    columns = {"id": text_array("ab"), "size": np.array([5, 7]), "value": np.array([1.0, 2.0])}
    result = ranked(columns, "value")
    assert list(result.columns) == ["rank", "id", "size", "value"]
    assert result["size"].tolist() == [7, 5]
