"""Results part by part, so that writing them can be resumed."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from relgraph.progress import Progress
from relgraph.spark.sources import readable

PART = "part"


def numbered_parts(results: DataFrame, parts: int) -> DataFrame:
    """Return results with the number of each row's part, by the hash of the first column."""
    return results.withColumn(PART, F.pmod(F.xxhash64(results.columns[0]), F.lit(parts)))


def write_parquet(
    numbered: DataFrame, folder: str, parts: int, progress: Progress, *, resume: bool
) -> int:
    """Write the parts as Parquet, a file each, so that one that is there is whole; return how many.

    Parameters
    ----------
    numbered : DataFrame
        With `PART`.
    folder : str
        What was there is replaced, unless a write is resumed.
    """
    written = readable(numbered.sparkSession.read.format("parquet"), folder) if resume else None
    there = {row[0] for row in written.select(PART).distinct().collect()} if written else set()
    done = 0
    for part in range(parts):
        if part not in there:
            mode = "dynamic" if there or done else "static"  # the first replaces all
            writer = numbered.where(F.col(PART) == part).coalesce(1).write.partitionBy(PART)
            writer.option("partitionOverwriteMode", mode).mode("overwrite").parquet(folder)
            done += 1
        progress.advance()
    return done
