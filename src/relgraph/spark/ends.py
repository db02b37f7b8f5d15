"""The two ends of rows, by the hashes of their ids."""

from __future__ import annotations

from pyspark.sql import DataFrame


def with_ends(rows: DataFrame, everyone: DataFrame) -> DataFrame:
    """Return rows with the market of each end, and whether it is taken; empty for unknown ones."""
    for end, key in (("source", "src"), ("target", "dst")):
        ends = everyone.selectExpr(
            f"key AS {key}", f"market AS {end}_market", f"kept AS {end}_kept"
        )
        rows = rows.join(ends, key, "left")
    return rows
