"""Degrees and PageRank on Spark, as `relgraph.analysis.centrality` defines them."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from relgraph import assumptions
from relgraph.errors import MeasureError
from relgraph.progress import Progress
from relgraph.spark.arcs import symmetric
from relgraph.spark.session import kept

TOLERANCE = 1e-6  # whose error, 5.7e-6, is far below what tells two ranks apart
DEGREES = ("degree", "in_degree", "out_degree", "weighted_degree")
MEASURES = (*DEGREES, "pagerank")


def degrees(arcs: DataFrame, nodes: DataFrame) -> DataFrame:
    """Return `key` and the four degrees; a node without ties has 0."""
    outward = arcs.groupBy("src").agg(
        *_counted("out_degree"), _sum("strength - both_ways", "outward")
    )
    inward = arcs.groupBy("dst").agg(*_counted("in_degree"), _sum("strength", "inward"))
    around = symmetric(arcs).groupBy("src").agg(*_counted("degree"))
    keys = nodes.select("key")
    for found, end in ((outward, "src"), (inward, "dst"), (around, "src")):
        keys = keys.join(found.withColumnRenamed(end, "key"), "key", "left")
    return keys.na.fill(0).selectExpr(
        "key", "degree", "in_degree", "out_degree", "outward + inward AS weighted_degree"
    )


def pagerank(
    arcs: DataFrame,
    nodes: DataFrame,
    n: int,
    damping: float,
    tolerance: float,
    progress: Progress,
) -> DataFrame:
    """Return `key` and `pagerank`, swept until the ranks change by less than the tolerance."""
    totals = arcs.groupBy("src").agg(_sum("strength", "total"))
    shares = kept(arcs.join(totals, "src").selectExpr("src", "dst", "strength / total AS share"))
    ends = nodes.select("key").join(
        totals.selectExpr("src AS key", "true AS follows"), "key", "left"
    )
    ranks = kept(
        ends.selectExpr("key", "coalesce(follows, false) AS follows").withColumns(
            {"rank": F.lit(1.0 / max(1, n)), "before": F.lit(0.0)}
        )
    )
    progress.start("progress.spark_pagerank")
    for _ in range(int(assumptions.SWEEPS)):
        stuck, change = ranks.selectExpr(
            "sum(if(follows, 0D, rank))", "sum(abs(rank - before))"
        ).first()
        if change is None or change < tolerance:
            progress.finish()
            return ranks.selectExpr("key", "rank AS pagerank")
        everywhere = (1 - damping + damping * stuck) / n
        told = (
            shares.join(ranks.selectExpr("key AS src", "rank"), "src")
            .groupBy("dst")
            .agg(_sum("share * rank", "told"))
        )
        ranks = kept(
            ranks.join(told.withColumnRenamed("dst", "key"), "key", "left").select(
                "key",
                "follows",
                (everywhere + damping * F.coalesce("told", F.lit(0.0))).alias("rank"),
                F.col("rank").alias("before"),
            )
        )
        progress.advance()
    raise MeasureError("measure.no_convergence", measure="pagerank", sizes=n)


def _counted(name: str) -> list[object]:
    return [F.count("*").alias(name)]


def _sum(expression: str, name: str) -> object:
    return F.sum(F.expr(expression)).alias(name)
