"""What is wrong with the data is told, with how often and examples."""

from __future__ import annotations

from typing import Any

import pytest

from relgraph.errors import InvalidInput, UsageError
from relgraph.spark import read_graph, read_tables
from relgraph.spark.checks import check_stakeholders

PEOPLE = "id STRING, name STRING, market STRING, left_on STRING"
TIES = "source STRING, target STRING, type STRING, strength STRING"
CONTACTS = "source STRING, target STRING, at STRING"


def read(spark: Any, people: list[Any], ties: list[Any]) -> Any:
    return read_graph(
        spark, spark.createDataFrame(people, PEOPLE), spark.createDataFrame(ties, TIES)
    )


def said(found: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [str(problem) for problem in found.value.problems]


def test_ids_and_cells_of_stakeholders(spark: Any) -> None:
    people = [
        *(("a", "A", "customer", ""), ("a", "A", "supplier", ""), ("b", "B", "customer", "soon")),
        ("", "C", "customer", None),
    ]
    with pytest.raises(InvalidInput) as found:
        read(spark, people, [])
    assert said(found) == [
        "stakeholders: 1 row has no id",
        "stakeholders: 1 id stands on several rows, such as a",
        "stakeholders: 1 cell can't be read as what the column holds, such as left_on = soon",
    ]


def test_ids_of_the_same_hash(spark: Any) -> None:
    rows = [(7, "a", None), (7, "b", None), (8, "c", None)]
    nodes = spark.createDataFrame(rows, "key BIGINT, id STRING, unread STRING")
    with pytest.raises(InvalidInput) as found:
        check_stakeholders(nodes)
    assert said(found) == [
        "stakeholders: 1 pair of ids have the same 64-bit hash, so they can't be told apart; "
        "change one of a = b"
    ]


def test_ends_and_values_of_relationships(spark: Any) -> None:
    people = [("a", "A", "customer", ""), ("b", "B", "customer", "")]
    ties = [
        *(("a", "x", "KNOWS", ""), ("y", "b", "KNOWS", "0.5"), ("y", "a", "REFERS", "1")),
        *(("a", "b", "REFERS", "2"), ("b", "a", "REFERS", "much")),
    ]
    with pytest.raises(InvalidInput) as found:
        read(spark, people, ties)
    assert said(found) == [
        "relationships: 2 rows have an end that is no stakeholder, such as y",
        "relationships: 1 row has an end that is no stakeholder, such as x",
        "relationships: 1 strength is not above 0 and at most 1, such as a REFERS b 2.0",
        "relationships: 1 cell can't be read as what the column holds, such as strength = much",
    ]


def test_a_relationship_stands_twice_only_with_the_same_values(spark: Any) -> None:
    people = [("a", "A", "customer", ""), ("b", "B", "customer", "")]
    same = ("a", "b", "REFERS", "0.5")
    assert read(spark, people, [same, same]).m == 1
    with pytest.raises(InvalidInput) as found:
        read(spark, people, [same, ("a", "b", "REFERS", "0.6")])
    assert said(found) == [
        "relationships: 1 relationship stands on several rows with other values, such as a REFERS b"
    ]


def test_ends_and_times_of_contacts(spark: Any) -> None:
    graph = read(spark, [("a", "A", "customer", ""), ("b", "B", "customer", "")], [])
    contacts = [("a", "x", "2026-01-01"), ("a", "b", ""), ("a", "b", "noon")]
    with pytest.raises(InvalidInput) as found:
        graph.strength(spark.createDataFrame(contacts, CONTACTS))
    assert said(found) == [
        "interactions: 1 row has an end that is no stakeholder, such as x",
        "interactions: 1 row has no time, such as a b",
        "interactions: 1 cell can't be read as what the column holds, such as at = noon",
    ]


def test_a_column_and_a_table_that_are_missing(spark: Any, tmp_path: Any) -> None:
    people = spark.createDataFrame([("a",)], "id STRING")
    with pytest.raises(InvalidInput, match="the column name is missing"):
        read_graph(spark, people, people)
    with pytest.raises(UsageError, match="has no stakeholders: neither"):
        read_tables(spark, str(tmp_path))
