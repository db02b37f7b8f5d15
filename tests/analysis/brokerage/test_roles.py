"""Brokerage roles and who connects which markets: sna's figures, the worked example, counting."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from relgraph.analysis.brokerage.roles import brokerage_roles, brokered_between
from relgraph.analysis.structure.markets import against_chance, market_groups
from relgraph.network import from_networkx
from relgraph.settings import RankingSettings
from tests.classic import CLASSICS, network, truth
from tests.random_networks import graphs
from tests.worked import worked_network

SNA = {
    "coordinator": "GF_wI_coordinator",
    "consultant": "GF_wO_itinerant",
    "gatekeeper": "GF_bOI_gatekeeper",
    "representative": "GF_bIO_representative",
    "liaison": "GF_bO_liaison",
}


@pytest.mark.parametrize("name", [name for name, classic in CLASSICS.items() if classic.group])
def test_roles_as_sna_counts_them(name: str) -> None:
    net = network(name)
    roles = brokerage_roles(net)
    for role, column in SNA.items():
        expected = truth(CLASSICS[name].truth, column, net.ids)
        assert getattr(roles, role).tolist() == expected.tolist(), role
    totals = sum(np.asarray(getattr(roles, role)) for role in SNA)
    expected = truth(CLASSICS[name].truth, "GF_t_total", net.ids)
    np.testing.assert_array_equal(totals, expected)


def test_totals_of_krackhardts_managers() -> None:
    totals = {role: int(counts.sum()) for role, counts in advice_roles().items()}
    assert totals == {
        "coordinator": 28,
        "consultant": 69,
        "representative": 95,
        "gatekeeper": 62,
        "liaison": 246,
    }


def advice_roles() -> dict[str, np.ndarray]:
    return brokerage_roles(network("advice"))._asdict()


def test_roles_of_the_worked_example() -> None:
    net = worked_network()
    found = {
        (node, role): int(counts[place])
        for role, counts in brokerage_roles(net)._asdict().items()
        for place, node in enumerate(net.ids)
        if counts[place]
    }
    assert found == {
        ("E1", "gatekeeper"): 2,
        ("E1", "liaison"): 2,
        ("E2", "representative"): 1,
        ("D1", "liaison"): 4,
        ("C1", "gatekeeper"): 2,
        ("C2", "gatekeeper"): 1,
        ("C3", "representative"): 2,
    }


def role_of(one: str, via: str, other: str) -> str:
    if one == other:
        return "coordinator" if via == one else "consultant"
    if via == other:
        return "gatekeeper"
    return "representative" if via == one else "liaison"


@given(graphs())
def test_roles_are_those_of_counting_all_pairs(graph: nx.Graph) -> None:
    net = from_networkx(graph)
    expected = {role: dict.fromkeys(graph, 0) for role in SNA}
    market = nx.get_node_attributes(graph, "market")
    for one, via, other in permutations(graph, 3):
        if (
            graph.has_edge(one, via)
            and graph.has_edge(via, other)
            and not graph.has_edge(one, other)
        ):
            expected[role_of(market[one], market[via], market[other])][via] += 1
    for role, counts in brokerage_roles(net)._asdict().items():
        assert counts.tolist() == list(expected[role].values()), role


def test_pairs_of_markets_add_up_to_the_roles() -> None:
    net = worked_network()
    result = brokered_between(net, permutations=20)
    assert list(result.columns)[:3] == ["from_market", "to_market", "pairs"]
    assert result["pairs"].sum() == sum(int(role.sum()) for role in brokerage_roles(net))
    assert len(result) == 36
    first = next(result.rows())
    assert (first["from_market"], first["to_market"], first["pairs"]) == ("employee", "customer", 4)
    assert first["broker"] == "D1"
    assert first["broker_share"] == 0.5
    none = [row for row in result.rows() if row["pairs"] == 0]
    assert {row["broker"] for row in none} == {None}


def test_chance_has_a_seed() -> None:
    net = network("campnet")
    one, other = (
        brokered_between(net, permutations=50, settings=RankingSettings(seed=7)) for _ in range(2)
    )
    assert one["p"].tolist() == other["p"].tolist()
    third = brokered_between(net, permutations=50, settings=RankingSettings(seed=8))
    assert one["expected"].tolist() != third["expected"].tolist()
    own = {(row["from_market"], row["to_market"]): row for row in one.rows()}
    assert own["F", "F"]["z"] > 2
    assert own["F", "F"]["p"] < 0.05


def test_without_permutations_and_without_nodes() -> None:
    result = brokered_between(worked_network(), permutations=0)
    assert np.isnan(result["p"]).all()
    assert len(brokered_between(from_networkx(nx.Graph()))) == 0


def test_chance_is_two_sided_and_leaves_missing_draws_out() -> None:
    drawn = np.array([[1.0], [3.0], [np.nan]])
    expected, z, p = against_chance(np.array([4.0]), drawn)
    assert (expected.tolist(), z.tolist(), p.tolist()) == ([2.0], [2.0], [1 / 3])
    expected, z, p = against_chance(np.array([2.0]), np.full((3, 1), 2.0))
    assert np.isnan(z).all()
    assert p.tolist() == [1.0]


def test_markets_come_in_their_own_order_and_missing_ones_last() -> None:
    graph = nx.Graph(["ab", "cd"])
    nx.set_node_attributes(graph, {"a": "zoo", "b": "firm", "c": "customer"}, "market")
    group, names = market_groups(from_networkx(graph))
    assert names == ("customer", "firm", "zoo", None)
    assert group.tolist() == [2, 1, 0, 3]
