"""`rank_centrality`: measures by name, one or several."""

from __future__ import annotations

import pytest

from relgraph import Projection, rank_centrality
from relgraph.analysis.centrality.measures import MEASURES
from relgraph.store import Store
from tests.api.refusing import refused


def test_the_worked_example_has_its_answers(worked: Store) -> None:
    ranked = rank_centrality(worked, ["betweenness", "degree", "in_degree"])
    assert list(ranked.columns)[:4] == ["rank", "id", "name", "market"]
    assert list(ranked.columns)[4:] == ["betweenness", "degree", "in_degree"]
    assert ranked["id"][:4].tolist() == ["D1", "E1", "C1", "C3"]
    assert ranked["rank"][:5].tolist() == [1, 2, 3, 3, 5]
    assert (72 * ranked["betweenness"])[:6] == pytest.approx([12.5, 12, 8, 8, 4, 3.5])
    assert ranked["degree"][:4].tolist() == [4, 4, 3, 3]
    assert ranked["in_degree"][:4].tolist() == [2, 2, 2, 3]


def test_one_measure_may_be_given_as_a_text(worked: Store) -> None:
    ranked = rank_centrality(worked, "betweenness")
    assert list(ranked.columns) == ["rank", "id", "name", "market", "betweenness"]
    assert ranked["id"][:2].tolist() == ["D1", "E1"]
    assert list(rank_centrality(worked, "all").columns)[4:] == list(MEASURES)
    several = rank_centrality(worked, (name for name in ("degree", "core", "degree")))
    assert list(several.columns)[4:] == ["degree", "core"]


def test_a_projection_says_what_is_measured(worked: Store, acme: Store) -> None:
    undirected = rank_centrality(worked, "out_degree", projection=Projection(undirected=True))
    assert dict(zip(undirected["id"], undirected["out_degree"], strict=True))["C3"] == 3
    customers = rank_centrality(acme, "weighted_degree", projection=Projection(within="customer"))
    assert customers["id"].tolist() == ["a", "b"]
    assert customers["weighted_degree"].tolist() == [1.0, 1.0]
    told = rank_centrality(acme, "out_degree", projection=Projection(types="REFERS"))
    assert told["id"][0] == "s"
    assert told["out_degree"].sum() == 1


def test_confidence_adds_the_interval_of_each_rank(worked: Store) -> None:
    sure = rank_centrality(worked, "degree", confidence=True, seed=3)
    assert list(sure.columns)[5:] == ["rank_low", "rank_high", "stays_ahead"]
    assert (sure["rank_low"] <= sure["rank_high"]).all()
    again = rank_centrality(worked, "degree", confidence=True, seed=3)
    assert again["stays_ahead"][:-1].tolist() == sure["stays_ahead"][:-1].tolist()


def test_wrong_measures_are_refused(worked: Store) -> None:
    with refused("measures", "'betweness' is not one of degree, in_degree, "):
        rank_centrality(worked, "betweness")
    with refused("measures", "'b' is not one of"):
        rank_centrality(worked, ["degree", "b"])
    with refused("measures", "no measure given; name one or more of degree, in_degree"):
        rank_centrality(worked, [])
    with refused("measures", "3 is not a list"):
        rank_centrality(worked, 3)
    with refused("measures", "3 is not text"):
        rank_centrality(worked, [3])
