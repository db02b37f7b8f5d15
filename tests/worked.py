"""The worked example as a Network, without going through a store."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx

from relgraph.network import Network, from_networkx

FOLDER = Path(__file__).parents[1] / "sample_data" / "worked_example"


def worked_network() -> Network:
    """Return the ten nodes and twelve arcs of the worked example."""
    graph = nx.DiGraph()
    with (FOLDER / "stakeholders.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_node(row["id"], name=row["name"], market=row["market"])
    with (FOLDER / "relationships.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_edge(row["source"], row["target"])
    return from_networkx(graph)
