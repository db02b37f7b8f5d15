"""Checks of what was read: ids, ends and values; a mistake is told with how often and examples."""

from __future__ import annotations

from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from relgraph.errors import InvalidInput, Problem
from relgraph.messages import Message


class _Check(NamedTuple):
    """What is wrong with some rows: its sentence, which rows, and how one is named."""

    key: str
    wrong: Column
    example: Column


def check_stakeholders(nodes: DataFrame) -> None:
    """Refuse ids that are missing, stand twice, or have the same hash, and unread cells.

    Parameters
    ----------
    nodes : DataFrame
        With `key`, the hash of `id`, and `unread`.
    """
    by_key = nodes.groupBy("key").agg(
        F.count("id").alias("rows"),
        F.count_if(F.col("id").isNull()).alias("without"),
        F.min("id").alias("one"),
        F.max("id").alias("other"),
        F.max("unread").alias("unread"),
    )
    several, without = F.col("rows") > 1, F.col("without") > 0
    same = F.col("one") == F.col("other")
    both = F.concat_ws(" = ", "one", "other")
    _refuse(
        by_key,
        "stakeholders",
        _Check("spark.no_id", without, F.col("without").cast("string")),
        _Check("spark.ids_repeat", several & same, F.col("one")),
        _Check("spark.ids_collide", several & ~same, both),
        _unread(),
    )


def check_relationships(rows: DataFrame) -> None:
    """Refuse ends that are no stakeholder, strengths out of range, and unread cells.

    Parameters
    ----------
    rows : DataFrame
        With `source`, `target`, `unread`, and `source_kept` and `target_kept`, empty for those
        that no stakeholder has.
    """
    strength = F.col("strength")
    tie = F.concat_ws(" ", "source", "type", "target", strength.cast("string"))
    untyped = F.col("type").isNull()
    _refuse(
        rows,
        "relationships",
        *_unknown_ends(),
        _Check("spark.no_type", untyped, tie),
        _Check("spark.bad_strength", (strength <= 0) | (strength > 1), tie),
        _unread(),
    )


def check_interactions(rows: DataFrame) -> None:
    """Refuse ends that are no stakeholder, missing times, and unread cells."""
    ends = F.concat_ws(" ", "source", "target")
    untimed = F.col("at").isNull() & F.col("unread").isNull()
    undated = _Check("spark.no_time", untimed, ends)
    _refuse(rows, "interactions", *_unknown_ends(), undated, _unread())


def check_repeats(merged: DataFrame) -> None:
    """Refuse relationships that stand on several rows with other values, as `differ` tells."""
    tie = F.concat_ws(" ", "source", "type", "target")
    _refuse(merged, "relationships", _Check("spark.ties_repeat", F.col("differ"), tie))


def _unknown_ends() -> list[_Check]:
    return [
        _Check("spark.unknown_ends", F.col(f"{end}_kept").isNull(), F.coalesce(end, F.lit("")))
        for end in ("source", "target")
    ]


def _unread() -> _Check:
    cell = F.col("unread")
    return _Check("spark.unread", cell.isNotNull(), cell)


def _refuse(rows: DataFrame, table: str, *checks: _Check) -> None:
    """Refuse rows that are wrong, all checks in one pass."""
    figures = []
    for _, wrong, example in checks:
        named = F.when(wrong, example)
        figures += [F.count_if(wrong), F.min(named), F.max(named)]
    found = tuple(rows.agg(*figures).first())
    problems = []
    for place, check in enumerate(checks):
        count, *examples = found[3 * place : 3 * place + 3]
        if count:
            named = tuple(dict.fromkeys(examples))
            problems.append(Problem(Message(check.key, count=count, examples=named), table))
    if problems:
        raise InvalidInput(problems)
