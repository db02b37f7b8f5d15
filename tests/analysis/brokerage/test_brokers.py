"""Brokers as rows: order, cuts with margins, bridges."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from relgraph.analysis.brokerage.brokers import bridge_rows, broker_rows, customer_margins
from relgraph.network import Network, from_networkx
from tests.worked import worked_network


def with_margins(network: Network, **margins: float) -> Network:
    values = np.array([margins.get(node, np.nan) for node in network.ids])
    return replace(network, nodes=replace(network.nodes, attributes={"margin": values}))


def test_the_least_constrained_come_first() -> None:
    result = broker_rows(worked_network())
    rows = {row["id"]: row for row in result.rows()}
    assert result["id"].tolist()[:3] == ["D1", "E1", "C1"]
    assert result["rank"].tolist()[:3] == [1, 1, 3]
    assert rows["E1"]["constraint"] == pytest.approx(0.25)
    assert rows["C1"]["constraint"] == pytest.approx(1 / 3)
    assert {rows[leaf]["constraint"] for leaf in ("S1", "S2", "K1", "I1")} == {1}
    assert (rows["E1"]["articulation"], rows["E1"]["cut_off"]) == (True, 2)
    assert (rows["E2"]["articulation"], rows["E2"]["cut_off"]) == (False, 0)
    assert {row["margin_cut_off"] for row in rows.values()} == {None}


def test_other_measures_rank_the_largest_first() -> None:
    assert broker_rows(worked_network(), "liaison")["id"].tolist()[:2] == ["D1", "E1"]
    assert broker_rows(worked_network(), "cut_off")["id"].tolist()[0] == "E1"


def test_isolates_come_last_without_a_rank() -> None:
    graph = nx.Graph(["ab"])
    graph.add_node("c")
    result = broker_rows(from_networkx(graph))
    assert result["id"].tolist() == ["a", "b", "c"]
    assert result["rank"].tolist() == [1, 1, None]


def test_only_customers_margins_fall_off() -> None:
    network = with_margins(worked_network(), S1=5.0, I1=7.0, C3=11.0)
    assert customer_margins(network) is not None
    result = broker_rows(network)
    rows = {row["id"]: row for row in result.rows()}
    assert {row["margin_cut_off"] for row in rows.values()} == {0}
    graph = nx.Graph(["ab", "bc", "cd", "db"])
    nx.set_node_attributes(graph, dict.fromkeys("abcd", "customer"), "market")
    ties = bridge_rows(with_margins(from_networkx(graph), a=3.0, b=2.0))
    assert list(ties.rows()) == [
        {
            "source": "b",
            "target": "a",
            "cut_off": 1,
            "margin_cut_off": 3.0,
            "source_name": "b",
            "target_name": "a",
        }
    ]
