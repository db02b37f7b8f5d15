"""`find_communities`: who belongs together."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph import Projection, find_communities
from relgraph.store import Store
from tests.api.refusing import refused


def test_the_worked_example_holds_together(worked: Store) -> None:
    rows = {row["id"]: row for row in find_communities(worked).rows()}
    assert {row["component"] for row in rows.values()} == {1}
    assert rows["S1"]["community"] == rows["S2"]["community"] == rows["E1"]["community"]
    both_ways = {row["strong_component"] for name, row in rows.items() if name in ("C3", "I1")}
    assert len(both_ways) == 1
    assert len({row["strong_component"] for row in rows.values()}) == 9
    assert {row["triangles"] for row in rows.values()} == {0}
    # Of C1's three ties, those from E2 and D1 leave its market.
    assert rows["C1"]["ei_index"] == pytest.approx(1 / 3)
    assert [rows[name]["core"] for name in ("E1", "S1", "I1")] == [2, 1, 1]


def test_components_follow_the_projection(acme: Store) -> None:
    rows = find_communities(acme, projection=Projection(within=("employee", "supplier")))
    assert sorted(rows["id"]) == ["e", "g", "h", "s"]
    assert np.isnan(rows["ei_index"]).all()


@pytest.mark.parametrize(
    ("seed", "said"), [(-1, "-1 is not from 0 to"), (2**63, ""), (0.5, "0.5 is not a whole number")]
)
def test_a_seed_is_a_whole_number_from_0(worked: Store, seed: int, said: str) -> None:
    with refused("seed", said):
        find_communities(worked, seed=seed)
