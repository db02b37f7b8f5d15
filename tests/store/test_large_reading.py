"""A large store is read as columns: the network is the same to the bit as from a small one."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from relgraph.network import columns, core
from relgraph.settings import Projection
from relgraph.store import fetch_network, ladybug_engine, open_store
from relgraph.store.frame_store import FrameStore
from tests.store.datasets import dataset, stakeholder, tie
from tests.store.test_projections import same

IDS = ("a", "A", "a b", "aa", "001", "1", "é", "ÿ", "王芳", "😀", "\ue000", "x" * 50)
MARKETS = ("customer", "supplier", "employee")
TYPES = ("REFERS", "SUPPLIES", "LENDS_TO", "KNOWS", "PARTNERS_WITH", "COMPETES_WITH")
BOTH_WAYS = TYPES[3:]
PROJECTIONS = (
    None,
    Projection(undirected=True),
    Projection(weighted=False, include_left=True),
    Projection(types=("KNOWS", "LENDS_TO", "COMPETES_WITH"), include_hostile=True),
    Projection(missing_strength="drop", within=("customer", "employee")),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = random.Random(3)
    ids = [f"{name}{number}" for number in range(9) for name in IDS]
    draw.shuffle(ids)
    people = [
        stakeholder(
            each,
            draw.choice(MARKETS),
            status=draw.choice(["left", None, None, None]),
            left_on=draw.choice([date(2999, 1, 1), date(2020, 1, 1), None]),
            margin=draw.choice([None, round(draw.gauss(0, 9), 2)]),
        )
        for each in ids
    ]
    people = [{**row, "left_on": row["left_on"] if row["status"] else None} for row in people]
    ties = {}
    for _ in range(1200):
        one, other = draw.choice(ids[:40]), draw.choice(ids)
        other = one if draw.random() < 0.03 else other
        name = draw.choice(TYPES)
        if name in BOTH_WAYS and one > other:
            one, other = other, one
        ties[one, other, name] = tie(
            one,
            other,
            name,
            strength=draw.choice([None, round(draw.uniform(0.01, 1), 3)]),
            until=draw.choice([None, None, None, date(2019, 5, 5)]),
        )
    path = tmp_path_factory.mktemp("large") / "s.lbug"
    with open_store(path, write=True) as store:
        store.write(dataset(people, list(ties.values())))
    return path


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_a_network_is_the_same_however_large_its_store(
    path: Path, projection: Projection | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from relgraph.store import fetch_dataset

    with open_store(path) as store:
        small = fetch_network(store, projection, ("margin",))
        frames = fetch_network(FrameStore("s", fetch_dataset(store)), projection, ("margin",))
    monkeypatch.setattr(ladybug_engine, "_LARGE", 1)
    monkeypatch.setattr(ladybug_engine, "_SHARED_FROM", 0)
    monkeypatch.setattr(columns, "LARGE", 0)
    monkeypatch.setattr(core, "LARGE", 0)
    with open_store(path) as store:
        large = fetch_network(store, projection, ("margin",))
    assert same(large, small)
    assert same(large, frames)
    assert large.m > 50
    assert large.reverse_indices.tolist() == small.reverse_indices.tolist()
