"""`find_advocates`: whom to win first, where the spread is known by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from relgraph import find_advocates
from relgraph.errors import UnknownStakeholder
from relgraph.result import Result
from relgraph.store import Store
from tests.api.refusing import refused


def chosen(result: Result) -> dict[str, float]:
    """Return who is chosen, each with the spread of the first so many."""
    return dict(zip(result["id"].tolist(), result["spread"].tolist(), strict=True))


def test_the_worked_example(worked: Store) -> None:
    # S1 reaches seven others, S2 the same: so S2 adds itself, and K1 can't be chosen.
    found = find_advocates(worked, 2)
    assert chosen(found) == {"S1": 8, "S2": 9}
    assert found["gain"].tolist() == [8, 1]
    assert 0 < found["guarantee"][0] <= 1
    assert len(find_advocates(worked)) == 9


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"k": 1}, {"a": 1.8}),
        ({"k": 2}, {"a": 1.8, "s": 3.3}),
        ({"k": 1, "tell_rate": 0.5}, {"a": 1.4}),
        ({"k": 1, "model": "wc"}, {"a": 2}),
        ({"k": 1, "exclude": "Ann"}, {"s": 1.5}),
        ({"k": 1, "exclude": ["a", "s"]}, {"b": 1.2}),
        ({"k": 1, "quota": {"customer": 0}}, {"s": 1.5}),
        ({"k": 2, "quota": {"customer": 1}}, {"a": 1.8, "s": 3.3}),
        ({"budget": 50, "cost": "margin"}, {"b": 1.2}),
        ({"budget": 150, "cost": "margin"}, {"b": 1.2, "a": 2}),  # most for its cost first
        ({"evaluate": "b"}, {"b": 1.2}),
        ({"evaluate": ["b", "Sol"]}, {"b": 1.2, "s": 2.7}),
    ],
)
def test_spreads_by_hand(acme: Store, choices: dict[str, Any], expected: dict[str, float]) -> None:
    assert chosen(find_advocates(acme, **choices)) == pytest.approx(expected)


def test_a_quality_may_be_a_property(acme: Store) -> None:
    found = find_advocates(acme, 1, quality="satisfaction")
    assert math.isnan(found["guarantee"][0])
    notes = [str(note) for note in found.notes]
    assert "5 of 7 stakeholders have no satisfaction and get the mean, 0.65" in notes


def test_confidence_tells_how_often_they_are_chosen_again(acme: Store) -> None:
    found = find_advocates(acme, 1, confidence=True, seed=1)
    assert 0 <= found["chosen"][0] <= 1


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("k", 0, "0 is not from 1 to 1,000"),
        ("k", 7, "7 is more than the 6 stakeholders"),
        ("k", 1.0, "1.0 is not a whole number"),
        ("model", "LT", "'LT' is not one of ic, wc, lt"),
        ("tell_rate", 2, "2 is not from 0 to 1"),
        ("quality", 1.5, "the values are not all from 0 to 1"),
        ("quality", math.nan, ""),
        ("quality", "shoe_size", "no stakeholder has a shoe_size"),
        ("quality", "market", "the property 'market' doesn't hold numbers"),
        ("quality", None, "None is not a number or text"),
        ("quota", {"customers": 1}, "'customers' is not one of customer, supplier, "),
        ("quota", {"customer": -1}, "-1 is below 0"),
        ("quota", {"customer": 0.5}, "0.5 is not a whole number"),
        ("quota", "customer", "'customer' is not a mapping"),
        ("budget", 50, ""),
        ("cost", "margin", ""),
        ("epsilon", 0, "0 is not between 0 and 1"),
        ("epsilon", math.nan, "nan is not between 0 and 1"),
        ("delta", 1, "1 is not between 0 and 1"),
        ("delta", "low", "'low' is not a number"),
        ("cascades", 10, "10 is not from 640 to 1,000,000"),
        ("exclude", 3, "3 is not a list"),
        ("evaluate", [3], "3 is not text"),
    ],
)
def test_wrong_arguments(acme: Store, name: str, wrong: Any, said: str) -> None:
    lacking = {"budget": "cost", "cost": "budget"}
    with refused(lacking.get(name, name), said):
        find_advocates(acme, **{name: wrong})


@pytest.mark.parametrize("name", ["exclude", "evaluate"])
@pytest.mark.parametrize("nobody", ["Anna Karenina", ["a", "Anna Karenina"], ""])
def test_unknown_stakeholders_are_named(acme: Store, name: str, nobody: Any) -> None:
    with refused(name, kind=UnknownStakeholder):
        find_advocates(acme, **{name: nobody})


def test_wrong_combinations(acme: Store) -> None:
    with refused("evaluate", "confidence can't be used with evaluate"):
        find_advocates(acme, evaluate="a", confidence=True)
    with refused("evaluate", "left out of this network: x"):
        find_advocates(acme, evaluate="x")
    with refused("budget", "0 is not above 0"):
        find_advocates(acme, budget=0, cost="margin")
    with refused("cost", "no stakeholder has a shoe_size; they have numbers in"):
        find_advocates(acme, budget=10, cost="shoe_size")
    with refused("quality", "a quality below 1 needs model ic or wc"):
        find_advocates(acme, 1, model="lt", quality=0.5)
