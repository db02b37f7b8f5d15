"""Strength of partnerships on Spark: given, by the index of components, or by fading contacts.

The rules are those of `relgraph.analysis.partnerships`; here they are columns of a pair's two
directions, `forth` from the end whose id comes first and `back`.
"""

from __future__ import annotations

from datetime import datetime
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from relgraph import assumptions
from relgraph.model import PARTNERSHIP_BLOCKS, PARTNERSHIP_COMPONENTS
from relgraph.progress import Progress
from relgraph.settings import end_of_today
from relgraph.spark.arcs import both_directions, noisy_or
from relgraph.spark.checks import check_interactions
from relgraph.spark.ends import with_ends
from relgraph.spark.session import kept
from relgraph.spark.sources import typed

WAYS = ("forth", "back")
_DAY = 86_400_000_000  # microseconds
_BASES = ("none", "contact", "index", "given")
_ACTIVITY = tuple(f"activity_{way}" for way in WAYS)


def partnerships(
    everyone: DataFrame,
    ties: DataFrame,
    interactions: DataFrame | None,
    moment: datetime | None,
    saturation: float,
    progress: Progress,
) -> DataFrame:
    """Return a row for each pair with a tie or a contact; see `SparkGraph.strength`."""
    progress.start("progress.spark_strength", 2)
    pairs = _tied(ties)
    if interactions is not None:
        pairs = pairs.join(_contacted(everyone, interactions, moment), ["low", "high"], "full")
    else:
        pairs = pairs.withColumns({name: F.lit(0.0) for name in (*_ACTIVITY, "now", "before")})
    progress.advance()
    pairs = kept(pairs.na.fill(0, [*_ACTIVITY, "now", "before"]))
    for way, other in (WAYS, WAYS[::-1]):
        pairs = _with_index(pairs, way, other, saturation)
    pairs = kept(pairs)  # of all in one, Spark makes code that is too long to compile
    for way in WAYS:
        pairs = _with_strength(pairs, way)
    pairs = pairs.withColumn("basis", F.greatest("basis_forth", "basis_back"))
    for way in WAYS:
        pairs = pairs.withColumn(f"uses_{way}", F.col(f"basis_{way}") == F.col("basis"))
    rows = kept(_named(_combined(pairs), everyone))
    progress.finish()
    return rows


def _tied(ties: DataFrame) -> DataFrame:
    """Return what relationships say of each pair by way: given strength, mean components."""
    figures = []
    for way in WAYS:
        along = F.col("forth") if way == "forth" else ~F.col("forth")
        figures += [
            noisy_or(F.when(along, F.col("strength"))).alias(f"given_{way}"),
            F.count_if(along).alias(f"ties_{way}"),
            *(F.avg(F.when(along, F.col(c))).alias(f"{c}_{way}") for c in PARTNERSHIP_COMPONENTS),
        ]
    forth = F.col("forth")
    return (
        both_directions(ties)
        .groupBy(
            F.when(forth, F.col("src")).otherwise(F.col("dst")).alias("low"),
            F.when(forth, F.col("dst")).otherwise(F.col("src")).alias("high"),
        )
        .agg(*figures)
    )


def _contacted(everyone: DataFrame, interactions: DataFrame, moment: datetime | None) -> DataFrame:
    """Return what contacts say of each pair: activity by way, and how many there were lately."""
    rows = typed(interactions, "interactions").withColumns(
        {"src": F.xxhash64("source"), "dst": F.xxhash64("target")}
    )
    rows = kept(with_ends(rows, everyone))
    check_interactions(rows)
    rows = rows.where("source_kept AND target_kept AND src != dst")
    until = _micros(moment or end_of_today())
    at = F.unix_micros("at")
    rows = rows.where(at <= until)
    if moment is None:
        until = rows.agg(F.max(at)).first()[0] or until
    customer = (F.col("source_market") == "customer") | (F.col("target_market") == "customer")
    half_life = F.when(customer, assumptions.HALF_LIFE_CUSTOMER).otherwise(
        assumptions.HALF_LIFE_OTHER
    )
    periods = (F.lit(until) - at) / F.lit(float(_DAY)) / half_life
    forth = F.col("source") < F.col("target")
    faded = F.pow(F.lit(2.0), -F.col("periods"))
    return (
        rows.select(
            F.when(forth, F.col("src")).otherwise(F.col("dst")).alias("low"),
            F.when(forth, F.col("dst")).otherwise(F.col("src")).alias("high"),
            forth.alias("forth"),
            periods.alias("periods"),
        )
        .groupBy("low", "high")
        .agg(
            F.sum(F.when(F.col("forth"), faded)).alias("activity_forth"),
            F.sum(F.when(~F.col("forth"), faded)).alias("activity_back"),
            F.count_if(F.col("periods") < 1).alias("now"),
            F.count_if((F.col("periods") >= 1) & (F.col("periods") < 2)).alias("before"),
        )
    )


