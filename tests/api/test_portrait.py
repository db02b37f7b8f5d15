"""`show_stakeholder`: all about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from relgraph import Projection, show_stakeholder
from relgraph.errors import UnknownStakeholder
from relgraph.store import Store
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
