"""`find_keyplayers` against the worked example's answers."""

from __future__ import annotations

import math

import pytest

from relgraph import find_keyplayers
from relgraph.analysis.keyplayers.search import Criterion, Goal
from relgraph.store import Store
from tests.api.refusing import refused

FRAGMENTATION, PAIRS, REACH = "fragmentation", "disconnected_pairs", "reach"


@pytest.mark.parametrize(
    ("k", "goal", "criterion", "chosen", "figures"),
    [
        (1, "fragment", "distance", {"E1"}, {FRAGMENTATION: 0.6412, PAIRS: 0.4167}),
        (2, "fragment", "distance", {"C1", "E1"}, {FRAGMENTATION: 0.7708, PAIRS: 0.6429}),
        (1, "fragment", "pairs", {"E1"}, {PAIRS: 0.4167}),
        (2, "fragment", "pairs", {"D1", "E2"}, {PAIRS: 0.6786}),
        (1, "reach", "distance", {"D1"}, {REACH: 0.7333}),
        (2, "reach", "distance", {"C3", "E1"}, {REACH: 0.95}),
    ],
)
def test_key_players_of_the_worked_example(
    worked: Store,
    k: int,
    goal: Goal,
    criterion: Criterion,
    chosen: set[str],
    figures: dict[str, float],
) -> None:
    found = find_keyplayers(worked, k, goal=goal, criterion=criterion)
    equals = {frozenset(chosen), frozenset({"D1", "C1"} if criterion == "pairs" else chosen)}
    assert frozenset(found["id"]) in equals
    assert {name: round(float(found[name][-1]), 4) for name in figures} == figures


def test_the_whole_network_is_told_before(worked: Store) -> None:
    notes = [str(note) for note in find_keyplayers(worked, 1).notes]
    assert (
        "fragmentation of the whole network: 0.4578 by distance, 0.0000 by disconnected pairs"
        in (notes)
    )


def test_five_are_found_without_a_number_and_never_the_firm(worked: Store, acme: Store) -> None:
    assert len(find_keyplayers(worked)) == 5
    assert "f" not in find_keyplayers(acme)["id"]
    with refused("k", "7 is more than the 6 stakeholders"):
        find_keyplayers(acme, 7)


def test_arcs_are_followed_on_request(worked: Store) -> None:
    # Along arcs S1 comes to E1, then E2 and D1, then C1 and C2, then C3, then I1.
    found = find_keyplayers(worked, 1, goal="reach", directed=True)
    assert found["id"][0] == "E1"
    assert found["reach"][0] == pytest.approx((1 + 2 + 2 / 2 + 1 / 3 + 1 / 4) / 10)


@pytest.mark.parametrize(
    ("k", "said"),
    [
        (0, "0 is not from 1 to 1,000"),
        (11, "11 is more than the 10 stakeholders who can be chosen; give a smaller k"),
        (1.5, "1.5 is not a whole number"),
        (math.nan, "nan is not a whole number"),
        ("two", "'two' is not a whole number"),
    ],
)
def test_k_fits_the_network(worked: Store, k: int, said: str) -> None:
    with refused("k", said):
        find_keyplayers(worked, k)


def test_wrong_choices_list_the_right_ones(worked: Store) -> None:
    with refused("goal", "'fragmant' is not one of fragment, reach (did you mean 'fragment'?)"):
        find_keyplayers(worked, 1, goal="fragmant")
    with refused("criterion", "'F' is not one of distance, pairs"):
        find_keyplayers(worked, 1, criterion="F")
    with refused("directed", "'no' is not True or False"):
        find_keyplayers(worked, 1, directed="no")
