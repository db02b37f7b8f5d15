"""Components on Spark: large-star and small-star in turn, few rounds whatever the diameter.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii 2014, "Connected components in MapReduce and
beyond", doi 10.1145/2670979.2670997.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from relgraph.progress import Progress
from relgraph.spark.session import kept


def components(arcs: DataFrame, nodes: DataFrame, progress: Progress) -> DataFrame:
    """Return `key`, `component` and `size`: numbers from 1 by falling size, then smallest id."""
    roots = _roots(arcs, progress)
    labelled = nodes.select("key", "id").join(roots, "key", "left")
    return numbered(labelled.selectExpr("key", "id", "coalesce(root, key) AS label"), "component")


def numbered(labelled: DataFrame, name: str) -> DataFrame:
    """Return `key`, the number of its group under a name, and `size`.

    Parameters
    ----------
    labelled : DataFrame
        `key`, `id` and `label`, the same for all of a group.
    name : str
        The column of the numbers.
    """
    groups = labelled.groupBy("label").agg(F.count("*").alias("size"), F.min("id").alias("first"))
    by_size = Window.orderBy(F.desc("size"), "first")
    numbers = groups.select("label", F.row_number().over(by_size).alias(name), "size")
    return labelled.join(numbers, "label").select("key", name, "size")


def _roots(arcs: DataFrame, progress: Progress) -> DataFrame:
    """Return `key` and `root`, the smallest key of its component, of all who have ties."""
    edges = kept(arcs.selectExpr("src AS u", "dst AS v"))
    last = None
    progress.start("progress.spark_components")
    while True:
        edges = kept(_small_star(_large_star(edges)))
        state = tuple(edges.selectExpr("count(*)", "bit_xor(xxhash64(u, v))").first())
        if state == last:
            progress.finish()
            return edges.selectExpr("u AS key", "v AS root")
        last = state
        progress.advance()


def _large_star(edges: DataFrame) -> DataFrame:
    """Tie every larger neighbour of a node to the smallest of its neighbours and itself."""
    around = edges.unionByName(edges.selectExpr("v AS u", "u AS v"))
    smallest = around.groupBy("u").agg(F.min("v").alias("least"))
    return (
        around.join(smallest, "u")
        .where("v > u")
        .selectExpr("v AS u", "least(u, least) AS v")
        .distinct()
    )


def _small_star(edges: DataFrame) -> DataFrame:
    """Tie a node and its smaller neighbours to the smallest of them; `u` is the larger end."""
    smallest = edges.groupBy("u").agg(F.min("v").alias("least"))
    others = edges.join(smallest, "u").where("v > least").selectExpr("v AS u", "least AS v")
    return others.unionByName(smallest.selectExpr("u", "least AS v")).distinct()
