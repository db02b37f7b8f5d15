"""Arcs of large networks against those of small ones, and what goes in and out of networkx."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import MeasureError
from relgraph.messages import Note
from relgraph.network import (
    Arcs,
    Network,
    Nodes,
    columns,
    core,
    from_networkx,
    load_network,
    save_network,
    text_array,
)
from tests.random_networks import graphs, relabelled


def same(one: Network, other: Network) -> bool:
    texts = all(
        getattr(one, name).tolist() == getattr(other, name).tolist()
        for name in ("ids", "names", "markets")
    )
    return texts and all(
        bool(np.array_equal(getattr(one, name), getattr(other, name))) for name in Arcs._fields
    )


@given(graphs(directed=True))
def test_large_networks_get_the_same_arcs_by_way_of_scipy(graph: nx.DiGraph) -> None:
    for place, (*_, data) in enumerate(graph.edges(data=True)):
        data["sign"] = -1 if place % 3 == 0 else 1
    small = from_networkx(graph)
    symmetric = small.arcs.symmetric()
    order = small.reverse_order
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LARGE", -1)
        patch.setattr(core, "LARGE", -1)
        large = from_networkx(graph)
        for values, others in zip(symmetric, large.arcs.symmetric(), strict=True):
            mine, other = np.asarray(values), np.asarray(others)
            assert mine.dtype == other.dtype
            np.testing.assert_allclose(mine, other)
        assert order.tolist() == large.reverse_order.tolist()


@given(graphs())
def test_the_reverse_of_the_reverse_is_the_network(graph: nx.Graph) -> None:
    network = from_networkx(graph)
    back = network.sources[network.reverse_order]
    assert bool(np.array_equal(back, network.reverse_indices))
    heads = np.repeat(np.arange(network.n), np.diff(network.reverse_indptr))
    assert sorted(zip(back.tolist(), heads.tolist(), strict=True)) == list(
        zip(network.sources.tolist(), network.indices.tolist(), strict=True)
    )


@given(graphs(), st.integers(0, 99))
def test_there_and_back_again(graph: nx.Graph, seed: int) -> None:
    network = from_networkx(graph)
    assert same(network, from_networkx(network.to_networkx()))
    # The order of the nodes is that of the graph; everything else follows the ids.
    other = relabelled(network, seed)
    ties = {
        (network.ids[source], network.ids[target]): strength
        for source, target, strength in zip(
            network.sources, network.indices, network.strength, strict=True
        )
    }
    assert ties == {
        (other.ids[source], other.ids[target]): strength
        for source, target, strength in zip(
            other.sources, other.indices, other.strength, strict=True
        )
    }


def test_parallel_edges_merge_and_loops_go() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", strength=0.5)
    graph.add_edge("a", "b", strength=0.5)
    graph.add_edge("b", "b", strength=0.5)
    network = from_networkx(graph)
    assert (network.m, network.strength.tolist()) == (1, [0.75])
    assert not network.both_ways.any()


@pytest.mark.parametrize(
    ("strengths", "merged"),
    [
        ([1e-17, 1e-17], 2e-17),
        ([1e-300, 1e-300, 1e-300], 3e-300),
        ([0.3, 1e-17], 0.3),
        ([0.9, 0.2], 0.92),
        ([1, 1e-17], 1),
        ([1, 1], 1),
    ],
)
def test_parallel_ties_merge_at_any_strength(strengths: list[float], merged: float) -> None:
    graph = nx.MultiDiGraph()
    for strength in strengths:
        graph.add_edge("a", "b", strength=strength)
    found = float(from_networkx(graph).strength[0])
    assert found == (1 if merged == 1 else pytest.approx(merged, rel=1e-15, abs=0))


@given(st.floats(0, 1, exclude_min=True))
def test_a_single_tie_keeps_its_strength(strength: float) -> None:
    graph = nx.MultiGraph([("a", "b", {"strength": strength}), ("b", "c", {"strength": 0.5})])
    graph.add_edge("b", "c", strength=0.5)
    network = from_networkx(graph)
    assert network.strength.tolist() == [strength, strength, 0.75, 0.75]
    assert network.both_ways.tolist() == [strength, strength, 0.75, 0.75]


def test_attributes_keep_their_kind() -> None:
    graph = nx.Graph()
    graph.add_node(1, name="One", market="customer", revenue=2, vip=True, note="x")
    graph.add_node(2, revenue=None, vip=False)
    nodes = from_networkx(graph).nodes
    assert nodes.ids.tolist() == ["1", "2"]
    assert nodes.names.tolist() == ["One", "2"]
    assert nodes.markets.tolist() == ["customer", None]
    assert nodes.attributes["revenue"][0] == 2
    assert np.isnan(nodes.attributes["revenue"][1])
    assert nodes.attributes["vip"].tolist() == [True, False]
    assert nodes.attributes["note"].tolist() == ["x", None]


def test_labels_that_read_the_same_are_refused() -> None:
    with pytest.raises(MeasureError, match="read the same as text"):
        from_networkx(nx.Graph([(1, "1")]))


texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(st.lists(st.tuples(texts, texts, texts, st.floats(allow_nan=False)), min_size=1, max_size=5))
def test_any_text_survives_saving(
    rows: list[tuple[str | None, str | None, str | None, float]],
) -> None:
    names, markets, notes, numbers = zip(*rows, strict=True)
    ids = text_array([str(place) for place in range(len(rows))])
    attributes = {"note": text_array(notes), "number": np.array(numbers)}
    nodes = Nodes(ids, text_array(names), text_array(markets), attributes)
    network = Network(
        nodes,
        *Arcs.none(len(rows)),
        notes=(Note("one"), Note("self_loops", count=2, of=("二",))),
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "saved.npz"
        save_network(network, path)
        back = load_network(path)
    assert same(network, back)
    assert back.notes == network.notes
    assert back.nodes.attributes["note"].tolist() == list(notes)
    assert back.nodes.attributes["number"].tolist() == list(numbers)
