"""`show_stakeholder`: all about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import networkx
import pytest

from relgraph import (
    Projection,
    rank_centrality,
    rank_exits,
    show_stakeholder,
    value_stakeholders,
)
from relgraph.analysis.centrality.measures import MEASURES
from relgraph.errors import UnknownStakeholder
from relgraph.messages import Note
from relgraph.store import Store, fetch_network
from tests.api.refusing import refused


@pytest.mark.parametrize("named", ["D1", "Distributor One"])
def test_a_stakeholder_of_the_worked_example(worked: Store, named: str) -> None:
    portrait = show_stakeholder(worked, named)
    assert portrait.properties == {"id": "D1", "name": "Distributor One", "market": "distributor"}
    assert [(tie["direction"], tie["id"]) for tie in portrait.ties] == [
        ("in", "E1"),
        ("in", "K1"),
        ("out", "C1"),
        ("out", "C2"),
    ]
    ranks = {row["measure"]: (row["rank"], row["of"]) for row in portrait.ranks}
    assert (ranks["betweenness"], ranks["degree"]) == ((1, 10), (1, 10))


def test_contacts_and_strengths(acme: Store) -> None:
    portrait = show_stakeholder(acme, "Ann")
    assert portrait.properties["margin"] == 100
    assert [(tie["type"], tie["direction"], tie["strength"]) for tie in portrait.ties] == [
        ("INFLUENCES", "in", 0.2),
        ("INFLUENCES", "out", 0.8),
        ("MANAGES", "in", 0.9),
    ]
    (contact,) = portrait.contacts
    assert (contact["direction"], contact["id"], contact["contacts"]) == ("in", "e", 3)
    assert contact["last"] == datetime(2026, 6, 1, 12)


def test_who_left_has_no_ranks_but_in_a_network_that_keeps_them(acme: Store) -> None:
    portrait = show_stakeholder(acme, "x")
    assert portrait.ranks == []
    assert "x is not in this network" in str(portrait.notes[0])
    kept = show_stakeholder(acme, "x", projection=Projection(include_left=True))
    assert {row["of"] for row in kept.ranks} == {8}


@pytest.mark.parametrize(
    ("wrong", "said", "kind"),
    [
        ("Nobody", "'Nobody' is neither an id nor a name", UnknownStakeholder),
        (["Ann"], "['Ann'] is not text", None),
        (None, "None is not text", None),
    ],
)
def test_wrong_arguments(acme: Store, wrong: Any, said: str, kind: Any) -> None:
    with refused("stakeholder", said, *([kind] if kind else [])):
        show_stakeholder(acme, wrong)


def test_ranks_that_take_long_are_given_when_asked_for(
    worked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relgraph.api.portrait.SOON", 0)
    portrait = show_stakeholder(worked, "D1")
    quick = ["degree", "weighted_degree", "pagerank", "core"]
    assert [row["measure"] for row in portrait.ranks] == quick
    assert portrait.notes[-1] == Note("portrait.slow", measures=["harmonic", "betweenness"])
    asked = show_stakeholder(worked, "D1", measures=["betweenness", "in_degree"])
    (between, pointed_at) = asked.ranks
    expected = networkx.betweenness_centrality(fetch_network(worked).to_networkx())["D1"]
    assert between == {
        "measure": "betweenness",
        "value": pytest.approx(expected),
        "rank": 1,
        "of": 10,
    }
    assert pointed_at == {"measure": "in_degree", "value": 2, "rank": 2, "of": 10}
    assert Note("portrait.slow", measures=["harmonic", "betweenness"]) not in asked.notes


def test_every_measure_at_once(worked: Store) -> None:
    ranks = show_stakeholder(worked, "D1", measures="all").ranks
    assert {row["measure"] for row in ranks} == set(MEASURES)


def test_a_rank_is_that_of_the_ranking(worked: Store) -> None:
    for row in rank_centrality(worked, "harmonic").rows():
        (own,) = show_stakeholder(worked, row["id"], measures="harmonic").ranks
        assert (own["rank"], own["value"]) == (row["rank"], row["harmonic"])


def test_wrong_measures(worked: Store) -> None:
    with refused("measures", "'closenes' is not one of"):
        show_stakeholder(worked, "D1", measures="closenes")


def test_money_and_risk_are_those_of_the_rankings(acme: Store) -> None:
    worth = {row["id"]: row for row in value_stakeholders(acme, draws=0).rows()}
    lost = {row["id"]: row for row in rank_exits(acme, draws=0).rows()}
    for node_id in "abseh":
        portrait = show_stakeholder(acme, node_id)
        for name, value in portrait.money.items():
            if name in worth.get(node_id, {}):
                assert value == worth[node_id][name], (node_id, name)
        for name, value in portrait.risk.items():
            if name != "reasons":
                assert value == lost[node_id][name], (node_id, name)
    ann = show_stakeholder(acme, "a")
    assert ann.owner == {"id": "e", "name": "Eve"}
    assert set(ann.money) > {"margin", "at_stake", "clv"}
    assert "unhappy" in ann.risk["reasons"]
    assert show_stakeholder(acme, "e").money == {}


def test_a_large_store_has_money_and_ranks_on_request(
    acme: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = show_stakeholder(acme, "a", money=False)
    assert (small.money, len(small.ranks)) == ({}, 6)
    monkeypatch.setattr("relgraph.api.portrait.MOST_PLANNED", 7)
    large = show_stakeholder(acme, "a")
    assert (large.money, large.risk, large.ranks) == ({}, {}, [])
    assert large.notes == (Note("portrait.large_all", most=7),)
    assert (large.ties, large.contacts, large.owner) == (small.ties, small.contacts, small.owner)
    assert show_stakeholder(acme, "a", money=True).money["margin"] == 100
    assert show_stakeholder(acme, "a", money=True).ranks == small.ranks
    asked = show_stakeholder(acme, "a", measures="pagerank")
    assert (asked.money, len(asked.ranks)) == ({}, 1)
    assert asked.notes[0] == Note("portrait.large_money", most=7)


def test_a_page_about_one_reads_no_network_of_a_large_store(
    acme: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relgraph.api.portrait.MOST_PLANNED", 7)
    monkeypatch.delattr("relgraph.api.portrait.read_network")
    assert show_stakeholder(acme, "a").properties["id"] == "a"
