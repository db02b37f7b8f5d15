"""Random small networks for property-based tests."""

from __future__ import annotations

import random

import networkx as nx
from hypothesis import strategies as st

from relgraph.network import Network, from_networkx


@st.composite
def graphs(
    draw: st.DrawFn, *, directed: bool | None = None, most: int = 9, weighted: bool = True
) -> nx.Graph:
    """Draw a graph with strengths of 0.1, 0.2 … 1: disconnected, empty and dense ones too."""
    n = draw(st.integers(0, most))
    one_way = draw(st.booleans()) if directed is None else directed
    chance = draw(st.sampled_from([0.1, 0.25, 0.5, 0.9]))
    rng = random.Random(draw(st.integers(0, 2**32)))
    graph: nx.Graph = nx.gnp_random_graph(n, chance, seed=rng, directed=one_way)
    tenths = st.just(10) if not weighted else st.sampled_from(["grid", "one"])
    grid = draw(tenths) == "grid"
    for _, _, data in graph.edges(data=True):
        data["strength"] = rng.randint(1, 10) / 10 if grid else 1.0
        data["distance"] = 1 / data["strength"]
    markets = ["customer", "supplier", "employee"]
    for node in graph:
        graph.nodes[node]["market"] = rng.choice(markets)
    return nx.relabel_nodes(graph, {node: f"n{node}" for node in graph})


def relabelled(network: Network, seed: int) -> Network:
    """Return the same network with its nodes in another order."""
    graph = network.to_networkx()
    nodes = list(graph.nodes(data=True))
    edges = list(graph.edges(data=True))
    rng = random.Random(seed)
    rng.shuffle(nodes)
    rng.shuffle(edges)
    other = type(graph)()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return from_networkx(other)
