"""Reach on Spark: how many others a node reaches in so many hops, by HyperLogLog sketches.

A node's sketch of h + 1 hops is the union of its own and those of h hops of whom it points at.
Flajolet, Fusy, Gandouet and Meunier 2007; Boldi and Vigna 2013, "In-core computation of geometric
centralities with HyperBall", doi 10.1109/ICDMW.2013.10.
"""

from __future__ import annotations

import math

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from relgraph.progress import Progress
from relgraph.spark.session import kept

LEAST_BITS, MOST_BITS = 4, 21
USUAL_BITS = 8
# A sketch of 2^16 registers holds up to 6,144 members as a list, which is exact.
EXACT_UP_TO, EXACT_BITS = 6000, 16


def sketch_bits(n: int, error: float | None) -> int:
    """Return b of sketches with 2^b registers, whose standard error is 1.04/√2^b."""
    if error is None:
        return EXACT_BITS if n <= EXACT_UP_TO else USUAL_BITS
    bits = math.ceil(2 * math.log2(1.04 / error))
    return max(LEAST_BITS, min(MOST_BITS, bits))


def reached(
    arcs: DataFrame,
    nodes: DataFrame,
    n: int,
    hops: int,
    error: float | None,
    progress: Progress,
) -> DataFrame:
    """Return `key, hop, reached, reached_std_error`, the node itself not counted."""
    if hops == 1:
        found = arcs.groupBy("src").agg(F.count("*").alias("reached"))
        bits, exact = 0, True
    else:
        bits = sketch_bits(n, error)
        exact = n <= EXACT_UP_TO and bits >= EXACT_BITS
        sketches = _sketched(arcs, nodes, hops, bits, progress)
        count = F.greatest(F.hll_sketch_estimate("sketch") - 1, F.lit(0))
        found = sketches.select(F.col("key").alias("src"), count.alias("reached"))
    relative = 0.0 if exact else 1.04 / math.sqrt(1 << bits)
    figure = F.coalesce("reached", F.lit(0)).cast("bigint")
    return (
        nodes.select("key")
        .join(found.withColumnRenamed("src", "key"), "key", "left")
        .select(
            "key",
            F.lit(hops).cast("bigint").alias("hop"),
            figure.alias("reached"),
            (figure * relative).alias("reached_std_error"),
        )
    )


def _sketched(
    arcs: DataFrame, nodes: DataFrame, hops: int, bits: int, progress: Progress
) -> DataFrame:
    """Return `key` and the sketch of all within so many hops, the node itself too."""
    near = arcs.select(F.col("src").alias("key"), F.col("dst").alias("member")).unionByName(
        nodes.select("key", F.col("key").alias("member"))
    )
    progress.start("progress.spark_reach", hops)
    sketches = kept(near.groupBy("key").agg(F.hll_sketch_agg("member", bits).alias("sketch")))
    progress.advance()
    for _ in range(hops - 1):
        told = arcs.select("src", "dst").join(sketches.withColumnRenamed("key", "dst"), "dst")
        joined = sketches.unionByName(told.select(F.col("src").alias("key"), "sketch"))
        sketches = kept(joined.groupBy("key").agg(F.hll_union_agg("sketch").alias("sketch")))
        progress.advance()
    progress.finish()
    return sketches
