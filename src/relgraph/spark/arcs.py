"""Arcs from ties: parallel ones merged to 1 − Π(1 − s), and both directions of a pair."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F


def both_directions(ties: DataFrame) -> DataFrame:
    """Return ties, and those that run both ways once more, turned."""
    turned = ties.where("both").withColumns(
        {"src": F.col("dst"), "dst": F.col("src"), "forth": ~F.col("forth")}
    )
    return ties.unionByName(turned)


def noisy_or(strength: Column) -> Column:
    """Return the aggregate 1 − Π(1 − s) of strengths, empty ones passed over.

    Exactly s for a single one, as `relgraph.network.columns.noisy_or` has it.
    """
    left = F.when(strength >= 1, F.lit(float("-inf"))).otherwise(F.log1p(-strength))
    merged = -F.expm1(F.sum(left))
    return F.when(F.count(strength) <= 1, F.max(strength)).otherwise(merged)


def arcs_of(ties: DataFrame) -> DataFrame:
    """Return the arcs `src, dst, strength, both_ways, sign` of ties, by what each `counted` as."""
    counted = F.col("counted")
    return (
        both_directions(ties)
        .groupBy("src", "dst")
        .agg(
            noisy_or(counted).alias("strength"),
            F.coalesce(noisy_or(F.when(F.col("both"), counted)), F.lit(0.0)).alias("both_ways"),
            F.max("sign").alias("sign"),
        )
    )


def symmetric(arcs: DataFrame) -> DataFrame:
    """Return arcs with their reverses, both at the larger of the two strengths."""
    turned = arcs.withColumns({"src": F.col("dst"), "dst": F.col("src")})
    largest = F.max("strength")
    return (
        arcs.unionByName(turned)
        .groupBy("src", "dst")
        .agg(largest.alias("strength"), largest.alias("both_ways"), F.max("sign").alias("sign"))
    )
