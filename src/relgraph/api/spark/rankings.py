"""The commands that can read from Spark, and work there on what is too large for this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from relgraph.analysis.centrality import measures as centrality
from relgraph.analysis.communities.rows import community_rows
from relgraph.analysis.ranking.rows import ranked
from relgraph.analysis.word_of_mouth.reach import within_hops
from relgraph.arguments import check_fields, listed
from relgraph.errors import UsageError
from relgraph.messages import Note
from relgraph.model import TABLES
from relgraph.result import Result
from relgraph.settings import RankingSettings
from relgraph.spark.centrality import DEGREES, MEASURES
from relgraph.spark.graph import COLLECT_BYTES, SparkGraph
from relgraph.spark.projection import read_graph
from relgraph.spark.session import open_session, translated
from relgraph.spark.sources import SparkTables, read_tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Engine = Literal["local", "spark"]
_ROW_BYTES = 100  # of a row of results on this machine
_LABELS = ("id", "name", "market")


@dataclass(frozen=True)
class SparkSource:
    """Where data lies, and where it is measured.

    Parameters
    ----------
    engine : {"local", "spark"}, optional
        Collect the network and measure it here, or measure it on Spark; None collects it if its
        arcs fit into memory.
    master : str, optional
        The address of Spark, as for `relgraph.spark.open_session`.
    data : str, optional
        A folder, as for `relgraph.spark.read_tables`; the store for None.
    store : str
        The address of the store.
    """

    engine: Engine | None = None
    master: str | None = None
    data: str | None = None
    store: str = ""

    def __post_init__(self) -> None:
        check_fields(self)

    @contextmanager
    def tables(self) -> Iterator[tuple[SparkSession, SparkTables]]:
        """Give a session and the tables, and end the session; Spark's errors become ours."""
        spark = open_session(self.master)
        try:
            with translated():
                yield spark, read_tables(spark, self.data) if self.data else self._stored(spark)
        finally:
            spark.stop()

    def _stored(self, spark: SparkSession) -> SparkTables:
        from relgraph.readwrite.formats.parquet_writer import as_arrow
        from relgraph.store import fetch_dataset, open_store

        with open_store(self.store) as store:
            frames, settings = fetch_dataset(store).tables(), store.read_settings()
        tables = {name: spark.createDataFrame(as_arrow(frames[name])) for name in TABLES}
        return SparkTables(**tables, settings=settings)

    def stays(self, graph: SparkGraph) -> bool:
        """Return whether a graph is measured on Spark."""
        if self.engine is None:
            return graph.size > COLLECT_BYTES
        return self.engine == "spark"


def rank_centrality_on_spark(
    source: SparkSource,
    measures: Iterable[str],
    settings: RankingSettings,
    top: int | None = None,
) -> Result:
    """Return what `rank_centrality` does; on Spark for degrees and PageRank alone."""
    asked = listed(measures, "measures")
    names = centrality.measure_names(asked)
    _check(source, settings)
    others = [name for name in names if name not in MEASURES]
    if others and source.engine == "spark":
        raise UsageError("spark.measures", parameter="measures", names=others, choices=MEASURES)
    with _graph(source, settings) as (graph, _):
        if not source.stays(graph):
            return _here(centrality.rank_nodes(graph.collect(), asked, settings), graph)
        if others:
            raise UsageError("spark.measures", parameter="measures", names=others, choices=MEASURES)
        frames = []
        if set(names) & set(DEGREES):
            frames.append(graph.degree())
        if "pagerank" in names:
            frames.append(graph.pagerank())
        rows = frames[0]
        if len(frames) == 2:
            rows = rows.join(frames[1].select("id", "pagerank"), "id")
        rows = rows.select(*_LABELS, *names)
        return _there(ranked(_first(graph, rows, names[0], top), names[0]), graph)


def rank_reach_on_spark(
    source: SparkSource, settings: RankingSettings, hops: int, top: int | None = None
) -> Result:
    """Return stakeholders by how many others word reaches from them within so many hops."""
    _check(source, settings)
    with _graph(source, settings, word_of_mouth=True) as (graph, _):
        if not source.stays(graph):
            return _here(within_hops(graph.collect(), hops, settings.seed), graph)
        rows = graph.reach(hops).where("market != 'firm'")
        return _there(ranked(_first(graph, rows, "reached", top), "reached"), graph)


