"""Reach within a number of hops as UCINET printed it and R's igraph computed it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.analysis.word_of_mouth.counts import reach_counts
from relgraph.analysis.word_of_mouth.people import Circles
from relgraph.analysis.word_of_mouth.reach import hop_rows, reach_rows
from relgraph.network import Network, from_networkx
from tests.classic import CLASSICS, WITH_TRUTH, network, table, truth

UCINET = "campnet/truth_ucinet6849_reach"


def reversed_network(net: Network) -> Network:
    """Return the network with every arc turned round."""
    return from_networkx(net.to_networkx().reverse())


def with_circles(net: Network) -> Network:
    """Return a network of persons whose circles are not known."""
    unknown = {"circle": np.full(net.n, np.nan), "kind": np.full(net.n, "person", dtype=object)}
    return replace(net, nodes=replace(net.nodes, attributes=unknown))


@pytest.mark.parametrize("name", WITH_TRUTH)
@pytest.mark.parametrize(
    ("column", "hops", "undirected"),
    [("reach2_out", 2, False), ("reach3_out", 3, False), ("reach2_und", 2, True)],
)
def test_every_column_of_r(name: str, column: str, hops: int, undirected: bool) -> None:
    net = network(name)
    expected = truth(CLASSICS[name].truth, column, net.ids)
    counts = reach_counts(net.undirected() if undirected else net, max_hops=hops)
    np.testing.assert_array_equal(counts.reached, expected)


@pytest.mark.parametrize("hops", range(1, 8))
@pytest.mark.parametrize("direction", ["out", "in"])
def test_campnet_as_ucinet_prints_it(direction: str, hops: int) -> None:
    net = network("campnet") if direction == "out" else reversed_network(network("campnet"))
    expected = truth(UCINET, f"{direction}_reach{hops}", net.ids)
    np.testing.assert_array_equal(reach_counts(net, max_hops=hops).reached, expected)


def test_every_row_of_a_trace_is_a_column_of_ucinet() -> None:
    net = with_circles(network("campnet"))
    result = hop_rows(net, list(range(net.n)), Telling(), Circles())
    printed = {row["id"]: row for row in table(UCINET)}
    for row in result.rows():
        assert row["reached"] == int(printed[row["id"]][f"out_reach{row['hop']}"]), row
    ranked = {row["id"]: row["reached"] for row in reach_rows(net, Telling(), Circles()).rows()}
    assert ranked == {name: int(row["out_reach7"]) for name, row in printed.items()}