def _micros(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1)).total_seconds()) * 1_000_000 + moment.microsecond


def _with_index(pairs: DataFrame, way: str, other: str, saturation: float) -> DataFrame:
    """Return pairs with one direction's `contact` strength, `index` and its `coverage`."""
    here, there = F.col(f"activity_{way}"), F.col(f"activity_{other}")
    contact = F.when(here > 0, -F.expm1(-here / saturation))
    balance = F.when((here > 0) | (there > 0), F.least(here, there) / F.greatest(here, there))
    known = {name: F.col(f"{name}_{way}") for name in PARTNERSHIP_COMPONENTS}
    known["cooperation"] = F.coalesce(known["cooperation"], contact)
    known["two_way"] = F.coalesce(known["two_way"], balance)
    index, coverage = _index(known)
    return pairs.withColumns(
        {f"contact_{way}": contact, f"index_{way}": index, f"coverage_{way}": coverage}
    )


def _with_strength(pairs: DataFrame, way: str) -> DataFrame:
    """Return pairs with one direction's `strength` and `basis`, −1 where nothing joins them."""
    given, index, contact = (F.col(f"{name}_{way}") for name in ("given", "index", "contact"))
    linked = (F.coalesce(F.col(f"ties_{way}"), F.lit(0)) > 0) | contact.isNotNull()
    basis = F.when(given.isNotNull(), 3).when(index.isNotNull(), 2).when(contact.isNotNull(), 1)
    return pairs.withColumns(
        {
            f"strength_{way}": F.when(linked, F.coalesce(given, index, contact)),
            f"basis_{way}": F.when(linked, basis.otherwise(0)).otherwise(-1),
        }
    )


def _index(known: dict[str, Column]) -> tuple[Column, Column]:
    """Return the partnership index of components, empty below the least coverage, and that."""
    shares, blocks = [], []
    for block, names in PARTNERSHIP_BLOCKS.items():
        values = [F.greatest(known[name], F.lit(assumptions.ZERO_COMPONENT)) for name in names]
        values = [
            F.when(known[name].isNotNull(), value)
            for name, value in zip(names, values, strict=True)
        ]
        blocks.append(_mean(values, geometric=block == "mediators"))
        shares += [F.when(known[name].isNotNull(), 1 / (3 * len(names))) for name in names]
    zero = F.lit(0.0)
    coverage = reduce(lambda a, b: a + b, (F.coalesce(share, zero) for share in shares))
    mean = _mean(blocks, geometric=True)
    return F.when(coverage >= assumptions.MINIMUM_COVERAGE, mean), coverage


def _mean(values: list[Column], *, geometric: bool) -> Column:
    """Return the mean of what is known, empty where nothing is."""
    taken = [F.log(value) if geometric else value for value in values]
    total = reduce(lambda a, b: a + b, (F.coalesce(each, F.lit(0.0)) for each in taken))
    count = reduce(lambda a, b: a + b, (F.when(v.isNotNull(), 1).otherwise(0) for v in values))
    mean = F.when(count > 0, total / count)
    return F.exp(mean) if geometric else mean


def _combined(pairs: DataFrame) -> DataFrame:
    """Return a strength a pair: the geometric mean of both directions, or that of the known one."""
    forth, back = (F.when(F.col(f"uses_{way}"), F.col(f"strength_{way}")) for way in WAYS)
    covered = [F.when(F.col(f"uses_{way}"), F.col(f"coverage_{way}")) for way in WAYS]
    mean = F.when(forth == back, forth).otherwise(F.sqrt(forth * back))
    first = F.col("uses_forth")
    larger = F.greatest("now", "before")
    return pairs.select(
        F.when(first, F.col("low")).otherwise(F.col("high")).alias("from"),
        F.when(first, F.col("high")).otherwise(F.col("low")).alias("to"),
        F.coalesce(mean, forth, back).alias("strength"),
        F.least(*covered).alias("coverage"),
        F.element_at(F.array(*map(F.lit, _BASES)), F.greatest("basis", F.lit(0)) + 1).alias(
            "basis"
        ),
        ((forth - back) / (forth + back)).alias("imbalance"),
        F.when(larger > 0, (F.col("now") - F.col("before")) / larger).alias("trend"),
        F.col("before").cast("bigint").alias("contacts_before"),
    )


def _named(rows: DataFrame, everyone: DataFrame) -> DataFrame:
    for key, end in (("from", "source"), ("to", "target")):
        ends = everyone.selectExpr(f"key AS `{key}`", f"id AS {end}", f"name AS {end}_name")
        rows = rows.join(ends, key)
    return rows.select(
        *("source", "target", "strength", "coverage", "basis", "imbalance", "trend"),
        *("contacts_before", "source_name", "target_name"),
    )
