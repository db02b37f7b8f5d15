"""Projections against a plain reading of the rules, and networks through networkx and files."""

from __future__ import annotations

import math
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import MeasureError
from relgraph.model import relationship_type
from relgraph.network import (
    Network,
    Nodes,
    Projection,
    Ties,
    build_network,
    from_networkx,
    load_network,
    text_array,
)
from tests.told import told

Row = tuple[int, int, str, float | None]
MARKETS = ("firm", "customer", "customer", "supplier", "competitor", "employee")
TYPES = ("REFERS", "KNOWS", "PARTNERS_WITH", "BUYS_FROM", "COMPETES_WITH", "LENDS_TO")


def make_nodes(left: int | None = None) -> Nodes:
    ids = [f"s{position}" for position in range(len(MARKETS))]
    status = ["left" if position == left else None for position in range(len(ids))]
    return Nodes(
        text_array(ids), text_array(ids), text_array(MARKETS), {"status": text_array(status)}
    )


def make_ties(rows: list[Row]) -> Ties:
    return Ties(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        text_array(row[2] for row in rows),
        np.array([math.nan if row[3] is None else row[3] for row in rows], np.float64),
        np.array([relationship_type(row[2]).sign for row in rows], np.int8),
    )


def arcs_of(network: Network) -> dict[tuple[str, str], float]:
    ids = network.ids
    pairs = zip(ids[network.sources].tolist(), ids[network.indices].tolist(), strict=True)
    return dict(zip(pairs, network.strength.tolist(), strict=True))


def expected_arcs(
    rows: list[Row], nodes: Nodes, projection: Projection
) -> dict[tuple[str, str], float]:
    """Read the rules one row at a time: which ties count, both ways, 1 − Π(1 − s)."""
    unsaid: dict[tuple[str, str], float] = {}
    seen: set[tuple[int, int, str]] = set()
    for source, target, name, strength in rows:
        kind = relationship_type(name)
        wanted = (
            name in projection.types
            if projection.types is not None
            else kind.default and kind.sign > 0
        )
        ends = (source, target)
        left = nodes.attributes["status"]
        gone = any(left[end] == "left" for end in ends) and not projection.include_left
        no_firm = projection.without_firm and any(MARKETS[end] == "firm" for end in ends)
        outside = projection.within and any(MARKETS[end] not in projection.within for end in ends)
        key = (*(sorted(ends) if kind.both_ways else ends), name)
        if not wanted or gone or no_firm or outside or source == target or key in seen:
            continue
        seen.add(key)
        value = 1.0 if strength is None or not projection.weighted else strength
        for a, b in (ends, ends[::-1]) if kind.both_ways else (ends,):
            pair = (f"s{a}", f"s{b}")
            unsaid[pair] = unsaid.get(pair, 1.0) * (1.0 - value)
    arcs = {pair: 1.0 - rest for pair, rest in unsaid.items()}
    if projection.undirected:
        for pair in list(arcs):
            larger = max(arcs[pair], arcs.get(pair[::-1], 0.0))
            arcs[pair] = arcs[pair[::-1]] = larger
    return arcs


def unique(rows: list[Row]) -> list[Row]:
    """Keep one row for each (source, type, target), for a both-ways type in either direction."""
    kept: dict[tuple[int, int, str], Row] = {}
    for row in rows:
        ends = sorted(row[:2]) if relationship_type(row[2]).both_ways else row[:2]
        kept.setdefault((ends[0], ends[1], row[2]), row)
    return list(kept.values())


places = st.integers(0, len(MARKETS) - 1)
strengths = st.none() | st.integers(1, 10).map(lambda tenths: tenths / 10)
row_lists = st.lists(st.tuples(places, places, st.sampled_from(TYPES), strengths)).map(unique)
projections = st.builds(
    Projection,
    types=st.none() | st.lists(st.sampled_from(TYPES), min_size=1).map(tuple),
    undirected=st.booleans(),
    weighted=st.booleans(),
    include_left=st.booleans(),
    without_firm=st.booleans(),
    within=st.just(()) | st.just(("customer", "firm", "competitor")),
)


@given(row_lists, projections, st.none() | places)
def test_a_projection_is_what_the_rules_say(
    rows: list[Row], projection: Projection, left: int | None
) -> None:
    nodes = make_nodes(left)
    network = build_network(nodes, make_ties(rows), projection)
    assert arcs_of(network) == pytest.approx(expected_arcs(rows, nodes, projection), abs=1e-12)


