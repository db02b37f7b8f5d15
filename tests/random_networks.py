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


@st.composite
def wide_graphs(draw: st.DrawFn, *, most: int = 6) -> nx.Graph:
    """Draw a graph with strengths from 1e-12 to 1 of which paths are equally long, or not nearly.

    Lengths are multiples of a half: floats tell them apart, and tell the equal from the rest.
    """
    graph = draw(graphs(most=most))
    powers = draw(st.sampled_from([range(1, 13), (1, 12), (1, 9, 10), (1, 2, 12), (12,)]))
    rng = random.Random(draw(st.integers(0, 2**32)))
    for _, _, data in graph.edges(data=True):
        data["strength"] = float(f"{rng.choice([1, 2, 4, 5, 10])}e-{rng.choice(powers)}")
        data["distance"] = 1 / data["strength"]
    return graph


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