def find_communities_on_spark(
    source: SparkSource, settings: RankingSettings, top: int | None = None
) -> Result:
    """Return what `find_communities` does; on Spark communities by label propagation."""
    _check(source, settings)
    with _graph(source, settings) as (graph, _):
        if not source.stays(graph):
            return _here(community_rows(graph.collect(), settings.seed), graph)
        rows = graph.labels().join(graph.components().select("id", "component"), "id")
        rows = rows.select("community", "size", *_LABELS, "component")
        _check_rows(graph.n, top)
        found = rows.orderBy("community", "id").limit(top) if top else rows
        columns = _columns(found)
        order = np.lexsort((columns["id"].astype(str), columns["community"]))
        result = Result({name: column[order] for name, column in columns.items()})
        return _there(result.with_notes(Note("spark.labels")), graph)


def rank_partnerships_on_spark(
    source: SparkSource,
    settings: RankingSettings,
    saturation: float,
    top: int | None = None,
) -> Result:
    """Return partnerships by strength, worked out on Spark."""
    if source.engine == "local":
        raise UsageError("spark.strength_there", parameter="engine")
    _check(source, settings)
    with _graph(source, settings) as (graph, tables):
        rows = graph.strength(tables.interactions, saturation=saturation)
        ends = ("source", "target")
        columns = _first(graph, rows, "strength", top, ends)
        # What a missing strength counts as is of no matter here.
        noted = tuple(note for note in graph.notes if not note.key.startswith("strength."))
        return _there(ranked(columns, "strength", key=ends), replace(graph, notes=noted))


def _check(source: SparkSource, settings: RankingSettings) -> None:
    """Refuse settings that need a store, or a network in memory."""
    if settings.strength == "index":
        raise UsageError("spark.setting", parameter="strength")
    if settings.confidence and source.engine == "spark":
        raise UsageError("spark.setting", parameter="confidence")


@contextmanager
def _graph(
    source: SparkSource, settings: RankingSettings, *, word_of_mouth: bool = False
) -> Iterator[tuple[SparkGraph, SparkTables]]:
    """Give the graph that settings ask for, as long as its session lasts, and the tables."""
    with source.tables() as (spark, tables):
        projection = settings.projection
        if word_of_mouth and projection.types is None:
            projection = replace(projection, types=tables.settings.word_of_mouth)
        graph = read_graph(
            spark,
            tables.stakeholders,
            tables.relationships,
            projection,
            as_of=settings.as_of,
            kinds=tables.settings.kinds,
            progress=settings.progress,
        )
        yield graph, tables


def _first(
    graph: SparkGraph,
    rows: DataFrame,
    by: str,
    top: int | None,
    key: Sequence[str] = ("id",),
) -> Mapping[str, Any]:
    """Return the rows that a ranking shows, or all of them, on this machine."""
    _check_rows(graph.n, top)
    if top:
        rows = rows.orderBy(rows[by].desc_nulls_last(), *key).limit(top)
    return _columns(rows)


def _check_rows(count: int, top: int | None) -> None:
    if (top or count) * _ROW_BYTES > COLLECT_BYTES:
        raise UsageError("spark.many_rows", parameter="top", count=count)


def _columns(rows: DataFrame) -> dict[str, Any]:
    """Return rows as the columns of a result."""
    table = rows.toArrow()
    columns = {}
    for name in table.column_names:
        column = table[name].to_pandas()
        text = column.dtype.kind not in "iuf"
        columns[name] = column.astype(object).where(column.notna(), None) if text else column
    return {name: column.to_numpy() for name, column in columns.items()}


def _here(result: Result, graph: SparkGraph) -> Result:
    return result.with_notes(Note("spark.here", arcs=graph.m, size=graph.size))


def _there(result: Result, graph: SparkGraph) -> Result:
    return result.with_notes(*graph.notes, Note("spark.there", stakeholders=graph.n, arcs=graph.m))