def test_rows_of_a_both_ways_tie_are_one_tie_with_the_known_strength() -> None:
    rows: list[Row] = [(1, 2, "KNOWS", None), (2, 1, "KNOWS", 0.3)]
    network = build_network(make_nodes(), make_ties(rows))
    assert arcs_of(network) == {("s1", "s2"): 0.3, ("s2", "s1"): 0.3}
    assert network.notes == ()


def test_notes_say_what_was_assumed_and_left_out() -> None:
    rows: list[Row] = [(1, 1, "KNOWS", 0.5), (1, 2, "KNOWS", None), (2, 3, "REFERS", 0.5)]
    network = build_network(make_nodes(), make_ties(rows))
    assert any("1 self loop left out" in note for note in told(network.notes))
    assert any(
        "1 of 2 ties has no strength and counts as 1" in note for note in told(network.notes)
    )


def test_the_part_that_runs_both_ways_is_kept_apart() -> None:
    rows: list[Row] = [(1, 2, "KNOWS", 0.4), (1, 2, "REFERS", 0.5)]
    network = build_network(make_nodes(), make_ties(rows))
    assert arcs_of(network) == pytest.approx({("s1", "s2"): 0.7, ("s2", "s1"): 0.4})
    assert network.both_ways.tolist() == [0.4, 0.4]


@given(row_lists, st.booleans())
def test_networkx_gives_the_same_network_back(rows: list[Row], undirected: bool) -> None:
    network = build_network(make_nodes(), make_ties(rows), Projection(undirected=undirected))
    graph = network.to_networkx()
    assert isinstance(graph, nx.DiGraph) is not undirected
    back = from_networkx(graph)
    for name in ("indptr", "indices", "strength", "both_ways", "sign"):
        assert getattr(back, name).tolist() == getattr(network, name).tolist()
    assert back.directed is network.directed
    assert back.markets.tolist() == network.markets.tolist()


def test_a_strength_outside_its_range_is_refused() -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", strength=1.5)
    with pytest.raises(MeasureError, match="above 0 and at most 1"):
        from_networkx(graph)


def test_a_saved_network_comes_back(tmp_path: Path) -> None:
    nodes = make_nodes(left=3)
    nodes = Nodes(
        nodes.ids,
        text_array(["名", None, "é", "", "a\0b", "\u200f"]),
        nodes.markets,
        {**nodes.attributes, "circle": np.array([1.0, math.nan, 3.0, 4.0, 5.0, 6.0])},
    )
    rows: list[Row] = [(0, 1, "KNOWS", 0.25), (2, 4, "REFERS", None)]
    network = build_network(nodes, make_ties(rows))
    network.save(tmp_path / "net.npz")
    back = load_network(tmp_path / "net.npz")
    assert arcs_of(back) == arcs_of(network)
    assert back.names.tolist() == network.names.tolist()
    assert back.notes == network.notes
    assert back.nodes.attributes["status"].tolist() == network.nodes.attributes["status"].tolist()
    np.testing.assert_array_equal(
        back.nodes.attributes["circle"], network.nodes.attributes["circle"]
    )


def test_a_saved_network_is_mapped_and_can_be_saved_over(tmp_path: Path) -> None:
    network = build_network(make_nodes(left=3), make_ties([(0, 1, "REFERS", 0.25)]))
    path = tmp_path / "net.npz"
    network.save(path)
    back = load_network(path)
    for values in (back.indptr, back.indices, back.strength):
        assert values.flags.aligned
        assert values.flags.writeable
        assert isinstance(values.base, np.memmap)
    back.strength[0] = 0.5
    assert load_network(path).strength.tolist() == [0.25]
    back.save(path)
    assert load_network(path).strength.tolist() == [0.5]
    assert load_network(path).ids.tolist() == network.ids.tolist()


def test_a_network_compressed_by_someone_else_is_read(tmp_path: Path) -> None:
    network = build_network(make_nodes(left=3), make_ties([(0, 1, "REFERS", 0.25)]))
    network.save(tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz") as stored:
        np.savez_compressed(tmp_path / "small.npz", allow_pickle=False, **dict(stored))
    assert arcs_of(load_network(tmp_path / "small.npz")) == arcs_of(network)


def test_another_file_is_not_a_saved_network(tmp_path: Path) -> None:
    (tmp_path / "other.npz").write_bytes(b"not a network")
    with pytest.raises(MeasureError, match="not a network saved by relgraph"):
        load_network(tmp_path / "other.npz")
