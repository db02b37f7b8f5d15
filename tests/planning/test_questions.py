"""What answers are worth, against figures known from elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from relgraph.errors import UsageError
from relgraph.network import Floats
from relgraph.planning.plan.information import Information
from relgraph.planning.plan.limits import PlanLimits
from relgraph.planning.plan.questions import question_rows
from relgraph.settings import PlanningSettings
from tests.planning.firms import FIRM, basis_of, person, tie
from tests.told import told


def do_it_if_it_pays(nets: Floats) -> Floats:
    return np.maximum(nets[:, 0], 0)


def information(net: Any) -> Information:
    return Information(np.asarray(net, np.float64)[:, np.newaxis], do_it_if_it_pays, 0)


@pytest.mark.parametrize(("mean", "worth"), [(100, 39.5593), (-50, 57.2689)])
def test_perfect_information_about_a_normal_net(mean: float, worth: float) -> None:
    even = (np.arange(400_000) + 0.5) / 400_000
    found = information(mean + 200 * norm.ppf(even))
    assert found.perfect == pytest.approx(worth, abs=5e-4)


def test_two_equally_likely_answers() -> None:
    answer = np.tile([0.0, 1.0], 500)
    found = information(np.where(answer > 0, 300, -100))
    assert found.perfect == found.worth(answer) == pytest.approx(50)
    assert found.worth(np.zeros(1000)) == 0
    assert found.worth(np.repeat([0.0, 1.0], 500)) == 0  # of something that says nothing


def asked(**settings: Any) -> Any:
    people = [
        FIRM,
        person("e", "employee"),
        person("a", "customer", margin=100, satisfaction=0.2, owner="e"),
        person("b", "customer", margin=120, owner="e"),
        person("c", "customer", satisfaction=0.1, owner="e"),
        person("d", "customer", margin=1, satisfaction=0.9, owner="e"),
    ]
    ties = [tie("e", "MANAGES", each, 0.5, level=2) for each in "abcd"]
    planning = PlanningSettings(**settings)
    return question_rows(basis_of(people, ties, **settings), planning, PlanLimits(count=1))


def test_what_is_unknown_is_asked() -> None:
    result = asked(assume={"contact_cost": 0.01})
    rows = list(result.rows())
    assert {row["property"] for row in rows if row["id"] == "c"} >= {"margin"}
    worth = [row["worth"] for row in rows]
    assert worth == sorted(worth, reverse=True)
    assert min(worth) > 0
    assert all(row["low"] < row["high"] for row in rows)
    assert not any(row["property"] == "contact_cost" for row in rows)  # it is given
    assert not any((row["id"], row["property"]) == ("a", "satisfaction") for row in rows)
    notes = " ".join(told(result.notes))
    assert "knowing everything would be worth" in notes
    assert "may be chance" in notes


def test_questions_need_draws() -> None:
    with pytest.raises(UsageError, match="draws"):
        asked(draws=5)


def test_without_customers_there_is_nothing_to_ask() -> None:
    basis = basis_of([FIRM, person("s", "supplier", revenue=3)])
    assert len(question_rows(basis, PlanningSettings(draws=20), PlanLimits())) == 0
