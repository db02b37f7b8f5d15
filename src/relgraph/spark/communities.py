"""Communities on Spark by label propagation: each node takes the label that its ties favour.

Raghavan, Albert and Kumara 2007, doi 10.1103/PhysRevE.76.036106. Half of the nodes move in each
sweep, as else neighbours exchange their labels for ever.
"""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from relgraph.progress import Progress
from relgraph.spark.components import numbered
from relgraph.spark.session import kept

SWEEPS = 12


def label_propagation(
    arcs: DataFrame, nodes: DataFrame, sweeps: int, progress: Progress
) -> DataFrame:
    """Return `key`, `community` and `size`, numbered from 1 by falling size, then smallest id."""
    turned = arcs.selectExpr("dst AS src", "src AS dst", "strength")
    around = kept(
        arcs.select("src", "dst", "strength")
        .unionByName(turned)
        .groupBy("src", "dst")
        .agg(F.sum("strength").alias("strength"))
    )
    labels = kept(nodes.selectExpr("key", "id", "key AS label"))
    progress.start("progress.spark_communities", sweeps)
    for sweep in range(sweeps):
        favoured = (
            around.join(labels.selectExpr("key AS dst", "label"), "dst")
            .groupBy("src", "label")
            .agg(F.sum("strength").alias("pull"))
            .groupBy("src")
            .agg(F.max_by("label", F.struct("pull", F.xxhash64("label"))).alias("favoured"))
        )
        moves = (F.xxhash64("key", F.lit(sweep // 2)) + F.lit(sweep)) % 2 == 0
        labels = kept(
            labels.join(favoured.withColumnRenamed("src", "key"), "key", "left").select(
                "key", "id", F.coalesce(F.when(moves, F.col("favoured")), "label").alias("label")
            )
        )
        progress.advance()
    progress.finish()
    return numbered(labels, "community")
