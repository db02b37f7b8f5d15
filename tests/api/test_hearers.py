"""How many people hear: sampled for all at once, and the answer of `relgraph reach`."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.word_of_mouth.cascade import Telling
from relgraph.api.hearers import people_by_hop, sampled_people_by_hop
from relgraph.network import from_networkx


def test_samples_agree_with_the_exact_answer() -> None:
    graph = nx.gnp_random_graph(14, 0.2, seed=3, directed=True)
    draw = np.random.default_rng(3)
    nx.set_edge_attributes(graph, {tie: draw.uniform(0.2, 0.9) for tie in graph.edges}, "strength")
    network = from_networkx(graph)
    telling = Telling(cascades=64 * 500, seed=5)
    exact = people_by_hop(network, telling)
    sampled = sampled_people_by_hop(network, telling)
    assert [len(hops) for hops in sampled] == [len(hops) for hops in exact]
    assert max(map(len, exact)) >= 3
    for mine, theirs in zip(sampled, exact, strict=True):
        assert mine == pytest.approx(theirs, rel=0.02)


def test_certain_telling_is_exact_and_nobody_hears_without_ties() -> None:
    path = from_networkx(nx.path_graph(4, nx.DiGraph))
    assert sampled_people_by_hop(path, Telling()) == people_by_hop(path, Telling())
    assert sampled_people_by_hop(path, Telling())[3] == ()
    alone = from_networkx(nx.empty_graph(2, nx.DiGraph))
    assert sampled_people_by_hop(alone, Telling()) == ((), ()) == people_by_hop(alone, Telling())
