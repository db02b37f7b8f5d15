"""`rank_brokers`, `connect_markets` and `list_bridges` against the worked example's answers."""

from __future__ import annotations

import math

import pytest

from relgraph import Projection, connect_markets, list_bridges, rank_brokers
from relgraph.store import Store
from tests.api.refusing import refused

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")


def test_brokers_of_the_worked_example(worked: Store) -> None:
    rows = {row["id"]: row for row in rank_brokers(worked).rows()}
    assert list(rows)[:3] == ["D1", "E1", "C1"]
    assert {name: rows[name]["constraint"] for name in ("E1", "D1", "C1", "S1", "K1")} == {
        "E1": 0.25,
        "D1": 0.25,
        "C1": pytest.approx(1 / 3),
        "S1": 1,
        "K1": 1,
    }
    roles = {
        name: {role: row[role] for role in ROLES if row[role]}
        for name, row in rows.items()
        if row["brokered"]
    }
    assert roles == {
        "E1": {"gatekeeper": 2, "liaison": 2},
        "E2": {"representative": 1},
        "D1": {"liaison": 4},
        "C1": {"gatekeeper": 2},
        "C2": {"gatekeeper": 1},
        "C3": {"representative": 2},
    }
    assert [name for name, row in rows.items() if row["articulation"]] == ["D1", "E1", "C3"]


def test_any_measure_of_brokerage_ranks(worked: Store) -> None:
    assert rank_brokers(worked, by="liaison")["id"][:2].tolist() == ["D1", "E1"]
    assert rank_brokers(worked, by="cut_off")["id"][0] == "E1"
    ego = rank_brokers(worked, model="ego", projection=Projection(undirected=True))
    assert ego["effective_size"][:2].tolist() == [4, 4]


def test_a_loss_cuts_off_the_margin_of_customers(acme: Store) -> None:
    rows = {row["id"]: row for row in rank_brokers(acme, by="cut_off").rows()}
    found = {name: (row["cut_off"], row["margin_cut_off"]) for name, row in rows.items()}
    # Without the firm three fall off, but no customer.
    assert found == {"f": (3, 0), "e": (2, 150), "a": (1, 50)} | dict.fromkeys("bghs", (0, 0))


def test_wrong_arguments_of_brokers(worked: Store) -> None:
    with refused("by", "'x' is not one of constraint, effective_size, efficiency, hierarchy, "):
        rank_brokers(worked, by="x")
    with refused("model", "'Ego' is not one of whole, ego"):
        rank_brokers(worked, model="Ego")
    with refused("settings", "'liaison' is not a RankingSettings"):
        rank_brokers(worked, "liaison")


def test_markets_are_connected_through_brokers(worked: Store) -> None:
    rows = {
        (row["from_market"], row["to_market"]): (row["pairs"], row["broker"], row["broker_share"])
        for row in connect_markets(worked, permutations=0).rows()
        if row["pairs"]
    }
    # E1 → D1 → C1, C2 and E1 → E2 → C1, E2 → C1 → C3 are the employees' four.
    assert rows == {
        ("employee", "customer"): (4, "D1", 0.5),
        ("supplier", "distributor"): (2, "E1", 1),
        ("supplier", "employee"): (2, "E1", 1),
        ("competitor", "customer"): (2, "D1", 1),
        ("customer", "influencer"): (2, "C3", 1),
        ("distributor", "customer"): (2, "C1", 0.5),
    }


def test_chance_is_drawn_by_the_seed(worked: Store) -> None:
    once = connect_markets(worked, permutations=50, seed=2)
    assert once["p"].min() >= 1 / 51
    assert connect_markets(worked, permutations=50, seed=2)["p"].tolist() == once["p"].tolist()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (-1, "-1 is not from 0 to 100,000"),
        (2.5, "2.5 is not a whole number"),
        (math.nan, "nan is not a whole"),
    ],
)
def test_permutations_are_a_number_from_0(worked: Store, wrong: int, said: str) -> None:
    with refused("permutations", said):
        connect_markets(worked, permutations=wrong)


def test_bridges_of_the_worked_example(worked: Store) -> None:
    found = list_bridges(worked)
    ends = {frozenset(pair) for pair in zip(found["source"], found["target"], strict=True)}
    expected = [("C3", "I1"), ("D1", "K1"), ("E1", "S1"), ("E1", "S2")]
    assert ends == set(map(frozenset, expected))
    assert found["cut_off"].tolist() == [1, 1, 1, 1]


def test_bridges_tell_the_margin_behind_them(acme: Store) -> None:
    found = {(row["source"], row["target"]): row for row in list_bridges(acme).rows()}
    assert {ends: (row["cut_off"], row["margin_cut_off"]) for ends, row in found.items()} == {
        ("f", "e"): (3, 150),
        ("e", "a"): (2, 150),
        ("a", "b"): (1, 50),
        ("f", "g"): (1, 0),
        ("f", "h"): (1, 0),
        ("f", "s"): (1, 0),
    }
