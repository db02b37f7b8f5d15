"""Projections against a plain reading of the rules, and networks through networkx and files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import MeasureError, UsageError
from relgraph.model import relationship_type
from relgraph.network import (
    Network,
    Nodes,
    Projection,
    Ties,
    build_network,
    from_networkx,
    load_network,
    save_network,
    text_array,
)
from tests.told import told


class Row(NamedTuple):
    """A stored tie between positions."""

    source: int
    target: int
    type: str
    strength: float | None = None
    hostile: bool | None = None

    @property
    def sign(self) -> int:
        return relationship_type(self.type).sign if self.hostile is None else 1 - 2 * self.hostile

    @property
    def markets(self) -> set[str]:
        return {MARKETS[self.source], MARKETS[self.target]}


MARKETS = ("firm", "customer", "customer", "supplier", "competitor", "employee")
TYPES = ("REFERS", "KNOWS", "PARTNERS_WITH", "BUYS_FROM", "COMPETES_WITH", "LENDS_TO")


def make_nodes(left: int | None = None) -> Nodes:
    ids = [f"s{position}" for position in range(len(MARKETS))]
    status = ["left" if position == left else None for position in range(len(ids))]
    return Nodes(
        text_array(ids), text_array(ids), text_array(MARKETS), {"status": text_array(status)}
    )


def make_ties(rows: Sequence[Row]) -> Ties:
    return Ties(
        np.array([row.source for row in rows], np.int64),
        np.array([row.target for row in rows], np.int64),
        text_array(row.type for row in rows),
        np.array([math.nan if row.strength is None else row.strength for row in rows], np.float64),
        np.array([row.sign for row in rows], np.int8),
    )


def arcs_of(network: Network) -> dict[tuple[str, str], float]:
    ids = network.ids
    pairs = zip(ids[network.sources].tolist(), ids[network.indices].tolist(), strict=True)
    return dict(zip(pairs, network.strength.tolist(), strict=True))


def likely_strength(row: Row, rows: list[Row]) -> float:
    """Return the median of what ties of its type and sign have, between its markets if any."""
    like = [
        other
        for other in rows
        if (other.type, other.sign) == (row.type, row.sign)
        and other.strength is not None
        and other.source != other.target
    ]
    near = [other for other in like if other.markets == row.markets]
    known = [other.strength for other in near or like if other.strength is not None]
    return median(known) if known else 0.5


def expected_arcs(
    rows: list[Row], nodes: Nodes, projection: Projection
) -> dict[tuple[str, str], float]:
    """Read the rules one row at a time: which ties count, both ways, 1 − Π(1 − s)."""
    taken = [row for row in rows if is_taken(row, nodes, projection)]
    rule = projection.missing_strength
    all_missing = all(row.strength is None for row in taken)
    unsaid: dict[tuple[str, str], float] = {}
    for row in taken:
        value = row.strength
        if value is None:
            if rule == "drop":
                continue
            likely = 1.0 if all_missing else likely_strength(row, rows)
            value = likely if rule == "median" else float(rule)
        value = value if projection.weighted else 1.0
        ends = (row.source, row.target)
        mutual = relationship_type(row.type).both_ways
        for a, b in (ends, ends[::-1]) if mutual else (ends,):
            pair = (f"s{a}", f"s{b}")
            unsaid[pair] = unsaid.get(pair, 1.0) * (1.0 - value)
    arcs = {pair: 1.0 - rest for pair, rest in unsaid.items()}
    if projection.undirected:
        for pair in list(arcs):
            larger = max(arcs[pair], arcs.get(pair[::-1], 0.0))
            arcs[pair] = arcs[pair[::-1]] = larger
    return arcs


def is_taken(row: Row, nodes: Nodes, projection: Projection) -> bool:
    types = projection.types
    wanted = relationship_type(row.type).default if types is None else row.type in types
    hostile = row.sign < 0 and not projection.include_hostile
    ends = (row.source, row.target)
    left = nodes.attributes["status"]
    gone = any(left[end] == "left" for end in ends) and not projection.include_left
    no_firm = projection.without_firm and "firm" in row.markets
    outside = projection.within and not row.markets <= set(projection.within)
    loop = row.source == row.target
    return wanted and not (hostile or gone or no_firm or outside or loop)


def unique(rows: list[Row]) -> list[Row]:
    """Keep one row for each (source, type, target), for a both-ways type in either direction."""
    kept: dict[tuple[int, int, str], Row] = {}
    for row in rows:
        ends = (row.source, row.target)
        ends = (min(ends), max(ends)) if relationship_type(row.type).both_ways else ends
        kept.setdefault((*ends, row.type), row)
    return list(kept.values())


places = st.integers(0, len(MARKETS) - 1)
strengths = st.none() | st.integers(1, 10).map(lambda tenths: tenths / 10)
rows = st.builds(Row, places, places, st.sampled_from(TYPES), strengths, st.none() | st.booleans())
row_lists = st.lists(rows).map(unique)
projections = st.builds(
    Projection,
    types=st.none() | st.lists(st.sampled_from(TYPES), min_size=1).map(tuple),
    undirected=st.booleans(),
    weighted=st.booleans(),
    include_left=st.booleans(),
    without_firm=st.booleans(),
    within=st.just(()) | st.just(("customer", "firm", "competitor")),
    include_hostile=st.booleans(),
    missing_strength=st.sampled_from(["median", "drop", 1.0, 0.3]),
)


@given(row_lists, projections, st.none() | places)
def test_a_projection_is_what_the_rules_say(
    rows: list[Row], projection: Projection, left: int | None
) -> None:
    nodes = make_nodes(left)
    network = build_network(nodes, make_ties(rows), projection)
    assert arcs_of(network) == pytest.approx(expected_arcs(rows, nodes, projection), abs=1e-12)


def test_rows_of_a_both_ways_tie_are_one_tie_with_the_known_strength() -> None:
    rows = [Row(1, 2, "KNOWS"), Row(2, 1, "KNOWS", 0.3)]
    network = build_network(make_nodes(), make_ties(rows))
    assert arcs_of(network) == {("s1", "s2"): 0.3, ("s2", "s1"): 0.3}
    assert network.notes == ()


def test_notes_say_what_was_assumed_and_left_out() -> None:
    rows = [Row(1, 1, "KNOWS", 0.4), Row(1, 2, "KNOWS"), Row(2, 3, "REFERS", 0.5)]
    network = build_network(make_nodes(), make_ties(rows))
    assert told(network.notes) == (
        "1 self loop left out",
        "1 of 2 ties has no strength and counts as the median of known ones: "
        "1 as 0.5, with none of their type known (missing_strength changes that)",
    )


def test_a_missing_strength_is_the_median_of_its_like() -> None:
    rows = [
        Row(1, 2, "REFERS", 0.2),
        Row(2, 1, "REFERS", 0.4),
        Row(1, 3, "REFERS", 0.9),
        Row(1, 2, "KNOWS", 0.1, hostile=True),
        Row(5, 1, "REFERS"),  # between markets of which no strength is known: .4, of its type
        Row(3, 2, "REFERS"),  # .9, as the other way round
        Row(1, 2, "LENDS_TO"),  # nothing like it: .5
    ]
    for within in ((), ("employee", "customer", "supplier")):
        network = build_network(make_nodes(), make_ties(rows), Projection(within=within))
        arcs = arcs_of(network)
        assert [arcs[pair] for pair in (("s5", "s1"), ("s3", "s2"))] == [0.4, 0.9]
        assert arcs["s1", "s2"] == pytest.approx(1 - 0.8 * 0.5)
    assert told(network.notes)[1].startswith(
        "3 of 6 ties have no strength and count as the median of known ones: "
        "1 by type and markets, 1 by type, 1 as 0.5"
    )
    loaned = build_network(make_nodes(), make_ties(rows), Projection(types=("LENDS_TO",)))
    assert arcs_of(loaned) == {("s1", "s2"): 1.0}
    assert told(loaned.notes)[0].startswith("1 of 1 tie has no strength, so every tie counts as 1")


def test_a_missing_strength_is_what_is_asked_for() -> None:
    rows = [Row(1, 2, "REFERS", 0.2), Row(2, 1, "REFERS")]
    for rule, value, said in (
        (1, 1.0, "1 of 2 ties has no strength and counts as 1"),
        ("0.25", 0.25, "1 of 2 ties has no strength and counts as 0.25"),
        ("drop", None, "1 of 2 ties has no strength and is left out"),
    ):
        network = build_network(make_nodes(), make_ties(rows), Projection(missing_strength=rule))
        assert arcs_of(network).get(("s2", "s1")) == value
        assert told(network.notes) == (said,)


@pytest.mark.parametrize("rule", ["mean", "", "0", 0, 1.5, -0.5, math.nan, "nan", math.inf])
def test_a_rule_for_missing_strengths_that_there_is_not(rule: str | float) -> None:
    with pytest.raises(UsageError, match=f"'{rule}' is none of median, drop and a number above 0"):
        Projection(missing_strength=rule)


def test_hostile_ties_are_counted_in_a_note_and_nowhere_else() -> None:
    rows = [
        Row(1, 2, "KNOWS", 0.9, hostile=True),
        Row(2, 3, "REFERS", 0.5),
        Row(1, 4, "COMPETES_WITH"),
    ]
    said = (
        "1 hostile tie (sign -1) of the types taken is in no measure (include_hostile changes that)"
    )
    for types in (None, ("KNOWS", "REFERS")):
        network = build_network(make_nodes(), make_ties(rows), Projection(types=types))
        assert arcs_of(network) == {("s2", "s3"): 0.5}
        assert told(network.notes) == (said,)
    network = build_network(make_nodes(), make_ties(rows), Projection(types=("COMPETES_WITH",)))
    assert (network.m, told(network.notes)) == (0, (said,))
    network = build_network(make_nodes(), make_ties(rows), Projection(include_hostile=True))
    assert arcs_of(network) == {("s2", "s3"): 0.5, ("s1", "s2"): 0.9, ("s2", "s1"): 0.9}
    assert told(network.notes) == ("1 hostile tie (sign -1) counts like any other",)


@given(row_lists, projections, st.sets(places))
def test_a_part_of_a_network_is_that_of_its_nodes(
    rows: list[Row], projection: Projection, chosen: set[int]
) -> None:
    network = build_network(make_nodes(), make_ties(rows), projection)
    ids = [node_id for node_id in network.ids.tolist() if int(node_id[1:]) in chosen]
    part = network.take(np.array([network.positions[node_id] for node_id in ids], np.int64))
    whole = arcs_of(network)
    assert part.ids.tolist() == ids
    assert arcs_of(part) == {pair: whole[pair] for pair in whole if {*pair} <= {*ids}}
    assert part.indptr.tolist() == [0, *np.cumsum(np.bincount(part.sources, minlength=part.n))]


def test_the_part_that_runs_both_ways_is_kept_apart() -> None:
    rows = [Row(1, 2, "KNOWS", 0.4), Row(1, 2, "REFERS", 0.5)]
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
    rows = [Row(0, 1, "KNOWS", 0.25), Row(2, 4, "REFERS")]
    network = build_network(nodes, make_ties(rows))
    save_network(network, tmp_path / "net.npz")
    back = load_network(tmp_path / "net.npz")
    assert arcs_of(back) == arcs_of(network)
    assert back.names.tolist() == network.names.tolist()
    assert back.notes == network.notes
    assert back.nodes.attributes["status"].tolist() == network.nodes.attributes["status"].tolist()
    np.testing.assert_array_equal(
        back.nodes.attributes["circle"], network.nodes.attributes["circle"]
    )


def test_a_saved_network_is_mapped_and_can_be_saved_over(tmp_path: Path) -> None:
    network = build_network(make_nodes(left=3), make_ties([Row(0, 1, "REFERS", 0.25)]))
    path = tmp_path / "net.npz"
    save_network(network, path)
    back = load_network(path)
    for values in (back.indptr, back.indices, back.strength):
        assert values.flags.aligned
        assert values.flags.writeable
        assert isinstance(values.base, np.memmap)
    back.strength[0] = 0.5
    assert load_network(path).strength.tolist() == [0.25]
    save_network(back, path)
    assert load_network(path).strength.tolist() == [0.5]
    assert load_network(path).ids.tolist() == network.ids.tolist()


def test_a_network_compressed_by_someone_else_is_read(tmp_path: Path) -> None:
    network = build_network(make_nodes(left=3), make_ties([Row(0, 1, "REFERS", 0.25)]))
    save_network(network, tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz") as stored:
        np.savez_compressed(tmp_path / "small.npz", allow_pickle=False, **dict(stored))
    assert arcs_of(load_network(tmp_path / "small.npz")) == arcs_of(network)


def test_another_file_is_not_a_saved_network(tmp_path: Path) -> None:
    (tmp_path / "other.npz").write_bytes(b"not a network")
    with pytest.raises(MeasureError, match="not a network saved by relgraph"):
        load_network(tmp_path / "other.npz")
