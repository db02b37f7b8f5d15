"""What Spark works out is what relgraph does, on the same data by the same rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from relgraph.analysis.centrality import degree, prestige
from relgraph.analysis.partnerships.partnerships import partnership_rows
from relgraph.analysis.structure.cohesion import weak_components
from relgraph.analysis.word_of_mouth.counts import reach_counts
from relgraph.errors import UsageError
from relgraph.firm import read_evidence, read_network
from relgraph.network import Network
from relgraph.result import Result
from relgraph.settings import Projection, RankingSettings
from relgraph.spark import SparkGraph, read_graph, read_tables
from relgraph.store import Store

HOPS = 3


class Both(NamedTuple):
    """A network here and on Spark, and its partnerships."""

    here: Network
    there: SparkGraph
    partnerships: Result
    interactions: Any


CASES = {
    "default": ("parquet", Projection(), None),
    "undirected": (
        "csv",
        Projection(("REFERS", "KNOWS", "COMPETES_WITH"), undirected=True, include_hostile=True),
        "2024-12-31",
    ),
}


@pytest.fixture(scope="module", params=CASES)
def both(request: pytest.FixtureRequest, spark: Any, firm: Path, store: Store) -> Both:
    folder, projection, as_of = CASES[request.param]
    settings = RankingSettings(projection, as_of=as_of)  # type: ignore[arg-type]
    tables = read_tables(spark, str(firm / folder))
    graph = read_graph(spark, tables.stakeholders, tables.relationships, projection, as_of=as_of)
    return Both(
        read_network(store, settings),
        graph,
        partnership_rows(read_evidence(store, settings), settings),
        tables.interactions,
    )


def figures(frame: Any, name: str, network: Network) -> Any:
    """Return a column of a DataFrame in the order of a network."""
    table = frame.toArrow()
    found = dict(zip(table["id"].to_pylist(), table[name].to_pylist(), strict=True))
    assert len(found) == table.num_rows
    return np.array([found[each] for each in network.ids])


def assert_the_same(there: SparkGraph, here: Network) -> None:
    collected = there.collect()
    assert collected.ids.tolist() == here.ids.tolist()
    assert collected.names.tolist() == here.names.tolist()
    for name in ("indptr", "indices", "sign"):
        assert np.array_equal(getattr(collected, name), getattr(here, name)), name
    for name in ("strength", "both_ways"):
        assert np.allclose(getattr(collected, name), getattr(here, name), rtol=0, atol=1e-12)
    assert collected.directed == here.directed
    said = {str(note) for note in there.notes}
    assert said == {str(note) for note in here.notes if not note.key.startswith("as_of")}


def test_the_collected_network_is_the_same(both: Both) -> None:
    assert_the_same(both.there, both.here)


def test_a_network_of_known_strengths_alone(spark: Any, tables: Any, store: Store) -> None:
    projection = Projection(
        weighted=False, missing_strength="drop", include_left=True, without_firm=True
    )
    graph = read_graph(spark, tables.stakeholders, tables.relationships, projection)
    assert_the_same(graph, read_network(store, RankingSettings(projection)))


def test_degrees_are_equal(both: Both) -> None:
    found = both.there.degree().localCheckpoint()
    for measure in (degree.degree, degree.in_degree, degree.out_degree):
        assert np.array_equal(figures(found, measure.__name__, both.here), measure(both.here))
    weighted = figures(found, "weighted_degree", both.here)
    assert np.allclose(weighted, degree.weighted_degree(both.here), rtol=1e-12)


def test_pagerank_agrees(both: Both) -> None:
    found = figures(both.there.pagerank(), "pagerank", both.here)
    assert np.abs(found - prestige.pagerank(both.here)).sum() <= 1e-5


def test_components_are_equal(both: Both) -> None:
    found = both.there.components()
    components = weak_components(both.here) + 1
    assert np.array_equal(figures(found, "component", both.here), components)
    sizes = np.bincount(components)[components]
    assert np.array_equal(figures(found, "size", both.here), sizes)


def test_reach_is_exact_in_a_small_network(both: Both) -> None:
    found = figures(both.there.reach(HOPS), "reached", both.here)
    assert np.array_equal(found, reach_counts(both.here, HOPS).reached)


def test_strength_agrees(both: Both) -> None:
    found = both.there.strength(both.interactions).toArrow().to_pylist()
    rows = {(row["source"], row["target"]): row for row in found}
    expected = {(row["source"], row["target"]): row for row in both.partnerships.rows()}
    assert len(rows) == len(found)
    assert rows.keys() == expected.keys()
    assert {row["basis"] for row in found} == {"given", "index", "contact", "none"}
    for name in ("strength", "coverage", "imbalance", "trend", "contacts_before"):
        for pair, row in expected.items():
            assert rows[pair][name] == pytest.approx(row[name], abs=1e-9), (pair, name)
    assert all(rows[pair]["basis"] == row["basis"] for pair, row in expected.items())


def test_sketches_keep_the_order(spark: Any, tables: Any, store: Store) -> None:
    graph = read_graph(spark, tables.stakeholders, tables.relationships)
    network = read_network(store, RankingSettings())
    found = figures(graph.reach(HOPS, error=0.03), "reached", network)
    exact = reach_counts(network, HOPS).reached
    assert np.corrcoef(found, exact)[0, 1] >= 0.995
    errors = figures(graph.reach(HOPS, error=0.03), "reached_std_error", network)
    assert (np.abs(found - exact) <= 5 * errors + 1).all()


def test_labels_find_what_is_tied_closely(spark: Any) -> None:
    # Two cliques of six with one tie between them.
    ids = [f"{side}{number}" for side in "ab" for number in range(6)]
    ties = [(one, other) for one in ids for other in ids if one < other and one[0] == other[0]]
    people = spark.createDataFrame(
        [(i, i, "customer") for i in ids], "id STRING, name STRING, market STRING"
    )
    rows = [(one, other, "KNOWS") for one, other in [*ties, ("a0", "b0")]]
    tied = spark.createDataFrame(rows, "source STRING, target STRING, type STRING")
    found = read_graph(spark, people, tied).labels().toArrow().to_pylist()
    groups = {row["id"]: (row["community"], row["size"]) for row in found}
    assert groups == {i: (1 if i[0] == "a" else 2, 6) for i in ids}


def test_a_contact_fades_by_half_in_a_half_life(spark: Any) -> None:
    people = spark.createDataFrame(
        [("a", "A", "employee"), ("b", "B", "customer")], "id STRING, name STRING, market STRING"
    )
    no_ties = spark.createDataFrame([], "source STRING, target STRING, type STRING")
    contacts = spark.createDataFrame(
        [("a", "b", "2026-01-01T00:00:00Z"), ("b", "a", "2025-10-03")],  # 90 days before
        "source STRING, target STRING, at STRING",
    )
    graph = read_graph(spark, people, no_ties)
    (row,) = graph.strength(contacts, as_of="2026-01-01T00:00:00").toArrow().to_pylist()
    forth, back = (1 - np.exp(-activity / 6) for activity in (1.0, 0.5))
    assert row["basis"] == "contact"
    assert row["strength"] == pytest.approx(np.sqrt(forth * back), abs=1e-12)


def test_a_network_beyond_the_limit_is_refused(spark: Any, tables: Any) -> None:
    graph = read_graph(spark, tables.stakeholders, tables.relationships)
    size = f"{24 * graph.m:,} bytes in memory, more than the limit of 1,000"
    with pytest.raises(UsageError, match=size):
        graph.collect(limit=1000)
