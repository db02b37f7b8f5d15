"""`describe_network`: figures of the whole."""

from __future__ import annotations

import math

import pytest

from relgraph import Projection, describe_network
from relgraph.result import Result
from relgraph.store import Store
from tests.api.refusing import refused


def figures(result: Result) -> dict[tuple[str, str | None], float]:
    return {(row["figure"], row["market"]): row["value"] for row in result.rows()}


def test_the_undirected_worked_example(worked: Store) -> None:
    found = figures(
        describe_network(worked, permutations=0, projection=Projection(undirected=True))
    )
    assert found["ei_index", "customer"] == pytest.approx((4 - 2) / 6)
    assert found["ei_index", "employee"] == pytest.approx((4 - 1) / 5)
    others = ("supplier", "distributor", "influencer", "competitor")
    assert [found["ei_index", market] for market in others] == [1, 1, 1, 1]
    assert found["assortativity", None] == pytest.approx(0.0276, abs=5e-5)
    assert found["fragmentation", None] == pytest.approx(0.4578, abs=5e-5)
    assert found["articulation_points", None] == 3
    assert found["bridges", None] == 4


def test_arcs_of_the_worked_example(worked: Store) -> None:
    found = figures(describe_network(worked, permutations=0))
    counted = ("stakeholders", "arcs", "ties", "isolates", "components", "strong_components")
    assert [found[name, None] for name in counted] == [10, 12, 11, 0, 1, 9]
    assert found["density", None] == pytest.approx(12 / 90)
    assert found["reciprocity", None] == pytest.approx(2 / 12)


def test_chance_comes_from_permutations(worked: Store) -> None:
    once = describe_network(worked, permutations=30, seed=5)
    rows = {row["figure"]: row for row in once.rows() if row["market"] is None}
    assert rows["assortativity"]["p"] >= 1 / 31
    assert rows["stakeholders"]["p"] is None


@pytest.mark.parametrize("wrong", [-1, 0.5, math.inf, math.nan, "many", None])
def test_permutations_are_a_number_from_0(worked: Store, wrong: int) -> None:
    with refused("permutations"):
        describe_network(worked, permutations=wrong)
