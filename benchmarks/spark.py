"""Spark beside relgraph on this machine: 1M/5M on two workers, each with one core.

Run: make test-spark once, then .venv/bin/python benchmarks/spark.py [NODES TIES]
It prints a table for docs/spark.md: read ratios, for Spark's workers and this process share cores.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from relgraph.analysis.centrality.degree import degree
from relgraph.analysis.centrality.prestige import pagerank
from relgraph.analysis.structure.cohesion import weak_components
from relgraph.analysis.word_of_mouth.counts import reach_counts
from relgraph.spark import open_session, read_graph, read_tables

MARKETS = np.array(["customer", "supplier", "distributor", "influencer", "employee"], object)
HOPS = 3


def write_network(folder: Path, n: int, m: int) -> None:
    """Write a network whose degrees are spread as those of real ones are."""
    rng = np.random.default_rng(7)
    ids = np.array([f"s{number}" for number in range(n)], object)
    market = MARKETS[rng.integers(len(MARKETS), size=n)]
    parquet.write_table(
        pa.table({"id": ids, "name": ids, "market": market}), folder / "stakeholders.parquet"
    )
    popular = np.floor(n * rng.random(2 * m) ** 3).astype(np.int64)
    pairs = np.unique(popular[:m] * n + popular[m:])
    source, target = pairs // n, pairs % n
    ties = {"source": ids[source], "target": ids[target], "type": ["REFERS"] * len(pairs)}
    strength = rng.uniform(0.05, 1, len(pairs))
    parquet.write_table(pa.table({**ties, "strength": strength}), folder / "relationships.parquet")


def timed(name: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    print(f"| {name} | {time.perf_counter() - start:.1f} |", flush=True)
    return result


def figures(frame: Any, name: str, order: dict[str, int]) -> Any:
    table = frame.select("id", name).toArrow()
    place = [order[each] for each in table["id"].to_pylist()]
    values = np.zeros(len(order))
    values[place] = table[name].to_numpy()
    return values


def main(n: int = 1_000_000, m: int = 5_000_000) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_network(folder, n, m)
        spark = timed("start", lambda: open_session("local-cluster[2,1,3072]"))
        tables = read_tables(spark, name)
        graph = timed(
            "read and check",
            lambda: read_graph(spark, tables.stakeholders, tables.relationships),
        )
        network = timed("collect", graph.collect)
        order = network.positions
        print(f"{network.n} stakeholders, {network.m} arcs")
        found = timed("degree", lambda: figures(graph.degree(), "degree", order))
        print("equal:", np.array_equal(found, timed("degree here", lambda: degree(network))))
        found = timed("pagerank", lambda: figures(graph.pagerank(), "pagerank", order))
        ranks = timed("pagerank here", lambda: pagerank(network))
        print("L1:", np.abs(found - ranks).sum())
        found = timed("components", lambda: figures(graph.components(), "component", order))
        parts = timed("components here", lambda: weak_components(network)) + 1
        print("equal:", np.array_equal(found, parts))
        found = timed("reach", lambda: figures(graph.reach(HOPS), "reached", order))
        reached = timed("reach here", lambda: reach_counts(network, HOPS).reached)
        print("correlation:", np.corrcoef(found, reached)[0, 1])
        spark.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
