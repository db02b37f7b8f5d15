"""Projection on Spark: what a `Projection` takes, by the rules of `relgraph.network`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from relgraph import assumptions
from relgraph.messages import Message, Note
from relgraph.model import (
    CONTACTED,
    FIRM,
    PARTNERSHIP_COMPONENTS,
    RELATIONSHIP_TYPES,
    RelationshipType,
)
from relgraph.network.projection import looked_at
from relgraph.network.strengths import LIKE
from relgraph.progress import SILENT, Progress
from relgraph.settings import DROP, MEDIAN, Projection, parse_moment
from relgraph.spark.arcs import arcs_of, symmetric
from relgraph.spark.checks import check_relationships, check_repeats, check_stakeholders
from relgraph.spark.ends import with_ends
from relgraph.spark.graph import SparkGraph
from relgraph.spark.session import kept
from relgraph.spark.sources import typed

_STEPS = 5


def read_graph(
    spark: SparkSession,
    stakeholders: DataFrame,
    relationships: DataFrame,
    projection: Projection | None = None,
    *,
    as_of: datetime | str | None = None,
    kinds: Mapping[str, RelationshipType] = RELATIONSHIP_TYPES,
    progress: Progress = SILENT,
) -> SparkGraph:
    """Check stakeholders and relationships, and project them onto a network on Spark.

    Parameters
    ----------
    spark : SparkSession
        A session, of Spark Connect too.
    stakeholders, relationships : DataFrame
        With the names of `relgraph export`'s columns; text is read as CSV's cells are.
    projection : Projection, optional
        What to take; the default network for None.
    as_of : datetime or str, optional
        The moment that is looked at; today for None.
    kinds : mapping of str to RelationshipType
        The types whose meaning is known.
    progress : Progress
        Reports the steps.

    Raises
    ------
    InvalidInput
        Ids or relationships stand twice, two ids have the same hash, an end is no stakeholder, or
        a value can't be read; with how many and examples.
    """
    projection = projection or Projection()
    moment = parse_moment(as_of, "as_of") if as_of is not None else None
    day = looked_at(moment).item()
    progress.start("progress.spark_reading", _STEPS)
    everyone = _stakeholders(stakeholders, projection, day)
    check_stakeholders(everyone)
    progress.advance()
    rows = _rows(relationships, everyone, projection, kinds, day)
    check_relationships(rows)
    progress.advance()
    ties = _merged(rows, kinds)
    check_repeats(ties)
    progress.advance()
    ties = kept(_with_usual(ties, projection, kinds))
    progress.advance()
    notes = [*_date_notes(everyone, rows), *_left_out_notes(ties, projection)]
    counted, assumed = _fill(ties, projection)
    arcs = arcs_of(ties.withColumn("counted", counted).where("taken AND counted IS NOT NULL"))
    if not projection.weighted:
        arcs = arcs.selectExpr(
            "src", "dst", "1D AS strength", "IF(both_ways > 0, 1D, 0D) AS both_ways", "sign"
        )
    arcs = kept(symmetric(arcs) if projection.undirected else arcs)
    progress.finish()
    return SparkGraph(
        everyone=everyone,
        ties=ties.where("taken"),
        arcs=arcs,
        directed=not projection.undirected,
        notes=(*notes, *assumed),
        progress=progress,
        as_of=moment,
    )


def _stakeholders(frame: DataFrame, projection: Projection, day: Any) -> DataFrame:
    """Return everyone with the hash of the id, the status at a day, and whether they are taken."""
    left = F.coalesce(F.col("status") == "left", F.lit(False))
    still = left & F.coalesce(F.col("left_on") > F.lit(day), F.lit(False))
    gone = F.col("status").isNull() & F.coalesce(F.col("left_on") <= F.lit(day), F.lit(False))
    status = F.when(still, "active").when(gone, "left").otherwise(F.col("status"))
    taken = F.lit(True)
    if not projection.include_left:
        taken &= F.coalesce(F.col("status") != "left", F.lit(True))
    if projection.without_firm:
        taken &= F.coalesce(F.col("market") != FIRM, F.lit(True))
    if projection.within:
        taken &= F.coalesce(F.col("market").isin(*projection.within), F.lit(False))
    frame = typed(frame, "stakeholders").withColumn("still", still).withColumn("status", status)
    return kept(frame.withColumns({"key": F.xxhash64("id"), "kept": taken}))


def _rows(
    frame: DataFrame,
    everyone: DataFrame,
    projection: Projection,
    kinds: Mapping[str, RelationshipType],
    day: Any,
) -> DataFrame:
    """Return the rows of the types in question, each with what is known of its ends."""
    hostile = [kind.name for kind in kinds.values() if kind.sign < 0]
    types = projection.types
    wanted = F.col("type").isin(*types) if types is not None else F.col("type") != CONTACTED
    ended = F.coalesce(F.col("until") < F.lit(day), F.lit(False))
    to_come = F.coalesce(F.col("since") > F.lit(day), F.lit(False)) & ~ended
    usual_sign = F.when(F.col("type").isin(*hostile), -1).otherwise(1)
    rows = typed(frame, "relationships").where(F.coalesce(wanted, F.lit(True)))
    rows = rows.withColumns(
        {
            "src": F.xxhash64("source"),
            "dst": F.xxhash64("target"),
            "sign": F.coalesce("sign", usual_sign),
            "ended": ended,
            "to_come": to_come,
        }
    ).drop("since", "until")
    return kept(with_ends(rows, everyone))


def _merged(rows: DataFrame, kinds: Mapping[str, RelationshipType]) -> DataFrame:
    """Return the ties that hold, the rows (a, T, b), (b, T, a) of a both-ways type as one.

    It is the row with the larger strength; `forth` tells whether the source's id comes first.
    """
    names = [kind.name for kind in kinds.values() if kind.both_ways]
    both = F.col("type").isin(*names)
    forth = F.col("source") < F.col("target")
    turned = both & ~forth
    rows = rows.where("NOT ended AND NOT to_come").withColumns({"both": both, "forth": forth})
    values = ("src", "dst", "source", "target", "forth", "both", "strength", "sign")
    ends = ("source_market", "target_market", "source_kept", "target_kept")
    row = F.struct(*values, *ends, *PARTNERSHIP_COMPONENTS)
    first = F.struct(F.coalesce("strength", F.lit(0.0)), F.col("forth"))
    merged = rows.groupBy(
        "type",
        F.when(turned, F.col("dst")).otherwise(F.col("src")).alias("low"),
        F.when(turned, F.col("src")).otherwise(F.col("dst")).alias("high"),
    ).agg(
        F.max_by(row, first).alias("row"),
        (_differ(F.col("forth")) | _differ(~F.col("forth"))).alias("differ"),
    )
    return kept(merged.select("type", "row.*", "differ"))


def _differ(some: Column) -> Column:
    """Return the aggregate whether rows of one direction, which should be one, differ."""
    values = F.when(some, F.xxhash64("strength", "sign", *PARTNERSHIP_COMPONENTS))
    return F.coalesce(F.min(values) != F.max(values), F.lit(False))


def _with_usual(
    ties: DataFrame, projection: Projection, kinds: Mapping[str, RelationshipType]
) -> DataFrame:
    """Return ties with whether they are taken, and `usual`, the median strength of those alike."""
    if projection.types is None:
        others = [kind.name for kind in kinds.values() if not kind.default]
        wanted = ~F.col("type").isin(*others)
    else:
        wanted = F.col("type").isin(*projection.types)
    loop = F.col("src") == F.col("dst")
    friendly = F.lit(True) if projection.include_hostile else F.col("sign") > 0
    inside = F.col("source_kept") & F.col("target_kept")
    ties = ties.drop("source", "target", "differ").withColumns(
        {
            "loop": loop,
            "wanted": wanted & inside,
            "taken": wanted & inside & ~loop & friendly,
            "one": F.least("source_market", "target_market"),
            "other": F.greatest("source_market", "target_market"),
            "hostile": F.col("sign") < 0,
        }
    )
    known = ties.where("strength IS NOT NULL AND NOT loop")
    for name, alike in (("by_market", ["one", "other"]), ("by_type", [])):
        groups = ["type", "hostile", *alike]
        medians = known.groupBy(*groups).agg(F.median("strength").alias(name))
        ties = ties.join(F.broadcast(medians), groups, "left")
    return ties.drop("one", "other")


def _date_notes(everyone: DataFrame, rows: DataFrame) -> list[Note]:
    ended, to_come = rows.selectExpr("count_if(ended)", "count_if(to_come)").first()
    (still,) = everyone.selectExpr("count_if(still)").first()
    return [
        *([Note("ties.ended", count=ended)] if ended else ()),
        *([Note("ties.to_come", count=to_come)] if to_come else ()),
        *([Note("stakeholders.still_there", count=still)] if still else ()),
    ]


def _left_out_notes(ties: DataFrame, projection: Projection) -> list[Note]:
    loops, hostile = ties.selectExpr(
        "count_if(wanted AND loop)", "count_if(wanted AND NOT loop AND hostile)"
    ).first()
    notes = [Note("self_loops", count=loops)] if loops else []
    if hostile and projection.include_hostile:
        notes.append(Note("ties.hostile_too", count=hostile))
    elif hostile:
        notes.append(Note("ties.hostile", count=hostile))
    return notes


def _fill(ties: DataFrame, projection: Projection) -> tuple[Column, list[Note]]:
    """Return what each tie counts as, empty where it is dropped, and a note of how many are so."""
    rule, known = projection.missing_strength, F.col("strength")
    if rule != DROP and not projection.weighted:
        return F.lit(1.0), []
    total, missing, by_market, by_type = (
        ties.where("taken")
        .selectExpr(
            "count(*)",
            "count_if(strength IS NULL)",
            "count_if(strength IS NULL AND by_market IS NOT NULL)",
            "count_if(strength IS NULL AND by_market IS NULL AND by_type IS NOT NULL)",
        )
        .first()
    )
    counts: dict[str, Any] = {"missing": missing, "ties": total}
    if rule == DROP:
        counted = known if projection.weighted else F.when(known.isNotNull(), 1.0)
        return counted, [Note("strength.dropped", **counts)] if missing else []
    if rule != MEDIAN:
        filled, note = F.lit(float(rule)), Note("strength.missing", **counts, value=float(rule))
    elif missing == total:
        filled, note = F.lit(1.0), Note("strength.none", **counts)
    else:
        usual = assumptions.MISSING_STRENGTH
        filled = F.coalesce("by_market", "by_type", F.lit(usual))
        numbers = (by_market, by_type, missing - by_market - by_type)
        alike = tuple(
            Message(f"strength.like.{name}", count=count, usual=usual)
            for name, count in zip(LIKE, numbers, strict=True)
            if count
        )
        note = Note("strength.median", **counts, by=alike)
    return F.coalesce(known, filled), [note] if missing else []
