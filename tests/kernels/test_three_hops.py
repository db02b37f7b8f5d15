"""Reach within three hops: lists, bitmaps and the dense way give what a plain search gives."""

from __future__ import annotations

import networkx as nx
import pytest

from relgraph.kernels import three_hops
from relgraph.kernels.hops import near_counts
from relgraph.network import from_networkx


@pytest.mark.parametrize("kept", [1, 1 << 12, 1 << 26], ids=["lists", "some", "bitmaps"])
@pytest.mark.parametrize(("n", "p"), [(1, 0.0), (70, 0.0), (90, 0.02), (65, 0.5), (4000, 0.0015)])
def test_every_way_is_a_search(
    monkeypatch: pytest.MonkeyPatch, n: int, p: float, kept: int
) -> None:
    monkeypatch.setattr(three_hops, "_BITMAP_BYTES", kept)
    network = from_networkx(nx.fast_gnp_random_graph(n, p, seed=n, directed=True))
    reached, farthest = three_hops.three_hop_counts(network.indptr, network.indices)
    expected, hops = near_counts(network.indptr, network.indices, 3)
    assert reached.tolist() == expected.tolist()
    assert farthest.tolist() == hops.tolist()


def test_too_many_to_list_are_searched_densely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(three_hops, "_MOST_LISTED", 10)
    network = from_networkx(nx.star_graph(3000))
    reached, farthest = three_hops.three_hop_counts(network.indptr, network.indices)
    assert set(reached.tolist()) == {3000}
    assert sorted(set(farthest.tolist())) == [1, 2]
